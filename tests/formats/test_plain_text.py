"""Plain text of any encoding comes in as one article; what is no text is refused in one sentence."""

import codecs
import random

import pytest
from dataset_values import SCHEME, no_remark

from annotator.formats.errors import FormatError
from annotator.formats.parts.decoding import MAX_TEXT
from annotator.formats.registry import format_by_id

TEXT = format_by_id("text")
FRENCH = (
    "Le président a déclaré que la trêve « n'est pas morte », malgré les frappes aériennes à l'été.\n" * 8
)
GERMAN = (
    "Der Präsident erklärte, die Waffenruhe sei „nicht tot“. Über die Straße wären Häuser zerstört.\n" * 8
)
TURKISH = "Cumhurbaşkanı ateşkesin “ölmediğini” söyledi. Doktorlara göre en az dokuz kişi öldü.\n" * 8
POLISH = "Prezydent oświadczył, że rozejm „nie jest martwy”. Według lekarzy zginęło dziewięć osób.\n" * 8
ARABIC = "قتل تسعة مقاتلين على الأقل في حلب، وقال المسعفون إن الغارة كانت ليلا.\n" * 8


def read(path, remark=no_remark):
    (record,) = TEXT.read(path, SCHEME, remark)
    return record


def refusal(path):
    with pytest.raises(FormatError) as refused:
        read(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
        ("utf-32-le", codecs.BOM_UTF32_LE),
        ("utf-32-be", codecs.BOM_UTF32_BE),
    ],
)
def test_unicode_is_read_without_a_guess(tmp_path, encoding, mark):
    path = tmp_path / "a.txt"
    path.write_bytes(mark + (FRENCH + "👩‍👩‍👧 قُتل").encode(encoding))
    assert read(path).text == FRENCH + "👩‍👩‍👧 قُتل"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        ("cp1252", FRENCH),
        ("latin-1", FRENCH.replace("’", "'")),
        ("cp1252", GERMAN),
        ("cp1254", TURKISH),
        ("cp1250", POLISH),
        ("cp1256", ARABIC),
        ("utf-16-le", FRENCH),
        ("utf-16-be", FRENCH),
    ],
)
def test_other_encodings_are_detected_and_remarked_upon(tmp_path, encoding, text):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    remarks = []
    assert read(path, lambda _, message: remarks.append(message)).text == text
    assert len(remarks) == 1
    assert "guess" in remarks[0]


def test_line_ends_and_marks_come_into_canonical_form(tmp_path):
    path = tmp_path / "a.txt"
    path.write_bytes("\ufeffOne\r\nTwo\rThree\u2028Four\x0cFive\x07".encode())
    assert read(path).text == "One\nTwo\nThree\nFour\nFive\ufffd"


def test_the_first_line_is_the_title_unless_it_is_long(tmp_path):
    path = tmp_path / "from the wire.txt"
    path.write_text("\n\n  Truce buried \nBy Somebody\n")
    assert read(path).article.title == "Truce buried"
    path.write_text("word " * 60)
    assert read(path).article.title == "from the wire"


def test_the_same_text_is_the_same_article_for_everybody(tmp_path):
    (tmp_path / "a.txt").write_bytes(b"Truce\r\nburied")
    (tmp_path / "b.txt").write_bytes(codecs.BOM_UTF8 + b"Truce\nburied")
    assert read(tmp_path / "a.txt").article == read(tmp_path / "b.txt").article


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", codecs.BOM_UTF8, "\ufeff\u00a0\n".encode()])
def test_an_empty_file_is_refused(tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert refusal(path) == "a.txt is empty; there is nothing to annotate in it"


@pytest.mark.parametrize(
    "content",
    [
        random.Random(7).randbytes(5000),
        b"\x89PNG\r\n\x1a\n" + bytes(100),
        b"%PDF-1.7 text follows",
        b"PK\x03\x04 docx",
        b"SQLite format 3\x00" + bytes(100),
        b"\x01\x02\x03\x04" * 200,
        bytes(1000),
    ],
    ids=["random", "png", "pdf", "zip", "sqlite", "controls", "zeros"],
)
def test_binary_data_is_refused(tmp_path, content):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    assert "as" in refusal(path)
    assert "text" in refusal(path)


def test_fifty_megabytes_are_refused_without_being_read(tmp_path):
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.seek(50_000_000)
        file.write(b".")
    assert refusal(path) == f"a.txt is too large (50 MB, at most {MAX_TEXT // 1_000_000} MB); split it"


def test_a_megabyte_is_an_article(tmp_path):
    path = tmp_path / "a.txt"
    path.write_text("x" * 1_000_000)
    assert len(read(path).text) == 1_000_000


def test_a_folder_is_refused_in_one_sentence(tmp_path):
    assert "can't be read" in refusal(tmp_path)
