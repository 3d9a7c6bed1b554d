"""What a build did, in lines for people and as a file for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from exports.files import writing
from graph.gather import OTHER_KIND

if TYPE_CHECKING:
    from graph.corrections import Correction
    from graph.report import Report

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
            f"  {name} was read in part: {_left_out(told)}"
            for name, told in sorted(report.partial, key=lambda each: each[0])
            if _left_out(told)
        ]
    )
    if report.corrected:
        yield f"  corrections obeyed: {', '.join(f'{number} {verdict}' for verdict, number in sorted(report.corrected.items()))}"
    yield from _few([f"  {unmatched(each, reason)}" for each, reason in report.unmatched])
    gone = "gone, still in the graph (remove it with --prune)"
    yield from (f"  {'removed' if name in report.pruned else gone}: {name}" for name in report.missing)
    other = sorted(name for name, reason in report.skipped if reason == OTHER_KIND)
    yield from _few([f"  skipped: {name}: {reason}" for name, reason in sorted(report.skipped) if reason != OTHER_KIND])
    if other:
        yield f"  {len(other)} files are of a kind that is not read, such as {other[0]}"


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
