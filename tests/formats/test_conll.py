"""CoNLL files: every span is there, ordinary readers read them, and theirs are read."""

import os
import warnings

import dataset_values as made
import pytest
from golden_dataset import ARTICLE, DATASET, LINKS, SECOND, TEXT
from hypothesis import given, settings
from spacy.training.converters import conll_ner_to_docs

from annotator.formats.conll import columns as conll_columns
from annotator.formats.conll import reading as conll_reading
from annotator.formats.dataset import ArticleRecord, Dataset, Header
from annotator.formats.errors import FormatError
from annotator.formats.losses import Tally
from annotator.formats.registry import format_by_id
from annotator.model.anchor import anchor
from annotator.model.records import Annotation, Article, Progress
from annotator.model.span import Span
from annotator.model.text import article_id, fingerprint

CONLL = format_by_id("conll")
DOCUMENT = "-DOCSTART- -X- O O\n\n"


def read(path, content=None):
    if content is not None:
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    remarks = made.Remarks()
    return list(CONLL.read(path, made.SCHEME, remarks)), remarks


def found(record):
    """Return what is marked, by the file's own offsets."""
    return [(a.label, record.text[a.fragments[0].start : a.fragments[0].stop]) for a in record.annotations]


def dataset(text, *spans, **described):
    article = Article(article_id(fingerprint(text)), fingerprint(text), **described)
    marked = tuple(
        Annotation(f"a{n}", article.id, "ann", "claim", (span,), anchor(text, (span,)))
        for n, span in enumerate(spans)
    )
    return Dataset(Header(), (ArticleRecord(article, text, marked, progress=()),))


def written(dataset, folder):
    made.export(CONLL, dataset, folder / "work")
    return {path.name: path.read_text("utf-8") for path in (folder / "work").iterdir()}


def rows(content):
    return [line.split(" ") for line in content.splitlines() if line and "DOCSTART" not in line]


def test_each_layer_has_a_file_with_the_articles_it_has_read(tmp_path):
    files = written(made.fitting_of(CONLL, DATASET), tmp_path)
    assert {name: content.count("-DOCSTART-") for name, content in files.items()} == {
        "ann.conll": 2,
        "bob.conll": 1,
        "gold.conll": 1,
    }
    assert {row[-1] for row in rows(files["ann.conll"])[-5:]} == {"O"}


def test_the_token_comes_first_and_the_tag_last_and_offsets_count_code_points(tmp_path):
    for content in written(made.fitting_of(CONLL, DATASET), tmp_path).values():
        for row in rows(content)[:30]:
            assert len(row) == 6
            assert TEXT[int(row[2]) : int(row[3])] == row[0]


def test_a_span_that_ends_in_a_word_splits_it(tmp_path):
    text = "The ceasefires ended."
    files = written(dataset(text, Span(4, 13)), tmp_path)
    assert [(row[0], row[-1]) for row in rows(files["ann.conll"])] == [
        *(("The", "O"), ("ceasefire", "B-claim"), ("s", "O"), ("ended", "O"), (".", "O")),
    ]
    ((record,), remarks) = read(tmp_path / "work")
    assert (record.text, found(record), remarks) == (text, [("claim", "ceasefire")], [])


def test_a_sentence_does_not_end_in_a_span(tmp_path):
    files = written(dataset("One. Two. Three.", Span(0, 8)), tmp_path)
    blocks = files["ann.conll"].removeprefix(DOCUMENT).strip().split("\n\n")
    assert [block.count("\n") + 1 for block in blocks] == [4, 2]


@pytest.mark.parametrize(
    ("text", "span"),
    [
        (" \u00a0Kerry said\t\n", Span(1, 8)),
        ("\n\nKerry  said ", Span(2, 9)),
        ("Kerry\u2003said\u00a0\u00a0so.   ", Span(0, 6)),
        ("50% | a=b \\ _", Span(4, 5)),
    ],
)
def test_white_space_and_spans_that_end_in_it_come_back(tmp_path, text, span):
    given = dataset(text, span, title="A | b = 50%\t\n")
    for row in rows(written(given, tmp_path)["ann.conll"]):
        assert len(row) == len(" ".join(row).split()) == 6
    ((record,), remarks) = read(tmp_path / "work")
    assert (record.text, remarks) == (text, [])
    assert record.annotations[0].fragments == (span,)
    assert record.article.title == "A | b = 50%\t\n"


