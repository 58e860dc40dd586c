"""Search over texts and annotations: any input, exact places."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from store_values import TEXT, add_article, add_span

from annotator.store import ArticleQuery, Project
from annotator.store.search import match_words


@pytest.fixture
def stocked(project: Project) -> Project:
    article = add_article(project)
    add_article(project, "L’hôpital d’Alep a été détruit. Straße. naïve café", "Alep")
    add_span(project, article, "four medical workers", label="casualty", note="per the Observatory")
    return project


def found(project: Project, words: str) -> list[str]:
    """List the words found, as they stand in the text."""
    hits = project.search(words)
    texts = {row.id: row for row in project.articles(ArticleQuery())}
    result = []
    for hit in hits:
        article = project.article(hit.article)
        assert article is not None
        assert texts[hit.article].title == hit.title
        text = project.text(article.sha256)
        marked = text[hit.start : hit.stop]
        if hit.annotation is None:
            shown = hit.snippet[hit.offset : hit.offset + hit.stop - hit.start]
            assert shown == marked.replace("\n", " ")
        result.append(marked)
    return result


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("TRUCE", ["truce"]),
        ("hopital", ["hôpital"]),
        ("hôpital détr", ["hôpital"]),
        ("strike kil", ["strike"]),
        ("kil strike", []),
        ("kil ", []),
        ("حلب", ["حلب"]),
        ("المسعف", ["المسعفون"]),
        ("medical workers", ["medical", "four medical workers"]),
        ('"workers medical"', []),
        ('"medical workers"', ["medical workers", "four medical workers"]),
        ('"medical workers', ["medical", "four medical workers"]),
        ("observatory", ["four medical workers"]),
        ("nowhere", []),
        ("😀", []),
        ("", []),
        ("   ", []),
        ('""', []),
        ("*", []),
    ],
)
def test_words_are_found_where_they_stand(stocked: Project, words: str, expected: list[str]) -> None:
    assert found(stocked, words) == expected


@pytest.mark.parametrize(
    "words",
    ["AND", "NOT truce", "NEAR(a b)", "text:truce", "a* OR", "(((", "^x", "-truce", "{a}", "'", "a\0b"],
)
def test_the_words_of_the_query_language_are_only_words(stocked: Project, words: str) -> None:
    assert isinstance(found(stocked, words), list)
    assert isinstance(stocked.articles(ArticleQuery(text=words)), list)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(words=st.one_of(st.text(), st.text(alphabet='"*(){}^:-+ aANDORTé\0\ud800\n')))
def test_nothing_anybody_types_breaks_the_search(stocked: Project, words: str) -> None:
    found(stocked, words)
    stocked.articles(ArticleQuery(text=words))
    stocked.titles(words, 10)


def test_a_whole_text_pasted_into_the_search_is_no_harm(stocked: Project) -> None:
    words = "truce medics " * 20_000
    found(stocked, words)
    stocked.articles(ArticleQuery(text=words))
    stocked.titles(words, 10)
    stocked.search("x" * 1_000_000)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.data())
def test_every_word_of_a_text_is_found(stocked: Project, data: st.DataObject) -> None:
    word = data.draw(st.sampled_from([w for w in TEXT.split() if any(ch.isalnum() for ch in w)]))
    assert found(stocked, word)


def test_places_count_code_points_whatever_stands_before(project: Project) -> None:
    text = "😀👩‍👩‍👧 e\u0301 \u200f مقتل\n" * 30 + "needle " + "hay " * 50
    add_article(project, text)
    (hit,) = project.search("needl")
    assert (hit.start, hit.stop) == (text.index("needle"), text.index("needle") + 6)
    assert hit.snippet[hit.offset :].startswith("needle")
    assert len(hit.snippet) < 200


def test_the_limit_is_shared_between_texts_and_annotations(project: Project) -> None:
    for i in range(12):
        text = f"The truce number {i}."
        article = add_article(project, text)
        for layer in ("mina", "noor"):
            add_span(project, article, "truce", text=text, layer=layer)
    hits = project.search("truce", limit=10)
    assert [hit.annotation is None for hit in hits] == [True] * 5 + [False] * 5
    assert len(project.search("truce", limit=100)) == 36


def test_one_letter_finds_only_itself_but_a_chinese_character_what_begins_with_it() -> None:
    assert match_words("t") == '"t"'
    assert match_words("tr") == '"tr"*'
    assert match_words("停") == '"停"*'


def test_search_survives_reopening(stocked: Project, tmp_path: Path) -> None:
    assert tmp_path in stocked.path.parents
    stocked.rebuild()
    assert found(stocked, "truce") == ["truce"]
    assert stocked.problems() == []
