"""Snapshots: readers see whole states of the graph, whatever the writer does, and never stand in its way."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pyoxigraph
import pytest
from conftest import ENVIRONMENT
from test_store import described, held, labels, source

from graph import snapshot
from graph.lock import InUseError, StoreError
from graph.snapshot import Snapshot, current, newest
from graph.store import Store

WRITE = """
import os, sys
from pathlib import Path
from graph.store import Store
from test_store import described, source
store = Store(Path(sys.argv[1]), write=True)
for turn in sys.argv[2:]:
    store.put_paper(described(turn, [turn]), source())
os.kill(os.getpid(), 9)
"""
CHURN = """
import itertools, sys
from pathlib import Path
from graph.store import Store
from test_store import described, source
with Store(Path(sys.argv[1]), write=True) as store:
    for turn in itertools.count():
        store.put_paper(described(str(turn), [f"{turn}-{each}" for each in range(20)]), source())
        store.publish()
        if turn == 3:
            print("open", flush=True)
"""


def script(text: str, folder: Path, *words: str) -> list[str]:
    """A program that may use what stands in these tests."""
    here = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    return [sys.executable, "-c", f"import sys; sys.path += {here}\n{text}", str(folder), *words]


def put(folder: Path, *words: str) -> None:
    with Store(folder, write=True) as store:
        store.put_paper(described(" ".join(words), list(words)), source())


def said(found: Snapshot) -> set[str]:
    quads = pyoxigraph.Store.read_only(str(found.quads))
    return {quad.object.value for quad in quads if quad.predicate.value.endswith("#label")}


def numbers(folder: Path) -> set[str]:
    return {path.name for path in (folder / "snapshots").iterdir() if path.is_dir()}


def test_a_snapshot_stays_as_it_is_until_it_is_let_go(tmp_path: Path) -> None:
    put(tmp_path, "a")
    with current(tmp_path) as first:
        put(tmp_path, "b")
        put(tmp_path, "c")
        assert said(first) == {"a"}
        with current(tmp_path) as second:
            assert said(second) == {"c"}
            assert second.generation > first.generation
        assert numbers(tmp_path) == {str(first.generation), str(second.generation)}
    put(tmp_path, "d")
    assert numbers(tmp_path) == {str(newest(tmp_path))}


def test_what_has_not_changed_is_not_made_again(tmp_path: Path) -> None:
    put(tmp_path, "a")
    with current(tmp_path) as first, current(tmp_path) as second:
        assert first.generation == second.generation == newest(tmp_path)


def test_a_reader_sees_what_a_killed_writer_left(tmp_path: Path) -> None:
    """It lies in the log alone, which the engine's own snapshot of a store opened for reading leaves out."""
    put(tmp_path, "a")
    with current(tmp_path) as before:
        assert subprocess.run(script(WRITE, tmp_path, "b", "c"), env=ENVIRONMENT, check=False).returncode == -9
        with current(tmp_path) as found:
            assert said(before) == {"a"}
            assert said(found) == {"c"}
            with current(tmp_path) as again:
                assert again.generation == found.generation
    with Store(tmp_path, write=True) as store:
        assert labels(store) == {"c"}


def test_a_first_build_that_was_killed_can_be_read(tmp_path: Path) -> None:
    subprocess.run(script(WRITE, tmp_path, "a"), env=ENVIRONMENT, check=False)
    with current(tmp_path) as found:
        assert said(found) == {"a"}


def test_while_a_writer_is_at_work_the_last_snapshot_is_given(tmp_path: Path) -> None:
    with held(tmp_path, write=True) as pid, pytest.raises(InUseError, match=f"process {pid}, which writes it"):
        current(tmp_path)
    put(tmp_path, "a")
    with held(tmp_path, write=True), current(tmp_path) as found:
        assert said(found) == {"a"}


def test_what_was_left_half_made_is_removed(tmp_path: Path) -> None:
    put(tmp_path, "a")
    number = newest(tmp_path)
    (tmp_path / "snapshots" / f"{number + 1}.tmp").mkdir()
    (tmp_path / "snapshots" / f"{number + 1}").mkdir()  # made, but killed before it was named
    with current(tmp_path) as found:
        assert said(found) == {"a"}
    put(tmp_path, "b")
    with current(tmp_path) as found:
        assert (found.generation, said(found)) == (number + 2, {"b"})
    assert numbers(tmp_path) == {str(number + 2)}


def test_where_there_is_no_graph_or_no_snapshot_to_be_had_a_sentence_says_so(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no graph in .*; make one with: kamergraaf build"):
        current(tmp_path / "none")
    put(tmp_path / "store", "a")
    (tmp_path / "store" / "snapshots" / "current").write_text("7", "ascii")
    with pytest.raises(StoreError, match=r"the snapshots in .* are damaged; remove .*snapshots"):
        current(tmp_path / "store")
    (tmp_path / "store" / "snapshots" / "current").write_text("", "ascii")
    with current(tmp_path / "store") as found:
        assert said(found) == {"a"}


def test_without_hard_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(tmp_path, "a")
    (tmp_path / "unpublished").touch()

    def refuse(*_: object) -> None:
        raise OSError("there are no hard links on this disk")

    monkeypatch.setattr(snapshot.os, "link", refuse)
    with current(tmp_path) as found:
        assert said(found) == {"a"}


def test_readers_beside_a_writer_see_whole_papers_only(tmp_path: Path) -> None:
    """The writer replaces a paper and publishes without a pause, which no build does."""
    with subprocess.Popen(script(CHURN, tmp_path), env=ENVIRONMENT, stdout=subprocess.PIPE) as writer:
        assert writer.stdout
        writer.stdout.readline()
        seen = set()
        for _ in range(50):
            with Store(tmp_path) as store:
                found = labels(store)
                turn = store.text("https://zoek.officielebekendmakingen.nl/kst-33279-40")
                assert found == {f"{turn}-{each}" for each in range(20)}
                seen.add(turn)
        writer.kill()
    assert len(seen) > 1
    with Store(tmp_path) as store:
        assert len(labels(store)) == 20