def test_ids_notes_layers_and_states_come_back(tmp_path):
    given = made.fitting_of(CONLL, DATASET)
    made.export(CONLL, given, tmp_path / "work")
    back = {r.article.id: r for r in read(tmp_path / "work")[0]}
    first, second = back[ARTICLE.id], back[SECOND.id]
    kept = {a.id: (a.layer, a.label, a.note, a.origin, a.scheme) for a in first.annotations}
    assert kept == {
        a.id: (a.layer, a.label, a.note, a.origin, a.scheme) for a in given.records[0].annotations
    }
    assert sorted(first.progress, key=lambda p: p.annotator) == list(DATASET.records[0].progress)
    assert second.progress == (Progress(SECOND.id, "ann", "done"),)
    assert (first.article.title, first.article.url, first.article.author) == (
        *(ARTICLE.title, ARTICLE.url, ARTICLE.author),
    )
    assert first.files["b-nested"].name == "bob.conll"
    assert first.lines["b-nested"] == rows_until((tmp_path / "work/bob.conll"), "b-nested")


def rows_until(path, word):
    return next(n for n, line in enumerate(path.read_text("utf-8").splitlines(), 1) if word in line)


def test_an_article_that_nobody_has_read_is_there(tmp_path):
    assert list(written(dataset("Nothing yet."), tmp_path)) == ["unread.conll"]
    ((record,), _) = read(tmp_path / "work")
    assert (record.annotations, record.progress) == ((), ())


def test_what_is_lost_is_said():
    tally = Tally()
    tally.add(CONLL.lacks().in_header(DATASET.header))
    for record in made.fitting_of(CONLL, DATASET):
        tally.add(CONLL.lacks().in_record(record))
    lost = {loss.what: (loss.count, loss.example) for loss in tally.losses()}
    assert lost["links"][0] == len(LINKS)
    assert lost["people, organisations and incidents"] == (2, "@Kerry")
    assert lost["scheme with its rules, examples, colours and keys"][1] == "Trial"
    assert lost["articles whose further keys are left out"] == (1, ARTICLE.title)
    assert lost["spans whose further keys are left out"] == (1, "a-count")
    assert "spans whose attributes are left out" in lost
    assert lost["gold spans without the annotations they came from"][0] == 1
    assert len(lost) == 7


def test_words_that_are_split_are_counted():
    (record,) = dataset("The ceasefires ended", Span(4, 9), Span(9, 13))
    assert list(CONLL.lacks().in_record(record)) == [
        ("words written as several tokens, as a span begins or ends in them", "ceasefires")
    ]


@settings(max_examples=40, deadline=None)
@given(dataset=made.datasets())
def test_spacy_finds_every_span(dataset, tmp_path_factory):
    given = made.fitting_of(CONLL, dataset)
    files = written(given, tmp_path_factory.mktemp("spacy"))
    found = []
    for content in files.values():
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            docs = list(conll_ner_to_docs(content, no_print=True))
        assert len(docs) == content.count("-DOCSTART-")
        found += [(ent.label_, ent.text.replace(" ", "")) for doc in docs for ent in doc.ents]
    spans = [a for record in given for a in record.annotations]
    assert sorted(found) == sorted((a.label, "".join(a.words.split())) for a in spans)


CONLL_2003 = """-DOCSTART- -X- -X- O

EU NNP B-NP B-ORG
rejects VBZ B-VP O
German JJ B-NP B-MISC
call NN I-NP O
. . O O

Peter NNP B-NP B-PER
Blackburn NNP I-NP I-PER

-DOCSTART- -X- -X- O

Nothing NN B-NP O
here RB O O
"""


