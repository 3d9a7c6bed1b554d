"""Measure `kamergraaf validate` on a graph of about a million triples: python -m bench.validate [PAPERS] [FOLDER]."""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

from bench.generate import write_papers
from exports.validation import validate
from graph import Graph


def main(papers: int, folder: Path) -> None:
    """Write papers, build their graph, validate it, and print what each took."""
    start = time.perf_counter()
    write_papers(folder / "papers", papers)
    with Graph.open(folder / "store", write=True) as graph:
        graph.build([folder / "papers"])
    built = time.perf_counter()
    with Graph.open(folder / "store") as graph:
        size, findings = len(graph.store.quads), validate(graph.store)
    done = time.perf_counter()
    print(f"{papers} papers, {size} triples: built in {built - start:.0f} s, validated in {done - built:.0f} s")
    print(f"{len(findings)} findings")


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as own:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 2400, Path(sys.argv[2]) if len(sys.argv) > 2 else Path(own))
