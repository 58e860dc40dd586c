"""A process that commits spans as fast as it can and says each one's id once it is saved."""

from multiprocessing.connection import Connection
from pathlib import Path

from annotator.model.anchor import Anchor
from annotator.model.change import Draft, Revision, new_id
from annotator.model.records import Annotation
from annotator.model.span import Span
from annotator.store.home import Home
from annotator.store.project import Project


def commit(said: Connection, path: Path, home: Path, article: str) -> None:
    with Project.open(path, home=Home(home)) as project:
        said.send_bytes(b"ready")
        for i in range(100_000):
            span = Annotation(
                *(new_id(), article, f"layer {i % 3}", "claim", (Span(0, 8),), Anchor(("Fighting",)))
            )
            # Every tenth is large, so that kills also fall into transactions of many pages.
            bodies = [span.to_body() | {"note": f"{i} " * (5000 if i % 10 == 0 else 1)}]
            project.commit(Draft("tag", "mina", tuple(Revision("annotation", span.id, b) for b in bodies)))
            said.send_bytes(span.id.encode())
