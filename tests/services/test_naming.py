"""Names that the scheme lacks: mapped, added or left out, as chosen or as they are spelled."""

import pytest
from test_importing import bring, every, jsonl, marked, plan, record

from annotator.model.figure import Figure
from annotator.services.naming import LEFT_OUT, Name, parsed_choice, remember, remembered

NINE = Figure("nine", "exact", 9, 9, 9).to_body()


def file(tmp_path, *rows, **more):
    return jsonl(tmp_path / "work.jsonl", record(*rows, **more))


def becomes(planned):
    return {(u.name.kind, u.name.name): (u.count, u.becomes) for u in planned.unknown}


def test_a_label_of_any_spelling_is_added_under_an_id_with_its_title(project, tmp_path):
    rows = [marked("truce", "Military Operation"), marked("Kerry", "Military/Operation")]
    planned = bring(project, file(tmp_path, *rows))
    assert [a.label for a in every(project)] == ["Military-Operation", "Military-Operation-2"]
    assert project.scheme.label("Military-Operation").title == "Military Operation"
    assert becomes(planned)["label", "Military Operation"] == (1, None)


@pytest.mark.parametrize("name", ["Claim", "CLAIM", "casualty report", "Casualty_Report"])
def test_what_is_spelled_alike_is_the_scheme_s_own(project, tmp_path, name):
    planned = bring(project, file(tmp_path, marked("truce", name)))
    assert project.scheme.label(every(project)[0].label).title.casefold() == name.replace("_", " ").casefold()
    assert planned.scheme == ()


def test_a_label_is_mapped_or_left_out_as_chosen(project, tmp_path):
    rows = [marked("truce", "assertion"), marked("Kerry", "person"), marked("Hama", "quote")]
    choices = {Name("label", "assertion"): "claim", Name("label", "person"): LEFT_OUT}
    planned = bring(project, file(tmp_path, *rows), choices=choices)
    assert [a.label for a in every(project)] == ["claim", "quote"]
    assert becomes(planned) == {("label", "assertion"): (1, "claim"), ("label", "person"): (1, LEFT_OUT)}
    assert planned.scheme == ()
    assert planned.remarks == ()


def test_links_are_mapped_and_left_out_too(project, tmp_path):
    rows = [marked("truce", id="a"), marked("Kerry", id="b")]
    links = [{"type": t, "source": "a", "target": "b"} for t in ("says again", "x", "Supports")]
    choices = {Name("link", "says again"): "repeats", Name("link", "x"): LEFT_OUT}
    bring(project, file(tmp_path, *rows, links=links), choices=choices)
    (article,) = project.article_ids()
    assert sorted(link.type for link in project.links(article)) == ["repeats", "supports"]


@pytest.mark.parametrize(
    ("values", "kind"),
    [
        ([True, False], "flag"),
        ([1, 2.5], "number"),
        (["so", "2016-09-20"], "text"),
        (["2016-09-20", "2016-09-21"], "date"),
        ([["a"], ["b", "a"]], "choices"),
        ([NINE], "figure"),
    ],
)
def test_an_attribute_is_added_with_the_kind_of_its_values(project, tmp_path, values, kind):
    rows = [marked("truce", at=4 * n, attributes={"mood": value}) for n, value in enumerate(values)]
    planned = bring(project, file(tmp_path, *rows))
    assert project.scheme.label("claim").attribute("mood").kind == kind
    assert planned.scheme == ("the attribute “mood” of Claim",)
    assert planned.remarks == ()
    if kind == "choices":
        assert project.scheme.label("claim").attribute("mood").values == ("a", "b")


def test_an_attribute_that_names_entities_refers_to_them(project, tmp_path):
    row = record(marked("truce", attributes={"owner": "e1"}))
    entities = [{"id": "e1", "kind": "actor", "name": "Kerry", "attributes": {}}]
    bring(project, jsonl(tmp_path / "work.jsonl", row, entities=entities))
    owner = project.scheme.label("claim").attribute("owner")
    assert (owner.kind, owner.entity) == ("entity", "actor")


def test_attributes_are_mapped_spelled_alike_and_left_out(project, tmp_path):
    row = marked("truce", attributes={"Check_Worthy": "yes", "mood": "event", "junk": 1})
    choices = {Name("attribute", "mood", "claim"): "type", Name("attribute", "junk", "claim"): LEFT_OUT}
    bring(project, file(tmp_path, row), choices=choices)
    assert every(project)[0].attributes == {"check-worthy": "yes", "type": "event"}


def test_an_added_attribute_asks_nothing_of_older_work(project, tmp_path):
    scheme = project.scheme.to_body()
    next(b for b in scheme["label"] if b["id"] == "claim")["attributes"].append(
        {"name": "mood", "kind": "choice", "values": ["good"], "required": True}
    )
    bring(project, file(tmp_path, marked("Kerry")))
    row = record(marked("truce", attributes={"mood": "good"}))
    bring(project, jsonl(tmp_path / "more.jsonl", row, scheme=scheme))
    mood = project.scheme.label("claim").attribute("mood")
    assert (mood.kind, mood.values, mood.required) == ("choice", ("good",), False)


def test_what_two_imports_add_at_once_is_joined(project, tmp_path):
    first = plan(project, file(tmp_path, marked("truce", attributes={"mood": 1})))
    bring(project, jsonl(tmp_path / "b.jsonl", record(marked("Kerry", attributes={"tone": "x"}))))
    from annotator.services import importing

    importing.apply(project, first)
    names = [a.name for a in project.scheme.label("claim").attributes]
    assert names[-2:] == ["tone", "mood"]


@pytest.mark.parametrize(
    ("words", "name", "target"),
    [
        ("ORG=source", Name("label", "ORG"), "source"),
        ("ORG=", Name("label", "ORG"), LEFT_OUT),
        ("a:b=claim", Name("label", "a:b"), "claim"),
        ("attribute:claim.how.so=type", Name("attribute", "how.so", "claim"), "type"),
        ("link:ref=repeats", Name("link", "ref"), "repeats"),
    ],
)
def test_a_choice_is_read_from_words(words, name, target):
    assert parsed_choice(words) == (name, target)


@pytest.mark.parametrize("words", ["ORG", "=claim", "attribute:claim=type", ""])
def test_words_that_map_nothing_are_refused(words):
    with pytest.raises(ValueError, match="maps nothing"):
        parsed_choice(words)


def test_choices_are_remembered_by_scheme(home):
    assert remembered(home, "conflict-news") == {}
    remember(home, "conflict-news", {Name("label", "ORG"): "source", Name("link", "ref"): LEFT_OUT})
    assert remembered(home, "conflict-news") == {
        Name("label", "ORG"): "source",
        Name("link", "ref"): LEFT_OUT,
    }
    assert remembered(home, "other") == {}
    (kept,) = (home.folder / "names").iterdir()
    kept.write_text("[[1]]")
    assert remembered(home, "conflict-news") == {}
