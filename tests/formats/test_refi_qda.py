"""REFI-QDA projects: valid by the schema, read by others, and read as other programs write them."""

import contextlib
import random
import re
import zipfile
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import dataset_values as made
import pytest
from golden_dataset import ANNOTATIONS, DATASET, ENTITIES, LINKS, TEXT
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree
from pyrefiqda.refiproject import RefiProject

from annotator.formats.errors import FormatError
from annotator.formats.parts.archives import MAX_MEMBER
from annotator.formats.registry import format_by_id

QDPX = format_by_id("refi-qda")
GOLDEN = Path(__file__).parent / "golden" / "refi-qda" / "work.qdpx"
# The schema of the standard, as its publishers license it (MIT, see its head).
SCHEMA = etree.XMLSchema(etree.parse(Path(__file__).parent / "refi-qda" / "Project.xsd"))

ANN, BOB = "11111111-1111-1111-1111-111111111111", "{22222222-AAAA-2222-2222-222222222222}"
USERS = f'<Users><User guid="{ANN}" name="Ann"/><User guid="{BOB}" name="Bob"/></Users>'
CODES = """<CodeBook><Codes>
  <Code guid="C0000000-0000-0000-0000-000000000001" name="Health care" isCodable="true" color="#33cc33">
    <Description>Doctors, patients.</Description>
    <Code guid="C0000000-0000-0000-0000-000000000002" name="Access" isCodable="true"/>
  </Code>
  <Code guid="C0000000-0000-0000-0000-000000000003" name="Topics" isCodable="false">
    <Code guid="C0000000-0000-0000-0000-000000000004" name="Economy" isCodable="true" color="#fc0"/>
  </Code>
  <Code guid="C0000000-0000-0000-0000-000000000005" name="claim" isCodable="true">
    <Code guid="C0000000-0000-0000-0000-000000000006" name="type" isCodable="false">
      <Code guid="C0000000-0000-0000-0000-000000000007" name="event" isCodable="true"/>
    </Code>
  </Code>
</Codes></CodeBook>"""
VISIT = "Anna said the visit was fine.\r\nThe doctor came.\r\n"


def project(tmp_path, body, texts=None, origin="NVivo 14", head=USERS + CODES, folder="Sources"):
    """Zip a project as another program writes it."""
    path = tmp_path / "theirs.qdpx"
    namespace = 'xmlns="urn:QDA-XML:project:1.0" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
    xml = f'<?xml version="1.0" encoding="utf-8"?><Project {namespace} name="Theirs" origin="{origin}">'
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", f"{xml}{head}{body}</Project>")
        for name, text in (texts or {}).items():
            archive.writestr(f"{folder}/{name}", text if isinstance(text, bytes) else text.encode())
    return path


def source(*selections, path="internal://AB.txt", name="Interview 01", more=""):
    attributes = f'plainTextPath="{path}" ' if path else ""
    inside = "".join(selections)
    return (
        f'<Sources><TextSource guid="{ANN}" {attributes}name="{name}">{more}{inside}</TextSource></Sources>'
    )


def selection(start, stop, *codes, user=ANN, name="", more="", own="5E1EC710-0000-0000-0000-000000000001"):
    codings = "".join(
        f'<Coding guid="{ANN}" creatingUser="{user}">'
        f'<CodeRef targetGUID="c0000000-0000-0000-0000-00000000000{code}"/></Coding>'
        for code in codes
    )
    place = f'guid="{own}" name="{name}" startPosition="{start}" endPosition="{stop}"'
    return f"<PlainTextSelection {place}>{more}{codings}</PlainTextSelection>"


def read(path):
    remarks = made.Remarks()
    dataset = QDPX.read(path, made.SCHEME, remarks)
    return dataset.header, list(dataset), [message for _, message in remarks]


def spans(record):
    return [(a.layer, a.label, record.text[a.hull.start : a.hull.stop]) for a in record.annotations]


def qde(path):
    return zipfile.ZipFile(path).read("project.qde")


def test_the_golden_project_is_valid():
    SCHEMA.assertValid(etree.fromstring(qde(GOLDEN)))


