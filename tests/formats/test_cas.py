"""CASes, as XMI and as JSON, are read and written back by dkpro-cassis, and suit INCEpTION."""

import re
import warnings
from dataclasses import replace
from itertools import pairwise

import dataset_values as made
import pytest
from cassis import load_cas_from_json, load_cas_from_xmi, load_typesystem
from golden_dataset import ANNOTATIONS, ARTICLE, DATASET, ENTITIES, LINKS, PROGRESS, TEXT, mark

from annotator.formats.cas.types import ANNOTATION, METADATA, SENTENCE, TOKEN, Types
from annotator.formats.cas.values import RESERVED
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.errors import FormatError
from annotator.formats.registry import format_by_id
from annotator.model.records import Article, Entity, Link, Progress
from annotator.model.scheme import Scheme
from annotator.model.text import article_id, canonical, fingerprint

BOTH = pytest.mark.parametrize("how", [format_by_id("xmi"), format_by_id("json-cas")], ids=lambda how: how.id)
BARE = Scheme.from_body({"scheme": {"id": "bare"}, "label": [{"id": "other"}]})
OTHER = Scheme.from_body({"scheme": {"id": "other"}, "label": [{"id": "claim"}, {"id": "source"}]})
PRIMITIVE = re.compile(r"uima\.cas\.(String|Integer|Float|Boolean|StringArray)")


def load(path):
    """Load one file as the guide tells."""
    if path.suffix == ".json":
        return load_cas_from_json(path.read_text("utf-8"))
    types = load_typesystem((path.parents[1] / "TypeSystem.xml").read_bytes().decode())
    return load_cas_from_xmi(path, types)


def export(how, dataset, folder):
    paths = made.export(how, dataset, folder / "work")
    return {"/".join(path.relative_to(folder / "work").with_suffix("").parts): path for path in paths}


def read(how, path, scheme=made.SCHEME):
    remarks = made.Remarks()
    dataset = how.read(path, scheme, remarks)
    return dataset, list(dataset), remarks


def one(record=None, **said):
    """Return a dataset of one record on the golden text."""
    scheme, entities = said.pop("scheme", made.SCHEME), said.pop("entities", ENTITIES)
    record = record or ArticleRecord(ARTICLE, TEXT, **{"progress": (), **said})
    return Dataset(Header("One", scheme, entities=entities), (record,))


def full(record):
    """Return all that a record says, whatever the order."""
    placed = [a.placed(record.text, a.fragments) for a in record.annotations]
    by_id = (sorted(things, key=lambda thing: thing.id) for things in (placed, record.links, record.progress))
    return record.article, record.text, *map(tuple, by_id)


@BOTH
def test_all_comes_back_but_the_scheme(how, tmp_path):
    export(how, DATASET, tmp_path)
    dataset, back, remarks = read(how, tmp_path / "work")
    assert sorted(map(full, back), key=str) == sorted(map(full, DATASET), key=str)
    assert dataset.header.entities == ENTITIES
    assert not remarks


