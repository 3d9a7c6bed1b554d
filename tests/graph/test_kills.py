"""A writer that is killed at any moment loses nothing that it called done, and leaves nothing half-written."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph
import pytest
from conftest import ENVIRONMENT
from test_snapshot import script

from graph import record
from graph.keep import verify
from graph.model import Description
from graph.named_graphs import OWN_GRAPHS, REGISTERS
from graph.snapshot import current
from graph.store import Source, Store, value
from graph.triples import literal, node, term

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="a process is not split here")
KINDS = ("new papers", "papers replaced", "files and papers gone", "snapshots", "loads in bulk", "loads beside")
LOADED = "http://example.org/loaded"
LOAD = b"".join(b'<http://example.org/%d> <http://example.org/p> "%d" <%s> .\n' % (n, n, LOADED.encode()) for n in range(20_000))  # fmt: skip
State = tuple[dict[str, int], frozenset[str], int]
"""What a store holds: the turn in which each paper was written, the names of files, the turn of the registers."""


def paper(number: int) -> str:
    return f"https://zoek.officielebekendmakingen.nl/kst-33279-{number}"


def steps(kind: str, turn: int) -> tuple[str, int]:
    """What a writer does in a turn: the same each time it is asked."""
    chance = random.Random(f"{kind} {turn}")
    match kind:
        case "new papers":
            return "put", turn
        case "papers replaced":
            return "put", chance.randrange(5)
        case "files and papers gone":
            return chance.choice([("put", chance.randrange(5)), ("forget", chance.randrange(5)), ("twin", chance.randrange(5))])  # fmt: skip
        case "snapshots":
            return chance.choice([("put", chance.randrange(5)), ("registers", 0)])
    return "put", turn


def source(name: str, number: int) -> Source:
    return Source(name, "0" * 64, "text", paper(number), "test", 1)


def work(folder: Path, kind: str, said: int) -> None:
    """Write without end, and say the version that is on disk. In a process of its own."""
    store, beside = Store(folder, write=True), ThreadPoolExecutor(1)
    for turn in range(1, 100_000):
        what, number = steps(kind, turn)
        name = f"{number}.txt"
        if what == "put":
            lines = tuple(
                f"{node(paper(number))} {term('rdfs:label')} {literal(f'{turn}-{each}')} ." for each in range(60)
            )
            store.put_paper(Description(paper(number), lines, f"{turn} " * 400, 1), source(name, number))
        elif what == "forget":
            store.forget(source(name, number), with_paper=True)
        elif what == "twin":
            store.put_source(source(f"twin-{name}", number))
        else:
            store.put(REGISTERS, [f"{node(REGISTERS)} {term('rdfs:label')} {literal(str(turn))} ."])
        if kind == "loads in bulk" and turn % 4 == 0:
            store.quads.bulk_load(LOAD, pyoxigraph.RdfFormat.N_QUADS)
        if kind == "loads beside" and turn % 40 == 0:
            beside.submit(store.quads.bulk_load, LOAD, pyoxigraph.RdfFormat.N_QUADS)
        if kind == "snapshots":
            store.publish()
        if turn % 3 == 0:
            store.flush()
            os.write(said, b"%d\n" % turn)


def expected(kind: str, version: int) -> State:
    """What a store holds after so many turns."""
    papers: dict[str, int] = {}
    files, registers = set[str](), 0
    for turn in range(1, version + 1):
        what, number = steps(kind, turn)
        if what == "put":
            papers[paper(number)] = turn
            files.add(f"{number}.txt")
        elif what == "forget":
            papers.pop(paper(number), None)
            files.discard(f"{number}.txt")
        elif what == "twin":
            files.add(f"twin-{number}.txt")
        else:
            registers = turn
    return papers, frozenset(files), registers


def found(store: Store) -> State:
    papers = {}
    for name in store.papers():
        if name == LOADED:
            continue
        graph = pyoxigraph.NamedNode(name)
        labels = [value(quad.object) for quad in store.quads.quads_for_pattern(None, None, None, graph)]
        turns = {label.partition("-")[0] for label in labels}
        assert len(labels) == 60
        assert len(turns) == 1, "half of one writing and half of another"
        assert store.text(name).split() == [*turns] * 400
        papers[name] = int(turns.pop())
    query = f"SELECT ?name {{ GRAPH ?g {{ ?s {term('kg:sourceName')} ?name }} }}"
    files = frozenset(row["name"].value for row in store.quads.query(query))
    label = store.quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(REGISTERS))
    return papers, files, max((int(value(quad.object)) for quad in label), default=0)


SPLITTER = """
import os, sys
from pathlib import Path
import test_kills
for line in sys.stdin:
    folder, kind = line.rstrip("\\n").split("\\t")
    child = os.fork()
    if child == 0:
        os.write(1, b"%d\\n" % os.getpid())
        try:
            test_kills.work(Path(folder), kind, 1)
        finally:
            os._exit(1)
    os.waitpid(child, 0)
    os.write(1, b"gone\\n")
