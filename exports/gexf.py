"""The network as GEXF, the own format of Gephi, with the same values as in GraphML."""

from __future__ import annotations

from typing import BinaryIO

import networkx
from networkx.readwrite.gexf import GEXFWriter

from exports.graphml import flat


def write(network: networkx.MultiDiGraph[str], out: BinaryIO) -> int:
    """Write a network as GEXF and give the number of edges. The day of writing is left out: the same network gives the same bytes."""
    made = flat(network)
    # edges are told apart by their number, since two things may be joined by several
    for number, (_, _, about) in enumerate(made.edges(data=True)):
        about["id"] = number
    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    writer.add_graph(made)
    meta = next((each for each in writer.xml if each.tag.endswith("meta")), None)
    if meta is not None:
        meta.attrib.pop("lastmodifieddate", None)
    writer.write(out)
    return int(made.number_of_edges())
