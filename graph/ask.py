"""Run a query in a process of its own, which can be ended: the engine itself knows no time limit and may crash.

Started as `python -m graph.ask FOLDER FORMAT` with the query on standard input; the answer comes whole on standard output.
"""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pyoxigraph

from graph.cells import harmless
from graph.guard import Refused, check
from graph.sandbox import close_network
from ontology.terms import PREFIXES

FORMATS = {
    "json": pyoxigraph.QueryResultsFormat.JSON,
    "csv": pyoxigraph.QueryResultsFormat.CSV,
    "tsv": pyoxigraph.QueryResultsFormat.TSV,
    "xml": pyoxigraph.QueryResultsFormat.XML,
}
_NUMBERS = {f"{PREFIXES['xsd']}{name}" for name in ("integer", "decimal", "double", "float")}
_WRONG = 3
"""Exit code of the child for a query that is wrong, with the reason on standard error."""


class QueryError(Exception):
    """A query that was refused, is wrong, took too long or ended its process; the message says which and what to do."""


def ask(folder: Path, query: str, form: str = "json", seconds: float = 60) -> bytes:
    """The answer to a query in a format of SPARQL results; graphs that a CONSTRUCT makes come as N-Triples.

    Raises QueryError, after `seconds` at the latest.
    """
    try:
        check(query)
    except Refused as refused:
        raise QueryError(str(refused)) from refused
    # -P: no module in the folder where someone happens to work stands in for one of ours
    command = [sys.executable, "-P", "-m", "graph.ask", str(folder), form]
    try:
        done = subprocess.run(command, input=query.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as expired:
        raise QueryError(
            f"the query was ended after {seconds:g} seconds; make it more exact, or give --timeout"
        ) from expired
    if done.returncode == 0:
        return done.stdout
    reason = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == _WRONG:
        raise QueryError(reason)
    raise QueryError(
        f"the process that ran the query died ({reason.splitlines()[-1] if reason else f'code {done.returncode}'})"
    )


def answer(store: pyoxigraph.Store, query: str, form: str) -> bytes:
    """The answer of a store in this process. Raises SyntaxError or ValueError for a query that the engine refuses."""
    result = store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)
    if isinstance(result, pyoxigraph.QueryTriples):
        return result.serialize(format=pyoxigraph.RdfFormat.N_TRIPLES) or b""
    if form == "csv" and isinstance(result, pyoxigraph.QuerySolutions):
        return _csv(result)
    return result.serialize(format=FORMATS[form]) or b""


def _csv(solutions: pyoxigraph.QuerySolutions) -> bytes:
    """Solutions as CSV, with nothing in it that a spreadsheet would run.

    The engine's own writer leaves an address with a comma in it unquoted, as all places have.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(variable.value for variable in solutions.variables)
    for solution in solutions:
        writer.writerow(_cell(term) for term in solution)
    return out.getvalue().encode()


def _cell(term: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.Literal | pyoxigraph.Triple | None) -> str:
    if term is None:
        return ""
    if isinstance(term, pyoxigraph.Literal):
        return term.value if term.datatype.value in _NUMBERS else harmless(term.value)
    return term.value if isinstance(term, pyoxigraph.NamedNode) else str(term)


def _syntax(query: str, error: str) -> str:
    """Where a query is wrong. The engine itself lists every character that could have stood there."""
    place = re.match(r"error at ([0-9]+):([0-9]+)", error)
    if place is None:
        return " ".join(error.split())[:300]
    line, column = int(place[1]), int(place[2])
    lines = query.split("\n")
    rest = lines[line - 1][column - 1 :].strip() if line <= len(lines) else ""
    if "Prefix not found" in error:
        return f"a prefix is used at line {line}, column {column} without a line PREFIX above that says what it is"
    return f"the syntax is wrong at line {line}, column {column}, " + (f"at: {rest[:40]}" if rest else "where it ends")


def _main(folder: str, form: str) -> int:
    from graph.store import Store, StoreError

    query = sys.stdin.buffer.read().decode("utf-8")
    close_network()
    try:
        with Store(Path(folder)) as store:
            sys.stdout.buffer.write(answer(store.quads, query, form))
    except SyntaxError as error:
        print(_syntax(query, str(error)), file=sys.stderr)
        return _WRONG
    except (ValueError, RuntimeError, OSError, StoreError) as error:
        print(error, file=sys.stderr)
        return _WRONG
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
