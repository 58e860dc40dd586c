"""What the reader does in the article, carried out; what the session knows, shown there."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QVBoxLayout

from annotator.model.change import ObjectKey
from annotator.model.scheme import LinkType
from annotator.model.span import Fragments, Span
from annotator.services import linking, tagging
from annotator.ui.article.view import ArticleView
from annotator.ui.judging import judging_of
from annotator.ui.lists.cards import Emptiness
from annotator.ui.panels.finding import FindBar
from annotator.ui.panels.inspector import InspectorPanel
from annotator.ui.session import Session

EMPTY = "Drop files here, paste (Ctrl+Shift+V) or import (Ctrl+I) an article."
"""Where the text of an article will stand."""


class Reading(QObject):
    """Joins the article view to the session, the inspector and the find bar."""

    def __init__(
        self, session: Session, view: ArticleView, inspector: InspectorPanel, finding: FindBar
    ) -> None:
        super().__init__(view)
        self.session, self.view, self.inspector, self.finding = session, view, inspector, finding
        self.seen: dict[str, frozenset[int]] = {}
        """For each article, where the paragraphs begin that have been on the screen."""
        self.empty = Emptiness()
        self.empty.say(EMPTY, "Import files…")
        self.empty.wanted.connect(lambda: session.command_wanted.emit("import-files"))
        QVBoxLayout(view.viewport()).addWidget(self.empty)
        self._show_session()
        self._hear_view()
        self._hear_others()
        self._show_article()
        self._flag()

    def _show_session(self) -> None:
        session = self.session
        session.article_changed.connect(self._show_article)
        session.project_changed.connect(self._show_article)
        session.layer_changed.connect(self._show_annotations)
        session.changed.connect(self._take_in)
        session.selection_changed.connect(self._show_selection)
        session.sought.connect(self.view.reveal)
        judging = judging_of(session)
        judging.changed.connect(self._flag)
        judging.words_sought.connect(self._select_words)

    def _hear_view(self) -> None:
        view, session = self.view, self.session
        view.selection_changed.connect(session.select_words)
        view.annotation_selected.connect(session.select)
        view.hovered_label.connect(session.hover)
        view.disarmed.connect(lambda: session.arm(""))
        view.label_key.connect(self.inspector.press)
        view.tag_wanted.connect(self._tag)
        view.fragment_wanted.connect(self._add_fragment)
        view.fragments_moved.connect(self._move)
        view.delete_wanted.connect(lambda annotation: self._change(tagging.delete, annotation))
        view.inspect_wanted.connect(lambda _annotation: self.inspector.begin())
        view.link_wanted.connect(self._link)
        view.linking_changed.connect(self._say_linking)
        view.reading_progressed.connect(self._remember_seen)

    def _hear_others(self) -> None:
        self.inspector.left.connect(self.view.setFocus)
        self.inspector.link_wanted.connect(self.begin_link)
        self.inspector.jumped.connect(lambda _article, span: self.view.select_annotation(span, reveal=True))
        self.finding.found.connect(self.view.highlight_matches)
        self.finding.left.connect(self.view.setFocus)

    # --- showing -------------------------------------------------------------------------------

    def _show_article(self) -> None:
        session, project = self.session, self.session.project
        if project is None:
            return
        view, article, before = self.view, session.article, self.view.article
        self.empty.setVisible(article is None)
        if article is not None and before == article:
            return
        place = view.scroll_place() if article and before and article.id == before.id else None
        seen = self.seen.get(article.id, frozenset()) if article else frozenset()
        view.show_article(article, session.text, session.annotations, project.scheme, seen)
        if place:
            # Only what is said of the article has changed.
            view.scroll_to_place(*place)
            view.select_annotation(session.selected)

    def _show_annotations(self) -> None:
        self.view.set_annotations(self.session.annotations)
        self._show_links()

    def _take_in(self, keys: frozenset[ObjectKey]) -> None:
        kinds = {kind for kind, _ in keys}
        if "scheme" in kinds and self.session.project:
            self.view.set_scheme(self.session.project.scheme)
        if "annotation" in kinds:
            self.view.set_annotations(self.session.annotations)
        if kinds & {"annotation", "link"}:
            self._show_links()

    def _flag(self) -> None:
        """Show where there are open verdicts, also on what is not marked."""
        judging = judging_of(self.session)
        self.view.flag(judging.flagged, judging.missing)

    def _show_selection(self) -> None:
        session, view = self.session, self.view
        if view.look.selected != session.selected:
            view.select_annotation(session.selected)
        if view.selection() and not session.passage:
            view.clear_selection()
        view.set_armed(session.armed)
        self._show_links()

    def _select_words(self, fragments: Fragments) -> None:
        """Select words that somebody speaks of, and bring them into sight."""
        for number, span in enumerate(fragments):
            self.view.select_words(span, back=False, add=number > 0)
        self.view.reveal(fragments[0])

    def _show_links(self) -> None:
        project, selected = self.session.project, self.session.selected
        links = project.links_of(selected) if project and selected else ()
        self.view.set_links((link.source, link.target) for link in links)

    def _remember_seen(self) -> None:
        if self.view.article:
            self.seen[self.view.article.id] = self.view.reading.seen

    # --- doing ---------------------------------------------------------------------------------

    def _tag(self, spans: Fragments, label: str) -> None:
        self.session.select_words(spans)
        self.session.tag(label)

    def _add_fragment(self, annotation: str, span: Span) -> None:
        self._change(tagging.add_fragment, annotation, span=span)

    def _move(self, annotation: str, fragments: Fragments) -> None:
        self._change(tagging.move, annotation, fragments=fragments)

    def _change(self, service: Callable[..., object], annotation: str, **arguments: object) -> None:
        self.session.do(service, annotation=annotation, **arguments)

    # --- links ---------------------------------------------------------------------------------

    def begin_link(self) -> None:
        """Let the reader choose what to link the selected span to."""
        if self.session.selected:
            self.view.setFocus()
            self.view.begin_link(self.session.selected)
        else:
            self.session.said.emit("Select the span to link from first")

    def _say_linking(self, source: str) -> None:
        if source:
            self.session.said.emit(
                "Click the span to link to, here or in another article; or choose it with Space, then Enter"
            )

    def _link(self, source: str, target: str) -> None:
        project = self.session.project
        start = project.annotation(source) if project else None
        stop = project.annotation(target) if project else None
        if project is None or start is None or stop is None:
            return
        kinds = linking.possible(project, start, stop)
        if len(kinds) > 1:
            self._offer(kinds, source, target)
        else:
            kind = kinds[0].id if kinds else project.scheme.links_between(start.label, stop.label)[0].id
            self._make_link(kind, source, target)

    def _offer(self, kinds: Sequence[LinkType], source: str, target: str) -> None:
        """Let the reader choose how two spans are linked, beside the passage and never over it."""
        menu = QMenu(self.inspector)
        menu.setAccessibleName("How are the two spans linked?")
        for number, kind in enumerate(kinds, 1):
            action = QAction(f"&{number}  {kind.title}", menu)
            action.triggered.connect(lambda _=False, k=kind.id: self._make_link(k, source, target))
            menu.addAction(action)
        menu.setActiveAction(menu.actions()[0])
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.inspector.mapToGlobal(self.inspector.labels.geometry().bottomLeft()))

    def _make_link(self, kind: str, source: str, target: str) -> None:
        made = self.session.do(linking.link, type=kind, source=source, target=target)
        if made:
            self.session.said.emit(f"Linked: {kind.replace('-', ' ')}")