@BOTH
def test_cassis_finds_the_words_of_every_span(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    words = {
        (layer, fs.type.short_name, fs.get_covered_text())
        for layer in ("ann", "bob", "gold")
        for fs in load(files[f"{layer}/Truce-buried-again"]).select_all_annotations()
        if fs.type.name.startswith("custom.") and fs.type.name != "custom.repeats"
    }
    assert words == {(a.layer, a.label, part) for a in ANNOTATIONS for part in a.anchor.exact}


@BOTH
def test_what_cassis_writes_back_says_the_same(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    for path in files.values():
        if path.suffix in how.suffixes:
            cas = load(path)
            if path.suffix == ".json":
                cas.to_json(path, pretty_print=True)
            else:
                cas.to_xmi(path, pretty_print=True)
                cas.typesystem.to_xml(path.parents[1] / "TypeSystem.xml")
    _, back, remarks = read(how, tmp_path / "work")
    assert sorted(map(full, back), key=str) == sorted(map(full, DATASET), key=str)
    assert not remarks


@BOTH
def test_values_stand_in_typed_features(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    cas = load(files["ann/Truce-buried-again"])
    quote = next(fs for fs in cas.select("custom.claim") if fs.fragments)
    assert quote.roles.elements == ["child", "a;b\\c"]
    assert (quote.type_, quote.sure, quote.who, quote.who_id) == ("=state", False, "@Kerry", "e-john")
    assert [link.target.get_covered_text() for link in quote.fragments.elements] == ["“is not dead.”"]
    count = next(fs for fs in cas.select("custom.claim") if fs.count_words)
    assert (count.count_low, count.count_best, count.count_high) == (9, 9, None)
    assert count.count_qualifier == "at least"
    assert count.as_of == "2016-09-20/2016-09-21"
    bob = load(files["bob/Truce-buried-again"])
    assert next(fs.score for fs in bob.select("custom.claim")) == -2.5


@BOTH
def test_a_document_says_what_dkpro_expects(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    (document,) = load(files["ann/Truce-buried-again"]).select(METADATA)
    assert (document.begin, document.get_covered_text()) == (0, TEXT)
    assert (document.documentTitle, document.documentId) == (ARTICLE.title, ARTICLE.id)
    assert (document.documentUri, document.language) == (ARTICLE.url, "en")
    (other,) = load(files["ann/Nothing"]).select(METADATA)
    assert other.language == "x-unspecified"


@BOTH
def test_tokens_begin_and_end_where_spans_do(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    edges = {edge for a in ANNOTATIONS for f in a.fragments for edge in (f.start, f.stop)}
    all_tokens = []
    for layer in ("ann", "bob", "gold"):
        cas = load(files[f"{layer}/Truce-buried-again"])
        tokens = [(t.begin, t.end) for t in cas.select(TOKEN)]
        assert edges <= {edge for pair in tokens for edge in pair}
        assert all(a[1] <= b[0] for a, b in pairwise(tokens))
        assert not any(t.get_covered_text() != t.get_covered_text().strip() for t in cas.select(TOKEN))
        sentences = [(s.begin, s.end) for s in cas.select(SENTENCE)]
        assert all(sum(s <= t and u <= e for s, e in sentences) == 1 for t, u in tokens)
        all_tokens.append(tokens)
    assert all_tokens[0] == all_tokens[1] == all_tokens[2]


@BOTH
def test_a_relation_stands_on_its_target(how, tmp_path):
    links = (Link("l", "ann", "repeats", "a-count", "a-quote", {"drift": "none", "odd": [1]}),)
    files = export(how, one(annotations=ANNOTATIONS, links=links), tmp_path)
    (relation,) = load(files["ann/Truce-buried-again"]).select("custom.repeats")
    assert relation.Governor.get_covered_text() == "at\u00a0least nine dead"
    assert relation.Dependent.get_covered_text() == relation.get_covered_text() == "“The truce”"
    assert relation.drift == "none"
    _, (back,), _ = read(how, tmp_path / "work")
    assert back.links == links


@BOTH
def test_links_that_no_relation_can_be_come_back_too(how, tmp_path):
    links = (
        Link("across-layers", "bob", "repeats", "a-quote", "b-nested"),
        Link("by-another", "gold", "repeats", "a-quote", "a-count", {"drift": "+1"}),
        Link("wrong-label", "ann", "repeats", "a-source", "a-quote", extra={"newer": 1}),
        Link("elsewhere", "ann", "contradicts", "a-quote", "of-another-article"),
    )
    files = export(how, one(annotations=ANNOTATIONS, links=links), tmp_path)
    assert not load(files["ann/Truce-buried-again"]).select("custom.repeats")
    _, (back,), _ = read(how, tmp_path / "work")
    assert sorted(back.links, key=str) == sorted(links, key=str)
    lost = [what for what, _ in how.lacks().in_record(one(annotations=ANNOTATIONS, links=links).records[0])]
    assert lost == ["links between articles or annotators, which other programs won't see"] * 3


@BOTH
def test_characters_that_xml_forbids_come_back_in_values(how, tmp_path):
    odd = "a\x01\x0b\ufffe\u2028\r\nb"
    spans = (
        mark("1", "ann", "claim", "Kerry", attributes={"why": odd, "roles": [odd], "x": odd}, note=odd),
        mark("2", "ann", "claim", "truce", attributes={"who": odd, "roles": ["a\rb"], "why": "\t\n\r"}),
    )
    article = replace(ARTICLE, title=odd, outlet=odd, extra={odd: odd})
    entity = Entity(odd, "actor", odd, note=odd)
    record = ArticleRecord(article, TEXT, spans, progress=(Progress(ARTICLE.id, "ann", "done", {odd: 1}),))
    files = export(how, one(record, entities=(entity,)), tmp_path)
    (path,) = [path for name, path in files.items() if name.startswith("ann/")]
    assert "\x01" not in load(path).select(METADATA)[0].documentTitle
    dataset, (back,), _ = read(how, tmp_path / "work")
    assert full(back) == full(record)
    assert dataset.header.entities == (entity,)


@BOTH
def test_numbers_keep_their_kind(how, tmp_path):
    values = [3, 3.0, -0.5, 2**60, -0.0, 1e300, 10**17, True]
    words = ["Truce", "buried", "The", "truce", "Kerry", "said", "dead", "Cafe"]
    spans = tuple(
        mark(str(n), "ann", "claim", word, attributes={"score": value})
        for n, (word, value) in enumerate(zip(words, values, strict=True))
    )
    export(how, one(annotations=spans), tmp_path)
    _, (back,), _ = read(how, tmp_path / "work")
    found = {a.id: a.attributes["score"] for a in back.annotations}
    assert [repr(found[str(n)]) for n in range(len(values))] == list(map(repr, values))


@pytest.mark.parametrize("project", [BARE, OTHER], ids=["bare", "other"])
@BOTH
def test_a_project_without_the_scheme_learns_its_labels(how, tmp_path, project):
    export(how, DATASET, tmp_path)
    dataset, back, _ = read(how, tmp_path / "work", project)
    labels = {label.id: label.attributes for label in dataset.header.labels}
    assert labels["claim"] == made.SCHEME.label("claim").attributes
    assert labels["source"] == ()
    assert sorted(map(full, back), key=str) == sorted(map(full, DATASET), key=str)


@BOTH
def test_names_that_uima_does_not_take_come_back(how, tmp_path):
    scheme = Scheme.from_body(
        {
            "scheme": {"id": "odd"},
            "label": [
                {"id": "direct-quote", "attributes": [{"name": n, "kind": "text"} for n in ODD_NAMES]},
                {"id": "direct_quote"},
                {"id": "ª"},
                {"id": "2016"},
            ],
            "link": [{"id": "part-of"}, {"id": "класс"}],
        }
    )
    ids = [label.id for label in scheme.labels]
    spans = tuple(mark(own_id, "ann", own_id, "Kerry") for own_id in ids)
    spans = (replace(spans[0], attributes={name: f"of {name}" for name in ODD_NAMES}), *spans[1:])
    links = tuple(Link(link.id, "ann", link.id, ids[0], ids[1]) for link in scheme.links)
    dataset = one(annotations=spans, links=links, scheme=scheme)
    files = export(how, dataset, tmp_path)
    load(files["ann/Truce-buried-again"])
    for project in (scheme, BARE):
        _, (back,), remarks = read(how, tmp_path / "work", project)
        assert full(back) == full(dataset.records[0])
        assert not remarks


ODD_NAMES = (
    "class",
    "type",
    "self",
    "get",
    "a b",
    "a_b",
    "A-B",
    "from",
    "Governor",
    "note",
    "fragments",
    "é",
)


def test_inception_makes_a_layer_of_each_label_and_link():
    """As its class TypeSystemAnalysis does: of features it takes only some, of relations two to spans."""
    system = Types(made.SCHEME).system
    for type_ in system.get_types():
        assert re.fullmatch(r"\w+(\.[A-Za-z]\w*)+", type_.name)
        for feature in type_.features:
            assert re.fullmatch(r"[^\W\d_]\w*", feature.name)
            assert "__" not in feature.name
            assert feature.name in ("Governor", "Dependent") or feature.name not in RESERVED
    for name in ("custom.claim", "custom.source"):
        (slot,) = [f for f in system.get_type(name).features if not PRIMITIVE.fullmatch(f.rangeType.name)]
        assert slot.rangeType.name == "uima.cas.FSArray"
        assert [f.rangeType.name for f in slot.elementType.features] == ["uima.cas.String", name]
        assert system.get_type(name).supertype.name == ANNOTATION
    for name, end in (("custom.repeats", "custom.claim"), ("custom.contradicts", ANNOTATION)):
        ends = [f for f in system.get_type(name).features if not PRIMITIVE.fullmatch(f.rangeType.name)]
        assert [(f.name, f.rangeType.name) for f in ends] == [("Governor", end), ("Dependent", end)]
    for type_ in system.get_types():
        if type_.name.startswith("annotator."):
            assert type_.supertype.name == "uima.cas.TOP"


@BOTH
def test_labels_that_the_scheme_lacks_are_written_all_the_same(how, tmp_path):
    spans = (mark("1", "ann", "new-label", "Kerry", attributes={"a": 1}), mark("2", "ann", "claim", "truce"))
    links = (Link("l", "ann", "newer", "1", "2", {"b": 2}),)
    export(how, one(annotations=spans, links=links), tmp_path)
    _, (back,), _ = read(how, tmp_path / "work")
    assert full(back) == full(one(annotations=spans, links=links).records[0])


@BOTH
def test_an_article_that_nobody_read_is_there_too(how, tmp_path):
    files = export(how, one(), tmp_path)
    assert "unread/Truce-buried-again" in files
    _, (back,), _ = read(how, tmp_path / "work")
    assert full(back) == full(one().records[0])


@BOTH
def test_layers_and_titles_of_any_words_have_their_own_files(how, tmp_path):
    texts = ["One.", "Two."]
    layers = ["a/b", "a:b", "CON", ".."]
    records = []
    for text in texts:
        sha256 = fingerprint(canonical(text))
        article = Article(article_id(sha256), sha256, title="../etc/passwd")
        done = tuple(Progress(article.id, layer, "done") for layer in layers)
        records.append(ArticleRecord(article, text, progress=done))
    files = export(how, Dataset(Header("x", made.SCHEME), tuple(records)), tmp_path)
    assert {path.resolve().is_relative_to(tmp_path / "work") for path in files.values()} == {True}
    _, back, _ = read(how, tmp_path / "work")
    assert sorted(map(full, back), key=str) == sorted(map(full, records), key=str)


@BOTH
def test_one_file_or_one_annotator_can_be_read_alone(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    (record,) = read(how, files["bob/Truce-buried-again"])[1]
    assert {a.layer for a in record.annotations} == {"bob"}
    assert record.progress == (PROGRESS[1],)
    assert record.links == LINKS[1:]
    back, remarks = read(how, tmp_path / "work" / "ann")[1:]
    assert {a.layer for r in back for a in r.annotations} == {"ann"}
    assert not remarks


@BOTH
def test_a_folder_that_holds_no_cas_says_so(how, tmp_path):
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "a.txt").write_text("Nothing.")
    with pytest.raises(FormatError, match="doesn't hold a CAS"):
        read(how, tmp_path / "work")


@BOTH
def test_cassis_may_warn_of_names_but_nobody_sees_it(how, tmp_path):
    files = export(how, DATASET, tmp_path)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        read(how, tmp_path / "work")
        load(files["ann/Nothing"])


def test_what_inception_keeps_of_it_is_read(tmp_path):
    """It drops what it has no layer for, and names the document's id anew."""
    links = (Link("l", "ann", "repeats", "a-count", "a-quote", {"drift": "none"}),)
    how = format_by_id("xmi")
    files = export(how, one(annotations=ANNOTATIONS, links=links), tmp_path)
    path = files["ann/Truce-buried-again"]
    kept = re.sub(r"<annotator:.*?/>", "", path.read_text("utf-8")).replace(ARTICLE.id, "a.txt")
    path.write_text(kept, encoding="utf-8")
    (record,) = read(how, path, BARE)[1]
    wanted = [a for a in ANNOTATIONS if a.layer == "ann"]
    assert sorted((a.label, a.fragments) for a in record.annotations) == sorted(
        (a.label, a.fragments) for a in wanted
    )
    quote = next(a for a in record.annotations if len(a.fragments) == 2)
    assert quote.attributes == {
        "type": "=state",
        "who": "e-john",
        "roles": ["child", "a;b\\c"],
        "sure": False,
    }
    assert quote.note == "=HYPERLINK(1)\nsecond line, with a comma"
    (link,) = record.links
    assert (link.type, link.target, link.attributes) == ("repeats", quote.id, {"drift": "none"})
    assert record.article.sha256 == ARTICLE.sha256
    assert record.progress is None
