"""The network as GEXF, the own format of Gephi, with the same values as in GraphML; no day of writing, so that the same network gives the same bytes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import BinaryIO
from xml.sax.saxutils import quoteattr

import networkx

from exports.flattening import Edge, Node, flat

_HEAD = """<?xml version='1.0' encoding='utf-8'?>
<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">
<graph defaultedgetype="directed" mode="static">
{attributes}
<nodes>
"""
_NODE = {"kind": "string", "address": "string", "date": "string", "weight": "long", "mentions": "long"}
_EDGE = {"property": "string", "label_en": "string", "mentions": "long", "quote": "string"}


def write(parts: Iterable[networkx.MultiDiGraph[str]], out: BinaryIO, changed: set[str] | None = None) -> int:
    """Write a network that comes in parts as GEXF, in flat memory, and give the number of edges.

    Values with characters that XML cannot hold are put into `changed`; they stand with U+FFFD in their place.
    """
    attributes = _attributes("node", _NODE) + _attributes("edge", _EDGE)
    out.write(_HEAD.format(attributes=attributes).encode("utf-8"))
    edges, between = 0, b"</nodes>\n<edges>\n"
    for each in flat(parts, changed):
        if isinstance(each, Node):
            out.write(f"<node id={quoteattr(each.name)} {_said(_NODE, each)}</node>\n".encode())
            continue
        out.write(between)
        between = b""
        # edges are told apart by their number, since two things may be joined by several
        ends = f'id="{edges}" source={quoteattr(each.source)} target={quoteattr(each.target)}'
        out.write(f"<edge {ends} {_said(_EDGE, each)}</edge>\n".encode())
        edges += 1
    out.write(between + b"</edges>\n</graph>\n</gexf>\n")
    return edges


def _attributes(sort: str, names: Mapping[str, str]) -> str:
    told = "".join(f'<attribute id="{name}" title="{name}" type="{kind}"/>' for name, kind in names.items())
    return f'<attributes class="{sort}" mode="static">{told}</attributes>'


def _said(names: Iterable[str], each: Node | Edge) -> str:
    values = "".join(f'<attvalue for="{name}" value={quoteattr(str(getattr(each, name)))}/>' for name in names)
    return f"label={quoteattr(each.label)}><attvalues>{values}</attvalues>"
