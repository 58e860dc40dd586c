"""Under any choices, what was read once says exactly what the import then writes."""

from collections import Counter
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from test_importing import every, jsonl, marked, messages, record

from annotator.model.text import fingerprint
from annotator.services import importing
from annotator.services.errors import Refused
from annotator.services.naming import LEFT_OUT, Name
from annotator.store import Home, Project

TEXTS = (
    "The truce holds 👩‍👩‍👧, Kerry said. At least nine died.",
    "قُتل تسعة in Hama.\n\nThe truce is dead, he said. The truce.",
    "Nothing\u2028new.",
)
LABELS = ("claim", "quote", "Claim", "ORG", "casualty report", "?!")
VALUES = ("event", "calm", 3, True, "2016-09-20", ["a", "b"], "e1", "e2", "", {"words": "nine"}, 1.5)
NAMES = ("type", "mood", "Check_Worthy", "owner")
IDS = ("", "", "a", "b", "c", "d", "e")

spans = st.builds(
    lambda at, size, label, own_id, layer, values, words: {
        "label": label,
        "fragments": [[at, at + size]],
        **({"id": own_id} if own_id else {}),
        **({"layer": layer} if layer else {}),
        **({"exact": [words]} if words else {}),
        "attributes": values,
    },
    st.integers(0, 50),
    st.integers(1, 12),
    st.sampled_from(LABELS),
    st.sampled_from(IDS),
    st.sampled_from(("", "bob", "gold")),
    st.dictionaries(st.sampled_from(NAMES), st.sampled_from(VALUES), max_size=3),
    st.sampled_from(("", "", "", "truce", "nobody")),
)
links = st.builds(
    lambda own_id, kind, source, target: {
        **({"id": own_id} if own_id else {}),
        "type": kind,
        "source": source,
        "target": target,
    },
    st.sampled_from(("", "", "l1", "l2")),
    st.sampled_from(("repeats", "ref", "says again", "?!")),
    *[st.sampled_from(IDS[2:])] * 2,
)
verdicts = st.builds(
    lambda annotation, decision, proposed: {
        "annotation": annotation,
        "reviewer": "rita",
        "layer": "bob",
        "decision": decision,
        "reason": "wrong label",
        **({"proposed": {"label": proposed}} if proposed else {}),
    },
    st.sampled_from(IDS[2:]),
    st.sampled_from(("accept", "reject")),
    st.none() | st.sampled_from(LABELS),
)
marks = st.builds(
    lambda annotator, state: {"annotator": annotator, "state": state},
    st.sampled_from(("bob", "ann", "gold")),
    st.sampled_from(("done", "skipped")),
)
records = st.builds(
    lambda text, some, between, judged, read: {
        "text": text,
        "annotations": some,
        "links": between,
        "verdicts": judged,
        **({} if read is None else {"progress": read}),
    },
    st.sampled_from(TEXTS),
    st.lists(spans, max_size=6),
    st.lists(links, max_size=4),
    st.lists(verdicts, max_size=2),
    st.none() | st.lists(marks, max_size=2),
)
entities = st.lists(st.sampled_from(("e1", "e2")), unique=True)
files = st.lists(st.tuples(st.lists(records, min_size=1, max_size=4), entities), min_size=1, max_size=3)
choices = st.dictionaries(
    st.one_of(
        st.builds(lambda name: Name("label", name), st.sampled_from(LABELS)),
        st.builds(lambda name: Name("link", name), st.sampled_from(("ref", "says again", "?!"))),
        st.builds(
            lambda name, label: Name("attribute", name, label),
            st.sampled_from(NAMES),
            st.sampled_from(("claim", "quote")),
        ),
    ),
    st.integers(0, 4),
    max_size=4,
)
steps = st.lists(st.tuples(st.sampled_from((None, None, "bob", "gold")), choices), min_size=1, max_size=3)

numbers = count()


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("choices")


def fitting(scheme, chosen):
    """Lead numbers to what the scheme has; none is left out."""
    result = {}
    for name, number in chosen.items():
        label = scheme.label(name.label)
        targets = {
            "label": [known.id for known in scheme.labels],
            "link": [known.id for known in scheme.links],
            "attribute": [known.name for known in label.attributes] if label else [],
        }[name.kind]
        result[name] = [LEFT_OUT, *targets][number % (len(targets) + 1)]
    return result


def written(folder, number, some):
    """Write files of random work, each with the named things that it brings."""
    paths = []
    for at, (rows, named) in enumerate(some):
        things = [{"id": one, "kind": "actor", "name": one, "attributes": {}} for one in named]
        paths.append(jsonl(folder / f"{number}-{at}.jsonl", *rows, entities=things))
    return paths


