"""XML: official papers (officiele-publicatie), reports of meetings (VLOS), XHTML; told apart by the root element."""

from __future__ import annotations

from graph.model import Document
from graph.read.errors import NoPaperError
from graph.read.html import read_html
from graph.read.official import read_official
from graph.read.trees import local, parse
from graph.read.vlos import read_vlos

_READERS = {
    "officiele-publicatie": read_official,
    "kamerstuk": read_official,
    "kamerwrk": read_official,
    "handelingen": read_official,
    "kamervragen": read_official,
    "kamervraag": read_official,
    "vlosCoreDocument": read_vlos,
}
"""Name of the root element to the function that reads such a tree."""


def read_xml(name: str, data: bytes) -> Document:
    """The document in an XML file of a known kind. Raises ReadError, and NoPaperError for other XML."""
    root = parse(name, data)
    kind = local(root)
    if kind == "html":
        return read_html(name, data)
    reader = _READERS.get(kind)
    if reader is None:
        raise NoPaperError(
            name, f"XML with the root element {kind[:40]} is not read here (only {', '.join(_READERS)}, html)"
        )
    return reader(name, data, root)
