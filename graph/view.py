"""A part of the graph to look at: a network, and what stands in its middle."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from graph.display import Shown

if TYPE_CHECKING:
    import networkx


@dataclass(frozen=True, slots=True)
class View(Shown):
    """A network as `graph.network.network` makes it, with a title; `middle` is the node that it lies around, if there is one.

    `names` are other names of its nodes, for the search of its picture.
    """

    network: networkx.MultiDiGraph[str]
    title: str
    middle: str | None = None
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def to_networkx(self) -> networkx.MultiDiGraph[str]:
        """Return the network in a form that every writer of networkx takes, as `Graph.network` does."""
        from graph.network import writable

        return writable(self.network)
