"""What a build did, in lines for people and as a file for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from exports.files import writing
from graph.gather import NO_PAPER, OTHER_KIND

if TYPE_CHECKING:
    from graph.corrections import Correction
    from graph.report import Report, Stale

_MOST_LINES = 20


def lines(report: Report) -> Iterator[str]:
    """The report for people: what was done, then each file that wants attention, never more than a screen of a kind."""
    yield _summary(report)
    for failure in sorted(report.failed, key=lambda failure: failure.name):
        yield f"  failed: {failure}"
    yield from _few(
        [
            f"  {name} is the same paper as {read}, which tells more and is the one in the graph"
            for name, read in sorted(report.renditions)
        ]
    )
    yield from _few([f"  {name} has the same bytes as {other}" for name, other in sorted(report.twins)])
    yield from _few(
        [
            f"  {said}"
            for name, told in sorted(report.partial, key=lambda each: each[0])
            if (said := partial(name, told))
        ]
    )
    if report.corrected:
        yield f"  corrections obeyed: {', '.join(f'{number} {verdict}' for verdict, number in sorted(report.corrected.items()))}"
    yield from _few([f"  {unmatched(each, reason)}" for each, reason in report.unmatched])
    gone = "gone, still in the graph (remove it with --prune)"
    yield from (f"  {'removed' if name in report.pruned else gone}: {name}" for name in report.missing)
    yield from (
        f"  removed: {name} (its file cannot be read any more)" for name in report.pruned if name not in report.missing
    )
    yield from _few([f"  {stale(each)}" for each in sorted(report.stale)])
    yield from skipped(report)


def skipped(report: Report, verbose: bool = False) -> Iterator[str]:
    """Yield what was not read on purpose, and with `verbose` also how much is hidden."""
    about = sorted(name for name, reason in report.skipped if reason == NO_PAPER)
    other = sorted(name for name, reason in report.skipped if reason == OTHER_KIND)
    rest = sorted((name, reason) for name, reason in report.skipped if reason not in (NO_PAPER, OTHER_KIND))
    yield from _few([f"  skipped: {name}: {reason}" for name, reason in rest])
    if len(about) == 1:
        yield f"  skipped: {about[0]}: {NO_PAPER}"
    elif about:
        yield f"  {len(about)} files are about the folder and are no papers, such as {about[0]}; name them to have them read"
    if other:
        yield f"  {len(other)} files are of a kind that is not read, such as {other[0]}"
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
        return f"nothing to do: {len(report.unchanged)} papers are unchanged"
    return f"{len(report.built)} papers built with {report.mentions} mentions, {len(report.unchanged)} unchanged, {len(report.failed)} failed"


def _left_out(told: dict[str, str]) -> str:
    """What a reader could not read, in words; what it left out on purpose is in the report for programs only."""
    said = (
        ("pages_without_text", "no text on page {}"),
        ("pages_unread", "damaged page {}"),
        ("replaced", "{} characters that are no text"),
    )
    return ", ".join(words.format(told[key]) for key, words in said if key in told)


def _few(told: list[str]) -> Iterator[str]:
    yield from told[:_MOST_LINES]
    if len(told) > _MOST_LINES:
        yield f"  and {len(told) - _MOST_LINES} more like that (--report FILE lists all)"
