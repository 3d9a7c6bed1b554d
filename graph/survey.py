"""Compare the files of a supply with what the graph knows of them: what is new, changed, unchanged, missing or stale."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from pathlib import Path

from graph.filenames import unescape_name
from graph.gather import NOT_THERE, File
from graph.read import InaccessibleError, ReadError, not_opened
from graph.renditions import Sources
from graph.store import Source
from graph.supply import Supply
from ontology.regular import irregular


@dataclass(slots=True)
class Survey:
    """Differences between a supply of files and a graph; all are names of files.

    `to_read` has, with each file to read, the others with the same bytes; `twins` are new names for bytes that are unchanged
    under another, which comes second. `stale` are files of the graph that are there and whose present content cannot be had,
    `changed` those whose bytes are others than those that were read, `recovered` those that were stale and are as they were read.
    """

    to_read: dict[str, list[str]] = field(default_factory=dict)
    twins: list[tuple[str, str]] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    stale: list[ReadError] = field(default_factory=list)
    changed: set[str] = field(default_factory=set)
    recovered: list[str] = field(default_factory=list)


def survey(
    supply: Supply,
    known: Sources,
    base: Path,
    is_current: Callable[[Source], bool],
    among: Iterable[Path] | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> Survey:
    """Compare a supply with the sources that a graph knows; writes nothing.

    Args:
        base: The folder to which names are relative.
        is_current: Whether this version would say the same of a source if its bytes are the same.
        among: Only these files, and what lies in these folders, are looked at; the rest counts as unchanged.
        step: Called with the name of each file that needs no reading.
    """
    return _Surveyor(supply, known, base, is_current, None if among is None else set(among), step).survey()


class _Surveyor:
    def __init__(
        self,
        supply: Supply,
        known: Sources,
        base: Path,
        is_current: Callable[[Source], bool],
        among: set[Path] | None,
        step: Callable[[str], None],
    ) -> None:
        self._supply, self._known, self._base = supply, known, base
        self._is_current, self._among, self._step = is_current, among, step
        self._found = Survey()

    def survey(self) -> Survey:
        self._look_for_missing()
        groups: dict[str, list[str]] = {}
        for name, file in self._supply.found.files.items():
            if sha256 := self._compare(name, file):
                groups.setdefault(sha256, []).append(name)
        self._group(groups)
        return self._found

    def _compare(self, name: str, file: File) -> str:
        """Return the hash of a file that is to be read; empty for one that is not."""
        found, before = self._found, self._known.get(name)
        if not self._concerns(Path(file.path)) and (before is None or self._is_current(before)):
            if before:
                found.unchanged.append(name)
            self._step(name)
            return ""
        try:
            sha256 = self._supply.digest(file)
        except ReadError as error:
            renamed = type(error)(name, error.reason)
            found.failed.append(renamed)
            if before:
                found.stale.append(renamed)
            self._step(name)
            return ""
        if before and before.sha256 != sha256:
            found.changed.add(name)
        elif before and before.stale:
            found.recovered.append(name)
        if before and before.sha256 == sha256 and self._is_current(before):
            found.unchanged.append(name)
            self._step(name)
            return ""
        return sha256

    def _group(self, groups: dict[str, list[str]]) -> None:
        """Let one file of those with the same bytes be read."""
        there = {self._known[name].sha256: name for name in sorted(self._found.unchanged, reverse=True)}
        for sha256, names in groups.items():
            if sha256 in there:
                self._found.twins += ((name, there[sha256]) for name in sorted(names))
            else:
                # the one that was read before keeps its paper its address
                first = min(names, key=lambda name: (not (name in self._known and self._known[name].read), name))
                self._found.to_read[first] = sorted(set(names) - {first})

    def _look_for_missing(self) -> None:
        """Find the files of the graph under the roots of the supply that are gone, or cannot be reached."""
        supply = self._supply
        causes = {error.name: error for error in supply.found.failed if error.reason != NOT_THERE}
        roots = [root.rstrip("/") for root in supply.roots]
        for name in self._known:
            if name in supply.found.files or not any(_is_under(name, root) for root in roots):
                continue
            path = self._base / unescape_name(name)
            if not self._concerns(path):
                continue
            if cause := next((causes[each] for each in _with_parents(name) if each in causes), None):
                self._found.stale.append(type(cause)(name, cause.reason))
            elif not (state := _state(name, path)):
                self._found.missing.append(name)
            elif isinstance(state, ReadError):
                self._found.stale.append(state)

    def _concerns(self, path: Path) -> bool:
        """Return whether a file is one of those to look at."""
        return self._among is None or not self._among.isdisjoint((path, *path.parents))


def _is_under(name: str, root: str) -> bool:
    return root == "." or name == root or name.startswith(f"{root}/")


def _with_parents(name: str) -> list[str]:
    """Return a name and those of the folders and of the zip file that it lies in."""
    steps = name.split("/")
    return ["/".join(steps[:end]) for end in range(len(steps), 0, -1)] + ["."]


def _state(name: str, path: Path) -> bool | ReadError:
    """Return whether there is a regular file, or why that is not known."""
    try:
        mode = os.stat(path).st_mode
    except OSError as error:
        reason = not_opened(name, path, error)
        return reason if isinstance(reason, InaccessibleError) else False
    if stat.S_ISDIR(mode):
        return False
    kind = irregular(mode)
    return ReadError(name, f"it is {kind}, not a file") if kind else True
