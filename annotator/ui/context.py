"""What commands may use: handed to each when it is carried out, so that nothing is global."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from annotator.ui.appearance import Appearance
from annotator.ui.session import Session
from annotator.ui.settings import Settings

if TYPE_CHECKING:
    from annotator.ui.window import Window


@dataclass(frozen=True, slots=True)
class Context:
    """The session, what is remembered, how it looks, and the window itself."""

    session: Session
    settings: Settings
    appearance: Appearance
    window: "Window"
