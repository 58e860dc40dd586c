"""XMI as INCEpTION, WebAnno and other programs write it, sound or not."""

import io
import zipfile
from xml.sax.saxutils import quoteattr

import dataset_values as made
import pytest

from annotator.formats.cas import declaring as cas_declaring
from annotator.formats.cas import files as cas_files
from annotator.formats.cas import xmi
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id, format_of
from annotator.model.scheme import Scheme
from annotator.services.import_files import sources

XMI = format_by_id("xmi")
BARE = Scheme.from_body({"scheme": {"id": "bare"}, "label": [{"id": "other"}]})
TEXT = "Kerry 😀 said\r\nthe truce is dead."
"""In UTF-16: Kerry 0 to 5, 😀 6 to 8, said 9 to 13, the 15 to 18, truce 19 to 24."""

META = 'meta:DocumentMetaData sofa="1" begin="0" end="33" documentTitle="a.txt" documentId="a.txt"'
SPAN = "webanno.custom.Span"
NER = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity"


def cas(*elements, text=TEXT, version="1.0", more=""):
    """Write a CAS as UIMA does; `elements` are "prefix:Type attributes", numbered from 10."""
    rows = [
        f"<{element.replace(' ', f' xmi:id={quoteattr(str(n))} ', 1)}/>"
        for n, element in enumerate(elements, 10)
    ]
    members = " ".join(str(n) for n in range(10, 10 + len(rows)))
    string = quoteattr(text, {"\n": "&#10;", "\r": "&#13;"}) if text is not None else '""'
    return (
        f'<?xml version="{version}" encoding="UTF-8"?>'
        '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"'
        ' xmlns:tcas="http:///uima/tcas.ecore" xmlns:custom="http:///webanno/custom.ecore"'
        ' xmlns:meta="http:///de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore"'
        ' xmlns:seg="http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore"'
        ' xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore"'
        ' xmlns:tool="http:///de/tudarmstadt/ukp/clarin/webanno/api/type.ecore"'
        ' xmlns:none="http:///uima/noNamespace.ecore" xmi:version="2.0">'
        f'<cas:NULL xmi:id="0"/>{"".join(rows)}{more}'
        f'<cas:Sofa xmi:id="1" sofaNum="1" sofaID="_InitialView" mimeType="text" sofaString={string}/>'
        f'<cas:View sofa="1" members="{members}"/></xmi:XMI>'
    )


def types(**described):
    """Write a type system: names of types to their features, "name range" each."""
    rows = []
    for name, (parent, *features) in described.items():
        inner = "".join(
            f"<featureDescription><name>{f.split()[0]}</name><description/>"
            f"<rangeTypeName>{f.split()[1]}</rangeTypeName>"
            + "".join(f"<elementType>{e}</elementType>" for e in f.split()[2:])
            + "</featureDescription>"
            for f in features
        )
        rows.append(
            f"<typeDescription><name>{name}</name><description/><supertypeName>{parent}</supertypeName>"
            f"<features>{inner}</features></typeDescription>"
        )
    return (
        '<?xml version="1.0" encoding="UTF-8"?><typeSystemDescription'
        f' xmlns="http://uima.apache.org/resourceSpecifier"><types>{"".join(rows)}</types></typeSystemDescription>'
    )


TYPES = types(
    **{
        SPAN: ("uima.tcas.Annotation", "label uima.cas.String", "score uima.cas.Integer"),
        NER: ("uima.tcas.Annotation", "value uima.cas.String", "identifier uima.cas.String"),
        "webanno.custom.Relation": (
            *("uima.tcas.Annotation", f"Governor {SPAN}", f"Dependent {SPAN}", "label uima.cas.String"),
        ),
        "webanno.custom.Link": ("uima.cas.TOP", "role uima.cas.String", f"target {SPAN}"),
        "webanno.custom.Host": (
            *("uima.tcas.Annotation", "links uima.cas.FSArray webanno.custom.Link", "sure uima.cas.Boolean"),
        ),
        "webanno.custom.CorefLink": (
            *("uima.tcas.Annotation", "next webanno.custom.CorefLink", "referenceType uima.cas.String"),
        ),
        "webanno.custom.CorefChain": ("uima.cas.AnnotationBase", "first webanno.custom.CorefLink"),
    }
)