@settings(max_examples=30, deadline=None)
@given(dataset=made.datasets())
def test_whatever_is_written_is_valid(tmp_path_factory, dataset):
    path = tmp_path_factory.mktemp("valid") / "work.qdpx"
    made.export(QDPX, made.fitting_of(QDPX, dataset), path)
    SCHEMA.assertValid(etree.fromstring(qde(path)))


def test_a_project_without_articles_or_scheme_is_valid(tmp_path):
    made.export(QDPX, made.Dataset(made.Header("Bare"), ()), tmp_path / "work.qdpx")
    SCHEMA.assertValid(etree.fromstring(qde(tmp_path / "work.qdpx")))


def test_pyrefiqda_reads_the_words(tmp_path):
    loaded = RefiProject.load(GOLDEN, str(tmp_path))
    codes = {code.guid: code.name for code in loaded.code_book.codes.code}
    users = {user.guid: user.name for user in loaded.users.user}
    found = set()
    for text_source in loaded.sources.text_source:
        text = RefiProject.resolve_source_path(text_source.plain_text_path, tmp_path).read_bytes().decode()
        for s in text_source.plain_text_selection:
            words = text[s.start_position : s.end_position]
            found.add((users[s.creating_user], codes[s.coding[0].code_ref.target_guid], words))
    held = made.fitting_of(QDPX, DATASET)
    assert found == {(a.layer, a.label, a.words) for record in held for a in record.annotations}


def test_the_golden_project_is_written_to_the_letter(tmp_path):
    """The bytes of a ZIP depend on the version of zlib; what is in it does not."""
    made.export(QDPX, made.fitting_of(QDPX, DATASET), tmp_path / "work.qdpx")
    with zipfile.ZipFile(GOLDEN) as golden, zipfile.ZipFile(tmp_path / "work.qdpx") as new:
        assert {name: new.read(name) for name in new.namelist()} == {
            name: golden.read(name) for name in golden.namelist()
        }


def test_choices_are_codes_and_the_rest_is_said():
    root = ElementTree.fromstring(qde(GOLDEN))
    names = {code.get("guid"): code.get("name") for code in root.iter("{urn:QDA-XML:project:1.0}Code")}
    quote = next(
        s for s in root.iter("{urn:QDA-XML:project:1.0}PlainTextSelection") if "truce”" in s.get("name")
    )
    coded = [names[ref.get("targetGUID")] for ref in quote.iter("{urn:QDA-XML:project:1.0}CodeRef")]
    assert coded == ["claim", "=state", "child", "a;b\\c", "no"]
    lost = list(QDPX.lacks().in_header(DATASET.header))
    assert [example for _, example in lost] == [
        *("claim: why", "claim: score", "claim: as of", "claim: count", "claim: count.low", "claim: who")
    ]


def test_all_that_is_said_comes_back():
    header, records, remarks = read(GOLDEN)
    assert (header, remarks) == (DATASET.header, [])
    held = list(made.fitting_of(QDPX, DATASET))
    for now, was in zip(records, held, strict=True):
        assert (now.article, now.text, now.progress) == (was.article, was.text, was.progress)
        assert tuple(a.placed(now.text, a.fragments) for a in now.annotations) == tuple(
            a.placed(was.text, a.fragments) for a in was.annotations
        )
        assert now.links == was.links


@pytest.mark.parametrize("note", ["\r", " x ", "a\rb", "[Annotator] {}", "x\n\n[Annotator] {}", "\x01", "\n"])
def test_any_note_comes_back(tmp_path, note):
    (record, _) = DATASET
    noted = replace(record, annotations=(replace(ANNOTATIONS[0], note=note),), links=())
    made.export(QDPX, made.Dataset(DATASET.header, (noted,)), tmp_path / "work.qdpx")
    _, (back,), _ = read(tmp_path / "work.qdpx")
    assert back.annotations[0].note == note


def test_values_as_deep_as_a_project_takes_them_come_back(tmp_path):
    deep = 1
    for _ in range(15):
        deep = [deep]
    record = replace(
        DATASET.records[0], annotations=(replace(ANNOTATIONS[0], attributes={"x": deep}),), links=()
    )
    made.export(QDPX, made.Dataset(DATASET.header, (record,)), tmp_path / "work.qdpx")
    _, (back,), _ = read(tmp_path / "work.qdpx")
    assert back.annotations[0].attributes == {"x": deep}