def test_conll_2003_as_it_is_published(tmp_path):
    (first, second), remarks = read(tmp_path / "train.conll", CONLL_2003)
    assert first.text == "EU rejects German call .\nPeter Blackburn"
    assert found(first) == [("ORG", "EU"), ("MISC", "German"), ("PER", "Peter Blackburn")]
    assert first.article.title == "EU rejects German call ."
    assert [a.anchor.exact for a in first.annotations][2] == ("Peter Blackburn",)
    assert len(set(first.local)) == 3
    assert first.lines[first.annotations[2].id] == 9
    assert second.annotations == ()
    assert second.progress == (Progress(second.article.id, "", "done"),)
    ((_, remark),) = remarks
    assert "put together from tokens" in remark


@pytest.mark.parametrize(
    "content",
    [
        "Peter\tB-PER\nBlackburn\tI-PER\r\n\r\nspoke\tO\n",
        "# id 7 domain=en\nPeter _ _ B-PER\nBlackburn _ _ I-PER\n\nspoke _ _ O\n",
        "Peter  NNP   I-PER  \nBlackburn NNP I-PER\n\n\nspoke VBD O",
        "\ufeffPeter PER\nBlackburn PER\n\nspoke O\n",
        "Peter\tB-PER\nBlackburn\tE-PER\n\nspoke\tO\n",
    ],
)
def test_files_of_many_makers(tmp_path, content):
    ((record,), _) = read(tmp_path / "work.bio", content)
    assert record.text == "Peter Blackburn\nspoke"
    assert found(record) == [("PER", "Peter Blackburn")]


def test_a_span_of_others_ends_with_its_sentence(tmp_path):
    ((record,), _) = read(tmp_path / "a.iob", "Peter I-PER\n\nBlackburn I-PER\n")
    assert found(record) == [("PER", "Peter"), ("PER", "Blackburn")]


def test_a_hash_is_a_token_when_it_has_a_tag(tmp_path):
    ((record,), _) = read(tmp_path / "a.conll", "# O\nceasefire B-tag\n")
    assert record.text == "# ceasefire"


def test_another_encoding_is_guessed_and_said(tmp_path):
    ((record,), remarks) = read(tmp_path / "ger.conll", "Köln B-LOC\nist O\n".encode("cp1252"))
    assert record.text == "Köln ist"
    assert (1, "was read as Windows-1252, which is a guess; save the file as UTF-8") in remarks


def test_tags_and_columns_that_lack_are_said_once(tmp_path):
    ((record,), remarks) = read(tmp_path / "a.conll", "Peter PER\nspoke\nin\nKöln LOC\n. O\n")
    assert found(record) == [("PER", "Peter"), ("LOC", "Köln")]
    assert [line for line, _ in remarks] == [1, 2, None]


def placed(*rows):
    return DOCUMENT + "\n".join(rows) + "\n"


@pytest.mark.parametrize(
    ("row", "why"),
    [
        ("said -X- 6 99 _ O", "it has 4 characters, but its offsets say 93"),
        ("said -X- 6 ten _ O", "no offsets"),
        ("said -X- 3 7 _ O", "in another token"),
        ("said -X- 999999995 999999999 _ O", "an article has at most"),
        ("said -X- 99999999999999 99999999999999 _ O", "no offsets"),
        ("said VBD O", "it has no offsets"),
    ],
)
def test_a_token_that_stands_nowhere_is_left_out(tmp_path, row, why):
    ((record,), remarks) = read(
        tmp_path / "a.conll", placed("Kerry -X- 0 5 _ B-source", row, ". -X- 10 11 _ O")
    )
    assert record.text == "Kerry     ."
    assert found(record) == [("source", "Kerry")]
    ((line, message),) = remarks
    assert line == 4
    assert message.startswith("the token was left out: ")
    assert why in message


