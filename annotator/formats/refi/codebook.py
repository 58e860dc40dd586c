"""REFI-QDA codebook exchange, `.qdc`: the labels with their colours and guidelines, no articles."""

from collections.abc import Iterator
from pathlib import Path
from xml.etree.ElementTree import Element

from annotator.formats.dataset import ArticleRecord, Dataset, Header, OpenPart, Remark
from annotator.formats.errors import FormatError
from annotator.formats.losses import Lost, quoted
from annotator.formats.parts.decoding import read_bytes
from annotator.formats.parts.safe_xml import local_names, parsed_xml
from annotator.formats.parts.xml_writing import markup
from annotator.formats.refi.codes import ORIGIN, Codes, write_codes
from annotator.model.scheme import Scheme

NAMESPACE = "urn:QDA-XML:codebook:1.0"
MAX_BYTES = 20_000_000


def read(path: Path, scheme: Scheme, remark: Remark) -> Dataset:
    """Read the codes as labels; those that only hold others are none."""
    root = local_names(parsed_xml(read_bytes(path, MAX_BYTES), path.name))
    codes = root.find("Codes" if root.tag == "CodeBook" else "CodeBook/Codes")
    if root.tag not in ("CodeBook", "Project") or codes is None:
        raise FormatError(f"{path.name} is not a REFI-QDA codebook: there are no codes in it")
    sets = len(root.findall("Sets/Set"))
    if sets:
        remark(None, f"sets of codes were left out ({sets:,})")
    return Dataset(Header(labels=Codes(codes, scheme).labels), ())


def write(dataset: Dataset, open_part: OpenPart) -> None:
    """Write the labels of the scheme."""
    root = Element("CodeBook", {"xmlns": NAMESPACE, "origin": ORIGIN})
    write_codes(root, dataset.header.scheme.labels if dataset.header.scheme else ())
    open_part("").write(f'<?xml version="1.0" encoding="utf-8"?>\n{markup(root)}\n'.encode())


def lost_of_header(header: Header) -> Iterator[Lost]:
    """Name what a codebook has no place for."""
    for link in header.scheme.links if header.scheme else ():
        yield "types of links", link.title
    for kind in header.scheme.entities if header.scheme else ():
        yield "kinds of people and incidents", kind.title
    for entity in header.entities:
        yield "people and incidents", entity.name


def lost_of_record(record: ArticleRecord) -> Iterator[Lost]:
    """Name the work: a codebook holds none."""
    yield "articles", record.article.title or record.article.id
    for a in record.annotations:
        yield "spans", quoted(a)
    yield from (("links", f"{link.type}, by {link.layer}") for link in record.links)
