"""The tables of a project file, as numbered steps that only add."""

import sqlite3
from collections.abc import Callable, Mapping
from functools import cache
from types import MappingProxyType

VERSION = 2
"""What `user_version` holds: the number of the newest step."""

LAST_NUMBER = 1 << 53
"""A number of changes no honest file reaches; one near SQLite's last would leave no room for later ones."""

LAST_SEQ = LAST_NUMBER >> 1
"""One that no honest change of somebody else has either: behind it, there is room for ours."""

_MIGRATIONS = ("_sqlite_migrations", "idx__sqlite_migrations")
_TOKENS = "tokenize='unicode61 remove_diacritics 2'"

JOURNAL = (
    "CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID",
    """CREATE TABLE change (
  arrival INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  feed TEXT NOT NULL,
  n INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  actor TEXT NOT NULL,
  at TEXT NOT NULL,
  action TEXT NOT NULL,
  undoes TEXT,
  hash TEXT NOT NULL,
  UNIQUE (feed, n)
) STRICT""",
    "CREATE INDEX change_rank ON change (seq, id)",
    "CREATE INDEX change_actor ON change (actor, seq, id)",
    """CREATE TABLE revision (
  change TEXT NOT NULL REFERENCES change (id),
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  body TEXT,
  parent TEXT,
  PRIMARY KEY (change, kind, id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX revision_object ON revision (kind, id)",
    """CREATE TABLE article_text (
  pos INTEGER PRIMARY KEY,
  sha256 TEXT NOT NULL UNIQUE,
  text TEXT NOT NULL
) STRICT""",
    *(
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, 'the journal is never altered'); END"
        for table in ("change", "revision", "article_text")
        for event in ("UPDATE", "DELETE")
    ),
)

PROJECTIONS = (
    """CREATE TABLE winner (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  change TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID""",
    """CREATE TABLE article (
  id TEXT PRIMARY KEY,
  sha256 TEXT NOT NULL,
  title TEXT NOT NULL,
  outlet TEXT NOT NULL,
  published TEXT NOT NULL,
  title_key TEXT NOT NULL,
  outlet_key TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX article_sha256 ON article (sha256)",
    """CREATE TABLE annotation (
  pos INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article TEXT NOT NULL,
  layer TEXT NOT NULL,
  label TEXT NOT NULL,
  start INTEGER NOT NULL,
  stop INTEGER NOT NULL,
  words TEXT NOT NULL
) STRICT""",
    "CREATE INDEX annotation_article ON annotation (article, layer, label)",
    """CREATE TABLE link (
  id TEXT PRIMARY KEY,
  layer TEXT NOT NULL,
  source TEXT NOT NULL,
  target TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX link_source ON link (source)",
    "CREATE INDEX link_target ON link (target)",
    """CREATE TABLE entity (
  id TEXT PRIMARY KEY,
  kind TEXT NOT NULL,
  name_key TEXT NOT NULL,
  merged_into TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX entity_merged ON entity (merged_into)",
    # The key's columns stand first and in order: quick_check of SQLite 3.40 mistakes others for NULL.
    """CREATE TABLE entity_use (
  annotation TEXT NOT NULL,
  attribute TEXT NOT NULL,
  entity TEXT NOT NULL,
  PRIMARY KEY (annotation, attribute, entity)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX entity_use_entity ON entity_use (entity)",
    """CREATE TABLE progress (
  id TEXT PRIMARY KEY,
  article TEXT NOT NULL,
  annotator TEXT NOT NULL,
  state TEXT NOT NULL
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX progress_annotator ON progress (annotator, article)",
    """CREATE TABLE tally (
  layer TEXT NOT NULL,
  article TEXT NOT NULL,
  label TEXT NOT NULL,
  n INTEGER NOT NULL,
  PRIMARY KEY (layer, article, label)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX tally_article ON tally (article)",
    "CREATE VIRTUAL TABLE text_search USING fts5("
    f"text, content='article_text', content_rowid='pos', {_TOKENS})",
    "CREATE VIRTUAL TABLE annotation_search USING fts5("
    f"words, content='annotation', content_rowid='pos', {_TOKENS})",
)

Execute = Callable[[str], object]


def step_1(execute: Execute) -> None:
    """Create journal and projections."""
    for statement in (*JOURNAL, *PROJECTIONS):
        execute(statement)
    execute("PRAGMA user_version = 1")


REVIEWS = (
    # What reviewing adds; `who` is whose work it is about, or for a ruling who made it.
    """CREATE TABLE review (
  kind TEXT NOT NULL,
  id TEXT NOT NULL,
  article TEXT NOT NULL,
  who TEXT NOT NULL,
  PRIMARY KEY (kind, id)
) STRICT, WITHOUT ROWID""",
    "CREATE INDEX review_article ON review (kind, article)",
    "CREATE INDEX review_who ON review (kind, who, article)",
)


def step_2(execute: Execute) -> None:
    """Create the projection of verdicts, replies, rulings, rounds and assignments."""
    for statement in REVIEWS:
        execute(statement)
    execute("PRAGMA user_version = 2")


STEPS = (step_1, step_2)


def migrate(raw: sqlite3.Connection) -> None:
    """Bring a project file to the newest schema, within the caller's transaction."""
    from sqlite_utils import Database, Migrations  # Takes 0.1 s, and only new or old files need it.

    migrations = Migrations("annotator")
    for step in STEPS:
        migrations(name=step.__name__)(lambda db, step=step: step(db.execute))
    migrations.apply(Database(raw, execute_plugins=False))


@cache
def expected(version: int) -> Mapping[str, str]:
    """Map the name of every table, index and trigger of a schema version to its SQL."""
    raw = sqlite3.connect(":memory:")
    try:
        for step in STEPS[:version]:
            step(raw.execute)
        return MappingProxyType(objects(raw))
    finally:
        raw.close()


def unknown(found: Mapping[str, str]) -> dict[str, str]:
    """Pick what no schema of ours declares, nor the library that brings schemas up to date."""
    wanted = expected(VERSION)
    return {n: sql for n, sql in found.items() if n not in wanted and not n.startswith(_MIGRATIONS)}


def objects(raw: sqlite3.Connection) -> dict[str, str]:
    """Map the name of everything a database declares to its SQL, leaving out SQLite's own."""
    query = (
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\'"
    )
    return dict(raw.execute(query).fetchall())