@pytest.mark.parametrize(
    "note", ["span=9-2", "span=0-999999999", "span=x", "after=x", "before=abc", "%", "|"]
)
def test_notes_that_make_no_sense_are_passed_over(tmp_path, note):
    ((record,), _) = read(tmp_path / "a.conll", placed(f"Kerry -X- 0 5 {note} B-source", "said -X- 6 10 _ O"))
    assert record.text == "Kerry said"
    assert found(record) == [("source", "Kerry")]


def test_a_changed_text_counts_as_another_article(tmp_path):
    files = written(dataset("Kerry said."), tmp_path)
    changed = files["unread.conll"].replace("Kerry", "Barry")
    ((record,), remarks) = read(tmp_path / "changed.conll", changed)
    assert record.article.id == article_id(fingerprint("Barry said."), article_id(fingerprint("Kerry said.")))
    assert "counts as another article" in remarks[0][1]


@pytest.mark.parametrize(
    ("notes", "why"),
    [
        (f"article={'x' * 2000}", "longer than 1000 characters"),
        ("article=a|layer=ann|state=asleep", "not a state"),
    ],
)
def test_an_article_that_makes_no_sense_is_left_out(tmp_path, notes, why):
    records, remarks = read(tmp_path / "a.conll", placed(f"Kerry -X- 0 5 {notes} O"))
    assert records == []
    assert why in remarks[0][1]


def test_a_span_in_a_layer_that_cannot_be_is_left_out(tmp_path):
    records, remarks = read(tmp_path / "a.conll", placed("Kerry -X- 0 5 article=a|layer=all B-source"))
    assert [r.annotations for r in records] == [()]
    assert "can't be the name of a layer" in remarks[0][1]


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "is empty"),
        (b"\n\n-DOCSTART- -X- O O\n\n", "is empty"),
        (b"The truce is not dead.\n", "is not CoNLL"),
        (b"truce\n\0\0\nO\n", "is not CoNLL"),
        (b"\xff\xfeP\0", "is UTF-16"),
    ],
)
def test_what_is_no_conll_is_refused(tmp_path, content, why):
    with pytest.raises(FormatError, match=why):
        read(tmp_path / "a.conll", content)


def test_a_folder_without_such_files_is_refused(tmp_path):
    with pytest.raises(FormatError, match="holds no CoNLL"):
        read(tmp_path)
    with pytest.raises(FormatError, match="can't be read"):
        read(tmp_path / "missing.conll")


def test_a_folder_is_read_at_any_depth_without_hidden_files(tmp_path):
    for name in ("b.conll", "in/A.IOB", ".git/c.conll", ".d.conll", "in/e.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(f"{name} O\n")
    if os.name == "posix":  # Links need rights elsewhere.
        (tmp_path / "in/round").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "f.conll").write_text("no tags here\n")
    records, remarks = read(tmp_path)
    assert [record.text for record in records] == ["b.conll", "in/A.IOB"]
    assert [record.file.name for record in records] == ["b.conll", "A.IOB"]
    assert [file.name for file in remarks.files] == ["b.conll", "f.conll", "f.conll", "A.IOB"]
    assert remarks[2][1].startswith("the file was left out: f.conll is not CoNLL")


def test_a_line_without_end_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(conll_columns, "MAX_ROW", 1000)
    with pytest.raises(FormatError, match="has a line of more than"):
        read(tmp_path / "a.conll", "Kerry B-source\n" + "x" * 5000)


def test_an_article_that_is_too_long_is_left_out(tmp_path, monkeypatch):
    for module in (conll_columns, conll_reading):
        monkeypatch.setattr(module, "MAX_TEXT", 20)
    records, remarks = read(tmp_path / "a.conll", "Kerry B-source\n" * 9 + DOCUMENT + "said O\n")
    assert [r.text for r in records] == ["said"]
    assert "more than 20 characters" in remarks[0][1]


def test_invisible_tokens_are_no_article(tmp_path):
    records, remarks = read(tmp_path / "a.conll", "\u200b O\n")
    assert records == []
    assert "can be seen" in remarks[-1][1]