def held(project):
    """Name all that a project holds; a link between two articles is one."""
    articles = project.article_ids()
    return {
        "articles": set(articles),
        "annotations": {a.id for a in every(project)},
        "links": {link.id for article in articles for link in project.links(article)},
        "entities": {entity.id for entity in project.entities(merged=True)},
        "progress": {
            (article, name, state)
            for article in articles
            for name in ("bob", "ann", "gold")
            if (state := getattr(project.progress(article, name), "state", None))
        },
        "verdicts": {v.id for article in articles for v in project.verdicts(article)},
    }


def told(plan):
    """Everything a plan says but for the articles' texts."""
    return (
        [(shown.article.id, shown.annotations, shown.file) for shown in plan.articles],
        (plan.annotations, plan.links, plan.verdicts, plan.entities, plan.known, plan.skipped),
        (plan.scheme, plan.unknown, plan.remarks, plan.is_empty),
    )


@settings(
    max_examples=40,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.lists(files, max_size=1), files, steps)
def test_what_is_shown_is_what_is_written(folder, scheme, before, coming, chosen):
    number = next(numbers)
    path, home = folder / f"{number}.annotator", Home(folder / "home")
    with Project.create(path, scheme=scheme, title="P", home=home) as project:
        for earlier in before:
            importing.apply(
                project, importing.plan(project, written(folder, f"{number}-before", earlier), actor="ann")
            )
        paths = written(folder, number, coming)
        look = importing.look(project, paths, actor="ann")
        for layer, wanted in chosen:
            options = {"layer": layer, "choices": fitting(project.scheme, wanted)}
            try:
                shown = look.plan(project, **options)
            except Refused:
                shown = None
        if shown is None:
            with pytest.raises(Refused):
                importing.plan(project, paths, actor="ann", **options)
            return
        assert told(shown) == told(importing.plan(project, paths, actor="ann", **options))
        there, labels = held(project), {label.id for label in project.scheme.labels}
        change = importing.apply(project, shown)
        assert (change is None) == shown.is_empty
        here = held(project)
        new = {what: here[what] - there[what] for what in here}
        assert new["articles"] == {preview.article.id for preview in shown.articles}
        for what in ("annotations", "links", "entities", "verdicts", "progress"):
            assert (what, len(new[what])) == (what, getattr(shown, what))
        for preview in shown.articles:
            assert len(project.annotations(preview.article.id)) == preview.annotations
        added = {label.id for label in project.scheme.labels} - labels
        assert len(added) == sum(words.startswith("the label ") for words in shown.scheme)
        assert project.problems() == []


def test_choices_need_no_files(project, tmp_path):
    rows = [marked("truce", "assertion", attributes={"mood": "calm"}), marked("Kerry", "ORG")]
    path = jsonl(tmp_path / "work.jsonl", record(*rows))
    look = importing.look(project, [path], actor="ann")
    path.unlink()
    assert look.plan(project).annotations == 2
    out = look.plan(project, choices={Name("label", "ORG"): LEFT_OUT})
    assert (out.annotations, out.articles[0].annotations) == (1, 1)
    importing.apply(project, out)
    assert [a.label for a in every(project)] == ["assertion"]


def test_names_are_counted_in_full(project, tmp_path):
    rows = [
        marked("truce", "ORG", attributes={"mood": "calm"}),
        marked("Kerry", "ORG"),
        marked("Hama", "ORG"),
    ]
    between = [{"type": "ref", "source": "a", "target": "b"}] * 2
    path = jsonl(tmp_path / "work.jsonl", record(*rows, links=between))
    planned = importing.plan(project, [path], actor="ann")
    assert {u.name.name: u.count for u in planned.unknown} == {"ORG": 3, "mood": 1, "ref": 2}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(files, steps)
def test_labels_and_links_are_counted_as_the_files_have_them(folder, scheme, coming, chosen):
    number = next(numbers)
    rows = [row for some, _ in coming for row in some]
    said = Counter(("label", span["label"]) for row in rows for span in row["annotations"])
    said.update(("link", link["type"]) for row in rows for link in row["links"])
    path, home = folder / f"{number}.annotator", Home(folder / "home")
    with Project.create(path, scheme=scheme, title="P", home=home) as project:
        look = importing.look(project, written(folder, number, coming), actor="ann")
        for layer, wanted in chosen:
            for one in look.plan(project, layer=layer, choices=fitting(scheme, wanted)).unknown:
                if one.name.kind != "attribute":
                    assert one.count == said[one.name.kind, one.name.name]


