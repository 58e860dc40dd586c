"""The inspector: labels, and all that is said of the selected span."""

from annotator.ui.panels.inspector.panel import InspectorPanel

__all__ = ["InspectorPanel"]
