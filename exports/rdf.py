"""The graph as RDF files: Turtle, TriG, N-Quads, JSON-LD, always in the same order, in memory that does not grow with the graph.

Sorted by subject, property and object, with prefixes: two builds of the same papers give the same bytes, and a change in
one paper shows as a small difference. Only papers are written, unless all is asked for (texts, sources, registers).

The engine writes each named graph as lines of N-Triples, which are sorted as bytes; the engine's own writer then gives them
their form. That is faster than an object for each statement.
"""

from __future__ import annotations

import io
import shutil
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TYPE_CHECKING, BinaryIO, cast

import pyoxigraph

from exports.flattening import NOT_XML
from exports.sorting import in_order
from exports.steps import Step, tracked
from graph.named_graphs import BUILDS, OWN_GRAPHS, REGISTERS, TEXTS
from graph.store import Store
from ontology.terms import PREFIXES

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

FORMATS: dict[str, pyoxigraph.RdfFormat] = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
}
"""The formats by the names that the command line uses."""
_UNIONS = {"turtle", "ntriples", "rdfxml"}
"""Formats without named graphs."""

_TYPE = f" <{PREFIXES['rdf']}type> ".encode()
_FIRST = b" \x00 "
"""Stands for the type of a node while lines are sorted, so that it comes first; no text in the graph holds it."""
_LINES, _PIECE = 5000, 1 << 20


def write(
    store: Store,
    form: str,
    out: BinaryIO,
    everything: bool = False,
    progress: Step | None = None,
    changed: set[str] | None = None,
) -> int:
    """Write the graph in one of FORMATS and return the number of statements.

    Turtle, N-Triples and RDF/XML have no named graphs: they hold the union. RDF/XML cannot hold every character; values that
    had others are added to `changed`, and have U+FFFD in their place.
    """
    names = [*sorted(store.papers()), *sorted(store.added()), *(sorted(OWN_GRAPHS) if everything else ())]
    graphs = tracked(names, names, len(names), progress)
    if form in _UNIONS:
        union = _Source(_pieces(in_order(line for graph in graphs for line in _lines(store, graph))))
        if form == "ntriples":
            shutil.copyfileobj(io.BufferedReader(union, _PIECE), out, _PIECE)
            return union.number
        return _write(union, pyoxigraph.RdfFormat.N_TRIPLES, form, out, changed)
    quads = _Source(
        piece.replace(b" .\n", f" <{graph}> .\n".encode())
        for graph in graphs
        for piece in _pieces(in_order(_lines(store, graph)))
    )
    if form == "nquads":
        shutil.copyfileobj(io.BufferedReader(quads, _PIECE), out, _PIECE)
        return quads.number
    return _write(quads, pyoxigraph.RdfFormat.N_QUADS, form, out)


def _write(
    lines: _Source, given: pyoxigraph.RdfFormat, form: str, out: BinaryIO, changed: set[str] | None = None
) -> int:
    # lenient: what the engine wrote itself need not be looked over again, which would take as long as writing it
    statements = pyoxigraph.parse(io.BufferedReader(lines, _PIECE), given, lenient=True)
    if form == "rdfxml":
        triples = _for_xml(statements, set() if changed is None else changed)
        pyoxigraph.serialize(triples, output=cast(BinaryIO, _Returns(out)), format=FORMATS[form], prefixes=PREFIXES)
    else:
        pyoxigraph.serialize(statements, output=out, format=FORMATS[form], prefixes=PREFIXES)
    return lines.number


class _Returns(io.RawIOBase):
    """XML on its way to a file, with carriage returns written so that a parser does not make line feeds of them."""

    def __init__(self, out: BinaryIO) -> None:
        self._out = out

    def writable(self) -> bool:
        return True

    def write(self, data: ReadableBuffer) -> int:
        """Write bytes, and return how many were taken."""
        given = bytes(data)
        self._out.write(given.replace(b"\r", b"&#13;"))
        return len(given)


def _for_xml(statements: Iterable[pyoxigraph.Quad], changed: set[str]) -> Iterator[pyoxigraph.Triple]:
    """Give the statements with U+FFFD for characters that XML cannot hold."""
    for each in statements:
        value = each.object
        if isinstance(value, pyoxigraph.Literal) and NOT_XML.search(value.value):
            changed.add(value.value)
            text = NOT_XML.sub("\ufffd", value.value)
            value = (
                pyoxigraph.Literal(text, language=value.language)
                if value.language
                else pyoxigraph.Literal(text, datatype=value.datatype)
            )
        yield pyoxigraph.Triple(each.subject, each.predicate, value)


def _lines(store: Store, graph: str) -> Iterable[bytes]:
    """The statements of a named graph as lines of N-Triples, with the sign that brings types to the front."""
    name = pyoxigraph.NamedNode(graph)
    if graph in (BUILDS, TEXTS):
        # these grow with the graph
        quads = store.quads.quads_for_pattern(None, None, None, name)
        return (f"{quad.triple} .\n".encode().replace(_TYPE, _FIRST) for quad in quads)
    if graph == REGISTERS:
        # nodes without an address, which only registers have, get the same names each time
        dataset = pyoxigraph.Dataset(store.quads.quads_for_pattern(None, None, None, name))
        dataset.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        written = b"".join(f"{quad.triple} .\n".encode() for quad in dataset)
    else:
        written = store.quads.dump(format=pyoxigraph.RdfFormat.N_TRIPLES, from_graph=name) or b""
    return written.replace(_TYPE, _FIRST).splitlines(keepends=True)


def _pieces(lines: Iterator[bytes]) -> Iterator[bytes]:
    """Many lines at a time, as they are written."""
    while piece := b"".join(islice(lines, _LINES)):
        yield piece.replace(_FIRST, _TYPE)


class _Source(io.RawIOBase):
    """Pieces of text as a file that the engine's parser reads; counts the lines."""

    def __init__(self, pieces: Iterator[bytes]) -> None:
        self._pieces, self._rest = pieces, memoryview(b"")
        self.number = 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill a buffer with the next bytes, and give their number; 0 at the end."""
        if not self._rest:
            piece = next(self._pieces, b"")
            self.number += piece.count(b"\n")
            self._rest = memoryview(piece)
        room = memoryview(buffer)
        size = min(len(room), len(self._rest))
        room[:size], self._rest = self._rest[:size], self._rest[size:]
        return size
