"""Find out whether Qt can show a window here; where it can't, it aborts with nothing people could use."""

import os
import sys


def problem(libraries: str) -> str:
    """Say why no window can be shown, or ""; `libraries` is the line that installs what Qt needs."""
    if sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") or os.environ.get("WAYLAND_DISPLAY"):
        return ""
    display = os.environ.get("DISPLAY")
    if not display:
        return f"the window needs a display, and there is none; {_WITHOUT}"
    lacking = _lacking()
    if lacking:
        return f"Qt can't start ({lacking}); install what it needs: {libraries}"
    if not _answers():
        return f"the display {display} doesn't answer; start it or set DISPLAY right; {_WITHOUT}"
    return ""


_WITHOUT = (
    "`annotator screenshot` paints the window into a picture, and new, import, export, merge, copy, assign,"
    " review, verdicts, agreement, check, stats, history and formats work without one"
)


def _lacking() -> str:
    """Name the library of the X Window System that is missing, if one is."""
    import ctypes

    for name in ("libxcb.so.1", "libxcb-cursor.so.0"):
        try:
            ctypes.CDLL(name)
        except OSError as error:
            return str(error)
    return ""


def _answers() -> bool:
    """Say whether the X server named by DISPLAY can be reached."""
    import ctypes

    xcb = ctypes.CDLL("libxcb.so.1")
    xcb.xcb_connect.restype = ctypes.c_void_p
    xcb.xcb_connect.argtypes = [ctypes.c_char_p, ctypes.c_void_p]
    xcb.xcb_connection_has_error.argtypes = xcb.xcb_disconnect.argtypes = [ctypes.c_void_p]
    connection = xcb.xcb_connect(None, None)
    is_broken = xcb.xcb_connection_has_error(connection)
    xcb.xcb_disconnect(connection)
    return not is_broken
