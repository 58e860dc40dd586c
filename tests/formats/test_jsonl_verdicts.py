"""Verdicts and answers in our own JSON Lines are read as they were written."""

from hypothesis import given, settings
from hypothesis import strategies as st

from annotator.formats.dataset import ArticleRecord
from annotator.formats.own.usual import row_of
from annotator.formats.parts.article_rows import record_of
from annotator.formats.parts.json_lines import value_of
from annotator.formats.parts.kept import KeptRecord, encoded
from annotator.model.records import Article
from annotator.model.review import DECISIONS, REASONS, Reply, Verdict
from annotator.model.text import article_id, fingerprint

TEXT = "The truce 👩‍👩‍👧 holds in حلب."
ARTICLE = Article(article_id(fingerprint(TEXT), ""), fingerprint(TEXT), "Truce")

words = st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\0"), max_size=12)
names = st.sampled_from(["Ada", "Bob", "Čeněk", "د. سامي"])
proposals = st.fixed_dictionaries(
    {},
    optional={
        "label": st.sampled_from(["claim", "quote"]),
        "fragments": st.just([[4, 9], [10, 15]]),
        "exact": st.just([TEXT[4:9], TEXT[10:15]]),
        "attributes": st.dictionaries(words, st.one_of(words, st.integers(-9, 9), st.booleans()), max_size=2),
    },
)


@st.composite
def verdicts(draw):
    layer = draw(names)
    reviewer = draw(names.filter(lambda name: name != layer))
    said = (draw(st.sampled_from(DECISIONS)), draw(st.sampled_from(REASONS)), draw(words))
    more = draw(st.dictionaries(st.just("weight"), st.integers(-9, 9), max_size=1))
    return Verdict(
        *(draw(st.uuids().map(str)), ARTICLE.id, draw(st.sampled_from(["", "a1"])), layer, reviewer),
        *(*said, draw(st.sampled_from(["", "change-7"])), draw(proposals), more),
    )


replies = st.builds(Reply, st.uuids().map(str), st.just(ARTICLE.id), names, words, st.booleans())


@settings(deadline=None)
@given(st.lists(verdicts(), max_size=4), st.lists(replies, max_size=3))
def test_they_are_read_as_they_were_written(given_verdicts, given_replies):
    record = ArticleRecord(ARTICLE, TEXT, verdicts=tuple(given_verdicts), replies=tuple(given_replies))
    line, said = encoded(record), []
    for row in (value_of(line), row_of(line)):
        read = record_of(row, 2, said.append)
        assert (read.verdicts, read.replies, said) == (record.verdicts, record.replies, [])
    kept = KeptRecord.of(line)
    assert (kept.verdicts, kept.replies) == (record.verdicts, record.replies)


def test_a_line_without_any_is_as_it_was_before_there_were_any():
    assert b"verdicts" not in encoded(ArticleRecord(ARTICLE, TEXT))
    assert b"replies" not in encoded(ArticleRecord(ARTICLE, TEXT))
