"""`query` and `info`: what a graph says."""

from __future__ import annotations

import sys
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exports.messages import counted, printable
from exports.terminal import (
    DEFAULT_STORE,
    StoreOption,
    app,
    empty,
    fail,
    fail_with_lines,
    opened,
    out,
    say,
    show,
    stale_lines,
    warn_if_empty,
)

if TYPE_CHECKING:
    from exports.named import NamedQuery
    from graph.lookup import Entity
    from graph.open import Graph


class QueryFormat(StrEnum):
    """How `query` writes."""

    table = "table"
    csv = "csv"
    json = "json"


@app.command(
    epilog="Example: kamergraaf query documents-by-treaty --set treaty=NPV --format csv", add_help_option=False
)
def query(
    context: typer.Context,
    what: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE|SPARQL", help="A named query, a file with a query, or the query itself."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    settings: Annotated[
        list[str] | None,
        typer.Option(
            "--set", metavar="NAME=VALUE", help="Set a parameter of a named query; query NAME --help lists them."
        ),
    ] = None,
    form: Annotated[
        QueryFormat | None, typer.Option("--format", help="table for people (csv where the output is piped).")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which the query is ended.")] = 60,
    endpoint: Annotated[
        str | None, typer.Option("--endpoint", metavar="URL", help="Ask a SPARQL server instead of a graph on disk.")
    ] = None,
    helping: Annotated[
        bool, typer.Option("--help", "-h", help="Show this message, or with NAME what that query is and takes.")
    ] = False,
) -> None:
    """Ask the graph: by a named query, a file, or SPARQL. It runs in a process of its own and can reach no other host."""
    from exports import tables
    from exports.named import all_queries

    if helping:
        _help(context, what)
        return
    if listing:
        listed = [(each.name, f"{each.title}. {each.says}", _told(each)) for each in all_queries()]
        show(tables.of_rows("Named queries", ("name", "what it answers", "--set (defaults)"), listed, whole=("name",)))
        return
    if what is None:
        fail("give the name of a query, a file or SPARQL; kamergraaf query --list shows the names", 2)
    sparql = _sparql(what, settings or [], None if endpoint else store)
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
    title = f"{counted(len(rows_found), 'row')}; --format csv has the addresses in full"
    show(tables.of_rows(title, columns, short))


def _from_store(store: Path, sparql: str, form: str, timeout: float) -> bytes:
    from graph.ask import QueryError, ask

    with opened(store) as graph:  # what is wrong with it is said here, before a process is started for the query
        warn_if_empty(graph, store)
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


def _help(context: typer.Context, what: str | None) -> None:
    """Show the help of the command, or what a named query is and takes."""
    from exports.named import query as named

    if what is None or _is_sparql(what) or _is_file(what):
        typer.echo(context.get_help())
        return
    with _told_plainly():
        asked = named(what)
    say_out = partial(out().print, markup=False, soft_wrap=True)
    say_out(f"{asked.name}: {asked.title}\n\n{asked.says}\n")
    if asked.parameters:
        say_out("Parameters, each set with --set NAME=VALUE:")
    for each in asked.parameters.values():
        say_out(
            f"  {each.name}: {each.says}\n    {each.expected}, such as {each.example}; default: {each.shown or 'none'}"
        )
    say_out(f"\nExample:\n  {asked.example}")


def _told(asked: NamedQuery) -> str:
    """The parameters of a query with their defaults, for the list."""
    return ", ".join(f"{each.name}={each.shown}" if each.shown else each.name for each in asked.parameters.values())


@contextmanager
def _told_plainly() -> Iterator[None]:
    """End the command with a sentence for a query, a parameter or a name that there is not, and for a wrong value."""
    from exports.named import NoSuchQuery, WrongValue
    from graph.lookup import UnknownName

    try:
        yield
    except NoSuchQuery as error:
        fail(f"{error}; kamergraaf query --list tells more", 2)
    except WrongValue as error:
        fail(f"--set {error}", 2)
    except UnknownName as error:
        fail_with_lines(str(error).splitlines())


def _is_sparql(what: str) -> bool:
    return not what.strip().isidentifier() and ("{" in what or " " in what.strip())


def _is_file(what: str) -> bool:
    return what.endswith((".rq", ".sparql")) or "/" in what


def _sparql(what: str, settings: list[str], store: Path | None) -> str:
    """The query that a name, a file or a text stands for, its parameters set; names are looked up in the store, if there is one."""
    from exports.named import query as named
    from ontology.regular import read_regular

    values = dict(setting.split("=", 1) for setting in settings if "=" in setting)
    if len(values) != len(settings):
        fail("--set wants NAME=VALUE, each name once, such as --set treaty=NPV", 2)
    if values and (_is_sparql(what) or _is_file(what)):
        fail("--set is for named queries; write the value into the query itself", 2)
    if _is_sparql(what):
        return what
    if _is_file(what):
        try:
            return read_regular(Path(what)).decode("utf-8")
        except (OSError, UnicodeDecodeError) as error:
            fail(f"the query file {what} cannot be read: {getattr(error, 'strerror', None) or error}", 2)
    with _told_plainly():
        asked = named(what)
        if store is None or not any(name in asked.parameters and asked.parameters[name].kinds for name in values):
            return asked.filled(asked.parse(values, _from_registers))
        with opened(store) as graph:
            return asked.filled(asked.parse(values, partial(_from_graph, graph)))


def _from_graph(graph: Graph, name: str, kinds: Collection[str]) -> Entity:
    """Find what a name means in a graph; say what it was taken for where it is only part of a name."""
    from graph.lookup import Rank

    match = graph.entities.find(name, kinds)
    if match.rank >= Rank.WORDS:
        say(f'"{name}" is read as {match.entity.label} ({match.entity.kind}, {match.entity.id})')
    return match.entity


def _from_registers(name: str, kinds: Collection[str]) -> Entity:
    """Find what a name means without a graph: in the registers, or by its number."""
    from graph.find import references
    from graph.lookup import choose, meant, read_references, registered
    from ontology.registers import Registers

    registers = Registers.load()
    found = meant(name, registers, references)
    if found and (found.kind in kinds or "paper" in kinds):
        return found
    entities = [each for each in registered(registers) if each.kind in kinds]
    return choose(name, entities, read_references(name, references), kinds).entity


@app.command(epilog="Example: kamergraaf info --store my-graph")
def info(store: StoreOption = DEFAULT_STORE) -> None:
    """Tell what is in the graph: papers, mentions per kind, unresolved, sources."""
    from exports import tables
    from exports.reports import totals
    from graph.counts import counts

    with opened(store) as graph:
        found = counts(graph.store)
        if not found.papers:
            show(empty(store))
            return
        builders = ", ".join(sorted({source.built_by for source in graph.store.sources().values()})) or "nothing yet"
        show(
            *totals(found),
            f"built by {printable(builders)}",
            *stale_lines(graph.store.stale()),
            tables.of_counts(graph.store),
        )
