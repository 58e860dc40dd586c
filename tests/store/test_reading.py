"""What comes back of what was written."""

from dataclasses import replace

import pytest
from store_values import TEXT, add_article, add_span, marked, new_article, remove, write

from annotator.model.anchor import anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Entity, Link, Progress
from annotator.model.span import Span
from annotator.store import ArticleQuery, Counts, Project, ProjectError


def test_an_article_comes_back_with_its_text(project: Project) -> None:
    article = add_article(project, outlet="AP", published="2016-09-21", language="en")
    assert project.article(article.id) == article
    assert project.text(article.sha256) == TEXT
    assert project.article_ids() == (article.id,)
    assert project.article("other") is None


def test_a_text_that_is_missing_is_told(project: Project) -> None:
    with pytest.raises(ProjectError, match="lacks the text of this article"):
        project.text("0" * 64)


def test_the_same_text_from_two_outlets_is_two_articles_and_one_text(project: Project) -> None:
    one = add_article(project, url="https://a.example/1")
    other = add_article(project, url="https://b.example/2")
    assert one.id != other.id
    assert len(project.article_ids()) == 2
    assert project._file.value("SELECT count(*) FROM article_text") == 1
    assert {hit.article for hit in project.search("medics")} == {one.id, other.id}


def test_an_annotation_comes_back_with_everything_it_holds(project: Project) -> None:
    article = add_article(project)
    fragments = (Span(TEXT.index("😀"), TEXT.index("😀") + 1), Span(len(TEXT) - 10, len(TEXT)))
    annotation = replace(
        marked(article, note="unsure", attributes={"type": "event", "count": {"low": 9, "high": None}}),
        fragments=fragments,
        anchor=anchor(TEXT, fragments),
        origin="rule: figures 2",
        scheme="conflict-news@1",
        extra={"tomorrow": [1, {"x": None}]},
    )
    write(project, annotation)
    assert project.annotation(annotation.id) == annotation
    assert project.annotations(article.id) == (annotation,)


def test_annotations_come_earlier_first_then_longer_first(project: Project) -> None:
    article = add_article(project)
    short = add_span(project, article, "four")
    long = add_span(project, article, "four medical workers", label="casualty")
    first = add_span(project, article, "Fighting", layer="noor")
    twin = add_span(project, article, "four medical workers")
    assert [a.id for a in project.annotations(article.id)] == [first.id, long.id, twin.id, short.id]
    assert project.annotations(article.id, "noor") == (first,)
    assert project.annotations(article.id, "nobody") == ()


def test_keys_of_a_newer_version_survive_a_change(project: Project) -> None:
    article = add_article(project)
    annotation = replace(marked(article), extra={"verdict": {"by": "noor"}})
    write(project, annotation)
    found = project.annotation(annotation.id)
    assert found is not None
    write(project, replace(found, label="quote"))
    body = project.body("annotation", annotation.id)
    assert body is not None
    assert (body["verdict"], body["label"]) == ({"by": "noor"}, "quote")


def test_kinds_of_a_newer_version_are_kept(project: Project) -> None:
    project.commit(Draft("review", "mina", (Revision("of tomorrow", "v1", {"accept": True}),)))
    assert project.body("of tomorrow", "v1") == {"accept": True}
    assert project.problems() == []


def test_links_need_both_ends(project: Project) -> None:
    article, other = add_article(project), add_article(project, TEXT + " More.", "Other")
    claim, source = add_span(project, article), add_span(project, other, "medics", label="source")
    link = Link(new_id(), "mina", "attributed-to", claim.id, source.id)
    loose = Link(new_id(), "mina", "attributed-to", claim.id, "nowhere")
    write(project, link, loose)
    assert project.link(link.id) == link
    assert project.links(article.id) == project.links(other.id, "mina") == (link,)
    assert project.links(article.id, "noor") == ()
    assert project.links_of(claim.id) == project.links_of(source.id) == (link,)
    remove(project, source)
    assert project.links(article.id) == project.links_of(claim.id) == ()
    write(project, source)
    assert project.links(article.id) == (link,)


def test_a_link_within_an_article_is_listed_once(project: Project) -> None:
    article = add_article(project)
    one, other = add_span(project, article, "four"), add_span(project, article, "nine")
    link = Link(new_id(), "mina", "part-of", one.id, other.id)
    write(project, link)
    assert project.links(article.id) == (link,)


def test_entities_are_listed_by_name_without_the_merged(project: Project) -> None:
    kerry, assad = Entity("k", "actor", "kerry"), Entity("a", "actor", "Assad")
    double = Entity("d", "actor", "Kerry, John", merged_into="k")
    strike = Entity("s", "incident", "air strike")
    write(project, kerry, assad, double, strike)
    assert project.entities("actor") == (assad, kerry)
    assert project.entities() == (strike, assad, kerry)
    assert project.entity("d") == kerry
    assert project.entity("none") is None