def test_nvivo_counts_line_ends_as_two_and_codes_cases(tmp_path):
    case = '<Cases><Case guid="C0000000-0000-0000-0000-000000000002" name="Anna"/></Cases>'
    body = case + source(selection(31, 41, 1), selection(0, 4, 2), path="internal://ab.TXT")
    _, (record,), remarks = read(project(tmp_path, body, {"AB.txt": "\ufeff" + VISIT}))
    assert record.text == VISIT.replace("\r\n", "\n")
    assert spans(record) == [("Ann", "Health care", "The doctor")]
    assert (record.article.title, record.progress) == ("Interview 01", None)
    assert remarks == ["only coded spans of texts are read; left out: codings with cases (1)"]


def test_atlas_counts_line_ends_as_one(tmp_path):
    path = project(tmp_path, source(selection(30, 40, 1)), {"AB.txt": VISIT}, origin="ATLAS.ti Windows 24")
    _, (record,), _ = read(path)
    assert spans(record) == [("Ann", "Health care", "The doctor")]


@pytest.mark.parametrize(("start", "stop", "origin"), [(30, 40, "QDA Miner"), (31, 41, "ATLAS.ti")])
def test_the_names_of_selections_tell_how_line_ends_count(tmp_path, start, stop, origin):
    body = source(selection(start, stop, 1, name="The doct..."))
    _, (record,), _ = read(project(tmp_path, body, {"AB.txt": VISIT}, origin=origin))
    assert spans(record) == [("Ann", "Health care", "The doctor")]


def test_offsets_in_utf16_units_are_recognised_by_names(tmp_path):
    body = source(
        selection(3, 8, 1, name="Kerry"), path="", more="<PlainTextContent>😀 Kerry</PlainTextContent>"
    )
    _, (record,), remarks = read(project(tmp_path, body))
    assert spans(record) == [("Ann", "Health care", "Kerry")]
    assert "UTF-16" in remarks[0]


def test_names_that_are_no_words_change_nothing(tmp_path):
    body = source(
        selection(2, 7, 1, name="(2,7)"), path="", more="<PlainTextContent>😀 Kerry</PlainTextContent>"
    )
    _, (record,), remarks = read(project(tmp_path, body))
    assert (spans(record), remarks) == ([("Ann", "Health care", "Kerry")], [])


def test_nested_codes_get_joined_names_and_groups_are_no_labels(tmp_path):
    header, (record,), _ = read(
        project(tmp_path, source(selection(0, 4, 2), selection(5, 9, 4)), {"AB.txt": VISIT})
    )
    labels = {label.title: label for label in header.labels}
    assert list(labels) == ["Health care", "Health care / Access", "Topics / Economy", "claim"]
    assert (labels["Health care"].rule, labels["Health care"].colour) == ("Doctors, patients.", "#33cc33")
    assert labels["Topics / Economy"].colour == "#ffcc00"
    assert [label for _, label, _ in spans(record)] == ["Health care / Access", "Topics / Economy"]


def test_codes_that_spell_a_value_of_a_label_are_values(tmp_path):
    """MAXQDA writes a selection for each coding."""
    body = source(selection(0, 4, 7), selection(0, 4, 5), selection(5, 9, 7), selection(0, 4, 7, user=BOB))
    _, (record,), _ = read(project(tmp_path, body, {"AB.txt": VISIT}))
    assert [(a.layer, a.label, a.attributes) for a in record.annotations] == [
        ("Ann", "claim", {"type": "event"}),
        ("Ann", "claim", {"type": "event"}),
        ("Bob", "claim", {"type": "event"}),
    ]


def test_codings_of_one_selection_are_annotations_of_their_users(tmp_path):
    two = selection(0, 4, 1, 4).replace(f'creatingUser="{ANN}"', f'creatingUser="{BOB.lower()}"', 1)
    _, (record,), _ = read(project(tmp_path, source(two), {"AB.txt": VISIT}))
    assert {(a.layer, a.label) for a in record.annotations} == {
        ("Bob", "Health care"),
        ("Ann", "Topics / Economy"),
    }
    assert [a.id for a in record.annotations] == [
        "5e1ec710-0000-0000-0000-000000000001",
        "5e1ec710-0000-0000-0000-000000000001-2",
    ]


