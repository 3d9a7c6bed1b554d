"""`build --watch`: build what is there, then what changes, until somebody ends it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from exports.terminal import complain, fail, say

if TYPE_CHECKING:
    from graph.report import Report

_MOST_NAMES = 20


def go_on(paths: list[Path], build: Callable[[Iterable[Path] | None], Report]) -> None:
    """Build the folders, then again and again what changed in them; `build` is told what that is, None for everything.

    Ctrl-C ends it; in the middle of a build that ends with exit code 130, as every build.
    """
    from graph.known import KnownError
    from graph.watch import watch
    from ontology.registers import RegisterError

    if other := [path for path in paths if not path.is_dir()]:
        fail(f"--watch watches folders, and {other[0]} is none", 2)
    try:
        changes = watch(paths)
        # before the first look at the files, so that no change falls between the two
        next(changes)
        build(None)
        say(f"watching {', '.join(map(str, paths))}; Ctrl-C ends it")
        for changed in changes:
            try:
                _tell(build(changed))
            except (RegisterError, KnownError) as error:
                complain(str(error))
    except KeyboardInterrupt:
        say("ended")


def _tell(report: Report) -> None:
    for name in report.built[:_MOST_NAMES]:
        say(f"  read: {name}")
    if len(report.built) > _MOST_NAMES:
        say(f"  and {len(report.built) - _MOST_NAMES} more")
