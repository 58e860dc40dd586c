"""Choose the widget for an attribute."""

from annotator.model.scheme import Attribute, AttributeKind
from annotator.ui.fields.base import Field, Surroundings
from annotator.ui.fields.choice import ComboField, FlagField, SegmentedField
from annotator.ui.fields.choices import ChoicesField
from annotator.ui.fields.entity import EntityField
from annotator.ui.fields.figure import FigureField
from annotator.ui.fields.typed import DateField, NumberField, TypedField
from annotator.ui.theme import Theme

_KINDS: dict[AttributeKind, type[Field]] = {
    "choices": ChoicesField,
    "text": TypedField,
    "number": NumberField,
    "flag": FlagField,
    "date": DateField,
    "figure": FigureField,
    "entity": EntityField,
}


def make_field(attribute: Attribute, theme: Theme, surroundings: Surroundings) -> Field:
    """Make the field for an attribute; few and short choices stand side by side."""
    if attribute.kind != "choice":
        return _KINDS[attribute.kind](attribute, theme, surroundings)
    if SegmentedField.fits(attribute.values):
        return SegmentedField(attribute, theme, surroundings)
    return ComboField(attribute, theme, surroundings)