def test_a_user_without_a_name_goes_by_the_guid(tmp_path):
    body = source(
        selection(0, 4, 1, user="99999999-0000-0000-0000-000000000000"), selection(5, 9, 1, user="")
    )
    _, (record,), _ = read(project(tmp_path, body, {"AB.txt": VISIT}))
    assert [a.layer for a in record.annotations] == ["user 99999999", ""]


def test_notes_become_the_note_of_a_span(tmp_path):
    own = "5E1EC710-0000-0000-0000-000000000001"
    more = f"<Description>A comment.</Description><NoteRef targetGUID='{ANN}'/>".replace("'", '"')
    coded = selection(0, 4, 1, own=own).replace("<Coding", more.partition("<NoteRef")[0] + "<Coding", 1)
    coded = coded.replace("</Plain", "<NoteRef targetGUID='0AAAAAAA-0000-0000-0000-000000000001'/></Plain")
    notes = (
        '<Notes><Note guid="0aaaaaaa-0000-0000-0000-000000000001"><PlainTextContent>A memo.'
        '</PlainTextContent></Note><Note guid="0aaaaaaa-0000-0000-0000-000000000002"'
        ' plainTextPath="internal://note.txt"/><Note guid="0aaaaaaa-0000-0000-0000-000000000003"/></Notes>'
        f'<Links><Link guid="{ANN}" originGUID="0AAAAAAA-0000-0000-0000-000000000002" targetGUID="{own}"/>'
        "</Links>"
    )
    path = project(tmp_path, source(coded) + notes, {"AB.txt": VISIT, "note.txt": "An annotation."})
    _, (record,), remarks = read(path)
    assert record.annotations[0].note == "A comment.\n\nA memo.\n\nAn annotation."
    assert remarks == ["only coded spans of texts are read; left out: notes that are not in the file (1)"]


def test_links_of_other_programs_are_read(tmp_path):
    one, two = (f"5E1EC710-0000-0000-0000-00000000000{n}" for n in (1, 2))
    links = (
        f'<Links><Link guid="{ANN}" name="contradicts" originGUID="{one.lower()}" targetGUID="{two}"/>'
        f'<Link guid="{BOB}" originGUID="{one}" targetGUID="{ANN}"/></Links>'
    )
    body = source(selection(0, 4, 1, own=one), selection(5, 9, 1, own=two)) + links
    _, (record,), remarks = read(project(tmp_path, body, {"AB.txt": VISIT}))
    (link,) = record.links
    assert (link.type, link.layer, link.source, link.target) == (
        "contradicts",
        "Ann",
        one.lower(),
        two.lower(),
    )
    assert remarks == [
        "only coded spans of texts are read; left out: links between other things than spans (1)"
    ]


def test_links_of_ours_are_not_doubled_when_another_program_kept_them(tmp_path):
    _, records, _ = read(GOLDEN)
    assert [link.id for record in records for link in record.links] == [link.id for link in LINKS]


def test_a_source_that_is_missing_is_said(tmp_path):
    body = source(selection(0, 4, 1)) + source(path="absolute:///C:/x.txt", name="Elsewhere")
    _, records, remarks = read(project(tmp_path, body.replace("</Sources><Sources>", "")))
    assert records == []
    assert remarks == [
        "in “Interview 01”, it was left out: its text is not in the file (internal://AB.txt); export the"
        " project with its sources",
        "in “Elsewhere”, it was left out: its text is not in the file (absolute:///C:/x.txt); export the"
        " project with its sources",
    ]


def test_a_text_in_the_xml_stands_in_for_a_missing_file(tmp_path):
    body = source(selection(0, 4, 1), more="<PlainTextContent>Anna came.</PlainTextContent>")
    _, (record,), _ = read(project(tmp_path, body))
    assert spans(record) == [("Ann", "Health care", "Anna")]


def test_of_text_and_file_the_file_counts(tmp_path):
    body = source(selection(0, 4, 1), more="<PlainTextContent>Old.</PlainTextContent>")
    _, (record,), _ = read(project(tmp_path, body, {"AB.txt": VISIT}, folder="sources"))
    assert record.text.startswith("Anna said")


