"""XML into a tree, without the doors that XML leaves open: no entities, no document types from elsewhere, no network."""

from __future__ import annotations

from collections import Counter

from lxml import etree

from graph.read.errors import ReadError, detail
from graph.read.text import without_marks


def parse(name: str, data: bytes) -> etree._Element:
    """The root of an XML file. Raises ReadError for what is no XML, for entities, and for nesting above 256 levels."""
    parser = etree.XMLParser(
        resolve_entities=False, load_dtd=False, no_network=True, huge_tree=False, remove_comments=True, remove_pis=True
    )
    # a declaration must come first in XML; some publishers write marks or blank lines before it
    stripped = without_marks(data)
    while (front := without_marks(stripped.lstrip())) != stripped:
        stripped = front
    try:
        root = etree.fromstring(stripped, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        raise ReadError(name, f"the XML is damaged or goes beyond what is safe{detail(error)}") from error
    declared = root.getroottree().docinfo.internalDTD
    if declared is not None and any(True for _ in declared.iterentities()):
        raise ReadError(name, "the XML declares entities, which can reach other files or grow without limit; not read")
    if any(True for _ in root.iter(etree.Entity)):
        raise ReadError(name, "the XML uses entities that it does not declare; not read")
    return root


def local(element: etree._Element | None) -> str:
    """The name of an element without its namespace; empty for none."""
    tag = None if element is None else element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def flat(element: etree._Element | None) -> str:
    """All text of an element on one line."""
    return "" if element is None else " ".join("".join(element.itertext()).split())


class Paths:
    """The path to each element as XPath without namespaces, such as /kamerstuk/stuk/al[3]."""

    def __init__(self) -> None:
        """Nothing is known yet; the children of an element are counted when the first of them is asked for."""
        self._known: dict[etree._Element, str] = {}

    def __getitem__(self, element: etree._Element) -> str:
        line = [element]
        while line[-1] not in self._known and (parent := line[-1].getparent()) is not None:
            line.append(parent)
        if line[-1] not in self._known:
            self._known[line[-1]] = "/" + local(line[-1])
        for parent in reversed(line[1:]):
            self._count(parent)
        return self._known[element]

    def _count(self, parent: etree._Element) -> None:
        names = [(child, local(child)) for child in parent]
        total, seen = Counter(name for _, name in names), Counter[str]()
        for child, name in names:
            seen[name] += 1
            self._known[child] = f"{self._known[parent]}/{name}" + (f"[{seen[name]}]" if total[name] > 1 else "")
