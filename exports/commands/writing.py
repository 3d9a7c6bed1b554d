"""`export` and `draw`: a graph as a file or a page."""

from __future__ import annotations

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, BinaryIO

import typer

from exports.messages import counted
from exports.progress import progress
from exports.steps import tracked
from exports.terminal import (
    DEFAULT_STORE,
    Language,
    StoreOption,
    app,
    fail,
    fail_with_lines,
    opened,
    require_papers,
    say,
    warn_if_empty,
)

if TYPE_CHECKING:
    from exports.rows import Table
    from exports.steps import Step
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
    ntriples = "ntriples"
    rdfxml = "rdfxml"
    ttl = "ttl"
    nt = "nt"
    xml = "xml"


_SYNONYMS = {
    ExportFormat.ttl: ExportFormat.turtle,
    ExportFormat.nt: ExportFormat.ntriples,
    ExportFormat.xml: ExportFormat.rdfxml,
}


@app.command(epilog="Example: kamergraaf export --format trig -o papers.trig")
def export(
    form: Annotated[
        ExportFormat,
        typer.Option("--format", help="The format of the file; ttl is turtle, nt is ntriples, xml is rdfxml."),
    ] = ExportFormat.turtle,
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
        warn_if_empty(graph, store)
        export_to(graph, form, target, everything)


def export_to(graph: Graph, form: ExportFormat, target: Path | None, everything: bool) -> None:
    """Write a graph to a file, or to standard output where there is no target.

    Tables are two files: the mentions in the file of that name, the papers beside it.
    """
    from exports.rows import MENTIONS, PAPERS, NoParquet

    form = _SYNONYMS.get(form, form)
    if target is None and form is ExportFormat.parquet:
        fail("Parquet is two files: give the name of the first with -o", 2)
    try:
        if target is None:
            # a bar among the data would be in the way
            with progress("exporting", hidden=sys.stdout.isatty()) as step:
                _write(graph, form, sys.stdout.buffer, everything, MENTIONS, step)
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
        with writing(target) as file, progress("exporting") as step:
            said = _write(graph, form, file, everything, table, step)
    except OSError as error:
        fail(f"{target} cannot be written: {reason(error, target)}")
    say(f"{target}: {said}")


def _write(graph: Graph, form: ExportFormat, file: BinaryIO, everything: bool, table: Table, step: Step) -> str:
    """Write, and return how much it was."""
    from exports import gexf, graphml, rdf, rows
    from graph.network import parts

    changed = set[str]()
    match form:
        case ExportFormat.graphml | ExportFormat.gexf:
            papers = sorted(graph.store.papers())
            network = tracked(parts(graph.store), papers, len(papers), step)
            number = (graphml if form is ExportFormat.graphml else gexf).write(network, file, changed)
            noun = "edge"
        case ExportFormat.csv | ExportFormat.parquet:
            write = rows.write_csv if form is ExportFormat.csv else rows.write_parquet
            number, noun = write(graph.store, table, file, step), table.name.removesuffix("s")
        case _:
            number, noun = rdf.write(graph.store, form.value, file, everything, step, changed), "statement"
    _tell(changed)
    return counted(number, noun)


def _tell(changed: set[str]) -> None:
    """Say which values are not in the file as they are in the graph."""
    if changed:
        say(
            f"{counted(len(changed), 'value')} with characters that XML cannot hold; the file has \ufffd in their place:"
        )
    for value in sorted(changed)[:_SHOWN]:
        say(f"  {value[:100]!a}")
    if len(changed) > _SHOWN:
        say(f"  and {counted(len(changed) - _SHOWN, 'other')}; N-Quads hold all of them as they are")


@app.command(epilog="Example: kamergraaf draw -o npt.html --around npt --depth 2")
def draw(
    target: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path("graph.html"),
    around: Annotated[
        str | None,
        typer.Option(
            "--around",
            help="Only what is near this: any name, abbreviation, number or IRI (npt, NPV, 33279-40, Yeşilgöz).",
        ),
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
    with opened(store) as graph, progress("drawing"):
        require_papers(graph, store)
        draw_to(graph, target, around, depth, kinds, language)


def draw_to(graph: Graph, target: Path, around: str | None, depth: int, kinds: str | None, language: Language) -> None:
    """Write a graph, or what is around something in it, as a page."""
    from exports.page import write
    from graph import network as networks
    from graph.disk_full import reason
    from graph.lookup import UnknownName

    network, title = networks.network(graph.store), "Kamergraaf"
    if kinds:
        known = {str(kind) for _, kind in network.nodes(data="kind")}
        wanted = {kind.strip() for kind in kinds.split(",") if kind.strip()}
        if unknown := wanted - known:
            fail(
                f"the graph has nothing of the kind {', '.join(sorted(unknown))}; it has: {', '.join(sorted(known))}", 2
            )
        network = networks.only(network, wanted)
    if around:
        try:
            middle = graph.entities.node(network, around)
        except UnknownName as error:
            fail_with_lines(str(error).splitlines())
        network = networks.around(network, middle, depth)
        title = str(network.nodes[middle]["label"])
    try:
        report = write(network, target, title=title, language=language.value, names=graph.entities.names(network))
    except OSError as error:
        fail(f"{target} cannot be written: {reason(error, target)}")
    except ValueError as error:
        fail(str(error))
    left = f"; {counted(report.left, 'quote')} left out to keep the page small" if report.left else ""
    size = f"{counted(report.nodes, 'node')}, {counted(report.edges, 'edge')}, {report.bytes // 1024} kB"
    say(f"{target}: {size}{left}")
