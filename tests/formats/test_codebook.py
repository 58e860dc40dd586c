"""REFI-QDA codebooks: labels out and in, as other programs read and write them."""

from dataclasses import replace
from pathlib import Path

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, DATASET
from lxml import etree
from pyrefiqda.reficodebook import RefiCodebook
from xsdata_pydantic.bindings import XmlSerializer

from annotator.formats.dataset import Dataset, Header
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id
from annotator.model.scheme import Label, Scheme

QDC = format_by_id("codebook")
GOLDEN = Path(__file__).parent / "golden" / "codebook" / "work.qdc"

THEIRS = """<?xml version="1.0" encoding="utf-8"?>
<CodeBook xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="urn:QDA-XML:codebook:0:4 Codebook.xsd" origin="ATLAS.ti Win 9.0.19"
 xmlns="urn:QDA-XML:codebook:0:4">
  <Codes>
    <Code guid="2CE89C66-C28D-473B-B5C4-6CF87D20EF04" name="Health care" isCodable="true" color="#3C3">
      <Description>Doctors,\r\npatients &amp; fees.</Description>
    </Code>
    <Code guid="1B123EC4-7A16-4189-BAB2-74D37FC18BE8" name="Values" isCodable="false">
      <Code guid="{6305160D-88CA-48AD-AAAF-07397BA748E8}" name="Liberal" isCodable="true">
        <Code guid="575cd58b-641a-48c7-bc7b-4f3d2199c776" name="1.1: Taxes" isCodable="1" color="blue"/>
      </Code>
    </Code>
  </Codes>
  <Sets><Set name="group" guid="D79FC877-F071-4117-8D25-235AA1062A44"/></Sets>
</CodeBook>"""


def read(path, scheme=made.SCHEME):
    remarks = made.Remarks()
    dataset = QDC.read(path, scheme, remarks)
    assert list(dataset) == []
    assert dataset.header.scheme is None
    return dataset.header.labels, [message for _, message in remarks]


def written(tmp_path, *labels):
    path = tmp_path / "work.qdc"
    path.unlink(missing_ok=True)
    made.export(QDC, Dataset(Header("", Scheme("s", 1, "", labels=labels)), ()), path)
    return path


def test_the_labels_of_a_scheme_come_back():
    assert read(GOLDEN) == (made.SCHEME.labels, [])


@pytest.mark.parametrize(
    "more",
    [
        {"title": "Casualty report", "key": "3", "colour": "#AbCdEf", "helper": True},
        {"rule": "A rule.\n\nWith two parts.", "good": "“Yes.”", "bad": "“No.”"},
        {"good": "only good"},
        {"bad": "only bad"},
        {"rule": "Good example: in the rule\n\nBad example: too", "good": "g", "bad": "\r\n b "},
        {"title": " odd\ttitle\r\x01", "rule": "[Annotator] {}"},
        {"extra": {"newer": [1]}},
    ],
)
def test_every_part_of_a_label_comes_back(tmp_path, more):
    label = Label("casualty", **{"title": "casualty", **more})
    assert read(written(tmp_path, label)) == ((label,), [])


def test_pyrefiqda_reads_it_and_writes_the_same():
    """Its models are made from the schema, so the order of elements is the schema's."""
    loaded = RefiCodebook.load(GOLDEN)
    again = XmlSerializer().render(loaded, ns_map={None: "urn:QDA-XML:codebook:1.0"})
    assert [code.name for code in loaded.codes.code] == ["claim", "source"]
    assert [code.name for code in loaded.codes.code[0].code] == ["type", "roles", "sure"]
    assert etree.tostring(etree.fromstring(again.encode()), method="c14n") == etree.tostring(
        etree.parse(GOLDEN), method="c14n"
    )


def test_codebooks_of_other_programs_are_read(tmp_path):
    path = tmp_path / "theirs.qdc"
    path.write_text(THEIRS, "utf-8", newline="")
    labels, remarks = read(path)
    assert [(label.id, label.title, label.colour) for label in labels] == [
        ("Health care", "Health care", "#33CC33"),
        ("Values / Liberal", "Values / Liberal", "#6b7484"),
        ("Values / Liberal / 1.1: Taxes", "Values / Liberal / 1.1: Taxes", "#6b7484"),
    ]
    assert labels[0].rule == "Doctors,\npatients & fees."
    assert remarks == ["sets of codes were left out (1)"]


def test_a_broken_last_line_counts_as_words(tmp_path):
    path = written(tmp_path, Label("a", "A", key="1"))
    path.write_text(path.read_text("utf-8").replace('{"id"', '{"id'), "utf-8")
    ((label,), _) = read(path)
    assert (label.id, label.title, label.key) == ("A", "A", "")
    assert label.rule.startswith("[Annotator]")


def test_kept_values_that_no_label_can_have_are_left(tmp_path):
    path = written(tmp_path, Label("a", "A", key="1"))
    for odd in ('"key":["1"]', '"attributes":"x"', '"attributes":[{"kind":"entity"}]', '"attributes":[[]]'):
        path.write_text(path.read_text("utf-8").replace('"key":"1"', odd), "utf-8")
        ((label,), _) = read(path)
        assert label == Label("a", "A")
        path = written(tmp_path, Label("a", "A", key="1"))


@pytest.mark.parametrize("content", ["", "<a/>", "<CodeBook/>", "no xml", "<Project><CodeBook/></Project>"])
def test_what_is_no_codebook_is_refused(tmp_path, content):
    path = tmp_path / "work.qdc"
    path.write_text(content)
    with pytest.raises(FormatError, match=r"work\.qdc is not"):
        QDC.read(path, made.SCHEME, made.no_remark)


def test_entities_of_xml_are_refused(tmp_path):
    path = tmp_path / "work.qdc"
    path.write_text('<!DOCTYPE CodeBook [<!ENTITY x SYSTEM "file:///etc/passwd">]><CodeBook>&x;</CodeBook>')
    with pytest.raises(FormatError, match="declares a document type"):
        QDC.read(path, made.SCHEME, made.no_remark)


def test_the_work_is_lost_and_said():
    lacks = QDC.lacks()
    assert {what for what, _ in lacks.in_header(DATASET.header)} == {
        *("types of links", "kinds of people and incidents", "people and incidents")
    }
    record = replace(DATASET.records[0], annotations=ANNOTATIONS[:1], links=())
    assert ("spans", "source “Kerry”") in list(lacks.in_record(record))
