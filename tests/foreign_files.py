"""Files as other programs write them. Run it to make the golden ones of the binary kinds anew."""

import io
import json
import sqlite3
import sys
import zipfile
from contextlib import closing
from pathlib import Path

GOLDEN = Path(__file__).parent / "formats" / "golden"


def pdf(*pages, title="", author=""):
    """A PDF of text pages, each a list of lines; a page without lines is empty, as a scan is."""
    info = f"<< /Title ({title}) /Author ({author}) >>".encode("cp1252")
    objects = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", info]
    objects.append(b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
    kids = []
    for lines in pages:
        shown = b"".join(b"(" + _escaped(line) + b") Tj T*\n" for line in lines)
        stream = b"BT /F1 11 Tf 14 TL 50 780 Td\n" + shown + b"ET"
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R"
            b" /Resources << /Font << /F1 4 0 R >> >> >>" % len(objects)
        )
        kids.append(b"%d 0 R" % len(objects))
    objects[1] = b"<< /Type /Pages /Count %d /Kids [%s] >>" % (len(kids), b" ".join(kids))
    return _written(objects)


def _escaped(line):
    return line.encode("cp1252").replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)")


def _written(objects):
    out, starts = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % start for start in starts)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    trailer = b"trailer << /Size %d /Root 1 0 R /Info 3 0 R >>\n" % (len(objects) + 1)
    return out + head + table + trailer + b"startxref\n%d\n%%%%EOF" % len(out)


def docx(document):
    """A document of python-docx as bytes, without the time at which it was saved."""
    saved = io.BytesIO()
    document.save(saved)
    out = io.BytesIO()
    with zipfile.ZipFile(saved) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
    return out.getvalue()


TAGUETTE = """
CREATE TABLE users (login VARCHAR(30) NOT NULL, created DATETIME NOT NULL, hashed_password VARCHAR(192),
    disabled BOOLEAN NOT NULL, password_set_date DATETIME, language VARCHAR(10), email VARCHAR(256),
    email_sent DATETIME, CONSTRAINT pk_users PRIMARY KEY (login));
CREATE TABLE projects (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, created DATETIME NOT NULL);
CREATE TABLE documents (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, name VARCHAR(200) NOT NULL,
    description TEXT NOT NULL, filename VARCHAR(200) NOT NULL, created DATETIME NOT NULL,
    project_id INTEGER NOT NULL, text_direction VARCHAR(13) NOT NULL, contents TEXT NOT NULL,
    FOREIGN KEY(project_id) REFERENCES projects (id) ON DELETE CASCADE);
CREATE INDEX ix_documents_project_id ON documents (project_id);
CREATE TABLE commands (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, date DATETIME NOT NULL,
    user_login VARCHAR(30) NOT NULL, project_id INTEGER NOT NULL, document_id INTEGER, payload TEXT NOT NULL);
CREATE TABLE highlights (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, document_id INTEGER NOT NULL,
    start_offset INTEGER NOT NULL, end_offset INTEGER NOT NULL, snippet TEXT NOT NULL);
CREATE INDEX ix_highlights_document_id ON highlights (document_id);
CREATE TABLE tags (id INTEGER NOT NULL PRIMARY KEY AUTOINCREMENT, project_id INTEGER NOT NULL,
    path VARCHAR(200) NOT NULL, description TEXT NOT NULL, UNIQUE (project_id, path));
CREATE TABLE highlight_tags (highlight_id INTEGER NOT NULL, tag_id INTEGER NOT NULL,
    CONSTRAINT pk_highlight_tags PRIMARY KEY (highlight_id, tag_id));
"""


def taguette(path, contents, highlights, users=("admin",), tags=("claim", "source")):
    """A project of Taguette; each highlight is (start, end, snippet, tags, user), with offsets in bytes."""
    with closing(sqlite3.connect(path)) as db, db:
        db.executescript(TAGUETTE)
        for user in users:
            db.execute("INSERT INTO users (login, created, disabled) VALUES (?, '2021-01-01', 0)", (user,))
        db.execute("INSERT INTO projects VALUES (1, 'Aleppo', '', '2021-01-01')")
        document = (1, "Truce", "About the truce", "truce.html", "2021-01-01", 1, "LEFT_TO_RIGHT", contents)
        db.execute("INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?)", document)
        for number, tag in enumerate(tags, 1):
            db.execute("INSERT INTO tags VALUES (?, 1, ?, ?)", (number, tag, f"What a {tag} is."))
        for number, (start, end, snippet, named, user) in enumerate(highlights, 1):
            db.execute("INSERT INTO highlights VALUES (?, 1, ?, ?, ?)", (number, start, end, snippet))
            ids = [tags.index(tag) + 1 for tag in named]
            db.executemany("INSERT INTO highlight_tags VALUES (?, ?)", [(number, tag) for tag in ids])
            payload = {"type": "highlight_add", "highlight_id": number, "start_offset": start, "tags": ids}
            db.execute(
                "INSERT INTO commands (date, user_login, project_id, document_id, payload)"
                " VALUES ('2021-01-01', ?, 1, 1, ?)",
                (user, json.dumps({**payload, "end_offset": end}, sort_keys=True)),
            )