"""


@pytest.fixture(scope="module")
def splitter() -> Iterator[subprocess.Popen[bytes]]:
    """A process that splits off a writer for each line: it never opened a store, so that this is safe, and it starts once."""
    with subprocess.Popen(
        script(SPLITTER, Path()), env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        yield process
        assert process.stdin
        process.stdin.close()


def kill(splitter: subprocess.Popen[bytes], folder: Path, kind: str, chance: random.Random) -> int:
    """Let a writer work and kill it at some moment; the last version that it said was on disk."""
    assert splitter.stdin
    assert splitter.stdout
    splitter.stdin.write(f"{folder}\t{kind}\n".encode())
    splitter.stdin.flush()
    writer, told = int(splitter.stdout.readline()), 0
    for _ in range(chance.choice([0, 1, 1, 2, 5])):
        told = int(splitter.stdout.readline())
    time.sleep(chance.random() * chance.choice([0.01, 0.1, 0.4]))
    os.kill(writer, signal.SIGKILL)
    while (line := splitter.stdout.readline()) != b"gone\n":
        told = int(line)
    return told


def prove(splitter: subprocess.Popen[bytes], folder: Path, kind: str, chance: random.Random) -> int:
    """One kill, and all that must hold after it; the number of changes that were on disk."""
    told = kill(splitter, folder, kind, chance)
    if not (folder / "quads").exists():
        assert told == 0
        return 0
    findings = [each for each in verify(folder) if LOADED not in each]
    assert findings == []
    with current(folder) as seen:
        quads = pyoxigraph.Store.read_only(str(seen.quads))
        assert record.inside(quads) >= told, "what was on disk is not there"
        del quads
    with Store(folder) as store:
        before = found(store)
    with Store(folder, write=True) as store:
        version = record.inside(store.quads)
        assert version >= told
        assert found(store) == before == expected(kind, version)
        loaded = sum(1 for _ in store.quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(LOADED)))
        assert loaded in (0, 20_000)
        assert not list((folder / "quads").glob("bulk-*.sst"))
        assert {value(graph) for graph in store.quads.named_graphs()} <= {*before[0], *OWN_GRAPHS, LOADED}
    return told


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_a_kill_at_a_random_moment(splitter: subprocess.Popen[bytes], tmp_path: Path, kind: str) -> None:
    prove(splitter, tmp_path / "store", kind, random.Random(time.time_ns()))


@pytest.mark.torture
@pytest.mark.parametrize("kind", KINDS)
def test_many_kills_at_random_moments(splitter: subprocess.Popen[bytes], tmp_path: Path, kind: str) -> None:
    chance = random.Random(time.time_ns())
    done = [prove(splitter, tmp_path / str(turn), kind, chance) for turn in range(30)]
    assert any(done), "every writer was killed before it had done anything"
