"""From documents to a graph, and the graph itself.

from graph import Graph, references
for link in references("Zie Kamerstuk 33279-40."):
    print(link.kind, link.id, link.iri)
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.find import paper, references
    from graph.kinds import KINDS
    from graph.known import KnownError
    from graph.lookup import AmbiguousName, Entity, UnknownName
    from graph.model import Document, Link, Mention, Paper, Section, Span
    from graph.open import Graph
    from graph.read import ReadError
    from graph.version import __version__
    from ontology.registers import RegisterError

_FROM = {
    "KINDS": "graph.kinds",
    "AmbiguousName": "graph.lookup",
    "Document": "graph.model",
    "Entity": "graph.lookup",
    "Graph": "graph.open",
    "KnownError": "graph.known",
    "Link": "graph.model",
    "Mention": "graph.model",
    "Paper": "graph.model",
    "ReadError": "graph.read",
    "RegisterError": "ontology.registers",
    "Section": "graph.model",
    "Span": "graph.model",
    "__version__": "graph.version",
    "UnknownName": "graph.lookup",
    "paper": "graph.find",
    "references": "graph.find",
}
"""Each public name and its module, imported when the name is first used: a process that answers queries reads no papers."""


def __getattr__(name: str) -> object:
    """A public name. Raises AttributeError for any other."""
    if name not in _FROM:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(_FROM[name]), name)
    return found


def __dir__() -> list[str]:
    """The public names, also those that nobody used yet."""
    return sorted({*globals(), *__all__})


__all__ = [
    "KINDS",
    "AmbiguousName",
    "Document",
    "Entity",
    "Graph",
    "KnownError",
    "Link",
    "Mention",
    "Paper",
    "ReadError",
    "RegisterError",
    "Section",
    "Span",
    "UnknownName",
    "__version__",
    "paper",
    "references",
]