QUALCODER = """
CREATE TABLE project (databaseversion text, date text, memo text, about text, bookmarkfile integer,
    bookmarkpos integer, codername text, recently_used_codes text);
CREATE TABLE source (id integer primary key, name text, fulltext text, mediapath text, memo text, owner text,
    date text, av_text_id integer, risid integer, unique(name));
CREATE TABLE code_image (imid integer primary key, id integer, x1 integer, y1 integer, width integer,
    height integer, cid integer, memo text, date text, owner text, important integer, pdf_page integer);
CREATE TABLE code_av (avid integer primary key, id integer, pos0 integer, pos1 integer, cid integer,
    memo text, date text, owner text, important integer);
CREATE TABLE annotation (anid integer primary key, fid integer, pos0 integer, pos1 integer, memo text,
    owner text, date text, unique(fid,pos0,pos1,owner));
CREATE TABLE attribute_type (name text primary key, date text, owner text, memo text, caseOrFile text,
    valuetype text);
CREATE TABLE attribute (attrid integer primary key, name text, attr_type text, value text, id integer,
    date text, owner text, unique(name,attr_type,id));
CREATE TABLE code_cat (catid integer primary key, name text, owner text, date text, memo text,
    supercatid integer, unique(name));
CREATE TABLE code_text (ctid integer primary key, cid integer, fid integer, seltext text, pos0 integer,
    pos1 integer, owner text, date text, memo text, avid integer, important integer,
    unique(cid,fid,pos0,pos1,owner));
CREATE TABLE code_name (cid integer primary key, name text, memo text, catid integer, owner text, date text,
    color text, unique(name));
CREATE VIEW code_text_visible AS SELECT * FROM code_text;
"""


def qualcoder(folder, texts, codings, annotations=(), attributes=(), codes=("claim", "source"), script=""):
    """A project folder of QualCoder; each coding is (file, code, pos0, pos1, words, owner, memo)."""
    folder.mkdir(parents=True)
    with closing(sqlite3.connect(folder / "data.qda")) as db, db:
        db.executescript(QUALCODER + script)
        db.execute("INSERT INTO project (databaseversion, about) VALUES ('v11', 'QualCoder')")
        db.execute("INSERT INTO code_cat (catid, name) VALUES (1, 'Voices')")
        for number, (name, text) in enumerate(texts.items(), 1):
            row = (number, name, text, f"/docs/{name}", "A memo.", "default", "2024-01-01")
            db.execute("INSERT INTO source VALUES (?, ?, ?, ?, ?, ?, ?, NULL, NULL)", row)
        for number, code in enumerate(codes, 1):
            row = (number, code, f"What a {code} is.", 1, "default", "2024-01-01", "#F4FA58")
            db.execute("INSERT INTO code_name VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        for file, code, start, stop, words, owner, memo in codings:
            db.execute(
                "INSERT INTO code_text (cid, fid, seltext, pos0, pos1, owner, memo, important)"
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                (codes.index(code) + 1, file, words, start, stop, owner, memo, 1 if memo else None),
            )
        for row in annotations:
            db.execute("INSERT INTO annotation (fid, pos0, pos1, memo, owner) VALUES (?, ?, ?, ?, ?)", row)
        for name, value in attributes:
            db.execute(
                "INSERT INTO attribute (name, attr_type, value, id) VALUES (?, 'file', ?, 1)", (name, value)
            )
    return folder


CONTENTS = (
    '<h1 class="t">Truce “buried” 👩‍👩‍👧</h1>\n'
    "<p>“The truce”, Kerry said, <em>“is not\ndead.”</em><br>قُتل تسعة &amp; more.</p><p>Last.</p>"
)
OWN = "Truce “buried” 👩‍👩‍👧\n“The truce”, Kerry said, “is not\ndead.”قُتل تسعة & more.Last."


def bytes_of(words, text=OWN):
    """Where words begin and end in a text, in bytes of UTF-8."""
    start = len(text[: text.index(words)].encode())
    return start, start + len(words.encode())


TEXT = "Truce buried 👩‍👩‍👧\n\n“The truce”, Kerry said, “is not dead.” قُتل تسعة."


def units_of(words, text=TEXT):
    """Where words begin and end in a text, in UTF-16 units."""
    start = len(text[: text.index(words)].encode("utf-16-le")) // 2
    return start, start + len(words.encode("utf-16-le")) // 2


def _make_golden():
    import docx as library

    document = library.Document()
    document.core_properties.title, document.core_properties.author = "Truce", "Jane Doe"
    document.add_heading("Truce “buried”", 1)
    document.add_paragraph("“The truce”, Kerry said, “is not dead.” قُتل تسعة 👩‍👩‍👧.")
    document.add_table(1, 2).rows[0].cells[0].text = "Dead"
    _fresh("docx").joinpath("work.docx").write_bytes(docx(document))
    lines = ["“The truce”, Kerry said, “is not dead,” the secre-", "tary told reporters in Geneva."]
    _fresh("pdf").joinpath("work.pdf").write_bytes(pdf(lines, [], title="Truce", author="Jane Doe"))
    taguette(
        _fresh("taguette") / "work.sqlite3",
        CONTENTS,
        [
            (*bytes_of("Kerry"), "Kerry", ["source"], "ann"),
            (
                *bytes_of("is not\ndead.”قُتل تسعة"),
                "<em>is not\ndead.”</em><br>قُتل تسعة",
                ["claim", "source"],
                "bob",
            ),
            (*bytes_of("Last"), "Last", [], "ann"),
        ],
        users=("ann", "bob"),
    )
    qualcoder(
        _fresh("qualcoder") / "work.qda",
        {"truce.txt": TEXT, "picture.png": None},
        [
            (1, "source", *units_of("Kerry"), "Kerry", "ann", ""),
            (1, "claim", *units_of("قُتل تسعة"), "قُتل تسعة", "bob", "An important one."),
        ],
        annotations=[(1, *units_of("truce"), "Which one?", "ann")],
        attributes=[("Author", "Jane Doe"), ("Date", "2016-09-21")],
    )


def _fresh(name):
    import shutil

    shutil.rmtree(GOLDEN / name, ignore_errors=True)
    (GOLDEN / name).mkdir(parents=True)
    return GOLDEN / name


if __name__ == "__main__":
    sys.exit(_make_golden())