@pytest.fixture
def read(tmp_path):
    def read(content, scheme=BARE, type_system=TYPES, name="doc.xmi"):
        """Read one file; return its records, the remarks and the labels it tells of."""
        folder = tmp_path / "in"
        folder.mkdir(exist_ok=True)
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
        if type_system:
            (folder / "TypeSystem.xml").write_text(type_system, encoding="utf-8")
        remarks = made.Remarks()
        dataset = XMI.read(folder / name, scheme, remarks)
        return list(dataset), [message for _, message in remarks], dataset.header.labels

    return read


def spans(record):
    return [
        (a.label, record.text[a.hull.start : a.hull.stop], dict(a.attributes)) for a in record.annotations
    ]


def test_inception_writes_spans_named_by_a_feature(read):
    content = cas(
        META + ' language="x-unspecified"',
        'seg:Sentence sofa="1" begin="0" end="33"',
        'seg:Token sofa="1" begin="0" end="5"',
        'ner:NamedEntity sofa="1" begin="0" end="5" value="PER" identifier="http://www.wikidata.org/entity/Q22316"',
        'custom:Span sofa="1" begin="6" end="8" label="smile" score="3"',
        'custom:Span sofa="1" begin="15" end="24"',
        'meta:TagsetDescription sofa="1" begin="0" end="0" layer="x" name="NER tags" input="false"',
    )
    (record,), remarks, labels = read(content)
    assert record.article.title == "a.txt"
    assert record.article.language == ""
    assert record.text == "Kerry 😀 said\nthe truce is dead."
    assert spans(record) == [
        ("PER", "Kerry", {"identifier": "http://www.wikidata.org/entity/Q22316"}),
        ("smile", "😀", {"score": 3}),
        ("Span", "the truce", {}),
    ]
    assert {label.id: [(a.name, a.kind) for a in label.attributes] for label in labels} == {
        "PER": [("identifier", "text")],
        "smile": [("score", "number")],
        "Span": [("score", "number")],
    }
    assert record.progress is None
    assert not remarks


def test_relations_become_links(read):
    content = cas(
        'custom:Span sofa="1" begin="0" end="5" label="who"',
        'custom:Span sofa="1" begin="15" end="24" label="what"',
        'custom:Relation sofa="1" begin="15" end="24" Governor="10" Dependent="11" label="says"',
        'custom:Relation sofa="1" begin="0" end="5" Governor="11" Dependent="10"',
        'seg:Token sofa="1" begin="0" end="5"',
        'custom:Relation sofa="1" begin="0" end="5" Governor="14" Dependent="10" label="head"',
    )
    (record,), remarks, _ = read(content)
    names = {a.id: a.label for a in record.annotations}
    assert [(link.type, names[link.source], names[link.target]) for link in record.links] == [
        ("says", "who", "what"),
        ("Relation", "what", "who"),
    ]
    assert remarks == ["1 link of “Relation” was left out: its ends are not both spans"]


def test_slots_and_chains_become_links(read):
    content = cas(
        'custom:Span sofa="1" begin="0" end="5" label="who"',
        'custom:Link role="speaker" target="10"',
        'custom:Host sofa="1" begin="9" end="13" links="11" sure="true"',
        'custom:CorefLink sofa="1" begin="15" end="24" next="14" referenceType="nom"',
        'custom:CorefLink sofa="1" begin="0" end="5"',
        'custom:CorefChain sofa="1" first="13"',
    )
    (record,), remarks, _ = read(content)
    names = {a.id: a.label for a in record.annotations}
    assert [
        (link.type, names[link.source], names[link.target], link.attributes) for link in record.links
    ] == [
        ("links", "Host", "who", {"role": "speaker"}),
        ("next", "CorefLink", "CorefLink", {}),
    ]
    assert ("Host", "said", {"sure": True}) in spans(record)
    assert not remarks


def test_ids_of_spans_tell_them_apart_and_are_not_stored(project):
    two = cas('custom:Span sofa="1" begin="0" end="5"', 'custom:Span sofa="1" begin="0" end="5"')
    records, _ = project({"TypeSystem.xml": TYPES, "a/1.xmi": two, "b/1.xmi": two})
    ids = {a.id for r in records for a in r.annotations}
    assert len(ids) == 4
    assert ids == {own_id for r in records for own_id in r.local}


