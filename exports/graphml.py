"""The network as GraphML, for yEd, Gephi, Cytoscape and R; evidence is flattened to a number and the first quote."""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import networkx

_NOT_XML = re.compile(r"[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def flat(network: networkx.MultiDiGraph[str]) -> networkx.MultiDiGraph[str]:
    """A copy with plain values only, fit for formats that know text and numbers."""
    made: networkx.MultiDiGraph[str] = networkx.MultiDiGraph()
    for node in sorted(network):
        made.add_node(_text(node), **{name: _text(value) for name, value in network.nodes[node].items()})
    for source, target, edge in sorted(network.edges(keys=True)):
        about = network.edges[source, target, edge]
        evidence = about["evidence"]
        quote = _text(evidence[0]["quote"]) if evidence else ""
        made.add_edge(
            _text(source), _text(target), edge,
            property=edge, label=_text(about["label_nl"]), label_en=_text(about["label_en"]), mentions=len(evidence), quote=quote,
        )  # fmt: skip
    return made


def write(network: networkx.MultiDiGraph[str], out: BinaryIO) -> int:
    """Write a network as GraphML and give the number of edges."""
    made = flat(network)
    networkx.write_graphml(made, out, encoding="utf-8", prettyprint=True, named_key_ids=True)
    return int(made.number_of_edges())


def _text(value: Any) -> Any:
    """A value without the characters that XML cannot hold."""
    if value is None:
        return ""
    return _NOT_XML.sub("\ufffd", value) if isinstance(value, str) else value
