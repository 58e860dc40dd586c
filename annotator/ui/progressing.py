"""The slim line that says how far work beside the window is, with a way to stop it and to go on."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QWidget

from annotator.ui.asking import Asking
from annotator.ui.widgets import button, words

SHOW_AFTER_MS = 300
HEIGHT = 30


class ProgressLine(QWidget):
    """Keeps its height, so that nothing jumps when it has nothing to say.

    Where the page has a way to stop by itself, the line needs none.
    """

    stop_wanted = Signal()
    go_on_wanted = Signal()

    def __init__(
        self,
        doing: str = "",
        go_on: str = "Work them out",
        stopped: str = "",
        *,
        may_stop: bool = True,
    ) -> None:
        """Say what is being done and, once it was stopped, that it was and how to go on."""
        super().__init__()
        self.setFixedHeight(HEIGHT)
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedWidth(160)
        self.bar.setAccessibleName(doing or "Progress of the measuring")
        self.words = words("", "caption")
        self.stop, self.go_on = button("Cancel", "link"), button(go_on, "link")
        self.stop.clicked.connect(self.stop_wanted)
        self.go_on.clicked.connect(self.go_on_wanted)
        self._doing, self._stopped, self._may_stop = doing, stopped, may_stop
        self._late = QTimer(self, singleShot=True, interval=SHOW_AFTER_MS)
        self._late.timeout.connect(self._appear)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(10)
        for widget in (self.bar, self.words, self.stop, self.go_on):
            row.addWidget(widget)
        row.addStretch(1)
        self.rest()

    def follow(self, asking: Asking) -> None:
        """Tell of everything that is asked from now on, and let it be stopped."""
        asking.told.connect(self.tell)
        asking.stopped.connect(lambda: self.rest(self._stopped, may_go_on=True))
        asking.answered.connect(lambda _answer: self.rest())
        asking.failed.connect(lambda _why: self.rest())
        self.stop_wanted.connect(asking.stop)

    def begin(self, doing: str = "") -> None:
        """Something is being worked out; what is quick needs no bar."""
        self._doing = doing or self._doing
        self.go_on.hide()
        if self.bar.isHidden():
            self.words.setText("")
            self._late.start()
        self.tell(0, 0)

    def tell(self, done: int, total: int) -> None:
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        count = f" {done:,} of {total:,}" if total else " …"
        if not self.bar.isHidden():
            self.words.setText(self._doing + count)

    def rest(self, sentence: str = "", *, may_go_on: bool = False) -> None:
        """Nothing is being worked out; say what is to be said about it."""
        self._late.stop()
        self.words.setText(sentence)
        self.bar.hide()
        self.stop.hide()
        self.go_on.setVisible(may_go_on)

    def _appear(self) -> None:
        self.bar.show()
        self.stop.setVisible(self._may_stop)
        self.words.setText(f"{self._doing} …")
