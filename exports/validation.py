"""Check the graph against the shapes of the ontology (SHACL), with findings in sentences.

Each named graph is checked by itself, since what one paper says does not make another right, and in as many processes as
there are processors. What the registers say of the things that a graph names is added to it for the check: a treaty that a
paper invokes has its notation there.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import chain
from multiprocessing import active_children, get_context
from pathlib import Path
from typing import Any

import oxrdflib
import pyoxigraph as ox
import pyshacl
import rdflib
from rdflib.graph import DATASET_DEFAULT_GRAPH_ID
from rdflib.namespace import RDF, SH
from rdflib.plugins.stores.memory import Memory
from rdflib.term import Node

import ontology
from exports.steps import Step, tracked
from graph.named_graphs import BUILDS, REGISTERS
from graph.store import Store
from ontology.terms import PREFIXES

SHAPES = Path(ontology.__file__).parent / "shapes.ttl"
_FEW = 16
"""So many papers are checked sooner than a second process has started."""

_Subject = ox.NamedNode | ox.BlankNode
_About = dict[_Subject, list[ox.Triple]]


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One place where a graph is not as the shapes say.

    The named graph, the node and the property with the value that is wrong, what is wrong in English and Dutch, and the
    shape that says so, each as a term of N-Triples; empty where there is none.
    """

    graph: str
    node: str
    path: str
    value: str
    message: str
    dutch: str
    shape: str


