"""`verify`, `rebuild`, `backup` and `restore`: nothing lost."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import typer

from exports.commands.building import build
from exports.messages import counted
from exports.terminal import (
    DEFAULT_STORE,
    CorrectionsOption,
    KnownOption,
    RegisterOption,
    StoreOption,
    app,
    complain,
    fail,
    listed,
    say,
    stale_lines,
    told,
)


@app.command(epilog="Example: kamergraaf verify --store my-graph")
def verify(store: StoreOption = DEFAULT_STORE) -> None:
    """Read all of the graph and tell what is damaged, without changing anything. Exit code 1 if something is."""
    from graph import keep
    from graph.lock import way_back

    with told():
        findings = keep.verify(store)
    for finding in findings[:20]:
        complain(finding)
    if findings:
        fail(f"the graph in {store} is damaged ({counted(len(findings), 'finding')}); {way_back(store)}")
    say(f"the graph in {store} is sound")
    for line in stale_lines(keep.stale(store)):
        say(f"  {line}")


@app.command(epilog="Example: kamergraaf rebuild papers/ --store my-graph")
def rebuild(
    paths: Annotated[
        list[Path], typer.Argument(readable=False, help="Files, folders and zip files with all papers of the graph.")
    ],
    store: StoreOption = DEFAULT_STORE,
    registers: RegisterOption = None,
    known: KnownOption = None,
    corrections: CorrectionsOption = None,
) -> None:
    """Build the graph anew from its papers, whatever state it is in. The old files stay beside it until you remove them."""
    from graph import keep
    from graph.gather import find
    from graph.work import Aids

    for path in paths:
        if path != Path("-") and not os.path.lexists(path):
            fail(f"{path} is not there; nothing was changed", 2)
    places = listed(paths)
    if not find(places, None).files:
        fail(f"no papers found in {', '.join(map(str, places))}; nothing was changed")
    # what is wrong with them is said before the old graph is moved away
    Aids(tuple(registers or ()), known, corrections).line()
    with told():
        aside = keep.set_aside(store)
    if aside:
        say(f"the files of the old graph are in {aside}; remove that folder when the new graph is as you want it")
    build(places, store, registers=registers, known=known, corrections=corrections)


@app.command(epilog="Example: kamergraaf backup /media/disk/my-graph --store my-graph")
def backup(
    target: Annotated[Path, typer.Argument(metavar="DIR", help="A new folder.")], store: StoreOption = DEFAULT_STORE
) -> None:
    """Copy the graph to a new folder, also while it is being built. The copy is a graph: every command works on it."""
    from graph import keep

    with told():
        version = keep.backup(store, target)
    say(f"{target}: the graph in {store} as it was after {counted(version, 'change')}")


@app.command(epilog="Example: kamergraaf restore /media/disk/my-graph --store my-graph")
def restore(
    copy: Annotated[Path, typer.Argument(metavar="DIR", help="The folder that backup made.")],
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Make a backup the graph in a folder that has none yet, after looking it over."""
    from graph import keep

    with told():
        version = keep.restore(copy, store)
    say(f"{store}: the graph in {copy} as it was after {counted(version, 'change')}")
