"""What the page says of a case: its heading, its cards, what is tinted in the text."""

from collections.abc import Sequence
from functools import reduce

from PySide6.QtGui import QColor

from annotator.model.records import Annotation
from annotator.model.scheme import Label
from annotator.model.span import Fragments, Span, shared
from annotator.services import reviewing
from annotator.services.reviewing import Case, Version
from annotator.services.reviewing.explaining import differences, meaning, settling
from annotator.services.telling import value_words
from annotator.store.project import Project
from annotator.ui.pages.reviewing.cards import NOT_SET, Said, Shown
from annotator.ui.pages.reviewing.state import Review
from annotator.ui.spelling import counted, sentence_case
from annotator.ui.theme import Theme

FAINT = 0.42
"""How much of the tint lies behind words in which versions differ."""
_NO_LABEL = Label("", "")


def heading(review: Review) -> str:
    """Say which case it is, of how many."""
    case, disputed = review.case, review.disputed
    if case is None:
        return ""
    if case.differences:
        return f"Disagreement {disputed.index(case) + 1:,} of {len(disputed):,}"
    agreed = [other for other in review.cases if not other.differences]
    what = "Agreement" if case.is_agreed else "Span"
    return f"{what} {agreed.index(case) + 1:,} of {len(agreed):,}"


def decision(review: Review, project: Project) -> str:
    """Say what was decided of a case, by whom; "" when nothing was."""
    case = review.case
    if case is None or case.ruling is None:
        return ""
    mine = case.ruling.adjudicator == review.session.person
    who = "you" if mine else review.name_of(case.ruling.adjudicator)
    by = f" by {who}" if who else ""
    again = "; an annotator changed this since, so it is open again" if case.is_reopened else ""
    if case.gold is None:
        return f"Rejected{by}{again}"
    return f"In gold: {_origin(review, case, case.gold, project)}{by}{again}"


def _origin(review: Review, case: Case, gold: Annotation, project: Project) -> str:
    """Say which version was taken into gold."""
    settle = settling(project)
    for version in case.versions:
        mine = version.annotation
        if mine and mine.id in gold.sources[:1]:
            same = not differences(project.scheme, (mine, gold), 0, settle)
            way = case.ruling.way if case.ruling and case.ruling.way != "adjudicated" else ""
            taken = f"{review.voice(version.layer).name}’s version"
            return way or (taken if same else f"{taken}, edited")
    return case.ruling.way if case.ruling else ""


def washes(case: Case | None, theme: Theme) -> list[tuple[Fragments, QColor]]:
    """Tint the words of a case; those that not all versions have more lightly."""
    if case is None:
        return []
    strong, faint = QColor(theme.match), QColor(theme.match)
    faint.setAlphaF(FAINT)
    marked = [annotation.fragments for annotation in case.annotations]
    common = reduce(shared, marked) if marked else case.fragments
    return [(outside(case.fragments, common), faint), (common, strong)]


def outside(fragments: Fragments, common: Fragments) -> Fragments:
    """Return the stretches of fragments that lie outside of others."""
    found = []
    for fragment in fragments:
        at = fragment.start
        for span in shared((fragment,), common):
            if at < span.start:
                found.append(Span(at, span.start))
            at = span.stop
        if at < fragment.stop:
            found.append(Span(at, fragment.stop))
    return tuple(found)


def cards(review: Review, project: Project) -> list[Shown]:
    """Describe each version of the case; what is otherwise than in the chosen one is marked."""
    case = review.case
    if case is None:
        return []
    chosen = review.version
    number, described = 0, []
    for version in case.versions:
        number += version.annotation is not None
        key = str(number) if version.annotation is not None and number <= 9 else ""
        described.append(_card(review, project, case, version, chosen, key))
    return described


