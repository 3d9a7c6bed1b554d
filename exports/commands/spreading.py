"""`build --engine spark` and `load`: papers described on many machines, and the graph made of that."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from exports.commands.building import keep, shown
from exports.messages import counted
from exports.terminal import DEFAULT_STORE, StoreOption, app, fail, opened, say

if TYPE_CHECKING:
    from exports.spark.run import Ran
    from graph.limits import Limits


def spread(
    paths: Sequence[Path],
    table: str | None,
    store: Path,
    master: str,
    shards: Path | None,
    size: int,
    registers: Sequence[Path],
    known: Path | None,
    limits: Limits,
    follow_links: bool = False,
) -> Path:
    """Let Spark describe papers and give the folder of shards; names are those that a build of the same graph would give."""
    from exports.spark.run import Run, held
    from exports.spark.session import SparkError, session
    from exports.spark.task import Job
    from graph.authorities import made_by
    from graph.disk_full import reason
    from graph.gather import find, name_of
    from graph.known import Known
    from graph.shard import ShardError, keep_aids
    from graph.work import Aids
    from ontology.registers import Registers

    if table and paths:
        fail("name files or a --table, not both", 2)
    # what is wrong with them is said before anything is written
    Registers.load(*registers)
    version = made_by(tuple(registers), Known.load(known) if known else None)
    folder = (shards or store.with_name(f"{store.name}-shards")).absolute()
    base, places = store.resolve().parent, [path.absolute() for path in paths]
    try:
        with held(folder), session(master) as spark:
            keep_aids(folder, Aids(tuple(registers), known))
            run = Run(spark, Job(str(folder), version, limits), size)
            ran = (
                run.table(table)
                if table
                else run.files(find(places, base, follow_links), [name_of(each, base) for each in places])
            )
    except (SparkError, ShardError) as error:
        fail(str(error))
    except OSError as error:
        fail(f"the shards in {folder} cannot be written: {reason(error, folder)}")
    say(_told(ran, folder))
    return folder


def _told(ran: Ran, folder: Path) -> str:
    """What a run did, in a line."""
    papers, quads = (sum(getattr(each, what) for each in ran.shards) for what in ("papers", "quads"))
    failed = f", {ran.failed} failed ({folder / 'failed.jsonl'})" if ran.failed else ""
    return f"{folder}: {counted(len(ran.made), 'shard')} made, {len(ran.shards)} in all with {counted(papers, 'paper')} and {counted(quads, 'quad')}{failed}"


@app.command(epilog="Example: kamergraaf load my-graph-shards/ --store my-graph")
def load(
    shards: Annotated[Path, typer.Argument(metavar="FOLDER", help="What `build --engine spark` left.")],
    store: StoreOption = DEFAULT_STORE,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove from the graph what came from files that are gone.")
    ] = False,
    target: Annotated[Path | None, typer.Option("--report", help="Write the report to this file, as JSON.")] = None,
) -> None:
    """Bring a graph in line with shards, as a build of the papers would: only what is new or changed is loaded."""
    from graph.shard import ShardError
    from graph.shards import take_in

    with opened(store, write=True) as graph:
        try:
            report = shown(lambda step: take_in(graph.store, shards, prune, step))
        except ShardError as error:
            fail(str(error))
    keep(report, target)
    if report.failed:
        raise typer.Exit(1)