def test_types_of_other_packages_go_by_their_short_names(read):
    content = cas(
        'tcas:DocumentAnnotation sofa="1" begin="0" end="33" language="de"',
        'none:Claim sofa="1" begin="0" end="5" type="x" class="y" self="z" get="g" from="f"',
        'custom:Token sofa="1" begin="9" end="13"',
        'none:Token sofa="1" begin="9" end="13"',
        'tcas:Annotation sofa="1" begin="15" end="18"',
    )
    (record,), _, _ = read(content)
    assert record.article.language == "de"
    assert spans(record) == [
        ("Claim", "Kerry", {"type": "x", "class": "y", "self": "z", "get": "g", "from": "f"}),
        ("Token", "said", {}),
        ("Annotation", "the", {}),
    ]


def test_features_of_types_may_be_words_of_python(read):
    system = types(
        **{"a.Claim": ("uima.tcas.Annotation", *(f"{n} uima.cas.String" for n in ("class", "type", "set")))}
    )
    content = cas('x:Claim sofa="1" begin="0" end="5" class="c" type="t" set="s"').replace(
        "<cas:NULL", '<cas:NULL xmlns:q="q"'
    )
    content = content.replace('xmlns:none="http:///uima/noNamespace.ecore"', 'xmlns:x="http:///a.ecore"')
    (record,), remarks, labels = read(content, type_system=system)
    assert spans(record) == [("Claim", "Kerry", {"class": "c", "type": "t", "set": "s"})]
    assert [a.name for a in labels[0].attributes] == ["class", "type", "set"]
    assert not remarks


def test_a_label_of_the_project_takes_its_values_by_name(read):
    content = cas(
        'custom:claim sofa="1" begin="0" end="5" type="event" as_of="2016" count_low="9" sure="true"'
    )
    system = types(
        **{
            "webanno.custom.claim": (
                *("uima.tcas.Annotation", "type uima.cas.String", "as_of uima.cas.String"),
                *("count_low uima.cas.Integer", "sure uima.cas.Boolean"),
            )
        }
    )
    (record,), _, labels = read(content, made.SCHEME, system)
    figure = {"words": "", "qualifier": "not stated", "low": 9, "best": None, "high": None}
    assert spans(record) == [
        ("claim", "Kerry", {"type": "event", "as of": "2016", "count": figure, "sure": True})
    ]
    assert [label.id for label in labels] == ["claim"]


def test_without_a_type_system_all_comes_in_as_text(read):
    content = cas(
        'custom:Span sofa="1" begin="0" end="5" label="who" score="3"',
        'custom:Odd sofa="1" begin="9" end="13" of="10"',
        'custom:Rel sofa="1" begin="9" end="13" Governor="10" Dependent="11"',
    )
    (record,), remarks, _ = read(content, type_system=None)
    assert spans(record) == [("who", "Kerry", {"score": "3"}), ("Odd", "said", {"of": "10"})]
    assert [link.type for link in record.links] == ["Rel"]
    assert remarks == ["there is no TypeSystem.xml beside it, so all its values are taken as text"]


def test_what_the_type_system_lacks_comes_in_too(read):
    content = cas(
        'custom:Span sofa="1" begin="0" end="5" label="who" newer="1"',
        'custom:Newer sofa="1" begin="9" end="13" a="b"',
    ).replace('a="b"/>', 'a="b"><list>x</list><list/></custom:Newer>')
    (record,), remarks, _ = read(content)
    assert spans(record) == [
        ("who", "Kerry", {"newer": "1"}),
        ("Newer", "said", {"a": "b", "list": ["x", ""]}),
    ]
    assert not remarks


def test_the_user_is_told_by_inceptions_own_metadata(read):
    content = cas(
        'tool:CASMetadata sofa="1" begin="0" end="0" username="klie" projectId="1"',
        'custom:Span sofa="1" begin="0" end="5" label="who"',
    )
    (record,), _, _ = read(content)
    assert [a.layer for a in record.annotations] == ["klie"]


