"""XML from strangers: no document types, no entities, no depth without end."""

from xml.etree.ElementTree import Element, ParseError

from annotator.formats.errors import FormatError

MAX_DEPTH = 200


def parsed_xml(content: bytes, name: str) -> Element:
    """Parse XML whole; raise FormatError for what isn't XML or tries to reach beyond its file."""
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise FormatError(
            f"{name} declares a document type or entities, which are not read; save it without"
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise FormatError(f"{name} is not valid XML ({error}); save it anew") from error
    _check_depth(root, name)
    return root


def local_names(root: Element) -> Element:
    """Take the namespaces away, for formats of which programs write several."""
    for element in root.iter():
        element.tag = element.tag.rpartition("}")[2]
    return root


def _check_depth(root: Element, name: str) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            raise FormatError(f"{name} is nested more than {MAX_DEPTH} levels deep; it was not read")
        level = [child for element in level for child in element]