def validate(store: Store, processes: int | None = None, progress: Step | None = None) -> list[Finding]:
    """Return the findings over all papers, sources and registers, by graph and node; none means that the graph conforms."""
    graphs = [REGISTERS, BUILDS, *sorted(store.papers()), *sorted(store.added())]
    number = processes or os.cpu_count() or 1
    if number == 1 or len(graphs) <= _FEW:
        about = _about(store.quads)
        each = (list(_check(store.quads, graph, about)) for graph in graphs)
        return sorted(chain.from_iterable(tracked(each, graphs, len(graphs), progress)))
    # a fresh process each: the engine has threads, which do not survive a fork
    with ProcessPoolExecutor(number, get_context("spawn"), _open, (str(store.place),)) as pool:
        try:
            with _without_interrupts():
                found = pool.map(_check_there, graphs, chunksize=max(1, min(32, len(graphs) // (4 * number))))
            return sorted(chain.from_iterable(tracked(found, graphs, len(graphs), progress)))
        except KeyboardInterrupt:
            for process in active_children():
                process.kill()
            raise


@contextmanager
def _without_interrupts() -> Iterator[None]:
    """Start processes that Ctrl-C does not reach, so that only this one answers it; here it waits until they have started."""
    if not hasattr(signal, "pthread_sigmask"):  # Windows
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_there: tuple[ox.Store, _About]
"""In a process of its own: the store, and what the registers say."""


def _open(folder: str) -> None:
    global _there
    quads = ox.Store.read_only(folder)
    _there = quads, _about(quads)


def _check_there(graph: str) -> list[Finding]:
    return list(_check(_there[0], graph, _there[1]))


@cache
def _shapes() -> rdflib.Graph:
    return rdflib.Graph().parse(SHAPES)


@cache
def _messages() -> dict[str, tuple[str, str]]:
    """Each message of the shapes in English and Dutch; the report of a SPARQL constraint has it without its language."""
    told: dict[str, tuple[str, str]] = {}
    for shape in _shapes().subjects(SH.message, unique=True):
        by_language = {getattr(text, "language", ""): str(text) for text in _shapes()[shape : SH.message]}
        told |= dict.fromkeys(by_language.values(), (by_language["en"], by_language["nl"]))
    return told


def _about(quads: ox.Store) -> _About:
    """What the registers say, by subject."""
    about: _About = {}
    for quad in quads.quads_for_pattern(None, None, None, ox.NamedNode(REGISTERS)):
        if not isinstance(quad.subject, ox.Triple):
            about.setdefault(quad.subject, []).append(quad.triple)
    return about


def _check(quads: ox.Store, graph: str, about: _About) -> Iterator[Finding]:
    """The findings in one named graph."""
    own = [quad.triple for quad in quads.quads_for_pattern(None, None, None, ox.NamedNode(graph))]
    triples = own if graph == REGISTERS else {*own, *_said(own, about)}
    data = rdflib.Graph(_Memory(triples), DATASET_DEFAULT_GRAPH_ID)
    for each in triples:
        data.add((_rdflib(each.subject), _rdflib(each.predicate), _rdflib(each.object)))
    conforms, report, _ = pyshacl.validate(data, shacl_graph=_shapes(), advanced=True, inplace=True)
    for result in report.subjects(RDF.type, SH.ValidationResult) if not conforms else ():
        messages = _messages()[str(report.value(result, SH.resultMessage))]
        node, path, value, shape = (
            _term(report.value(result, name)) for name in (SH.focusNode, SH.resultPath, SH.value, SH.sourceShape)
        )
        yield Finding(graph, node, path, value, *messages, shape)


class _Memory(Memory):
    """A store of rdflib whose queries Oxigraph answers: it takes a twentieth of the time, most of which is reading SPARQL."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        super().__init__()
        self._engine = ox.Store()
        self._engine.bulk_extend(ox.Quad(each.subject, each.predicate, each.object) for each in triples)

    def query(self, *args: Any, **more: Any) -> rdflib.query.Result:
        """The answer of the engine."""
        return oxrdflib.OxigraphStore(store=self._engine).query(*args, **more)


def _said(triples: Iterable[ox.Triple], about: _About) -> Iterator[ox.Triple]:
    """What the registers say of the things that some triples name, and of the nodes without address within that."""
    ahead: list[object] = [each.object for each in triples]
    seen: set[object] = set()
    while ahead:
        node = ahead.pop()
        if isinstance(node, _Subject) and node not in seen and node in about:
            seen.add(node)
            for each in about[node]:
                yield each
                if isinstance(each.object, ox.BlankNode):
                    ahead.append(each.object)


def _rdflib(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    """A term as rdflib has it; a string without datatype stays one, since that is how rdflib compares them."""
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if isinstance(term, ox.BlankNode):
        return rdflib.BNode(term.value)
    if isinstance(term, ox.Literal):
        if term.language:
            return rdflib.Literal(term.value, lang=term.language)
        plain = term.datatype.value == f"{PREFIXES['xsd']}string"
        return rdflib.Literal(term.value, datatype=None if plain else rdflib.URIRef(term.datatype.value))
    raise TypeError(f"the shapes do not speak of {type(term).__name__}")


def _term(node: Node | None) -> str:
    """A node as N-Triples writes it; nothing for paths and shapes without an address."""
    return node.n3() if isinstance(node, rdflib.URIRef | rdflib.Literal) else ""


def turtle(findings: Iterable[Finding]) -> str:
    """The findings as a SHACL validation report."""
    found = list(findings)
    lines = ["@prefix sh: <http://www.w3.org/ns/shacl#> .", "@prefix dcterms: <http://purl.org/dc/terms/> .", ""]
    lines.append(f"[] a sh:ValidationReport ; sh:conforms {'false' if found else 'true'}")
    for each in found:
        told = {
            "sh:focusNode": each.node, "sh:resultPath": each.path, "sh:value": each.value, "sh:sourceShape": each.shape,
            "sh:resultMessage": f"{rdflib.Literal(each.message, 'en').n3()}, {rdflib.Literal(each.dutch, 'nl').n3()}",
            "dcterms:isPartOf": f"<{each.graph}>",
        }  # fmt: skip
        said = " ;\n    ".join(f"{name} {value}" for name, value in told.items() if value)
        lines.append(f"  ; sh:result [ a sh:ValidationResult ; sh:resultSeverity sh:Violation ;\n    {said} ]")
    return "\n".join([*lines, "  ."]) + "\n"
