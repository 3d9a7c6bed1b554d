"""`demo` and `build`: from papers to a graph."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exports.commands.writing import ExportFormat, draw_to, export_to
from exports.progress import progress
from exports.terminal import (
    DEFAULT_STORE,
    CorrectionsOption,
    KnownOption,
    Language,
    RegisterOption,
    StoreOption,
    app,
    complain,
    fail,
    interrupted,
    is_quiet,
    is_verbose,
    listed,
    opened,
    say,
    show,
)

if TYPE_CHECKING:
    from graph.build import Progress
    from graph.gather import Found
    from graph.open import Graph
    from graph.report import Report
    from graph.store import Source


_SHOWN = 5
"""Rows of each table of the demo."""


class Engine(StrEnum):
    """What reads the papers."""

    here = "here"
    spark = "spark"


@app.command(epilog="Example: kamergraaf demo")
def demo(
    folder: Annotated[Path, typer.Option("--out", "-o", help="Where the results go.")] = Path("out"),
) -> None:
    """Build a graph from the sample documents that come with the program and show what came out."""
    import graph as package

    papers = folder / "papers"
    shutil.copytree(Path(package.__file__).parent / "samples", papers, dirs_exist_ok=True)
    store = folder / "store"
    with opened(store, write=True) as graph:
        report = shown(lambda step: graph.build([papers], prune=True, progress=step))
    with opened(store) as graph:
        _show(graph, ("most-referred-to", "final-answer", "problems", "unresolved"))
        export_to(graph, ExportFormat.turtle, folder / "graph.ttl", everything=False)
        draw_to(graph, folder / "graph.html", None, 1, None, Language.nl)
    # as the person called it, so that the lines can be pasted
    command = "kamergraaf" if shutil.which("kamergraaf") == sys.argv[0] else sys.argv[0]
    for line in f"""