def test_mentions_follow_merging_and_its_undoing(project: Project) -> None:
    article = add_article(project)
    kerry, double, twice = (Entity(name, "actor", name) for name in ("k", "d", "t"))
    write(project, kerry, double, twice)
    spans = [
        add_span(project, article, words, attributes={"claimant": name, "type": name})
        for words, name in (("truce", "k"), ("medics", "d"), ("Aleppo", "t"))
    ]
    assert [project.entity_uses(name) for name in "kdt"] == [1, 1, 1]
    write(project, replace(double, merged_into="k"), replace(twice, merged_into="d"))
    assert project.entity_uses("k") == 3
    assert project.mentions("k") == (spans[2], spans[0], spans[1])
    assert project.entity("t") == kerry
    write(project, double)
    assert [project.entity_uses(name) for name in "kd"] == [1, 2]


def test_entities_merged_in_a_circle_end_somewhere(project: Project) -> None:
    write(project, *(Entity(a, "actor", a, merged_into=b) for a, b in (("x", "y"), ("y", "z"), ("z", "x"))))
    assert project.entity("x") is not None
    assert project.entity_uses("x") == 0
    assert project.mentions("x") == ()


def test_an_entity_merged_into_one_that_is_gone_stands_for_itself(project: Project) -> None:
    lost = Entity("l", "actor", "Lost", merged_into="gone")
    write(project, lost)
    assert project.entity("l") == lost


def test_only_attributes_that_hold_entities_count_as_mentions(project: Project) -> None:
    write(project, Entity("event", "actor", "Event"))
    add_span(project, add_article(project), attributes={"type": "event", "claimant": ["event"]})
    assert project.entity_uses("event") == 0


def test_a_new_scheme_recounts_the_mentions(project: Project) -> None:
    write(project, Entity("e", "actor", "E"))
    add_span(project, add_article(project), attributes={"whoever": "e"})
    assert project.entity_uses("e") == 0
    body = project.scheme.to_body()
    body["scheme"]["version"] = 2
    body["label"][0]["attributes"].append({"name": "whoever", "kind": "entity", "entity": "actor"})
    project.commit(Draft("change the scheme", "mina", (Revision("scheme", project.id, body),)))
    assert project.entity_uses("e") == 1
    assert project.scheme.version == 2
    assert project.problems() == []


def test_progress_is_recorded_for_each_annotator(project: Project) -> None:
    article = add_article(project)
    done = Progress(article.id, "mina", "done")
    write(project, done)
    assert project.progress(article.id, "mina") == done
    assert project.progress(article.id, "noor") is None
    assert project.layers() == ("mina",)
    remove(project, done)
    assert project.progress(article.id, "mina") is None


def test_the_state_of_an_article_follows_from_the_annotators_own_work(project: Project) -> None:
    article = add_article(project)

    def states() -> list[str]:
        return [project.articles(ArticleQuery(annotator=who))[0].state for who in ("mina", "noor")]

    assert states() == ["to do", "to do"]
    span = add_span(project, article)
    assert states() == ["reading", "to do"]
    write(project, Progress(article.id, "mina", "done"), Progress(article.id, "noor", "skipped"))
    assert states() == ["done", "skipped"]
    remove(project, span)
    assert states() == ["done", "skipped"]


@pytest.fixture
def shelf(project: Project) -> dict[str, str]:
    """Five articles; their ids by title."""
    added = [
        add_article(project, f"{title} text about {words}.", title, outlet=outlet, published=published)
        for title, words, outlet, published in (
            ("Émigrés", "hospitals", "Reuters", "2016-09"),
            ("aleppo", "Hôpital and truce", "AP", "2016-09-21"),
            ("Zone", "nothing", "afp", ""),
            ("Bombs", "الهدنة", "AP", "2015"),
            ("Bombs", "truce again", "BBC", "2017-01-01"),
        )
    ]
    first = add_span(project, added[0], "hospitals", text="Émigrés text about hospitals.", note="see Kerry")
    add_span(project, added[1], "truce", text="aleppo text about Hôpital and truce.", layer="noor")
    write(project, Progress(added[2].id, "mina", "done"))
    assert first
    return {f"{article.title} {article.outlet}": article.id for article in added}


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        (ArticleQuery(), ["aleppo", "Bombs", "Bombs", "Émigrés", "Zone"]),
        (ArticleQuery(descending=True), ["Zone", "Émigrés", "Bombs", "Bombs", "aleppo"]),
        (ArticleQuery(sort="published"), ["Zone", "Bombs", "Émigrés", "aleppo", "Bombs"]),
        (ArticleQuery(sort="outlet"), ["Zone", "aleppo", "Bombs", "Bombs", "Émigrés"]),
        (ArticleQuery(sort="added"), ["Émigrés", "aleppo", "Zone", "Bombs", "Bombs"]),
        (ArticleQuery(text="TRUCE"), ["aleppo", "Bombs"]),
        (ArticleQuery(text="hopital"), ["aleppo"]),
        (ArticleQuery(text="EMIGRES reut"), ["Émigrés"]),
        (ArticleQuery(text="bombs bb"), ["Bombs"]),
        (ArticleQuery(text="kerry"), ["Émigrés"]),
        (ArticleQuery(text="الهدنة"), ["Bombs"]),
        (ArticleQuery(text="-- ' \" ( * %"), []),
        (ArticleQuery(text="  "), ["aleppo", "Bombs", "Bombs", "Émigrés", "Zone"]),
        (ArticleQuery(state="done", annotator="mina"), ["Zone"]),
        (ArticleQuery(state="reading", annotator="mina"), ["Émigrés"]),
        (ArticleQuery(state="to do", annotator="mina"), ["aleppo", "Bombs", "Bombs"]),
        (ArticleQuery(mine=True, annotator="noor"), ["aleppo"]),
        (ArticleQuery(label="claim"), ["aleppo", "Émigrés"]),
        (ArticleQuery(label="claim", annotator="mina"), ["Émigrés"]),
        (ArticleQuery(label="quote"), []),
        (ArticleQuery(label="claim", text="truce", state="to do", annotator="noor"), []),
    ],
)
def test_articles_are_filtered_and_sorted(
    project: Project, shelf: dict[str, str], query: ArticleQuery, titles: list[str]
) -> None:
    assert shelf
    assert [row.title for row in project.articles(query)] == titles


