"""What is measured: rows with a goal and a figure, and the machine.

A module of the benchmark has a function `rows()` that gives its rows; `size()` tells it how much to do. Figures are medians of
several repeats, in time on the processor where that can be told, and ratios to a peer or a limit in the same run.
"""

from __future__ import annotations

import os
import platform
import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

console = Console(highlight=False)
COSTLY = 0.10
"""The share by which a figure may get worse before it shows."""
_SIZE = "KAMERGRAAF_BENCH"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing that was measured.

    `goal` begins with "at least" or "at most", which says which way is better; `against` is the peer or the limit, with its
    figure in the same run; `met` is None where there is nothing to meet here, such as a peer that is not installed; `module` is
    the module that measured it.
    Raises ValueError for a goal that says neither.
    """

    name: str
    goal: str
    figure: float
    unit: str
    against: str = ""
    met: bool | None = None
    module: str = ""

    def __post_init__(self) -> None:
        """Look at the goal."""
        if not self.goal.startswith(("at least ", "at most ")):
            raise ValueError(f'the goal of "{self.name}" says neither "at least" nor "at most": {self.goal}')

    @property
    def more_is_better(self) -> bool:
        """Whether a larger figure is a better one."""
        return self.goal.startswith("at least ")

    def change(self, last: Mapping[str, Row]) -> str:
        """What changed by more than COSTLY since the last figure of that name, in words; empty for less."""
        worse = self.worse_than(last[self.name].figure) if self.name in last else 0.0
        return f"{abs(worse):.0%} {'worse' if worse > 0 else 'better'}" if abs(worse) > COSTLY else ""

    def worse_than(self, before: float) -> float:
        """By which share this figure is worse than one before; below 0 where it is better."""
        if not before or not self.figure:
            return 0.0
        return before / self.figure - 1 if self.more_is_better else self.figure / before - 1


def judged(name: str, goal: str, figure: float, unit: str, against: str) -> Row:
    """A row that says whether the figure meets the goal, such as "at least 60"."""
    least, bound = goal.startswith("at least"), float(goal.split()[2])
    return Row(name, goal, round(figure, 4), unit, against, figure >= bound if least else figure <= bound)


@dataclass(frozen=True, slots=True)
class Size:
    """How much a benchmark does: papers and quads of the generated graph, repeats of each measurement."""

    name: str
    papers: int
    quads: int
    repeats: int


SIZES = {
    size.name: size
    for size in (Size("small", 100, 30_000, 1), Size("quick", 1_000, 250_000, 3), Size("full", 20_000, 5_000_000, 5))
}


def size() -> Size:
    """The size that was asked for: small (does it run?), quick (minutes) or full (an hour or somewhat more)."""
    return SIZES[os.environ.get(_SIZE, "quick")]


def environment(name: str) -> dict[str, str]:
    """The environment in which a module measures at the size of that name."""
    return {**os.environ, _SIZE: name, "OPENBLAS_NUM_THREADS": "1"}


def seconds(run: Callable[[], object], repeats: int, clock: Callable[[], float] = time.process_time) -> float:
    """The median time of several runs, by default that on the processor."""
    taken = []
    for _ in range(repeats):
        start = clock()
        run()
        taken.append(clock() - start)
    return statistics.median(taken)


def machine() -> dict[str, object]:
    """The machine and the Python that measure; figures of two that differ are not compared."""
    return {
        "processor": _processor(),
        "cores": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30),
        "system": platform.system(),
        "python": platform.python_version(),
    }


def _processor() -> str:
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return platform.processor() or platform.machine()
    lines = (line for line in told.splitlines() if line.startswith("model name"))
    return next(lines, f": {platform.machine()}").partition(":")[2].strip()


def show(title: str, rows: Iterable[Row], last: Mapping[str, Row] | None = None) -> None:
    """Print the rows for people, beside those before."""
    last = last or {}
    made = Table(title=title, title_justify="left", header_style="bold")
    for column, justify in (("what", "left"), ("goal", "left"), ("figure", "right"), ("against", "left"), ("met", "left"), ("change", "right")):  # fmt: skip
        made.add_column(column, justify="right" if justify == "right" else "left", overflow="fold")
    for row in rows:
        change = row.change(last)
        met = {True: Text("yes", "green"), False: Text("no", "red"), None: Text("-")}[row.met]
        made.add_row(
            Text(row.name), Text(row.goal), f"{row.figure:,.4g} {row.unit}", Text(row.against), met,
            Text(change, "red" if change.endswith("worse") else "green"),
        )  # fmt: skip
    console.print(made)
