"""The network as GraphML, for yEd, Gephi, Cytoscape and R; evidence is flattened to a number and the first quote."""

from __future__ import annotations

from collections.abc import Iterable
from typing import BinaryIO
from xml.sax.saxutils import escape, quoteattr

import networkx

from exports.flattening import Node, flat

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
{keys}
<graph edgedefault="directed">
"""
_NODE = {
    "kind": "string",
    "label": "string",
    "address": "string",
    "date": "string",
    "weight": "long",
    "mentions": "long",
}
_EDGE = {"property": "string", "label": "string", "label_en": "string", "mentions": "long", "quote": "string"}


def write(parts: Iterable[networkx.MultiDiGraph[str]], out: BinaryIO, changed: set[str] | None = None) -> int:
    """Write a network that comes in parts as GraphML, in flat memory, and give the number of edges.

    Values with characters that XML cannot hold are put into `changed`; they stand with U+FFFD in their place.
    """
    keys = "\n".join(
        f'<key id="{sort}-{name}" for="{sort}" attr.name="{name}" attr.type="{kind}"/>'
        for sort, names in (("node", _NODE), ("edge", _EDGE))
        for name, kind in names.items()
    )
    out.write(_HEAD.format(keys=keys).encode("utf-8"))
    edges = 0
    for each in flat(parts, changed):
        if isinstance(each, Node):
            out.write(f"<node id={quoteattr(each.name)}>{_data('node', _NODE, each)}</node>\n".encode())
        else:
            ends = f"source={quoteattr(each.source)} target={quoteattr(each.target)}"
            out.write(f"<edge {ends}>{_data('edge', _EDGE, each)}</edge>\n".encode())
            edges += 1
    out.write(b"</graph>\n</graphml>\n")
    return edges


def _data(sort: str, names: Iterable[str], each: object) -> str:
    # a carriage return by itself would be read as a line end
    return "".join(
        f'<data key="{sort}-{name}">{escape(str(getattr(each, name)), {chr(13): "&#13;"})}</data>' for name in names
    )
