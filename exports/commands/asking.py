"""`query` and `info`: what a graph says."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from exports.terminal import DEFAULT_STORE, StoreOption, app, fail, opened, out, stale_lines


class QueryFormat(StrEnum):
    """How `query` writes."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command(epilog="Example: kamergraaf query documents-by-treaty --set treaty=ctbt --format csv")
def query(
    what: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE|SPARQL", help="A named query, a file with a query, or the query itself."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Fill a slot of a named query.")
    ] = None,
    form: Annotated[
        QueryFormat | None, typer.Option("--format", help="table for people (csv where the output is piped).")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which the query is ended.")] = 60,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="Ask a SPARQL server instead of a graph on disk.")
    ] = None,
) -> None:
    """Ask the graph: by a named query, a file, or SPARQL. It runs in a process of its own and can reach no other host."""
    from exports import tables
    from exports.named import all_queries

    if listing:
        rows = [(each.name, each.title, each.says, ", ".join(each.slots)) for each in all_queries()]
        out().print(tables.of_rows("Named queries", ("name", "title", "what it is for", "--set"), rows))
        return
    if what is None:
        fail("give the name of a query, a file or SPARQL; kamergraaf query --list shows the names", 2)
    sparql = _sparql(what, settings or [])
    chosen = form or (QueryFormat.table if out().is_terminal else QueryFormat.csv)
    form_asked = "csv" if chosen is QueryFormat.csv else "json"
    answer = (
        _from_server(endpoint, sparql, form_asked, timeout)
        if endpoint
        else _from_store(store, sparql, form_asked, timeout)
    )
    if chosen is not QueryFormat.table or not answer.lstrip().startswith(b"{"):
        # a CONSTRUCT gives statements, which begin with an address; a heading begins with a name
        rows_asked = chosen is QueryFormat.csv and not answer.startswith((b"<", b"_:"))
        sys.stdout.buffer.write(tables.harmless(answer) if rows_asked else answer.replace(b"\r\n", b"\n"))
        sys.stdout.buffer.flush()
        return
    columns, rows_found = tables.solutions(answer)
    short = [[tables.brief(cell) for cell in cells] for cells in rows_found]
    out().print(tables.of_rows(f"{len(rows_found)} rows; --format csv has the addresses in full", columns, short))


def _from_store(store: Path, sparql: str, form: str, timeout: float) -> bytes:
    from graph.ask import QueryError, ask

    with opened(store):  # what is wrong with the graph is said here, before a process is started for the query
        pass
    try:
        return ask(store, sparql, form, timeout)
    except QueryError as error:
        fail(f"the query does not run: {error}", 1)


def _from_server(endpoint: str, sparql: str, form: str, timeout: float) -> bytes:
    from exports.remote import ACCEPTED, Remote, RemoteError, asked

    try:
        with Remote(endpoint, seconds=timeout) as server:
            return asked(server, sparql, ACCEPTED[form])
    except RemoteError as error:
        fail(f"the query does not run: {error}", 1)


def _sparql(what: str, settings: list[str]) -> str:
    """The query that a name, a file or a text stands for, its slots filled."""
    from exports.named import NoSuchQuery
    from exports.named import query as named
    from ontology.regular import read_regular

    values = dict(setting.split("=", 1) for setting in settings if "=" in setting)
    if len(values) != len(settings):
        fail("--set wants NAME=VALUE, such as --set treaty=npt", 2)
    if not what.strip().isidentifier() and ("{" in what or " " in what.strip()):
        return what
    try:
        if what.endswith((".rq", ".sparql")) or "/" in what:
            return read_regular(Path(what)).decode("utf-8")
        return named(what).filled(values)
    except NoSuchQuery as error:
        fail(f"{error}; kamergraaf query --list tells more", 2)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"the query file {what} cannot be read: {getattr(error, 'strerror', None) or error}", 2)


@app.command(epilog="Example: kamergraaf info --store my-graph")
def info(store: StoreOption = DEFAULT_STORE) -> None:
    """Tell what is in the graph: papers, mentions per kind, unresolved, sources."""
    from exports import tables

    with opened(store) as graph:
        sources = graph.store.sources()
        out().print(
            f"{tables.papers(graph.store)} papers from {len(sources)} files, {len(graph.store.quads)} statements"
        )
        out().print(
            f"built by {', '.join(sorted({source.built_by for source in sources.values()})) or 'nothing yet'}",
            soft_wrap=True,
        )
        for line in stale_lines(graph.store.stale()):
            out().print(line, markup=False, soft_wrap=True)
        out().print(tables.of_counts(graph.store))