def test_a_row_counts_the_labels_of_one_layer(project: Project, shelf: dict[str, str]) -> None:
    article = project.article(shelf["Émigrés Reuters"])
    assert article
    add_span(project, article, "text", text="Émigrés text", label="quote")
    row = project.articles(ArticleQuery(annotator="mina", text="hospitals"))[0]
    assert row.counts == {"claim": 1, "quote": 1}
    assert (row.outlet, row.published, row.state) == ("Reuters", "2016-09", "reading")
    assert project.articles(ArticleQuery(annotator="noor", text="hospitals"))[0].counts == {}


def test_the_whole_project_is_counted(project: Project, shelf: dict[str, str]) -> None:
    assert shelf
    assert project.counts() == Counts(5, {"mina": {"claim": 1}, "noor": {"claim": 1}}, {"mina": 1})
    assert project.layers() == ("mina", "noor")


def test_what_stands_in_a_removed_article_is_kept_but_neither_listed_nor_counted(project: Project) -> None:
    article = add_article(project)
    write(project, Entity("k", "actor", "Kerry"))
    span = add_span(project, article, attributes={"claimant": "k"})
    other = add_span(project, article, "medics")
    link = Link(new_id(), "mina", "supports", span.id, other.id)
    write(project, link, Progress(article.id, "mina", "done"))

    def seen() -> tuple[object, ...]:
        return (
            project.articles(ArticleQuery()),
            project.annotations(article.id),
            project.links(article.id),
            project.links_of(span.id),
            project.entity_uses("k"),
            project.mentions("k"),
            project.search("truce"),
            project.layers(),
            project.counts().layers,
            project.counts().done,
        )

    before = seen()
    assert all(before)
    remove(project, article)
    assert not any(seen())
    assert project.annotation(span.id) == span
    assert project.problems() == []
    write(project, article)
    assert seen() == before


def test_a_deleted_annotation_leaves_every_list(project: Project) -> None:
    article = add_article(project)
    span = add_span(project, article, "medics", note="Kerry said so")
    assert project.search("kerry")
    remove(project, span)
    assert project.annotation(span.id) is None
    assert project.annotations(article.id) == ()
    assert project.counts().layers == {}
    assert project.search("kerry") == []


def test_a_bulk_change_is_one_change(project: Project) -> None:
    articles = [new_article(f"Text number {i}.", f"Title {i}") for i in range(300)]
    revisions = tuple(Revision("article", article.id, article.to_body()) for article, _ in articles)
    project.commit(Draft("import", "mina", revisions, texts=tuple(text for _, text in articles)))
    assert len(project.articles(ArticleQuery())) == 300
    assert len(project.own_actions("mina")) == 1
    assert len(project.search("number", limit=1000)) == 300


def test_a_snapshot_stands_still_and_can_be_read_in_another_thread(project: Project) -> None:
    from concurrent.futures import ThreadPoolExecutor

    article = add_article(project)
    add_span(project, article)
    with project.snapshot() as still, ThreadPoolExecutor(1) as pool:
        add_span(project, article, "medics")
        assert pool.submit(lambda: len(still.annotations(article.id))).result() == 1
        assert (still.title, still.scheme, still.id) == (project.title, project.scheme, project.id)
        with pytest.raises(ProjectError, match="is a snapshot"):
            add_span(still, article, "nine")
    assert len(project.annotations(article.id)) == 2
