"""Nothing lost: damage is noticed and named, copies are whole, and there is a way back."""

from __future__ import annotations

import io
import random
import shutil
import subprocess
from contextlib import suppress
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, Run
from test_snapshot import script
from test_store import described, held, labels, source

from exports import rdf
from graph import Graph, record
from graph.keep import backup, restore, set_aside, verify
from graph.load import Loader
from graph.lock import InUseError, StoreError
from graph.store import Source, Store
from graph.triples import node, term


def content(folder: Path) -> set[str]:
    out = io.BytesIO()
    with Store(folder) as store:
        rdf.write(store, "nquads", out, everything=True)
    return set(out.getvalue().decode().splitlines())


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A store with ten papers whose last changes are in the log of the engine, as after a kill."""
    folder = tmp_path / "store"
    with Store(folder, write=True) as store:
        for number in range(10):
            store.put_paper(described("text", [f"a{number}"]), source())
    return folder


KILLED = """
import os, sys
from pathlib import Path
from graph import record
from graph.store import Store
from test_store import described, source
store = Store(Path(sys.argv[1]), write=True)
store.put_paper(described("text", ["a"]), source())
store.flush()
for number in range(20):
    store.put_paper(described("text", [f"b{number}", "x" * 200]), source())
record.tell(store.folder, record.inside(store.quads))
os.kill(os.getpid(), 9)
"""


def with_log(folder: Path) -> tuple[Path, int]:
    """A store whose last changes, all told to be on disk, stand in the log of the engine alone; the log, and the version."""
    subprocess.run(script(KILLED, folder), env=ENVIRONMENT, check=False)
    return max((folder / "quads").glob("*.log"), key=lambda path: path.stat().st_size), record.beside(folder)


# ---- damage


def test_a_sound_graph_has_no_findings(built: Path, small: Path) -> None:
    assert verify(built) == []
    assert verify(small) == []


def test_the_size_of_a_paper_is_that_of_its_graph(samples: Graph) -> None:
    """The record counts lines, the engine statements."""
    for paper in samples.store.papers():
        query = f"SELECT (COUNT(*) AS ?n) {{ GRAPH {node(paper)} {{ ?s ?p ?o }} }}"
        told = f"SELECT ?n {{ GRAPH ?g {{ {node(paper)} {term('void:triples')} ?n }} }}"
        counted, written = (samples.store.quads.query(each) for each in (query, told))
        assert [row["n"].value for row in counted] == [row["n"].value for row in written]


def test_a_log_that_lost_its_tail_is_noticed_by_who_writes_and_who_reads(tmp_path: Path) -> None:
    log, told = with_log(tmp_path / "store")
    folder = log.parents[1]
    assert verify(folder) == []
    whole = log.read_bytes()
    log.write_bytes(whole[: len(whole) // 2])
    assert "changes are gone that were on disk" in verify(folder)[0]
    for write in (False, True):
        with pytest.raises(StoreError, match=rf"is damaged: \d+ of its {told} changes are gone .*kamergraaf rebuild"):
            Store(folder, write)


@pytest.mark.torture
@pytest.mark.parametrize("harm", ["cut", "zeroed", "flipped", "flipped at the end"])
def test_no_harm_to_the_log_makes_the_graph_smaller_without_a_word(tmp_path: Path, harm: str) -> None:
    log, _told = with_log(tmp_path / "store")
    folder, chance, whole = log.parents[1], random.Random(harm), log.read_bytes()
    shutil.copytree(folder, tmp_path / "kept")
    before = content(folder)
    for _turn in range(20):
        data, place = bytearray(whole), chance.randrange(len(whole))
        if harm == "cut":
            del data[place:]
        elif harm == "zeroed":
            data[place:] = bytes(len(data) - place)
        else:
            data[place if harm == "flipped" else -1 - chance.randrange(40)] ^= 1 << chance.randrange(8)
        shutil.rmtree(folder)
        shutil.copytree(tmp_path / "kept", folder)
        (folder / "quads" / log.name).write_bytes(data)
        if verify(folder):
            with pytest.raises(StoreError, match="is damaged"):
                content(folder)
        else:
            assert content(folder) == before


@pytest.mark.parametrize("harm", ["flip", "cut", "remove", "current", "empty current", "all"])
def test_harm_to_a_data_file_is_noticed(built: Path, tmp_path: Path, harm: str) -> None:
    folder = shutil.copytree(built, tmp_path / "store")
    largest = max((folder / "quads").glob("*.sst"), key=lambda path: path.stat().st_size)
    data = bytearray(largest.read_bytes())
    match harm:
        case "flip":
            data[len(data) // 3] ^= 1
            largest.write_bytes(data)
        case "cut":
            largest.write_bytes(data[: len(data) // 2])
        case "remove":
            largest.unlink()
        case "current":
            (folder / "quads" / "CURRENT").unlink()
        case "empty current":
            (folder / "quads" / "CURRENT").write_bytes(b"")
        case "all":
            shutil.rmtree(folder / "quads")
            (folder / "quads").mkdir()
    assert verify(folder)


def test_a_paper_that_lost_a_statement_or_gained_one_is_named(built: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(built, tmp_path / "store")
    with Store(folder, write=True) as store:
        first, second, third = sorted(store.papers())
        exact = "<http://www.w3.org/ns/oa#exact>"
        store.update(f"INSERT DATA {{ GRAPH {node(first)} {{ <a:b> <a:c> <a:d> }} }}")
        store.update(
            f'DELETE {{ GRAPH {node(second)} {{ ?s {exact} ?o }} }} INSERT {{ GRAPH {node(second)} {{ ?s {exact} "what nobody wrote" }} }}'
            f" WHERE {{ SELECT ?s ?o {{ GRAPH {node(second)} {{ ?s {exact} ?o }} }} LIMIT 1 }}"
        )
        store.update(f"DROP GRAPH {node(third)}")
    findings = verify(folder)
    assert any(first in each and "were written" in each for each in findings)
    assert f"the paper {second} quotes 1 times what is not in its text" in findings
    assert f"the paper {third} is on record and not there" in findings


def test_what_is_written_is_not_verified(small: Path) -> None:
    with held(small, write=True) as pid, pytest.raises(InUseError, match=f"process {pid}"):
        verify(small)


def test_what_a_load_left_that_was_ended_is_removed(small: Path) -> None:
    left = small / "quads" / "bulk-300255464188720149332907068656670740404.sst"
    left.write_bytes(b"x" * 1000)
    before = content(small)
    assert left.exists(), "reading removes nothing"
    with Store(small, write=True):
        assert not left.exists()
    assert content(small) == before


# ---- the way back


def test_a_copy_and_what_is_made_of_it_say_the_same(built: Path, tmp_path: Path) -> None:
    backup(built, tmp_path / "deep" / "copy")
    restore(tmp_path / "deep" / "copy", tmp_path / "back")
    assert content(built) == content(tmp_path / "deep" / "copy") == content(tmp_path / "back")
    assert verify(tmp_path / "back") == []
    assert record.beside(tmp_path / "back") == record.beside(built)


def test_a_copy_during_a_build_is_a_state_that_was_there(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with Store(folder, write=True) as store:
        for number in range(6):
            name = f"{number}.txt"
            store.put_paper(described(str(number), [str(number)]), Source(name, "0" * 64, "text", "a:b", "test", 1))
            store.publish()
            version = backup(folder, tmp_path / f"copy-{number}")
            assert version == number + 1
    for number in range(6):
        with Store(tmp_path / f"copy-{number}") as copy:
            assert labels(copy) == {str(number)}
            assert len(copy.sources()) == number + 1
        assert verify(tmp_path / f"copy-{number}") == []


def test_nothing_is_written_over(small: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "there" / "file").write_text("mine", "utf-8")
    with pytest.raises(StoreError, match="is there already; give the name of a new folder"):
        backup(small, tmp_path / "there")
    backup(small, tmp_path / "copy")
    with pytest.raises(StoreError, match=r"there is a graph in .* already"):
        restore(tmp_path / "copy", small)
    with pytest.raises(StoreError, match="there is no graph in"):
        restore(tmp_path / "there", tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["copy", "store", "there"]
    assert [path.name for path in (tmp_path / "there").iterdir()] == ["file"]


def test_a_damaged_copy_is_not_restored(built: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    backup(built, copy)
    largest = max((copy / "quads").glob("*.sst"), key=lambda path: path.stat().st_size)
    largest.write_bytes(largest.read_bytes()[:100])
    with pytest.raises(StoreError, match=r"the copy in .* is damaged"):
        restore(copy, tmp_path / "new")
    assert not (tmp_path / "new").exists()


def test_a_damaged_graph_is_set_aside(small: Path) -> None:
    """With what was on its way into it, which its papers are read for anew."""
    with suppress(RuntimeError), Store(small, write=True) as store:
        Loader(store).add(described("other", ["old"]), source())
        raise RuntimeError
    assert list(small.glob("arriving-*"))
    (small / "quads" / "CURRENT").write_bytes(b"nonsense")
    aside = set_aside(small)
    assert aside is not None
    assert (aside / "CURRENT").read_bytes() == b"nonsense"
    with Store(small, write=True) as store:
        assert not list(small.glob("arriving-*"))
        store.put_paper(described("text", ["new"]), source())
    assert verify(small) == []


@pytest.mark.slow
def test_the_commands_notice_and_mend(run: Run, tmp_path: Path) -> None:
    from graph import __file__ as here

    papers = shutil.copytree(Path(here).parent / "samples", tmp_path / "papers")
    assert run("build", papers, "--store", "s").returncode == 0
    before = content(tmp_path / "s")
    assert "is sound" in run("verify", "--store", "s").stderr
    assert run("backup", "copy", "--store", "s").returncode == 0
    (tmp_path / "s" / "quads" / "CURRENT").write_bytes(b"")
    done = run("verify", "--store", "s")
    assert (done.returncode, done.stdout) == (1, "")
    assert "kamergraaf rebuild FOLDER --store s" in done.stderr
    assert run("rebuild", "nothing-here", "--store", "s").returncode == 2
    done = run("rebuild", "papers", "--store", "s")
    assert done.returncode == 0, done.stderr
    assert "the files of the old graph are in s/set-aside-1" in done.stderr
    assert content(tmp_path / "s") == before
    assert run("restore", "copy", "--store", "back").returncode == 0
    assert content(tmp_path / "back") == before
