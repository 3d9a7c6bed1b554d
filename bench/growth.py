"""How a build grows: python -m bench.growth --papers 10000 100000. Time, disk, memory and quads of a first build of so many papers.

Papers are ten thousand of the generator, repeated with their numbers changed: each copy is a library of its own that refers to
itself, beside laws, treaties and people that all share. With --characters all are about that long; without, as long as real ones;
with --notices each is one sentence, for numbers of papers that would not fit on the disk otherwise.

Time is that on the processor, of the program that writes the store and of the readers beside it, each of which takes some 150 MB;
papers are made before it begins. All that is made is removed again.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path

from rich.table import Table

from bench.papers import notice, text
from bench.rows import console, machine

TEMPLATES = 10_000
_PLACES = 334
"""The highest place of a template in its series; a copy begins above those of the copy before it."""
_COPIES = 29
"""Copies before a place would have five digits, which no paper has; then the next lot begins, so many years earlier."""
_YEARS = 32
_LOTS = 4
MOST = TEMPLATES * _COPIES * _LOTS
"""Papers that can be made, no two of them with one name."""
_PLACE = re.compile(r"([Nn]r\. |kst-\d{5}-|ah-tk-\d{8}-)(\d+)")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?=[^\dDZ])|(?<=ah-tk-)\d{8}")
_DOSSIER = re.compile(r"(?<![\d/])([23]\d)( ?)(\d{3})(?!\d)")
_BUILD = """
import json, resource, sys, time
from graph import Graph
start = time.perf_counter()
with Graph.open(sys.argv[2], write=True) as graph:
    report = graph.build([sys.argv[1]])
took = time.perf_counter() - start
own, readers = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
with Graph.open(sys.argv[2]) as graph:
    quads = len(graph.store.quads)
print(json.dumps({
    "papers": len(report.built), "mentions": report.mentions, "quads": quads, "failed": len(report.failed), "clock_s": took,
    "writer_s": own.ru_utime + own.ru_stime, "readers_s": readers.ru_utime + readers.ru_stime,
    "writer_mb": own.ru_maxrss / 1024,
}))
"""


@dataclass(frozen=True, slots=True)
class Growth:
    """What a first build of some papers took: seconds, MB, quads; disk when it was done and at its fullest."""

    papers: int
    text_mb: float
    mentions: int
    quads: int
    failed: int
    clock_s: float
    writer_s: float
    readers_s: float
    writer_mb: float
    disk_mb: float
    disk_peak_mb: float


def moved(words: str, copy: int) -> str:
    """A paper with its own numbers and those that it cites as they are in the copy of that number; copy 0 is the paper itself."""
    lot, block = divmod(copy, _COPIES)
    words = _PLACE.sub(lambda found: f"{found[1]}{int(found[2]) + block * _PLACES}", words)
    if lot:
        words = _YEAR.sub(lambda found: _earlier(found[0], lot * _YEARS), words)
        words = _DOSSIER.sub(lambda found: f"{int(found[1] + found[3]) + lot:05}"[:2] + found[2] + f"{(int(found[3]) + lot) % 1000:03}", words)  # fmt: skip
    return words


def _earlier(years: str, by: int) -> str:
    return "".join(str(int(years[start : start + 4]) - by) for start in range(0, len(years), 4))


Template = Callable[[int], str]
"""The paper of a number below TEMPLATES."""


def write_copies(folder: Path, papers: int, template: Template = text) -> int:
    """Write so many papers as text files, a thousand in a folder; gives their bytes. Raises ValueError above MOST."""
    if papers > MOST:
        raise ValueError(f"at most {MOST:,} papers can be made without two of one name")
    with ProcessPoolExecutor() as pool:
        number = min(papers, TEMPLATES)
        templates = list(pool.map(template, range(number), chunksize=200))
    size = 0
    for number in range(papers):
        copy, place = divmod(number, TEMPLATES)
        target = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        size += target.write_bytes(moved(templates[place], copy).encode())
    return size


def growth(place: Path, papers: int, template: Template = text) -> Growth:
    """Build so many papers in an empty folder and tell what it took."""
    size = write_copies(place / "papers", papers, template)
    command = [sys.executable, "-c", _BUILD, str(place / "papers"), str(place / "store")]
    peak = 0
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as building:
        while building.poll() is None:
            peak = max(peak, _bytes(place / "store"))
            time.sleep(1)
        assert building.stdout is not None
        told = building.stdout.read()
    if building.returncode:
        raise RuntimeError(f"the build of {papers} papers ended with code {building.returncode}")
    disk = _bytes(place / "store")
    return Growth(**json.loads(told), text_mb=size / 1e6, disk_mb=disk / 1e6, disk_peak_mb=max(peak, disk) / 1e6)


def _bytes(folder: Path) -> int:
    """Bytes on disk below a folder, what is there under two names once."""
    sizes: dict[int, int] = {}
    for where, _, names in os.walk(folder):
        for name in names:
            try:
                found = os.stat(os.path.join(where, name))
            except FileNotFoundError:  # removed just now
                continue
            sizes[found.st_ino] = found.st_blocks * 512
    return sum(sizes.values())


def _told(each: Growth) -> Iterator[tuple[str, str]]:
    processor = each.writer_s + each.readers_s
    yield "text, MB", f"{each.text_mb:,.0f}"
    yield "mentions", f"{each.mentions:,}"
    yield "quads", f"{each.quads:,}"
    yield "processor, s (readers + writer)", f"{processor:,.0f} ({each.readers_s:,.0f} + {each.writer_s:,.0f})"
    yield "ms a paper", f"{1000 * processor / each.papers:.2f}"
    yield "clock, s", f"{each.clock_s:,.0f}"
    yield "disk, MB", f"{each.disk_mb:,.0f}"
    yield "disk at its fullest, MB", f"{each.disk_peak_mb:,.0f}"
    yield "bytes a quad", f"{1e6 * each.disk_mb / each.quads:.0f}"
    yield "memory of the writer, MB", f"{each.writer_mb:,.0f}"


def main() -> None:
    """Measure what the command line asks for and show it; with --json also as lines for programs."""
    parser = argparse.ArgumentParser(prog="python -m bench.growth", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("--papers", type=int, nargs="+", default=[10_000])
    parser.add_argument("--characters", type=int, help="about so many in each paper; as in real ones without it")
    parser.add_argument("--notices", action="store_true", help="one sentence in each paper")
    parser.add_argument("--folder", type=Path, help="where there is room; else the system's folder for such files")
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write a line a size to this file")
    asked = parser.parse_args()
    console.print(", ".join(f"{name} {value}" for name, value in machine().items()))
    template = notice if asked.notices else partial(text, characters=asked.characters)
    columns = []
    for papers in asked.papers:
        place = Path(tempfile.mkdtemp(prefix="growth-", dir=asked.folder))
        try:
            found = growth(place, papers, template)
        finally:
            shutil.rmtree(place)
        columns.append(dict(_told(found)))
        if asked.json:
            with asked.json.open("a", encoding="utf-8") as file:
                file.write(json.dumps(asdict(found)) + "\n")
    made = Table("papers", *(f"{papers:,}" for papers in asked.papers))
    for name in columns[0]:
        made.add_row(name, *(each[name] for each in columns))
    console.print(made)


if __name__ == "__main__":
    main()
