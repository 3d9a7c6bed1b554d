"""What a build did, in lines for people and as a file for programs."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from exports.files import writing
from exports.messages import counted
from graph.gather import NO_PAPER, OTHER_KIND

if TYPE_CHECKING:
    from graph.corrections import Correction
    from graph.counts import Counts
    from graph.read import ReadError
    from graph.report import Report, Stale

_MOST_LINES = 20


def lines(report: Report, in_full: bool = False) -> Iterator[str]:
    """Give the report for people: a summary, then each file that wants attention, at most a screen of a kind unless `in_full`."""
    few = _all if in_full else _few
    yield _summary(report)
    yield from (f"  {line}" for line in failures(report, in_full))
    yield from few(
        [
            f"  {name} is the same paper as {read}, which tells more and is the one in the graph"
            for name, read in sorted(report.renditions)
        ]
    )
    yield from few([f"  {name} has the same bytes as {other}" for name, other in sorted(report.twins)])
    yield from few(
        [
            f"  {said}"
            for name, told in sorted(report.partial, key=lambda each: each[0])
            if (said := partial(name, told))
        ]
    )
    if report.corrected:
        yield f"  corrections obeyed: {', '.join(f'{number} {verdict}' for verdict, number in sorted(report.corrected.items()))}"
    yield from few([f"  {unmatched(each, reason)}" for each, reason in report.unmatched])
    gone = "gone, still in the graph (remove it with --prune)"
    yield from few([f"  {'removed' if name in report.pruned else gone}: {name}" for name in report.missing])
    yield from few(
        [
            f"  removed: {name} (its file cannot be read any more)"
            for name in report.pruned
            if name not in report.missing
        ]
    )
    yield from few([f"  {stale(each)}" for each in sorted(report.stale)])
    yield from skipped(report, in_full)


def totals(found: Counts) -> tuple[str, str]:
    """Return two lines on how much is in a graph: papers, files, mentions and statements, as defined in `graph.counts`."""
    papers = (counted(found.papers, "paper"), counted(found.files, "file"), counted(found.mentions, "mention"))
    return (
        f"{papers[0]} from {papers[1]}, {papers[2]}",
        f"{counted(found.statements, 'statement')} about papers; {found.registers:,} in registers",
    )


def failures(report: Report, in_full: bool = False) -> Iterator[str]:
    """Give a line for each file that could not be read; one with a count for many in one place that fail in the same way.

    In one zip file two are many, in a folder a screen full.
    """
    alike: dict[tuple[str, str], list[ReadError]] = {}
    for failure in sorted(report.failed, key=lambda failure: failure.name):
        alike.setdefault((_container(failure.name), _pattern(failure)), []).append(failure)
    for (container, _), failed in alike.items():
        first = failed[0]
        if in_full or len(failed) == 1 or (len(failed) <= _MOST_LINES and not _is_zip(container)):
            yield from (f"failed: {each.name}: {each.reason}" for each in failed)
        else:
            inside = first.name.removeprefix(f"{container}/")
            where = container or "this folder"
            yield f"failed: {len(failed)} files in {where}, such as {inside}: {first.reason} (--report FILE lists all)"


def _container(name: str) -> str:
    """Return the zip file or else the folder that a file lies in."""
    steps = name.split("/")
    zips = [place for place, step in enumerate(steps[:-1], 1) if _is_zip(step)]
    return "/".join(steps[: zips[0]] if zips else steps[:-1])


def _is_zip(name: str) -> bool:
    return name.lower().endswith(".zip")


def _pattern(failure: ReadError) -> str:
    """Return the reason without what differs from file to file: its own name, quoted names and numbers."""
    inside = failure.name.removeprefix(f"{_container(failure.name)}/")
    reason = failure.reason
    for own in (inside, inside.rpartition("/")[2]):
        reason = reason.replace(own, "")
    return re.sub(r"'[^']*'|\"[^\"]*\"|\d+", "", reason)


def skipped(report: Report, verbose: bool = False) -> Iterator[str]:
    """Yield what was not read on purpose; with `verbose` file by file, and how much is hidden."""
    few = _all if verbose else _few
    summed = () if verbose else (NO_PAPER, OTHER_KIND)
    about = sorted(name for name, reason in report.skipped if reason == NO_PAPER in summed)
    other = sorted(name for name, reason in report.skipped if reason == OTHER_KIND in summed)
    rest = sorted((name, reason) for name, reason in report.skipped if reason not in summed)
    yield from few([f"  skipped: {name}: {reason}" for name, reason in rest])
    if len(about) == 1:
        yield f"  skipped: {about[0]}: {NO_PAPER}"
    elif about:
        yield f"  {counted(len(about), 'file')} are about the folder and are no papers, such as {about[0]}; name them to have them read"
    if other:
        are = "is" if len(other) == 1 else "are"
        yield f"  {counted(len(other), 'file')} {are} of a kind that is not read, such as {other[0]}"
    if verbose and report.hidden:
        what = "1 hidden file or folder was" if report.hidden == 1 else f"{report.hidden} hidden files and folders were"
        yield f"  {what} skipped"


def stale(each: Stale) -> str:
    """Return that the graph has the paper of a former content of a file, why, and what can be done."""
    what = "remove it with --prune" if each.removable else "--prune leaves it, since the file cannot be opened"
    return f"stale: {each.file}: its former paper is still in the graph ({what}): {each.reason}"


def plan(report: Report) -> Iterator[str]:
    """Yield what a build would do, for people."""
    left_out = len(report.skipped) + report.hidden
    yield (
        f"dry run, nothing was written: {len(report.to_read)} to read, {len(report.unchanged)} unchanged, {len(report.twins)} "
        f"with the same bytes as another, {left_out} skipped, {len(report.failed)} failed, {len(report.missing)} missing"
    )
    yield from _few([f"  would read: {name}" for name in sorted(report.to_read)])
    yield from _few([f"  unchanged: {name}" for name in sorted(report.unchanged)])
    yield from _few([f"  {name} has the same bytes as {other}" for name, other in sorted(report.twins)])
    for failure in sorted(report.failed, key=lambda failure: failure.name):
        yield f"  failed: {failure}"
    yield from _few([f"  missing: {name}" for name in sorted(report.missing)])
    yield from _few([f"  {stale(each)}" for each in sorted(report.stale)])
    yield from skipped(report, verbose=True)


def partial(name: str, told: dict[str, str]) -> str:
    """Return what a reader could not read of a file; empty if it read all of it."""
    said = _left_out(told)
    return f"{name} was read in part: {said}" if said else ""


def unmatched(correction: Correction, reason: str) -> str:
    """A correction that is not obeyed, by its name and its words, and why."""
    words = " ".join(correction.quote.split())
    place = f"{correction.paper}, {correction.span.start} to {correction.span.end}"
    return f'correction not obeyed: <{correction.iri}> on "{words[:80]}" in {place}: {reason}'


def write(report: Report, target: Path) -> None:
    """The whole report as JSON. Raises OSError."""
    with writing(target) as file:
        file.write(json.dumps(report.told(), ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n")


def _summary(report: Report) -> str:
    if not (report.built or report.failed or report.pruned or report.twins) and report.unchanged:
        are = "is" if len(report.unchanged) == 1 else "are"
        return f"nothing to do: {counted(len(report.unchanged), 'file')} {are} unchanged"
    return f"{counted(report.papers, 'paper')} built with {counted(report.mentions, 'mention')}, {len(report.unchanged)} unchanged, {len(report.failed)} failed"


def _left_out(told: dict[str, str]) -> str:
    """What a reader could not read, in words; what it left out on purpose is in the report for programs only."""
    said = (("pages_without_text", "no text on page {}"), ("pages_unread", "damaged page {}"))
    parts = [words.format(told[key]) for key, words in said if key in told]
    if "replaced" in told:
        number = int(told["replaced"])
        parts.append(f"{counted(number, 'character')} that {'is' if number == 1 else 'are'} not text")
    return ", ".join(parts)


def _all(told: list[str]) -> Iterator[str]:
    yield from told


def _few(told: list[str]) -> Iterator[str]:
    yield from told[:_MOST_LINES]
    if len(told) > _MOST_LINES:
        yield f"  and {len(told) - _MOST_LINES} more like that (--report FILE lists all)"