def test_texts_of_pdf_files_are_read_and_other_sources_said(tmp_path):
    body = (
        f'<Sources><PDFSource guid="{ANN}" name="Report" path="internal://x.pdf">'
        f'<PDFSelection guid="{BOB}" page="1" firstX="1" firstY="1" secondX="2" secondY="2"/>'
        f'<Representation guid="{BOB}" plainTextPath="internal://AB.txt">{selection(0, 4, 1)}'
        f'</Representation></PDFSource><PictureSource guid="{ANN}"/><TextSource guid="{ANN}"'
        f' plainTextPath="internal://ab.txt"><Coding guid="{ANN}"/></TextSource></Sources>'
    )
    _, records, remarks = read(project(tmp_path, body, {"AB.txt": VISIT}))
    assert [record.article.title for record in records] == ["Report", ""]
    assert spans(records[0]) == [("Ann", "Health care", "Anna")]
    assert remarks[-1] == (
        "only coded spans of texts are read; left out: codings of whole documents (1), marked areas of a page"
        " (1), pictures (1)"
    )


def test_variables_describe_the_article(tmp_path):
    head = USERS + CODES + (
        '<Variables><Variable guid="0A" name="Outlet" typeOfVariable="Text"/>'
        '<Variable guid="0B" name="Published" typeOfVariable="Date"/></Variables>'
    )  # fmt: skip
    values = (
        '<VariableValue><VariableRef targetGUID="0a"/><TextValue>Daily</TextValue></VariableValue>'
        '<VariableValue><VariableRef targetGUID="0b"/><DateValue>2016-09-21</DateValue></VariableValue>'
    )
    _, (record,), _ = read(project(tmp_path, source(values), {"AB.txt": VISIT}, head=head))
    assert (record.article.outlet, record.article.published) == ("Daily", "2016-09-21")


@pytest.mark.parametrize(
    ("place", "said"),
    [
        ((4, 4), "is empty or runs backwards"),
        ((9, 4), "is empty or runs backwards"),
        ((-1, 4), "is empty or runs backwards"),
        ((0, 10**30), "is empty or runs backwards"),
        (("x", 4), "not whole numbers"),
        (("", ""), "not whole numbers"),
    ],
)
def test_absurd_offsets_are_said_and_the_good_spans_go_on(tmp_path, place, said):
    body = source(selection(*place, 1), selection(0, 4, 1))
    _, (record,), remarks = read(project(tmp_path, body, {"AB.txt": VISIT}))
    assert spans(record) == [("Ann", "Health care", "Anna")]
    assert len(remarks) == 1
    assert said in remarks[0]


def test_codings_with_unknown_codes_are_said(tmp_path):
    _, (record,), remarks = read(project(tmp_path, source(selection(0, 4, 9)), {"AB.txt": VISIT}))
    assert record.annotations == ()
    assert "codings whose code is not in the file (1)" in remarks[0]


def test_a_text_in_another_encoding_is_read(tmp_path):
    body = source(selection(0, 4, 1))
    _, (record,), _ = read(project(tmp_path, body, {"AB.txt": VISIT.encode("utf-16")}))
    assert spans(record) == [("Ann", "Health care", "Anna")]


@pytest.mark.parametrize("text", [b"", b"\x89PNG\0\0", b" \n"])
def test_a_file_that_is_no_text_is_left_out(tmp_path, text):
    _, records, remarks = read(project(tmp_path, source(selection(0, 4, 1)), {"AB.txt": text}))
    assert (records, len(remarks)) == ([], 1)
    assert "it was left out" in remarks[0]


def refused(path):
    with pytest.raises(FormatError) as error:
        list(QDPX.read(path, made.SCHEME, made.Remarks()))
    return str(error.value)


def test_what_is_no_project_is_refused_in_one_sentence(tmp_path):
    path = tmp_path / "work.qdpx"
    path.write_bytes(b"no zip")
    assert "is damaged, or is not what its name says" in refused(path)
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x.txt", "")
    assert refused(path) == "work.qdpx is not a REFI-QDA project: there is no project.qde in it"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", "<CodeBook/>")
    assert refused(path) == "work.qdpx is not a REFI-QDA project: project.qde begins with “CodeBook”"