def _card(
    review: Review, project: Project, case: Case, version: Version, chosen: Version | None, key: str
) -> Shown:
    voice, mine = review.voice(version.layer), version.annotation
    if mine is None:
        return Shown(voice, "0")
    label = project.scheme.label(mine.label) or Label(mine.label, mine.label)
    others = [other for other in case.versions if other is not version]
    taken = chosen.annotation if chosen else None
    return Shown(
        voice,
        key,
        label.title,
        label.colour,
        taken is not None and taken.label != mine.label,
        reviewing.marked(version, others),
        values(project, mine, taken, case.differing_attributes, case.annotations),
        mine.note,
    )


def values(
    project: Project,
    mine: Annotation,
    taken: Annotation | None,
    differing: frozenset[str],
    all_versions: Sequence[Annotation],
) -> list[Said]:
    """List the values that any version has, as this one has them."""
    label = project.scheme.label(mine.label) or _NO_LABEL
    settle, said = settling(project), {name for a in all_versions for name in a.attributes}
    known = [a.name for a in label.attributes if a.name in said]
    found = []
    for name in [*known, *(name for name in mine.attributes if name not in known)]:
        attribute, value = label.attribute(name), mine.attributes.get(name)
        differs = name in differing and taken is not None and taken is not mine
        if differs and taken is not None:
            differs = meaning(attribute, value, settle) != meaning(
                attribute, taken.attributes.get(name), settle
            )
        words = value_words(project, attribute, value) if name in mine.attributes else NOT_SET
        if name in mine.attributes or differs:
            found.append(Said(sentence_case(name), words, differs))
    return found


def progress(review: Review) -> str:
    """Say how far the adjudication of the article is."""
    total = len(review.disputed)
    if not total:
        return "no disagreement in this article" if len(review.compared) > 1 else "nothing to compare"
    return f"{review.resolved:,} of {total:,} resolved"


def hints(review: Review, project: Project | None) -> str:
    """Name the keys that matter while a version is edited, or nothing can be decided; "" at other times."""
    if project is None or (review.draft is None and review.may_decide):
        return ""
    if review.draft is None:
        return "1 2 3 choose  ·  J K next, previous"
    scheme, label = project.scheme, review.draft.annotation.label
    keys = [other.key for other in scheme.labels if other.key and scheme.are_alike(other.id, label)]
    relabel = f"{' '.join(keys)} label  ·  " if len(keys) > 1 else ""
    return f"{relabel}[ ] ends  ·  E values  ·  ↵ accept  ·  Esc back"


def missing(review: Review, project: Project) -> tuple[str, str]:
    """Say why there is nothing to compare, and what can be done about it; ("", "") when there is."""
    article = review.session.article
    if article is None or len(review.compared) > 1:
        return "", ""
    if review.blind:
        return (
            "You read this article in a blind round.",
            f"What others marked in it is shown once the round “{review.blind.title}” has ended.",
        )
    away = _kept_away(project, article.id, review.readers)
    if away:
        return "Work on this article is left out of this copy.", away
    if len(review.readers) > 1:
        return "Fewer than two annotators are compared.", "Choose another in the line above the article."
    if not review.readers:
        return (
            "Nobody has read this article yet.",
            "Two annotators have to mark spans in it, or mark it as done, before they can be compared.",
        )
    only = review.voices[0].name
    return (
        f"Only {only} has read this article.",
        "A second annotator has to mark spans in it, or mark it as done. Work done in another copy of the"
        " project comes in by merging that copy.",
    )


def _kept_away(project: Project, article: str, readers: Sequence[str]) -> str:
    """Say whose work of a blind round is not in this file."""
    blind = {found.id: found.title for found in project.rounds() if found.blind and not found.ended}
    waiting = [a for a in project.assignments(article) if a.round in blind and a.annotator not in readers]
    if not waiting:
        return ""
    titles = dict.fromkeys(f"“{blind[a.round]}”" for a in waiting)
    number = counted(len(waiting), "other annotator has", "other annotators have")
    return (
        f"{sentence_case(number)} this article to read in the blind round {', '.join(titles)}, and what they"
        " mark is not in this file. It can be compared when the round has ended and their copies are merged."
    )
