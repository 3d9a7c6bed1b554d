"""From text to graph: python -m bench.line. What the whole line, a large register and the store cost.

Texts are those of `bench.scan`, papers those of the generator. CPU time of this process; for the loads of the store time on the
clock, since their work is done in threads of their own.
"""

from __future__ import annotations

import gc
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from statistics import median

import pyoxigraph

from bench.generate import write_quads
from bench.papers import text
from bench.rows import Row, judged, seconds, show, size
from bench.scan import texts
from graph.describe import describe
from graph.line import Line
from graph.load import Loader
from graph.model import Description, Document
from graph.store import Source, Store
from ontology import compiled
from ontology.entries import Entry, Name
from ontology.reading import files, read
from ontology.registers import BUILT_IN, Registers

_NAMES = 50_000


def rows() -> Iterator[Row]:
    """The goals of the line, the store and two cores, each with its figure."""
    gc.freeze()
    gc.set_threshold(100_000)
    documents = [Document(f"{number}.txt", words, str(number), "text") for number, words in enumerate(texts())]
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        for measure in (partial(_line, documents), _store):
            yield from measure(place)


def _line(documents: Sequence[Document], place: Path) -> list[Row]:
    line, repeats = Line(Registers.load()), size().repeats
    million = sum(len(document.text) for document in documents) / 1e6
    said = [describe(line.paper(document)) for document in documents]
    usual = seconds(lambda: _told(line, documents), repeats) / million
    kept = place / "names.json"
    _large_register(kept)
    start = time.process_time()
    large = Line(Registers(*(compiled.load(kept) or ())))
    begun = time.process_time() - start
    _told(large, documents)
    more = seconds(lambda: _told(large, documents), repeats) / million
    lines, mentions = sum(len(each.lines) for each in said), sum(each.mentions for each in said)
    evidence = sum(
        1 for each in said for triple in each.lines if "#m-" in triple or "#char=" in triple.split(" ", 1)[0]
    )
    return [
        judged("text to quads", "at least 15", 1 / usual, "million characters/s", f"{mentions / million:.0f} mentions a million"),
        judged(f"a register of {_NAMES:,} names more", "at most 20", 100 * (more / usual - 1), "% of the line", ""),
        judged("start with it, compiled", "at most 300", 1000 * begun, "ms", "registers, automaton"),
        judged("statements of a mention and its evidence", "at most 8", evidence / mentions, "a mention", f"{lines / mentions:.1f} with papers, parts and things"),
    ]  # fmt: skip


def _told(line: Line, documents: Sequence[Document]) -> list[Description]:
    return [describe(line.paper(document)) for document in documents]


def _large_register(kept: Path) -> None:
    """Write the compiled form of our registers with so many names more, of two to four words each."""
    words = sorted({word for number in range(200) for word in text(number).split() if word.isalpha() and len(word) > 3})
    names = (
        " ".join((words[i % len(words)], words[i // len(words) % len(words)], words[i * 7 % len(words)], str(i)))
        for i in range(_NAMES)
    )
    more = [
        Entry("topic", f"t{i}", f"https://example.org/{i}", name, name, (Name(name, False),), None)
        for i, name in enumerate(names)
    ]
    content = read(files((BUILT_IN,)))
    compiled.save(kept, content._replace(entries=(*content.entries, *more)))


def _store(place: Path) -> list[Row]:
    """A bulk load by us and by the engine alone, the disk that it takes, and a paper replaced in a large graph."""
    nquads, peer = place / "all.nq", place / "peer"
    papers, quads = write_quads(nquads, quads=size().quads)
    start = time.perf_counter()
    theirs = pyoxigraph.Store(str(peer))
    theirs.bulk_load(path=str(nquads), format=pyoxigraph.RdfFormat.N_QUADS)
    # as ours is at the end: in pieces it answers half as fast
    theirs.optimize()
    theirs.flush()
    alone = time.perf_counter() - start
    del theirs
    line = Line(Registers.load())
    many = [_described(line, name, text(name)) for name in range(papers)]
    replaced = []
    with Store(place / "ours", write=True) as store:
        start = time.perf_counter()
        with Loader(store) as loader:
            for said, source in many:
                loader.add(said, source)
        store.flush()
        ours = time.perf_counter() - start
        disk, number = _bytes(store.place), len(store.quads)
        for said, source in many[:: max(1, papers // 25)]:
            changed = replace(said, text=said.text + "\nEn dit.")
            start = time.perf_counter()
            store.put_paper(changed, source)
            replaced.append(1000 * (time.perf_counter() - start))
    nquads.unlink()
    return [
        judged("bulk load, of the engine's own rate", "at least 85", 100 * alone / ours, "%", f"engine alone {quads / alone / 1000:.0f} thousand/s"),
        judged("disk", "at most 150", disk / number, "bytes a quad", f"{number:,} quads with their texts"),
        judged("a changed paper in its place", "at most 50", median(replaced), "ms", f"in {number:,} quads, slowest {max(replaced):.0f} ms"),
    ]  # fmt: skip


def _described(line: Line, number: int, words: str) -> tuple[Description, Source]:
    said = describe(line.paper(Document(f"{number:07}.txt", words, str(number), "text")))
    return said, Source(f"papers/{number:07}.txt", str(number), "text", said.graph, "bench", said.mentions)


def _bytes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


if __name__ == "__main__":
    show("From text to graph", rows())