def test_a_user_whose_name_no_layer_can_have_is_not_taken_over(read, project):
    meta = 'tool:CASMetadata sofa="1" begin="0" end="0" username="all"'
    (record,), _, _ = read(cas(meta, 'custom:Span sofa="1" begin="0" end="5" label="who"'))
    assert layers([record]) == [("doc", "", "who")]
    records, _ = project({"p/annotation/a.txt/all.xmi": span("a")}, lambda folder: folder / "p")
    assert layers(records) == [("a.txt", "", "a")]


@pytest.mark.parametrize(
    ("element", "why"),
    [
        (
            'custom:Span sofa="1" begin="0" end="34"',
            "“Span” of id “10” was left out: 0 to 34 is not in the text",
        ),
        (
            'custom:Span sofa="1" begin="7" end="8"',
            "“Span” of id “10” was left out: 7 to 8 is not in the text",
        ),
        (
            'custom:Span sofa="1" begin="5" end="0"',
            "“Span” of id “10” was left out: 5 to 0 is not in the text",
        ),
        (
            'custom:Span sofa="1" begin="-1" end="5"',
            "“Span” of id “10” was left out: “-1” to “5” are not offsets",
        ),
        (f'custom:Span sofa="1" begin="0" end="{"9" * 40}"', "are not offsets"),
        (
            'custom:Span sofa="7" begin="0" end="5"',
            "“Span” of id “10” was left out: its text is not in the file",
        ),
        ('custom:Span begin="0" end="5"', "“Span” of id “10” was left out: its text is not in the file"),
        ('custom:Span sofa="1" begin="3" end="3"', "the span from 3 to 3 is empty or runs backwards"),
        ('custom:Span xmi:id="10" sofa="1" begin="0" end="5"', None),
    ],
)
def test_a_bad_span_is_left_out_and_the_others_come_in(read, element, why):
    good = 'custom:Span sofa="1" begin="9" end="13" label="good"'
    if why is None:
        content = (
            cas(good, good)
            .replace('xmi:id="11"', 'xmi:id="12"', 1)
            .replace(' members="10 11"', ' members="10 11 12"')
        )
    else:
        content = cas(element, good)
    (record,), remarks, _ = read(content)
    assert ("good", "said", {}) in spans(record)
    if why:
        assert len(record.annotations) == 1
        assert why in remarks[0]


def test_references_that_lead_nowhere_are_cut(read):
    content = cas(
        'custom:Host sofa="1" begin="9" end="13" links="98 99"',
        'custom:Relation sofa="1" begin="9" end="13" Governor="10" Dependent="97"',
        'custom:Link role="x" target="96"',
        'custom:Host sofa="1" begin="0" end="5" links="12"',
    )
    (record,), remarks, _ = read(content)
    assert spans(record) == [("Host", "Kerry", {}), ("Host", "said", {})]
    assert record.links == ()
    assert remarks == ["1 link of “Relation” was left out: its ends are not both spans"]


def test_two_structures_of_one_id_are_left_out(read):
    twins = cas(*['custom:Span sofa="1" begin="0" end="5"'] * 2, 'custom:Span sofa="1" begin="9" end="13"')
    (record,), remarks, _ = read(twins.replace('xmi:id="11"', 'xmi:id="10"'))
    assert spans(record) == [("Span", "said", {})]
    assert remarks == ["“Span” of id “10” was left out: its id is missing or not its own"] * 2


def test_each_text_of_a_file_is_an_article(read):
    second = (
        '<custom:Span xmi:id="50" sofa="2" begin="0" end="3" label="who"/>'
        '<cas:Sofa xmi:id="2" sofaNum="2" sofaID="French" mimeType="text" sofaString="Une trêve."/>'
        '<cas:Sofa xmi:id="3" sofaNum="3" sofaID="Sound" mimeType="audio/wav" sofaURI="file:a.wav"/>'
        '<cas:View sofa="2" members="50"/>'
    )
    records, remarks, _ = read(cas('custom:Span sofa="1" begin="0" end="5" label="who"', more=second))
    assert [(r.article.title, spans(r)) for r in records] == [
        ("doc", [("who", "Kerry", {})]),
        ("doc (French)", [("who", "Une", {})]),
    ]
    assert remarks == ["a text was left out: it is not in the file itself"]