def test_nothing_reaches_beyond_the_file(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words")
    body = source(path=f"internal://../../{secret}") + source(path=f"relative:///{secret}")
    _, records, remarks = read(project(tmp_path, body.replace("</Sources><Sources>", "")))
    assert (records, len(remarks)) == ([], 2)
    path = tmp_path / "work.qdpx"
    for declared in ('<!ENTITY x SYSTEM "file:///etc/passwd">', '<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">'):
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr("project.qde", f'<!DOCTYPE Project [{declared}]><Project name="&x;"/>')
        assert "declares a document type or entities" in refused(path)


def test_bombs_are_refused(tmp_path):
    path = tmp_path / "work.qdpx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", b"<Project/>" + b" " * (MAX_MEMBER // 4))
    assert "unpacks to far too much" in refused(path)
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("project.qde", "<Project>" + "<a>" * 5000 + "</a>" * 5000 + "</Project>")
    assert "nested more than" in refused(path)


@settings(max_examples=100, deadline=None)
@given(seed=st.integers(0, 10**9))
def test_a_damaged_project_never_breaks_the_reader(tmp_path_factory, seed):
    path = tmp_path_factory.getbasetemp() / "damaged.qdpx"
    with zipfile.ZipFile(GOLDEN) as golden, zipfile.ZipFile(path, "w") as archive:
        for name in golden.namelist():
            content = golden.read(name)
            archive.writestr(name, damaged(content, seed) if name == "project.qde" else content)
    with contextlib.suppress(FormatError):
        list(QDPX.read(path, made.SCHEME, made.Remarks()))


def damaged(xml, seed):
    """Change some values of attributes and some words, keeping it XML."""
    chance = random.Random(seed)
    pieces = re.split(rb'("[^"<>]*"|>[^<>]+<)', xml)
    for _ in range(chance.randint(1, 4)):
        at = chance.randrange(len(pieces) // 2) * 2 + 1
        odd = chance.choice([b"", b"-1", b"x", b"9" * 30, b"\xef\xbf\xbd", b'[Annotator] {"id":[1]}', b"{}"])
        edges = pieces[at][:1], pieces[at][-1:]
        other = chance.choice(pieces[1::2])[1:-1]
        pieces[at] = edges[0] + chance.choice([odd, other]).replace(b'"', b"&quot;") + edges[1]
    return b"".join(pieces)


def test_a_project_without_a_last_line_is_still_read(tmp_path):
    """Programs may drop descriptions; codes, users, places, values and links stay."""
    root = ElementTree.fromstring(qde(GOLDEN))
    for parent in list(root.iter()):
        for element in parent.findall("{*}Description"):
            parent.remove(element)
    path = tmp_path / "work.qdpx"
    with zipfile.ZipFile(GOLDEN) as golden, zipfile.ZipFile(path, "w") as archive:
        for name in golden.namelist():
            archive.writestr(name, ElementTree.tostring(root) if name == "project.qde" else golden.read(name))
    header, records, _ = read(path)
    held = list(made.fitting_of(QDPX, DATASET))
    assert {label.id for label in header.labels} == {"claim", "source"}
    assert records[0].text == TEXT
    assert [spans(record) for record in records] == [spans(record) for record in held]
    quote = next(a for a in records[0].annotations if a.attributes)
    assert quote.attributes == {"type": "=state", "roles": ["child", "a;b\\c"], "sure": False}
    assert [link.type for link in records[0].links] == ["repeats", "contradicts"]


def test_people_come_back_even_without_cases(tmp_path):
    xml = qde(GOLDEN).decode()
    start, stop = xml.index("<Cases>"), xml.index("</Cases>")
    path = tmp_path / "work.qdpx"
    with zipfile.ZipFile(GOLDEN) as golden, zipfile.ZipFile(path, "w") as archive:
        archive.writestr("project.qde", xml[:start] + xml[stop + len("</Cases>") :])
        for name in golden.namelist()[:-1]:
            archive.writestr(name, golden.read(name))
    header, _, _ = read(path)
    assert [(e.id, e.kind, e.name) for e in header.entities] == [("e-john", "actor", ENTITIES[1].name)]
