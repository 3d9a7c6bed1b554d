"""The page of the site with what was measured: python -m bench.page writes docs/speed.md from the results that are kept.

Why a row falls short, and what could be tried next, stands in `shortfalls.toml`.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from pathlib import Path

from bench.kept import Result, before, results
from bench.rows import Row

PAGE = Path(__file__).parents[1] / "docs" / "speed.md"
SHORTFALLS = Path(__file__).with_name("shortfalls.toml")
_SHOWN = 20
"""Results in the history, the newest."""
_TITLES = {
    "scan": "Recognising",
    "line": "From text to graph",
    "cores": "A second core",
    "readers": "Reading formats, beside plain use of the library",
    "agreement": "How well papers are read",
    "queries": "Named queries",
    "explorer": "Pages of the explorer",
    "tabular": "Questions on tables, beside the same in SPARQL",
    "exports": "Exports, beside the engine's own dump",
    "picture": "The picture",
    "network": "Network measures",
}
_ABOUT = """# Speed

Each goal with its figure and the peer or limit in the same run. Times are on the processor where that can be told, else on the
clock, and medians of several runs. `make bench-full` measures all of it on a generated graph that imitates real papers in their
lengths, kinds and degrees, keeps the result in `bench/results` and writes this page; `make bench` does the same on less in minutes.
A figure that is more than a tenth worse or better than that of the run before on the same machine says so.
"""


def write(target: Path = PAGE) -> None:
    """Write the page."""
    target.write_text(text(results()), "utf-8")


def text(kept: Sequence[Result]) -> str:
    """The page: the newest figures, of the largest size that was measured, and the history of all results."""
    if not kept:
        return f"{_ABOUT}\nNo result is kept yet.\n"
    size = next(size for size in ("full", "quick", "small") if any(result.size == size for result in kept))
    same = [result for result in kept if result.size == size]
    return "\n".join([_ABOUT, *_figures(same), *_history(kept)]) + "\n"


def _figures(same: Sequence[Result]) -> Iterator[str]:
    """A table for each module, from the newest result that has it; figures of two machines are not compared."""
    yield f"## The figures\n\nVersion {same[-1].version}, size {same[-1].size}.\n"
    for module, title in _TITLES.items():
        having = [place for place, result in enumerate(same) if module in result.modules]
        if not having:
            continue
        result = same[having[-1]]
        rows = [row for row in result.rows if row.module == module]
        last = before(same[: having[-1]], result.machine, result.size)
        told = ", ".join(f"{name} {value}" for name, value in result.machine.items())
        yield f"### {title}\n\nMeasured on {result.date[:10]}, commit {result.commit}; {told}.\n"
        yield "| what | goal | figure | beside | met | change |\n| --- | --- | --- | --- | --- | --- |"
        for row in rows:
            met = {True: "yes", False: "**no**", None: "-"}[row.met]
            cells = (row.name, row.goal, f"{row.figure:,.4g} {row.unit}", row.against, met, row.change(last))
            yield f"| {' | '.join(cell.replace('|', ' ') for cell in cells)} |"
        yield ""
        yield from _short(rows)


def _short(rows: Iterable[Row]) -> Iterator[str]:
    """Why rows fall short, and what could be tried; each said once."""
    known = tomllib.loads(SHORTFALLS.read_text("utf-8"))["row"]
    said: dict[str, list[str]] = {}
    for row in rows:
        if row.met is False:
            found = next((each for each in known if fnmatchcase(row.name, each["name"])), None)
            words = f"{found['why']} *Next:* {found['next']}" if found else "Not explained yet."
            said.setdefault(words, []).append(row.name)
    for words, names in said.items():
        yield f"- **{', '.join(names)}**: {words}"
    if said:
        yield ""


def _history(kept: Sequence[Result]) -> Iterator[str]:
    """All results, the newest first."""
    yield "## History\n\n| date | version | commit | size | goals met | worse by more than a tenth |\n| --- | --- | --- | --- | --- | --- |"
    for place in reversed(range(len(kept))[-_SHOWN:]):
        result = kept[place]
        last = before(kept[:place], result.machine, result.size)
        judged = [row for row in result.rows if row.met is not None]
        worse = [f"{row.name} ({row.change(last)})" for row in result.rows if row.change(last).endswith("worse")]
        met = f"{sum(bool(row.met) for row in judged)} of {len(judged)}"
        yield f"| {result.date.replace('T', ' ')} | {result.version} | {result.commit} | {result.size} | {met} | {', '.join(worse)} |"


if __name__ == "__main__":
    write()
