"""The collection follows the graph: what is read anew, what is gone, and an index that cannot be used."""

import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, SAMPLES

from exports.explorer import collection as collections
from exports.explorer import reading
from exports.explorer.collection import NAME, Collection
from graph import Graph
from graph.store import Store

TABLES = ("section", "mention", "edge", "tag")
NAMING = (
    "SELECT paper.iri, target, naming.day, start, naming.number FROM naming JOIN paper ON paper.number = naming.paper"
)
FIRST, SECOND, THIRD = sorted(SAMPLES.glob("*.txt"))


@contextmanager
def opened(folder: Path) -> Iterator[Collection]:
    made = Collection(folder)
    yield made
    made.close()


def build(folder: Path, **texts: str) -> Path:
    """A graph of some texts, and of nothing else, in a folder."""
    (folder / "papers").mkdir(exist_ok=True)
    for path in (folder / "papers").iterdir():
        path.unlink()
    for name, text in texts.items():
        (folder / "papers" / f"{name}.txt").write_text(text, "utf-8")
    with Graph.open(folder / "store", write=True) as made:
        assert not made.build([folder / "papers"], prune=True).failed
    return folder / "store"


def held(collection: Collection) -> dict[str, list[str]]:
    """All that an index says, without its numbers of papers."""
    names = {row["number"]: row["iri"] for row in collection.index.rows("SELECT number, iri FROM paper")}
    told = {
        table: sorted(
            map(str, ((names[row[0]], *tuple(row)[1:]) for row in collection.index.rows(f"SELECT * FROM {table}")))
        )
        for table in TABLES
    }
    told["thing"] = sorted(map(str, map(tuple, collection.index.rows("SELECT * FROM thing"))))
    told["name"] = sorted(map(str, map(tuple, collection.index.rows("SELECT words, iri FROM name"))))
    told["naming"] = sorted(map(str, map(tuple, collection.index.rows(NAMING))))
    told["text"] = sorted(collection.index.text(number) for number in names)
    told["used"] = sorted(map(str, map(tuple, collection.index.rows("SELECT * FROM used"))))
    return told


@pytest.mark.slow
def test_an_index_that_follows_is_the_one_that_is_made_anew(tmp_path: Path) -> None:
    one, two, three = (path.read_text("utf-8") for path in (FIRST, SECOND, THIRD))
    for texts in (
        {"a": one, "b": two},
        {"a": one, "b": two + "\n\nZie ook Kamerstuk 31945, nr. 7."},
        {"a": one, "c": three},
        {},
    ):
        store = build(tmp_path, **texts)
        with opened(store) as collection:
            after = held(collection)
        (store / NAME).unlink()
        with opened(store) as collection:
            assert held(collection) == after


@pytest.mark.slow
def test_an_index_that_fits_is_not_made_again(tmp_path: Path) -> None:
    store = build(tmp_path, a=FIRST.read_text("utf-8"))
    told: list[tuple[int, int]] = []
    Collection(store, lambda done, total, _name: told.append((done, total))).close()
    assert told == [(1, 1)]
    Collection(store, lambda done, total, _name: told.append((done, total))).close()
    assert told == [(1, 1)]


@pytest.mark.slow
@pytest.mark.parametrize("damage", ["garbage", "empty", "version", "other"])
def test_an_index_that_cannot_be_used_is_made_anew(tmp_path: Path, damage: str) -> None:
    store = build(tmp_path, a=FIRST.read_text("utf-8"))
    with opened(store):
        pass
    if damage in ("garbage", "empty"):
        (store / NAME).write_bytes(
            b"no database at all, but long enough to look like something" * 50 * (damage == "garbage")
        )
    else:
        connection = sqlite3.connect(store / NAME)
        connection.execute(
            "UPDATE about SET value = '0' WHERE name = 'version'" if damage == "version" else "DROP TABLE about"
        )
        connection.commit()
        connection.close()
    with opened(store) as collection:
        assert collection.index.number("SELECT COUNT(*) FROM paper") == 1


@pytest.mark.slow
def test_pages_follow_a_build_and_never_stand_in_its_way(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(collections, "PATIENCE", 0.0)
    store = build(tmp_path, a=FIRST.read_text("utf-8"))
    with opened(store) as collection:
        build(tmp_path, a=FIRST.read_text("utf-8"), b=SECOND.read_text("utf-8"))
        for _ in range(100):
            collection.follow()
            if collection.index.number("SELECT COUNT(*) FROM paper") == 2:
                break
            time.sleep(0.1)
        assert collection.index.number("SELECT COUNT(*) FROM paper") == 2
        for _ in range(100):
            if not collection._refreshing.locked():
                break
            time.sleep(0.1)
        assert sum(1 for _ in collection.store.papers()) == 2


@pytest.mark.slow
@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="open files are counted in /proc")
def test_a_page_sees_one_state_of_the_index(built: Path, tmp_path: Path) -> None:
    """A paper that is replaced between two questions has another number, and what was found in it would be nowhere."""
    shutil.copytree(built, tmp_path / "store")
    collection = Collection(tmp_path / "store")
    with sqlite3.connect(collection.index.file) as writing, collection.index.as_it_is() as index:
        before = [row["number"] for row in index.rows("SELECT number FROM paper")]
        writing.execute("UPDATE paper SET number = number + 100")
        writing.commit()
        assert index.papers(before).keys() == set(before)
        assert not collection.index.papers(before)
    assert not collection.index.papers(before)
    collection.close()


def test_threads_that_come_and_go_leave_no_open_files(tmp_path: Path) -> None:
    """A server starts new threads for its pages whenever those that it had were idle for a while."""
    store = build(tmp_path, a=FIRST.read_text("utf-8"))
    with opened(store) as collection:
        open_files = []
        for _ in range(20):
            asking = threading.Thread(target=collection.index.number, args=("SELECT COUNT(*) FROM paper",))
            asking.start()
            asking.join()
            open_files.append(len(os.listdir("/proc/self/fd")))
    assert open_files[-1] <= open_files[0]


FREED = """
import sys, threading
from pathlib import Path
from exports.explorer.returning import few_heaps, give_back

def megabytes():
    return int(Path("/proc/self/status").read_text().partition("RssAnon:")[2].split()[0]) // 1000

def read():
    pieces = [bytes(1000) for _ in range(100_000)]
    kept.append(pieces[-1])  # at the end of the heap, so that the library cannot shorten it

few_heaps()
kept, before = [], megabytes()
for _ in range(4):
    thread = threading.Thread(target=read)
    thread.start()
    thread.join()
held = megabytes()
give_back()
print(held - before, megabytes() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems have no such calls")
def test_what_threads_free_goes_back_to_the_system() -> None:
    """Of a hundred megabytes that four threads read one after the other the library keeps much, and hardly any in the end."""
    done = subprocess.run([sys.executable, "-c", FREED], env=ENVIRONMENT, capture_output=True, text=True, check=True)
    held, left = map(int, done.stdout.split())
    assert held > 80
    assert left < 20


def test_papers_become_the_same_in_processes_of_their_own(built: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Store(built) as store:
        papers = sorted(store.papers())
        here = list(reading.read(store, papers, {}))
        monkeypatch.setattr(reading, "_FEW", 0)
        monkeypatch.setattr("os.cpu_count", lambda: 2)
        assert list(reading.read(store, papers, {})) == here
