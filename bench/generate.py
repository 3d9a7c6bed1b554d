"""Make a folder of papers, or the N-Quads of their graph, of any size, for measuring at scale.

    python -m bench.generate papers FOLDER --papers 20000
    python -m bench.generate quads FILE.nq --quads 5000000
    python -m bench.generate store FOLDER --quads 5000000

The quads are those that a build of the same papers would make, by the same line, written as text and loaded in bulk. A paper
is about 260 quads; the same numbers and seed give the same bytes.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import shutil
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from itertools import count, islice
from pathlib import Path

import pyoxigraph

from bench.papers import self_of, text
from graph import Graph
from graph.authorities import program_version
from graph.describe import describe
from graph.line import Line
from graph.model import Document
from graph.store import Source, said
from graph.triples import node
from ontology.registers import Registers

_PIECE = 200
"""Papers that a process makes at a time."""


def write_papers(folder: Path, papers: int, seed: int = 0) -> None:
    """Write papers as text files, in subfolders of a thousand."""
    for number in range(papers):
        target = folder / f"{number // 1000:04}" / f"{number:07}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text(number, seed), "utf-8")


def write_quads(target: Path, *, papers: int | None = None, quads: int | None = None, seed: int = 0) -> tuple[int, int]:
    """Write the graph of so many papers, or at least so many quads, as N-Quads; give the numbers of papers and of quads."""
    made = written = 0
    with target.open("wb") as out:
        for part, number, lines in _pieces(papers, seed):
            out.write(part)
            made, written = made + number, written + lines
            if quads is not None and written >= quads:
                break
    return made, written


def write_store(folder: Path, *, papers: int | None = None, quads: int | None = None, seed: int = 0) -> tuple[int, int]:
    """Make the graph of so many papers, or of so many quads, in an empty folder, by a bulk load, tidied as a build does; the numbers of both."""
    shutil.rmtree(folder, ignore_errors=True)
    with Graph.open(folder, write=True) as graph:
        graph.build([])  # registers and ontology
        file = folder / "load.nq"
        numbers = write_quads(file, papers=papers, quads=quads, seed=seed)
        graph.store.quads.bulk_load(path=str(file), format=pyoxigraph.RdfFormat.N_QUADS)
        file.unlink()
        graph.store.compact()
        graph.store.flush()
    return numbers


def _pieces(papers: int | None, seed: int) -> Iterator[tuple[bytes, int, int]]:
    """N-Quads of some papers at a time, with the numbers of papers and of lines, in order, made on all cores."""
    starts = range(0, papers, _PIECE) if papers is not None else count(0, _PIECE)
    tasks = ((start, min(_PIECE, papers - start) if papers is not None else _PIECE, seed) for start in starts)
    workers = os.cpu_count() or 1
    with ProcessPoolExecutor(workers) as pool:
        waiting = [pool.submit(_piece, *task) for task in islice(tasks, 2 * workers)]
        while waiting:
            yield waiting.pop(0).result()
            waiting += [pool.submit(_piece, *task) for task in islice(tasks, 1)]


def _piece(start: int, papers: int, seed: int) -> tuple[bytes, int, int]:
    lines = [line for number in range(start, start + papers) for line in quads_of(number, seed)]
    return "".join(lines).encode("utf-8", "replace"), papers, len(lines)


@cache
def _line() -> Line:
    return Line(Registers.load())


def quads_of(number: int, seed: int = 0) -> Iterator[str]:
    """The lines of N-Quads that the paper of that number becomes, with its text and its source."""
    words = text(number, seed)
    digest = hashlib.sha256(words.encode()).hexdigest()
    name = f"{self_of(number, seed).name}.txt"
    description = describe(_line().paper(Document(name, words, digest, "text")))
    source = Source(
        f"papers/{name}", digest, "text", description.graph, f"kamergraaf {program_version()}", description.mentions
    )
    for graph, triples in said(description, source):
        end = f"{node(graph)} .\n"
        yield from (f"{triple[:-1]}{end}" for triple in triples)


def main() -> None:
    """Make what the command line asks for and say how much it was."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=("papers", "quads", "store"))
    parser.add_argument("target", type=Path)
    size = parser.add_mutually_exclusive_group(required=True)
    size.add_argument("--papers", type=int)
    size.add_argument("--quads", type=int)
    parser.add_argument("--seed", type=int, default=0)
    asked = parser.parse_args()
    if asked.what == "papers":
        if asked.papers is None:
            parser.error("a folder of papers wants --papers")
        write_papers(asked.target, asked.papers, asked.seed)
        print(f"{asked.target}: {asked.papers} papers")
        return
    make = write_quads if asked.what == "quads" else write_store
    papers, quads = make(asked.target, papers=asked.papers, quads=asked.quads, seed=asked.seed)
    print(f"{asked.target}: {quads} quads of {papers} papers")


if __name__ == "__main__":
    main()
