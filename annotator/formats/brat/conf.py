"""The two files that tell brat of a scheme: `annotation.conf` and `visual.conf`."""

import re
from collections.abc import Iterable, Iterator

from annotator.formats.brat.names import is_word, word
from annotator.model.scheme import Attribute, Label, LinkType, Scheme

_ANY = "<ENTITY>"
_SEPARATORS = re.compile(r"[|\s]+")


def annotation_conf(scheme: Scheme) -> str:
    """List labels, links and attributes; spans may overlap in any way."""
    return _sections(
        entities=(word(label.id) for label in scheme.labels),
        relations=(
            f"<OVERLAP>\tArg1:{_ANY}, Arg2:{_ANY}, <OVL-TYPE>:<ANY>",
            *(line for link in scheme.links for line in _relation(scheme, link)),
        ),
        events=(),
        attributes=_attributes(scheme),
    )


def visual_conf(scheme: Scheme) -> str:
    """List titles and colours."""
    return _sections(
        labels=_titles(scheme),
        drawing=(
            "SPAN_DEFAULT\tfgColor:black, bgColor:#ffffff, borderColor:darken",
            "ARC_DEFAULT\tcolor:black, dashArray:-, arrowHead:triangle-5",
            *(f"{word(label.id)}\t{_colours(label)}" for label in scheme.labels),
        ),
    )


def is_equivalence(link: LinkType | None) -> bool:
    """Say whether a link makes its ends equivalent, so that brat writes it with an asterisk."""
    return link is not None and link.symmetric and bool(link.extra.get("transitive"))


def has_line(attribute: Attribute) -> bool:
    """Say whether brat has values of an attribute on lines of their own."""
    return attribute.kind == "flag" or bool(listed_values(attribute))


def listed_values(attribute: Attribute) -> tuple[str, ...]:
    """Return the values of a choice that brat can hold."""
    return tuple(filter(is_word, attribute.values)) if attribute.kind == "choice" else ()


def _sections(**sections: Iterable[str]) -> str:
    return "\n".join("\n".join((f"[{name}]", *lines, "")) for name, lines in sections.items())


def _relation(scheme: Scheme, link: LinkType) -> Iterator[str]:
    """Write a link's line; one for each label where both ends need the same."""
    special = ["symmetric"] * link.symmetric + ["transitive"] * is_equivalence(link)
    kind = f", <REL-TYPE>:{'-'.join(special)}" if special else ""
    ends = [(_types(link.sources), _types(link.targets))]
    if link.same_label:
        both = [label.id for label in scheme.labels if link.allows(label.id, label.id)]
        ends = [(word(label), word(label)) for label in both]
    for source, target in ends:
        yield f"{word(link.id)}\tArg1:{source}, Arg2:{target}{kind}"


def _types(labels: tuple[str, ...]) -> str:
    return "|".join(map(word, labels)) or _ANY


def _attributes(scheme: Scheme) -> Iterator[str]:
    """Write each attribute once for all labels that have it, as brat knows it by its name alone."""
    labels: dict[tuple[str, bool], list[str]] = {}
    values: dict[tuple[str, bool], dict[str, None]] = {}
    for label in scheme.labels:
        for attribute in label.attributes:
            listed = listed_values(attribute)
            if has_line(attribute):
                key = (attribute.name, bool(listed))
                labels.setdefault(key, []).append(word(label.id))
                values.setdefault(key, {}).update(dict.fromkeys(listed))
    for (name, is_choice), held in labels.items():
        choices = f", Value:{'|'.join(values[name, is_choice])}" if is_choice else ""
        yield f"{word(name)}\tArg:{'|'.join(held)}{choices}"


def _titles(scheme: Scheme) -> Iterator[str]:
    for label in scheme.labels:
        yield f"{word(label.id)} | {_SEPARATORS.sub(' ', label.title).strip() or label.id}"
    names = [link.id for link in scheme.links]
    names += [a.name for label in scheme.labels for a in label.attributes if has_line(a)]
    for name in dict.fromkeys(names):
        if name != word(name) and _SEPARATORS.sub(" ", name).strip():
            yield f"{word(name)} | {_SEPARATORS.sub(' ', name).strip()}"


def _colours(label: Label) -> str:
    """Put white words on a dark colour."""
    red, green, blue = (int(label.colour[at : at + 2], 16) for at in (1, 3, 5))
    is_dark = red * 299 + green * 587 + blue * 114 < 128_000
    return f"bgColor:{label.colour}" + (", fgColor:white" if is_dark else "")
