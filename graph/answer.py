"""Answer a query with a store in this process: the dataset that is meant, the format that is asked for, errors as sentences.

Nothing here limits time or memory: queries of strangers are answered in a process that can be ended (`ask.py`, `askers.py`).
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO, Protocol, cast

import pyoxigraph

from graph.guard import names_dataset
from ontology.terms import PREFIXES

ROWS = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "xml": pyoxigraph.QueryResultsFormat.XML,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
}
"""The formats of what SELECT and ASK give."""
TRIPLES = {
    "turtle": pyoxigraph.RdfFormat.TURTLE,
    "ntriples": pyoxigraph.RdfFormat.N_TRIPLES,
    "rdfxml": pyoxigraph.RdfFormat.RDF_XML,
    "jsonld": pyoxigraph.RdfFormat.JSON_LD,
    "trig": pyoxigraph.RdfFormat.TRIG,
    "nquads": pyoxigraph.RdfFormat.N_QUADS,
}
"""The formats of what CONSTRUCT and DESCRIBE give."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query, the formats that its answer may have, and the graphs that it is asked of.

    `rows` is a name in ROWS for the answer to SELECT and ASK, `triples` one in TRIPLES for that to CONSTRUCT and DESCRIBE;
    None where whoever asks takes no such answer. Graphs are addresses; any given here stand in place of what the query says
    with FROM, and with neither all graphs together are the default graph.
    """

    query: str
    rows: str | None = "json"
    triples: str | None = "ntriples"
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()


class Wrong(ValueError):
    """A query that cannot be answered as it is; the message says why and where."""


class WrongFormat(Wrong):
    """An answer that cannot be had in the format that is asked for."""


class Output(Protocol):
    """Where an answer goes; all of a file that the engine uses."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""

    def flush(self) -> object:
        """Do nothing, or bring them further."""


def answer(store: pyoxigraph.Store, question: Question, out: Output) -> str:
    """Write the answer, and give the name of its format.

    Raises Wrong for a query that the engine refuses, WrongFormat, and OSError for a store that cannot be read.
    """
    try:
        result = _result(store, question)
        if isinstance(result, pyoxigraph.QueryTriples):
            return _triples(result, question.triples, out)
        return _rows(result, question.rows, out)
    except Wrong:
        raise
    except SyntaxError as error:
        raise Wrong(syntax(question.query, str(error))) from error
    except (ValueError, RuntimeError) as error:
        raise Wrong(" ".join(str(error).split())[:300]) from error


Result = pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean | pyoxigraph.QueryTriples


def _result(store: pyoxigraph.Store, question: Question) -> Result:
    """What the engine finds. Each of its settings for the dataset would put aside what the query says with FROM."""
    if question.default_graphs or question.named_graphs:
        default: list[pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph]
        default = [pyoxigraph.NamedNode(graph) for graph in question.default_graphs]
        named: list[pyoxigraph.NamedNode | pyoxigraph.BlankNode]
        named = [pyoxigraph.NamedNode(graph) for graph in question.named_graphs]
        return store.query(question.query, prefixes=PREFIXES, default_graph=default, named_graphs=named)
    union = not names_dataset(question.query)
    return store.query(question.query, prefixes=PREFIXES, use_default_graph_as_union=union)


def _rows(result: pyoxigraph.QuerySolutions | pyoxigraph.QueryBoolean, form: str | None, out: Output) -> str:
    if form is None:
        raise WrongFormat("SELECT and ASK give rows; they come as JSON, XML, CSV or TSV")
    if form == "csv" and isinstance(result, pyoxigraph.QuerySolutions):
        _csv(result, out)
    else:
        result.serialize(_file(_Xml(out) if form == "xml" else out), ROWS[form])
    return form


def _triples(result: pyoxigraph.QueryTriples, form: str | None, out: Output) -> str:
    if form is None:
        raise WrongFormat(
            "CONSTRUCT and DESCRIBE give statements; they come as Turtle, N-Triples, RDF/XML, JSON-LD, TriG or N-Quads"
        )
    if form == "rdfxml":
        pyoxigraph.serialize(_for_xml(result), _file(_Xml(out)), TRIPLES[form], prefixes=PREFIXES)
    elif form in ("turtle", "trig"):
        pyoxigraph.serialize(result, _file(out), TRIPLES[form], prefixes=PREFIXES)
    else:
        result.serialize(_file(out), TRIPLES[form])
    return form


def _file(out: Output) -> IO[bytes]:
    return cast("IO[bytes]", out)


def _csv(solutions: pyoxigraph.QuerySolutions, out: Output) -> None:
    """Solutions as CSV. The engine's own writer leaves an address with a comma in it unquoted, as all places have."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(variable.value for variable in solutions.variables)
    for solution in solutions:
        writer.writerow(_cell(term) for term in solution)
        if text.tell() > 8192:
            out.write(text.getvalue().encode())
            text.seek(0)
            text.truncate()
    out.write(text.getvalue().encode())


def _cell(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None) -> str:
    if term is None:
        return ""
    return term.value if isinstance(term, (pyoxigraph.NamedNode, pyoxigraph.Literal)) else str(term)


_LOCAL = re.compile(r"[A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff][\w.-]*$")


def _for_xml(triples: pyoxigraph.QueryTriples) -> Iterator[pyoxigraph.Triple]:
    """The same triples, if each property can be the name of an element: the engine would write one without a name."""
    for triple in triples:
        if not _LOCAL.search(triple.predicate.value):
            raise WrongFormat(f"RDF/XML has no way to write the property {triple.predicate}; ask for Turtle")
        yield triple


class _Xml:
    """An output for XML: characters that XML cannot hold become U+FFFD, and a carriage return is written so that it stays."""

    _FORBIDDEN = re.compile(rb"[\x00-\x08\x0b\x0c\x0e-\x1f]|\xef\xbf[\xbe\xbf]|\r")

    def __init__(self, out: Output) -> None:
        self._out, self._kept = out, b""

    def write(self, data: bytes, /) -> int:
        whole = self._kept + data
        # U+FFFE and U+FFFF have three bytes, which may come in two pieces
        cut = next((size for size in (2, 1) if whole.endswith(b"\xef\xbf"[:size])), 0)
        whole, self._kept = whole[: len(whole) - cut], whole[len(whole) - cut :]
        self._out.write(self._FORBIDDEN.sub(lambda found: b"&#xD;" if found[0] == b"\r" else b"\xef\xbf\xbd", whole))
        return len(data)

    def flush(self) -> None:
        """Nothing: what was kept back is the beginning of a character, which no XML ends with."""


def syntax(query: str, error: str) -> str:
    """Where a query or an update is wrong, by the error of the engine. The engine itself lists every character that could have stood there."""
    place = re.match(r"error at ([0-9]+):([0-9]+)", error)
    if place is None:
        return " ".join(error.split())[:300]
    line, column = int(place[1]), int(place[2])
    lines = query.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if "Prefix not found" in error:
        return f"a prefix is used at line {line}, column {column} without a line PREFIX above that says what it is"
    # what is no character but a rule stands among them as words
    told = re.split(r", |expected (?:one of )?", error[place.end() :])
    rules = [each.strip() for each in told if re.search(r"[a-z]{3,} [a-z]{2,}", each)]
    why = f" ({rules[-1]})" if rules else ""
    at = f"at: {rest[:40]}" if rest else "where it ends"
    return f"the syntax is wrong at line {line}, column {column}{why}, {at}"
