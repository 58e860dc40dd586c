"""The note that goes with an export to Label Studio: how to bring it in, and the guidelines."""

from collections.abc import Iterator

from annotator.model.scheme import Label, Scheme

_STEPS = """\
How to bring these articles into Label Studio

1. Create a project. Open Settings, Labeling Interface, Code, replace what stands there by the whole of the
   file that ends in .config.xml, and save.
2. Import the file that ends in .json. Each article becomes a task with one annotation for each annotator.
   Do it in this order: without the configuration, Label Studio shows no labels.

Label Studio knows no annotators but its own users, so all annotations will belong to whoever imports them;
the annotators' names stay in this file, as created_username. To give work to users of Label Studio, add
"completed_by": {"email": "..."} to their annotations before you import, with addresses it knows.

Work that was adjudicated is marked as ground truth. An annotation without regions is an article that was
read and in which nothing was found; a cancelled one was skipped.

What Label Studio has no place for is kept under "meta" and comes back with its JSON export (not JSON-MIN).
"""


def note(scheme: Scheme) -> str:
    """Write the note; Label Studio takes guidelines as instructions of a project, so they stand here."""
    guidelines = "\n".join(line for label in scheme.labels for line in _guideline(label))
    return (
        f"{_STEPS}\nGuidelines, for Settings, Annotation Instructions\n\n{guidelines}"
        if guidelines
        else _STEPS
    )


def _guideline(label: Label) -> Iterator[str]:
    if not (label.rule or label.good or label.bad):
        return
    yield label.title if label.title == label.id else f"{label.title} ({label.id})"
    for lead, words in (("", label.rule), ("Good example: ", label.good), ("Bad example: ", label.bad)):
        if words:
            yield f"  {lead}{' '.join(words.split())}"
    yield ""
