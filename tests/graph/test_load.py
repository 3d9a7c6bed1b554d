"""Loading many papers at once: the graph is the one that they make one by one, also after a build was killed."""

from __future__ import annotations

import threading
from contextlib import suppress
from pathlib import Path

import pytest
from pyoxigraph import NamedNode

from graph import paper
from graph.describe import describe
from graph.keep import verify
from graph.load import Loader
from graph.model import Description, Document
from graph.named_graphs import RECORD
from graph.store import Source, Store

TEXTS = {
    f"kst-33279-{number}": f'Zie Kamerstuk 33279-{number + 1} en de brief van {number} mei 2024,\n\nVraag 1\n"Ja" .\n'
    for number in range(1, 9)
}


def described(name: str, text: str) -> tuple[Description, Source]:
    said = describe(paper(Document(f"{name}.txt", text, f"hash of {text}", "text")))
    return said, Source(f"papers/{name}.txt", f"hash of {text}", "text", said.graph, "test", said.mentions)


PAPERS = [described(name, text) for name, text in TEXTS.items()]


def statements(store: Store) -> set[str]:
    """What the graph says; not how many updates that took, which the record of the store counts."""
    return {str(quad) for quad in store.quads if quad.graph_name != NamedNode(RECORD)}


@pytest.fixture(scope="module")
def one_by_one(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    with Store(tmp_path_factory.mktemp("one-by-one"), write=True) as store:
        for said, source in PAPERS:
            store.put_paper(said, source)
        return statements(store)


def test_papers_loaded_at_once_are_those_put_one_by_one(tmp_path: Path, one_by_one: set[str]) -> None:
    with Store(tmp_path, write=True) as store:
        with Loader(store) as loader:
            for said, source in PAPERS:
                assert loader.add(said, source) is None
                assert said.graph in loader
            assert not statements(store)
        assert statements(store) == one_by_one
        assert not list(tmp_path.glob("arriving*"))


@pytest.mark.parametrize("longest", [0, 10_000])
def test_papers_loaded_in_many_pieces_are_those_put_one_by_one(
    tmp_path: Path, one_by_one: set[str], monkeypatch: pytest.MonkeyPatch, longest: int
) -> None:
    monkeypatch.setattr("graph.load._LONGEST", longest)
    with Store(tmp_path, write=True) as store:
        with Loader(store) as loader:
            for said, source in PAPERS:
                loader.add(said, source)
        assert statements(store) == one_by_one
        assert not list(tmp_path.glob("arriving*"))


def test_papers_are_gathered_while_others_are_loaded(
    tmp_path: Path, one_by_one: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("graph.load._LONGEST", 20_000)
    load, may = Store.load, threading.Event()

    def slow(store: Store, quads: Path, size: int) -> None:
        assert may.wait(60)
        load(store, quads, size)

    monkeypatch.setattr(Store, "load", slow)
    with Store(tmp_path, write=True) as store:
        with Loader(store) as loader:
            assert not loader.busy()
            rest = iter(PAPERS)
            while not loader.busy():
                loader.add(*next(rest))
            first, later = PAPERS[0][0].graph, next(rest)
            loader.add(*later)
            assert later[0].graph in loader
            assert first not in loader
            loader.wait_for(later[0].graph)
            assert loader.busy()
            assert not store.sources()
            may.set()
            loader.wait_for(first)
            assert not loader.busy()
            assert first in {source.paper for source in store.sources().values()}
            for said, source in rest:
                loader.add(said, source)
        assert statements(store) == one_by_one


def test_of_two_renditions_the_last_is_loaded(tmp_path: Path, one_by_one: set[str]) -> None:
    with Store(tmp_path, write=True) as store:
        with Loader(store) as loader:
            worse, other = described("kst-33279-3", "Zie de motie-Jansen.")
            assert loader.add(*PAPERS[0]) is None
            assert loader.add(worse, other) is None
            assert [loader.add(said, source) for said, source in PAPERS[1:]] == [None, other, *([None] * 5)]
        assert statements(store) == one_by_one


@pytest.mark.parametrize("cut", [0, 1, 40, -1])
def test_what_a_killed_build_had_gathered_is_loaded_by_the_next(tmp_path: Path, one_by_one: set[str], cut: int) -> None:
    with Store(tmp_path, write=True) as store:
        killed = Loader(store)
        for said, source in PAPERS:
            killed.add(said, source)
        index = tmp_path / "arriving-0.jsonl"
        whole = index.read_bytes()
        if cut >= 0:  # of the last line so many bytes, and of its paper half, had come to the disk
            index.write_bytes(whole[: whole.rstrip(b"\n").rfind(b"\n") + 1 + cut])
            told = (tmp_path / "arriving-0.nq").read_bytes()
            (tmp_path / "arriving-0.nq").write_bytes(told[:-200])
        with Loader(store) as loader:
            assert len(store.sources()) == len(PAPERS) - (cut >= 0)
            for said, source in PAPERS:
                if not store.holds(said.graph):
                    loader.add(said, source)
        assert statements(store) == one_by_one
        assert not list(tmp_path.glob("arriving*"))


@pytest.mark.parametrize("harm", ["lost", "shorter", "empty blocks"])
def test_of_what_a_loss_of_power_left_the_whole_papers_are_loaded(
    tmp_path: Path, one_by_one: set[str], harm: str
) -> None:
    """The index was on disk, and of the papers as much as the system had written."""
    with Store(tmp_path, write=True) as store:
        killed = Loader(store)
        for said, source in PAPERS:
            killed.add(said, source)
        gathered = tmp_path / "arriving-0.nq"
        told, third = gathered.read_bytes(), killed._gathering.papers[PAPERS[2][0].graph]
        if harm == "lost":
            gathered.unlink()
        elif harm == "shorter":
            gathered.write_bytes(told[: third.end - 10])
        else:
            gathered.write_bytes(told[: third.start + 10] + bytes(50) + told[third.start + 60 :])
        with Loader(store) as loader:
            left = {"lost": 0, "shorter": 2, "empty blocks": len(PAPERS) - 1}[harm]
            assert len(store.sources()) == left
            for said, source in PAPERS:
                if not store.holds(said.graph):
                    loader.add(said, source)
        assert statements(store) == one_by_one
        assert not list(tmp_path.glob("arriving*"))


def test_a_build_killed_while_it_loads_does_no_harm(tmp_path: Path, one_by_one: set[str]) -> None:
    with Store(tmp_path, write=True) as store:
        killed = Loader(store)
        for said, source in PAPERS:
            killed.add(said, source)
        kept = [(path, path.read_bytes()) for path in tmp_path.glob("arriving*")]
        killed.finish()
        for path, data in kept:
            path.write_bytes(data)
        Loader(store)
        assert statements(store) == one_by_one


class KilledError(Exception):
    """Stands for the end of the process, after which nobody tidies up."""


@pytest.mark.parametrize("recorded", [0, 3])
def test_nobody_sees_what_was_loaded_when_the_build_was_killed(
    tmp_path: Path, one_by_one: set[str], recorded: int
) -> None:
    """Of the last paper only a part had come; of those before it the records of some, which count."""
    with suppress(KilledError), Store(tmp_path, write=True) as store:
        killed = Loader(store)
        for said, source in PAPERS:
            killed.add(said, source)
        loaded = tmp_path / "loaded.nq"
        loaded.write_bytes(b"".join((tmp_path / "arriving-0.nq").read_bytes().splitlines(keepends=True)[:-40]))
        store.load(loaded, 0)
        assert store.holds(PAPERS[-1][0].graph)
        for record in list(killed._gathering.records())[:recorded]:
            store.put_records(record)
        raise KilledError
    counting = {said.graph for said, _ in PAPERS[:recorded]}

    def seen(store: Store) -> None:
        assert set(store.papers()) | set(store.added()) == counting
        assert {source.paper for source in store.sources().values()} == counting
        assert statements(store) <= one_by_one
        assert all(store.text(said.graph) == (said.text if said.graph in counting else "") for said, _ in PAPERS)

    assert verify(tmp_path) == []
    with Store(tmp_path) as reading:
        seen(reading)
    with Store(tmp_path, write=True) as store:
        seen(store)
    assert verify(tmp_path) == []
    with Store(tmp_path) as reading:
        seen(reading)
    with Store(tmp_path, write=True) as store:
        Loader(store)
        assert statements(store) == one_by_one


def test_a_store_of_which_most_is_new_is_tidied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was loaded in pieces lies in as many files of each index, and each question looks into all of them."""
    monkeypatch.setattr("graph.store._BULKY", 0)
    monkeypatch.setattr("graph.store.PIECE", 3_000)

    def files() -> set[Path]:
        return set((tmp_path / "quads").glob("*.sst"))

    def taken(paths: set[Path]) -> int:
        return sum(path.stat().st_size for path in paths)

    with Store(tmp_path, write=True) as store:
        stopped = Loader(store)
        for said, source in PAPERS[1:]:
            stopped.add(said, source)
        stopped.finish()
        in_pieces = files()
        with Loader(store) as loader:
            for name in ("een", "twee", "drie"):
                loader.add(*described(name, " ".join(TEXTS.values())))
        tidy = files()
        # all is written anew, but for what was in one piece and to which nothing came
        assert taken(in_pieces & tidy) < taken(tidy) / 100
        assert len(tidy) <= 12  # a file for each index of the engine
        # one paper more is no reason to write all of it again
        monkeypatch.setattr(Store, "compact", lambda store: pytest.fail("it was tidied again"))
        with Loader(store) as loader:
            loader.add(*PAPERS[0])