The papers are in {papers}, the graph in {store}. Try next:
  open {folder / "graph.html"} in a browser
  {command} query documents-by-treaty --set treaty=npt --store {store}
  {command} query --list
  {command} references {papers / "brief-kernwapens-belarus.txt"}
  {command} build FOLDER        with papers of your own (PDF, DOCX, HTML, XML, text, ...)""".splitlines():
        say(line)
    if report.failed:
        raise typer.Exit(1)


def _show(graph: Graph, names: tuple[str, ...]) -> None:
    from exports import tables
    from exports.named import query as named

    show(tables.of_counts(graph.store))
    for name in names:
        each = named(name)
        columns, rows = tables.solutions(graph.query(each.filled({})))
        short = [[tables.brief(cell) for cell in cells] for cells in rows[:_SHOWN]]
        show("", tables.of_rows(each.title, columns, short) if rows else f"{each.title}: none")


@app.command(epilog="Example: kamergraaf build papers/ --store my-graph; find . -name '*.pdf' | kamergraaf build -")
def build(
    paths: Annotated[
        list[Path] | None,
        typer.Argument(
            readable=False, help="Files, folders and zip files with papers; - for a list on standard input."
        ),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove from the graph what came from files that are gone.")
    ] = False,
    registers: RegisterOption = None,
    known: KnownOption = None,
    corrections: CorrectionsOption = None,
    target: Annotated[Path | None, typer.Option("--report", help="Write the report to this file, as JSON.")] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="How many files are read at once; 0: one a core.")
    ] = 0,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="The most time for one file.")] = 120,
    memory: Annotated[int, typer.Option("--memory", min=300, help="The most memory for a worker, in MB.")] = 2048,
    follow_links: Annotated[
        bool, typer.Option("--follow-links", help="Also read what symbolic links in a folder lead to outside it.")
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="List what would be read, skipped and missing; write nothing.")
    ] = False,
    watched: Annotated[
        bool, typer.Option("--watch", help="Go on and build what changes in the folders, until Ctrl-C.")
    ] = False,
    engine: Annotated[
        Engine, typer.Option("--engine", help="Read here, or on many machines by Spark; see docs/scale.md.")
    ] = Engine.here,
    master: Annotated[
        str, typer.Option("--master", metavar="URL", help="Spark: where it is, such as spark://host:7077.")
    ] = "local[*]",
    shards: Annotated[
        Path | None,
        typer.Option(
            "--shards", metavar="FOLDER", help="Spark: a folder that all its machines see, for what papers say."
        ),
    ] = None,
    table: Annotated[
        str | None,
        typer.Option("--table", metavar="URL", help="Spark: papers as a Parquet table of path, and bytes or text."),
    ] = None,
    size: Annotated[int, typer.Option("--shard-size", min=1, help="Spark: the most papers in a shard.")] = 1000,
    loaded: Annotated[
        bool, typer.Option("--load/--no-load", help="Spark: load the graph, or leave it at the shards.")
    ] = True,
) -> None:
    """Read, link and store papers; only what is new or changed. Exit code 1 if some files could not be read."""
    from exports.commands.watching import go_on
    from graph.limits import Limits
    from graph.read import READERS

    limits, spread_out = Limits(seconds, memory, workers), engine is Engine.spark
    if not (paths or table):
        fail("name files, folders or zip files with papers", 2)
    if watched and spread_out:
        fail("--watch does not go with --engine spark", 2)
    if dry_run and (watched or spread_out):
        fail("--dry-run goes with neither --watch nor --engine spark", 2)
    if corrections and spread_out:
        fail("--corrections does not go with --engine spark", 2)
    if table and not spread_out:
        fail("--table goes with --engine spark", 2)

    def once(among: Iterable[Path] | None = None) -> Report:
        there = _discover(files, store, follow_links)
        if not (there.files or watched or (store / "quads").exists()):
            report = _nothing(there)
        else:
            with opened(store, write=True, patient=watched) as graph:
                report = shown(
                    lambda step: graph.build(
                        files, prune, step, registers or [], limits, known, among, corrections, there
                    )
                )
        keep(report, target)
        return report

    if watched:
        # as the watch names what changes
        files = [path.resolve() if path.is_dir() else path for path in paths or []]
        go_on(files, once)
        return
    files = listed(paths or [])
    if dry_run:
        report = _plan(files, store, registers or [], known, corrections, _discover(files, store, follow_links))
        keep(report, target)
        if report.failed:
            raise typer.Exit(1)
        return
    if spread_out:
        from exports.commands.spreading import load, spread

        place = spread(files, table, store, master, shards, size, registers or [], known, limits, follow_links)
        if loaded:
            load(place, store, prune, target)
        return
    report = once()
    if not (report.built or report.unchanged or report.twins or report.failed or report.missing or report.stale):
        fail(
            f"no papers found in {', '.join(map(str, files))}: there are no files that end in {', '.join(READERS)} or .zip"
        )
    if report.failed:
        raise typer.Exit(1)


def _discover(paths: list[Path], store: Path, follow_links: bool) -> Found:
    """Find the files before the graph is opened, which would make one where there is none."""
    from graph.gather import find

    return find(paths, store.resolve().parent, follow_links)


def _nothing(found: Found) -> Report:
    """Tell that there is nothing to read, for which no graph is made."""
    from exports import reports
    from graph.report import Report

    report = Report(skipped=found.skipped, failed=found.failed, hidden=found.hidden)
    for failure in report.failed:
        complain(str(failure))
    for line in reports.skipped(report, is_verbose()):
        say(line)
    return report


def _plan(
    paths: list[Path],
    store: Path,
    registers: list[Path],
    known: Path | None,
    corrections: Path | None,
    found: Found,
) -> Report:
    """Tell what a build would do, and give it as a report."""
    from exports import reports
    from graph.plan import plan

    sources: Mapping[str, Source] = {}
    if (store / "quads").exists():
        with opened(store) as graph:
            sources = graph.store.sources()
    report = plan(paths, sources, store.resolve().parent, found, registers, known, corrections)
    for line in reports.plan(report):
        say(line)
    return report


def keep(report: Report, target: Path | None) -> None:
    """Write a report to a file, if one was asked for."""
    from exports import reports
    from graph.disk_full import reason

    if target:
        try:
            reports.write(report, target)
        except OSError as error:
            fail(f"{target} cannot be written: {reason(error, target)}")


def shown(make: Callable[[Progress], Report]) -> Report:
    """Run a build with a progress bar and print its report."""
    from exports import reports

    try:
        with progress("reading") as step:
            report = make(step)
    except KeyboardInterrupt:
        interrupted("the build was interrupted; what was read is kept, the rest is read next time")
    for line in reports.lines(report, in_full=is_verbose()):
        say(line)
    if is_quiet():
        for line in reports.failures(report):
            complain(line)
    return report
