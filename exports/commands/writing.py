"""`export` and `draw`: a graph as a file or a page."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from exports.terminal import DEFAULT_STORE, Language, StoreOption, app, fail, opened, say

if TYPE_CHECKING:
    from exports.rows import Table
    from graph.open import Graph

_SHOWN = 20
"""Values that are named, of those that an export could not hold."""


class ExportFormat(StrEnum):
    """The files that `export` makes."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    jsonld = "jsonld"
    graphml = "graphml"
    gexf = "gexf"
    csv = "csv"
    parquet = "parquet"


@app.command(epilog="Example: kamergraaf export --format trig -o papers.trig")
def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="The format of the file.")] = ExportFormat.turtle,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; standard output without it.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also registers, sources and texts, in RDF; not only what papers say.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph to a file that other programs read; the same graph gives the same bytes."""
    with opened(store) as graph:
        export_to(graph, form, target, everything)


def export_to(graph: Graph, form: ExportFormat, target: Path | None, everything: bool) -> None:
    """Write a graph to a file, or to standard output where there is no target.

    Tables are two files: the mentions in the file of that name, the papers beside it.
    """
    from exports.rows import MENTIONS, PAPERS, NoParquet

    if target is None and form is ExportFormat.parquet:
        fail("Parquet is two files: give the name of the first with -o", 2)
    try:
        if target is None:
            _write(graph, form, sys.stdout.buffer, everything, MENTIONS)
            sys.stdout.buffer.flush()
        elif form in (ExportFormat.csv, ExportFormat.parquet):
            _write_file(graph, form, target, everything, MENTIONS)
            _write_file(graph, form, target.with_stem(f"{target.stem}-papers"), everything, PAPERS)
        else:
            _write_file(graph, form, target, everything, MENTIONS)
    except NoParquet as error:
        fail(str(error))


def _write_file(graph: Graph, form: ExportFormat, target: Path, everything: bool, table: Table) -> None:
    from exports.files import writing
    from graph.disk_full import reason

    try:
        with writing(target) as file:
            said = _write(graph, form, file, everything, table)
    except OSError as error:
        fail(f"{target} cannot be written: {reason(error, target)}")
    say(f"{target}: {said}")


def _write(graph: Graph, form: ExportFormat, file: BinaryIO, everything: bool, table: Table) -> str:
    """Write, and say how much it was."""
    from exports import gexf, graphml, rdf, rows
    from graph.network import parts

    match form:
        case ExportFormat.graphml | ExportFormat.gexf:
            changed = set[str]()
            edges = (graphml if form is ExportFormat.graphml else gexf).write(parts(graph.store), file, changed)
            _tell(changed)
            return f"{edges} edges"
        case ExportFormat.csv:
            return f"{rows.write_csv(graph.store, table, file)} {table.name}"
        case ExportFormat.parquet:
            return f"{rows.write_parquet(graph.store, table, file)} {table.name}"
        case _:
            return f"{rdf.write(graph.store, form.value, file, everything)} statements"


def _tell(changed: set[str]) -> None:
    """Say which values are not in the file as they are in the graph."""
    if changed:
        say(f"{len(changed)} values hold characters that XML has no way to write; they stand there as \ufffd:")
    for value in sorted(changed)[:_SHOWN]:
        say(f"  {value[:100]!a}")
    if len(changed) > _SHOWN:
        say(f"  and {len(changed) - _SHOWN} others; N-Quads hold all of them as they are")


@app.command(epilog="Example: kamergraaf draw -o npt.html --around npt --depth 2")
def draw(
    target: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path("graph.html"),
    around: Annotated[
        str | None, typer.Option("--around", help="Only what is near this: npt, kst-33279-40, a name, an address.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, help="How many steps around it.")] = 1,
    kinds: Annotated[
        str | None, typer.Option("--kinds", help="Only these kinds, with commas between them: treaty,person.")
    ] = None,
    language: Annotated[
        Language, typer.Option("--language", help="The language that the page opens in.")
    ] = Language.nl,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Draw the graph as one interactive page that works without network, up to 100,000 nodes."""
    with opened(store) as graph:
        draw_to(graph, target, around, depth, kinds, language)


def draw_to(graph: Graph, target: Path, around: str | None, depth: int, kinds: str | None, language: Language) -> None:
    """Write a graph, or what is around something in it, as a page."""
    from exports.page import write
    from graph import network as networks
    from graph.disk_full import reason

    network = graph.network()
    if kinds:
        known = {str(kind) for _, kind in network.nodes(data="kind")}
        wanted = {kind.strip() for kind in kinds.split(",") if kind.strip()}
        if unknown := wanted - known:
            fail(
                f"the graph has nothing of the kind {', '.join(sorted(unknown))}; it has: {', '.join(sorted(known))}", 2
            )
        network = networks.only(network, wanted)
    if around:
        middle = next(networks.find(network, around), None)
        if middle is None:
            fail(f'nothing in the graph is called "{around}"; try an id such as kst-33279-40 or npt', 2)
        network = networks.around(network, middle, depth)
    try:
        report = write(network, target, title=around or "Kamergraaf", language=language.value)
    except OSError as error:
        fail(f"{target} cannot be written: {reason(error, target)}")
    except ValueError as error:
        fail(str(error))
    left = f"; {report.left} quotes are left out, since the page is large enough" if report.left else ""
    say(f"{target}: {report.nodes} nodes, {report.edges} edges, {report.bytes // 1024} kB{left}")