def test_a_link_to_a_span_that_is_left_out_is_said_with_its_line(project, tmp_path):
    rows = [marked("truce", id="a"), marked("Kerry", "ORG", id="b")]
    row = record(*rows, links=[{"type": "repeats", "source": "a", "target": "b"}])
    look = importing.look(project, [jsonl(tmp_path / "work.jsonl", row)], actor="ann")
    assert (look.plan(project).links, look.plan(project).remarks) == (1, ())
    without = look.plan(project, choices={Name("label", "ORG"): LEFT_OUT})
    assert (without.links, without.remarks[0].line) == (0, 2)
    assert messages(without) == ["a link “repeats” was left out: one of its spans is not there"]


def test_links_that_become_one_are_one(project, tmp_path):
    rows = [marked("truce", id="a"), marked("Kerry", id="b")]
    between = [{"type": kind, "source": "a", "target": "b"} for kind in ("ref", "says again")]
    look = importing.look(
        project, [jsonl(tmp_path / "work.jsonl", record(*rows, links=between))], actor="ann"
    )
    assert look.plan(project).links == 2
    both = {Name("link", "ref"): "repeats", Name("link", "says again"): "repeats"}
    assert look.plan(project, choices=both).links == 1


def test_of_two_spans_with_one_id_the_other_comes_in_where_one_is_left_out(project, tmp_path):
    rows = [marked("truce", "ORG", id="a"), marked("Kerry", "claim", id="a")]
    look = importing.look(project, [jsonl(tmp_path / "work.jsonl", record(*rows))], actor="ann")
    assert messages(look.plan(project)) == ["a span was left out: its id “a” was there before"]
    without = look.plan(project, choices={Name("label", "ORG"): LEFT_OUT})
    assert (without.annotations, without.remarks) == (1, ())
    importing.apply(project, without)
    assert [a.words for a in every(project)] == ["Kerry"]


def test_leaving_all_of_a_codebook_out_can_be_taken_back(project, tmp_path):
    path = tmp_path / "codes.qdc"
    path.write_text(
        '<?xml version="1.0"?><CodeBook xmlns="urn:QDA-XML:codebook:1.0"><Codes>'
        '<Code guid="6F9619FF-8B86-D011-B42D-00C04FC964FF" name="Rumour" isCodable="true"/>'
        "</Codes></CodeBook>"
    )
    look = importing.look(project, [path], actor="ann")
    (name,) = [unknown.name for unknown in look.plan(project).unknown]
    assert look.plan(project, choices={name: LEFT_OUT}).is_empty
    assert not look.plan(project).is_empty


def test_what_was_planned_for_another_layer_is_refused(project, tmp_path):
    look = importing.look(project, [jsonl(tmp_path / "work.jsonl", record(marked("truce")))], actor="ann")
    first = look.plan(project)
    look.plan(project, layer="bob")
    with pytest.raises(Refused, match="looked at anew"):
        importing.apply(project, first)
    assert every(project) == []


def test_a_later_scheme_in_a_second_file_keeps_what_the_first_one_added(project, tmp_path):
    later = {**project.scheme.to_body()}
    later["scheme"] = {**later["scheme"], "version": project.scheme.version + 1}
    jsonl(tmp_path / "a.jsonl", record(marked("truce", "ORG")))
    jsonl(tmp_path / "b.jsonl", record(marked("Kerry"), text="Kerry said. The truce is dead."), scheme=later)
    importing.apply(project, importing.plan(project, [tmp_path], actor="ann"))
    assert project.scheme.label("ORG") is not None
    assert project.problems() == []


def test_values_of_work_that_had_to_wait_for_its_text_are_looked_at_too(project, tmp_path):
    text = record()["text"]
    row = {
        "article": {"id": "x", "sha256": fingerprint(text)},
        "annotations": [marked("truce", attributes={"type": "odd"})],
    }
    jsonl(tmp_path / "a.jsonl", row)
    jsonl(tmp_path / "b.jsonl", record())
    planned = importing.plan(project, [tmp_path], actor="ann")
    assert planned.annotations == 1
    assert any("not allowed by the scheme" in words for words in messages(planned))


def test_of_links_with_one_id_the_first_in_the_file_comes_in(project, tmp_path):
    rows = [marked("truce", id="a"), marked("Kerry", id="b")]
    between = [
        {"id": "l", "type": kind, "source": "a", "target": "b"}
        for kind in ("supports", "repeats", "supports")
    ]
    importing.apply(
        project,
        importing.plan(project, [jsonl(tmp_path / "w.jsonl", record(*rows, links=between))], actor="ann"),
    )
    (article,) = project.article_ids()
    assert [link.type for link in project.links(article)] == ["supports"]