def test_characters_of_xml_1_1_become_marks_of_what_is_lost(read):
    content = cas('custom:Span sofa="1" begin="4" end="6" label="x"', text="a\tb 12", version="1.1")
    content = content.replace("a&#9;b", "&#1;&#x1F;\x02").replace("a\tb", "&#1;&#x1F;\x02")
    (record,), _, _ = read(content)
    assert record.text == "\ufffd\ufffd\ufffd 12"
    assert spans(record) == [("x", "12", {})]


def test_utf_16_is_read(read):
    (record,), _, _ = read(span("a").replace("UTF-8", "UTF-16").encode("utf-16"))
    assert spans(record) == [("a", "Ker", {})]


def test_a_mark_half_of_a_line_end_is_left_out(read):
    (record,), remarks, _ = read(cas('custom:Span sofa="1" begin="14" end="15"'))
    assert record.annotations == ()
    assert remarks == ["a span of “Span” was left out: it marks half a line end and nothing else"]


@pytest.fixture
def project(tmp_path):
    """Lay out files as given and read them all."""

    def project(files, how=lambda folder: folder):
        for name, content in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        remarks = made.Remarks()
        records = list(XMI.read(how(tmp_path / "in"), BARE, remarks))
        return records, remarks

    return project


def layers(records):
    return sorted((r.article.title, a.layer, a.label) for r in records for a in r.annotations)


def span(label, text=TEXT):
    return cas(f'custom:Span sofa="1" begin="0" end="3" label="{label}"', text=text)


def zipped(**files):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def exported(user, label, text=TEXT):
    """Zip a document as INCEpTION exports it."""
    return zipped(**{f"{user}.xmi": span(label, text), "TypeSystem.xml": TYPES})


PROJECT = {
    "exportedproject123.json": b"{}",
    "annotation/one.txt/webanno1export.zip": exported("ann", "a"),
    "annotation/one.txt/webanno2export.zip": exported("bob", "b"),
    "annotation/two.txt/webanno3export.zip": exported("ann", "c", "Another text."),
    "curation/one.txt/webanno4export.zip": exported("CURATION_USER", "d"),
    "source/one.txt": TEXT,
}
IN_PROJECT = [
    ("one.txt", "ann", "a"),
    ("one.txt", "bob", "b"),
    ("one.txt", "gold", "d"),
    ("two.txt", "ann", "c"),
]


def test_a_project_of_inception_is_read_with_its_users(project, tmp_path):
    (tmp_path / "in").mkdir()
    records, remarks = project({"project.zip": zipped(**PROJECT)}, lambda folder: folder / "project.zip")
    assert layers(records) == IN_PROJECT
    assert not remarks
    assert format_of(tmp_path / "in" / "project.zip").id == "xmi"


def test_so_is_one_that_was_unpacked(project):
    records, remarks = project(PROJECT)
    assert layers(records) == IN_PROJECT
    assert not remarks


def test_an_exported_document_is_read_from_its_zip(project, tmp_path):
    records, _ = project({"one.zip": exported("ann", "a")}, lambda folder: folder / "one.zip")
    assert layers(records) == [("ann", "", "a")]
    assert format_of(tmp_path / "in" / "one.zip").id == "xmi"


def test_folders_of_annotators_are_told_by_the_texts_they_share(project):
    files = {
        "TypeSystem.xml": TYPES,
        "ann/1.xmi": span("a"),
        "bob/1.xmi": span("b"),
        "bob/2.xmi": span("c", "Two."),
    }
    records, _ = project(files)
    assert layers(records) == [("1", "ann", "a"), ("1", "bob", "b"), ("2", "bob", "c")]


def test_files_of_annotators_are_told_by_the_text_they_share(project):
    files = {
        "TypeSystem.xml": TYPES,
        "1/ann.xmi": span("a"),
        "1/bob.xmi": span("b"),
        "2/bob.xmi": span("c", "Two."),
    }
    records, _ = project(files)
    assert layers(records) == [("ann", "ann", "a"), ("ann", "bob", "b"), ("bob", "bob", "c")]


def test_copies_of_a_text_do_not_make_annotators(project):
    files = {"TypeSystem.xml": TYPES, "1.xmi": span("a"), "2.xmi": span("b"), "3.xmi": span("c", "Three.")}
    records, _ = project(files)
    assert layers(records) == [("1", "", "a"), ("1", "", "b"), ("3", "", "c")]


