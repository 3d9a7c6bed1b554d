"""What a second core is worth: python -m bench.cores. A first build of generated papers on one core and on two.

A build reads in workers and writes in its own process, so with one worker it has two cores already where the machine has them;
on "one core" the build and its worker are kept to one by the system. Time is on the clock, since that is what a second core saves.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.generate import write_papers
from bench.papers import text
from bench.rows import Row, judged, show, size

_GOAL = "at least 1.7"
_HUGE = 4
_OF_EACH = 32
"""A huge paper is one in so many of all papers in one text."""
_BUILD = """
import json, os, resource, sys, time
from graph import Graph
from graph.limits import Limits
cores = int(sys.argv[3])
os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
with Graph.open(sys.argv[2], write=True) as graph:
    start = time.perf_counter()
    report = graph.build([sys.argv[1]], limits=Limits(workers=cores))
    took = time.perf_counter() - start
print(json.dumps([took, len(report.built), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024]))
"""


_COUNT = """
import time
start = time.perf_counter()
sum(range(50_000_000))
print(time.perf_counter() - start)
"""


def rows() -> list[Row]:
    """What two cores save, without and with some huge papers among the small ones; nothing where there is one, or none can be chosen."""
    if not hasattr(os, "sched_getaffinity") or len(os.sched_getaffinity(0)) < 2:
        return []
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        even, mixed = place / "papers", place / "mixed"
        write_papers(even, size().papers)
        write_papers(mixed, size().papers // 4)
        for number in range(_HUGE):
            words = "\n\n".join(text(each) for each in range(number, size().papers, _OF_EACH))
            (mixed / f"huge-{number}.txt").write_text(words, "utf-8")
        one, two = (_build(even, place / f"even-{cores}", cores) for cores in (1, 2))
        uneven = [_build(mixed, place / f"mixed-{cores}", cores)[0] for cores in (1, 2)]
    most = statistics.median(2 * _counting(1) / _counting(2) for _ in range(size().repeats))
    said = (
        f"{one[1]:,} papers in {one[0]:.0f} s and {two[0]:.0f} s; two processes that only count: {most:.2f} times one"
    )
    return [
        judged("two cores, times one", _GOAL, one[0] / two[0], "times", said),
        judged("the same with four huge papers", _GOAL, uneven[0] / uneven[1], "times", f"{uneven[0]:.0f} s and {uneven[1]:.0f} s"),
        judged("memory of a build beside its workers", "at most 1000", two[2], "MB", "at its peak"),
    ]  # fmt: skip


def _build(folder: Path, store: Path, cores: int) -> tuple[float, int, float]:
    """Seconds on the clock, papers, and megabytes at the peak of a build in a process of its own."""
    command = [sys.executable, "-c", _BUILD, str(folder), str(store), str(cores)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    took, built, memory = json.loads(done.stdout)
    return took, built, memory


def _counting(processes: int) -> float:
    """Seconds on the clock of some processes that do nothing but count, at once: what the machine has of cores."""
    running = [
        subprocess.Popen([sys.executable, "-c", _COUNT], stdout=subprocess.PIPE, text=True) for _ in range(processes)
    ]
    return max(float(process.communicate()[0]) for process in running)


if __name__ == "__main__":
    show("A second core", rows())
