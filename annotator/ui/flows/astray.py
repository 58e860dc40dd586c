"""Spans that don't match their text: said when the article is opened, put right by the annotator."""

from annotator.model.text import fingerprint
from annotator.services import tagging
from annotator.ui.context import Context
from annotator.ui.spelling import counted


def tell(c: Context) -> None:
    """Say which spans of the article don't match its text, and offer to find their words again."""
    session = c.session
    if session.article and fingerprint(session.text) != session.article.sha256:
        c.stage.warn(
            f"The text of “{session.article.title}” isn't the one that was imported; the file is damaged,"
            " so open one of its backups"
        )
    elif session.astray and session.own:
        c.stage.warn(_astray(c), "Find the words again", lambda: find_again(c))
    elif session.astray:
        c.stage.warn(f"{_astray(c)}; {session.layer} can re-anchor them")


def find_again(c: Context) -> None:
    """Re-anchor every span whose words stand in one place; say which must be placed by hand."""
    session = c.session
    before = len(session.astray)
    for annotation in session.astray:
        session.do(tagging.reanchor, annotation=annotation.id)
    if session.astray:
        c.stage.warn(
            f"“{session.astray[0].words}” can't be placed by its words alone; select where it belongs,"
            " then choose “Re-anchor on the selected words” in the Span menu"
        )
    else:
        c.stage.remark(f"{counted(before, 'span')} re-anchored", "Undo", session.undo)


def place_by_hand(c: Context) -> None:
    """Put the first span that doesn't match on the selected words."""
    session = c.session
    if session.astray and session.passage:
        annotation, spans = session.astray[0].id, session.passage
        session.do(tagging.reanchor, annotation=annotation, fragments=spans)
        session.select(annotation)


def _astray(c: Context) -> str:
    first, number = c.session.astray[0].words, len(c.session.astray)
    verb = "doesn't" if number == 1 else "don't"
    return f"{counted(number, 'span')} {verb} match the text, first “{first}”"