def test_a_bad_file_is_left_out_and_the_others_come_in(project, tmp_path):
    records, remarks = project(
        {"TypeSystem.xml": TYPES, "a.xmi": span("a"), "b.xmi": b"<xmi", "c.zip": b"PK"}
    )
    assert layers(records) == [("a", "", "a")]
    assert [message.split(" (")[0] for _, message in remarks] == [
        "c.zip is damaged, or is not what its name says",
        "b.xmi is not valid XML",
    ]
    assert remarks.files[-1] == tmp_path / "in" / "b.xmi"


def test_a_type_system_is_loaded_once(project, monkeypatch):
    loaded = []
    load = xmi.load_typesystem
    monkeypatch.setattr(xmi, "load_typesystem", lambda source: loaded.append(1) or load(source))
    records, _ = project(
        {"TypeSystem.xml": TYPES} | {f"a/{n}.xmi": span("a", f"Text {n}.") for n in range(100)}
    )
    assert len(records) == 100
    assert loaded == [1]


def test_a_folder_is_recognised(tmp_path):
    (tmp_path / "a.xmi").write_text(span("a"))
    (tmp_path / "TypeSystem.xml").write_text(TYPES)
    assert [(path, how and how.id) for path, how in sources([tmp_path], None)] == [(tmp_path, "xmi")]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        ("", "is not valid XML"),
        ("Kerry said", "is not valid XML"),
        ("<doc/>", "is not XMI: it begins with “doc”"),
        ('<!DOCTYPE x [<!ENTITY a "b">]>' + cas(), "declares a document type or entities"),
        (
            '<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:uml="u"><uml:Model xmi:id="1"/></xmi:XMI>',
            "holds no text",
        ),
        (cas(text=" \u200b"), "doc.xmi doesn't hold a text"),
        (cas().replace("<cas:NULL", "<a>" * 300 + "</a>" * 300 + "<cas:NULL"), "nested more than 200 levels"),
        (cas().replace('sofaNum="1"', 'sofaNum="x"'), "holds no text"),
    ],
)
def test_what_is_no_xmi_is_refused_in_one_sentence(read, content, why):
    with pytest.raises(FormatError, match=why) as refused:
        read(content)
    assert "\n" not in str(refused.value)


def test_entities_in_a_type_system_are_refused(read):
    bomb = '<!DOCTYPE x [<!ENTITY a "b">]>' + TYPES.split("?>")[1]
    with pytest.raises(FormatError, match=r"TypeSystem\.xml declares a document type or entities"):
        read(span("a"), type_system=bomb)


@pytest.mark.parametrize(
    "broken",
    [
        TYPES.replace("uima.tcas.Annotation", "no.such.Type"),
        TYPES.replace("uima.cas.String", "uima.cas.Nothing"),
        types(**{"a.A": ("a.B",), "a.B": ("a.A",)}),
    ],
)
def test_a_type_system_that_makes_no_sense_is_said(read, broken):
    with pytest.raises(FormatError, match=r"TypeSystem\.xml is not a type system"):
        read(span("a"), type_system=broken)


def test_a_file_without_end_is_refused(read, monkeypatch):
    monkeypatch.setattr(cas_files, "MAX_FILE", 1_000)
    with pytest.raises(FormatError, match="is too large"):
        read(span("a", "x" * 2_000))


def test_a_zip_bomb_is_refused(project):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.xmi", b" " * 30_000_000)
    with pytest.raises(FormatError, match="unpacks to far too much"):
        project({"bomb.zip": out.getvalue()}, lambda folder: folder / "bomb.zip")


def test_types_without_end_are_refused(read):
    with pytest.raises(FormatError, match="more than 5,000 types and features"):
        read(cas(*(f'custom:T{n} sofa="1" begin="0" end="5"' for n in range(2_000))))


def test_a_text_of_a_million_characters_is_read_and_one_without_end_is_not(read, monkeypatch):
    (record,), _, _ = read(span("a", "word " * 200_000))
    assert len(record.text) == 1_000_000
    monkeypatch.setattr(cas_declaring, "MAX_TEXT", 1_000)
    with pytest.raises(FormatError, match="a text has 2,000 characters, at most 1,000 are taken; split it"):
        read(span("a", "x" * 2_000))
