"""The graph on disk: one writer, nothing half-written, and any text comes back as it went in."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import ENVIRONMENT
from hypothesis import given
from hypothesis import strategies as st

from graph import Graph
from graph.lock import take
from graph.model import Description
from graph.named_graphs import RECORD
from graph.store import Source, Store, StoreError
from graph.triples import literal, node, term

HOLD = "import sys; from pathlib import Path; from graph.store import Store, StoreError\n"
PAPER = "https://zoek.officielebekendmakingen.nl/kst-33279-40"
NASTY = [
    "</script><script>alert(1)</script>", '"""', "'''", '"', "\\", "\\u0022", "\n\r\t\x0c\x08", "} } ; DROP ALL #", "javascript:alert(1)",
    "a\u2028b\u2029c", "\ufffd", "😀 é e\u0301", "  blanks  ", "@en", '"@en .', "^^<http://x>", "_:b", "", "\x7f\x80\x9f", "\ufeff", "% { { {{ }}",
]  # fmt: skip


@contextmanager
def held(folder: Path, write: bool) -> Iterator[int]:
    """Another process that holds the store open; gives its number."""
    script = HOLD + "s = Store(Path(sys.argv[1]), sys.argv[2] == 'True'); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script, str(folder), str(write)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdin
        assert other.stdout.readline() == "open\n"
        try:
            yield other.pid
        finally:
            other.stdin.close()


def described(text: str, words: list[str]) -> Description:
    lines = [f"{node(PAPER)} {term('rdfs:label')} {literal(word)} ." for word in words]
    return Description(PAPER, tuple(dict.fromkeys(lines)), text, len(words))


def source(name: str = "a.txt") -> Source:
    return Source(name, "0" * 64, "text", PAPER, "test", 1)


def labels(store: Store) -> set[str]:
    rows = store.quads.query(f"SELECT ?o {{ GRAPH {node(PAPER)} {{ ?s {term('rdfs:label')} ?o }} }}")
    return {row["o"].value for row in rows}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with Store(tmp_path / "store", write=True):
        pass
    return tmp_path / "store"


def test_a_second_writer_is_told_who_writes(folder: Path) -> None:
    with held(folder, write=True) as pid, pytest.raises(StoreError) as caught:
        Store(folder, write=True)
    assert str(caught.value) == (
        f"the graph in {folder} is in use by process {pid}, which writes it; wait until that is done, or stop it"
    )


def test_a_reader_during_the_very_first_build_is_told_who_writes(tmp_path: Path) -> None:
    folder = tmp_path / "store"
    with held(folder, write=True) as pid, pytest.raises(StoreError, match=f"in use by process {pid}, which writes it"):
        Store(folder)


def test_who_reads_and_who_writes_do_not_wait_for_each_other(folder: Path) -> None:
    with held(folder, write=False), Store(folder, write=True) as store:
        store.put_paper(described("one", ["a"]), source())
        with Store(folder) as reader:
            assert labels(reader) == set()
            store.publish()
            assert labels(reader) == set()
        with Store(folder) as reader:
            assert labels(reader) == {"a"}


def test_readers_share(folder: Path) -> None:
    with held(folder, write=False), Store(folder) as one, Store(folder) as other:
        assert len(one.quads) == len(other.quads)


def test_a_lock_ends_with_its_process(folder: Path) -> None:
    with held(folder, write=True):
        pass
    with Store(folder, write=True) as store:
        store.put_paper(described("text", ["a"]), source())


def test_there_is_no_graph_where_none_was_built(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"there is no graph in .*; make one with: kamergraaf build"):
        Store(tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_a_store_on_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(StoreError, match="cannot be used"):
        Store(tmp_path / "file", write=True)


def test_a_broken_store_is_told_and_its_lock_let_go(folder: Path) -> None:
    (folder / "quads" / "CURRENT").write_text("nonsense", "utf-8")
    shutil.rmtree(folder / "snapshots")
    for write in (True, False, True):
        with pytest.raises(StoreError, match=r"is damaged: .*; build it anew from its papers with: kamergraaf rebuild"):
            Store(folder, write)


def test_any_text_comes_back_as_it_went_in(folder: Path) -> None:
    with Store(folder, write=True) as store:
        store.put_paper(described("".join(NASTY), NASTY), source("naïve & name #1?.txt"))
        store.flush()
    with Store(folder) as store:
        assert labels(store) == set(NASTY)
        assert store.text(PAPER) == "".join(NASTY)
        assert store.sources() == {"naïve & name #1?.txt": source("naïve & name #1?.txt")}


def test_a_writer_that_was_killed_is_not_blamed_for_another(folder: Path) -> None:
    (folder / "lock").write_text("process 1, which writes it", "utf-8")
    with take(folder / "lock", write=False), pytest.raises(StoreError, match="in use by another program"):
        Store(folder, write=True)


@given(words=st.lists(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")), max_size=5))
def test_any_literal_is_read_as_it_was_written(words: list[str]) -> None:
    import pyoxigraph

    store = pyoxigraph.Store()
    for word in words:
        store.load(f"<a:b> <a:c> {literal(word)} .".encode(), pyoxigraph.RdfFormat.N_TRIPLES)
    assert {quad.object.value for quad in store} == set(words)


def test_a_paper_is_replaced_whole(folder: Path) -> None:
    with Store(folder, write=True) as store:
        store.put_paper(described("one", ["a", "b"]), source())
        store.put_paper(described("two", ["c"]), source())
        assert labels(store) == {"c"}
        assert store.text(PAPER) == "two"
        assert list(store.papers()) == [PAPER]


def test_an_update_that_fails_changes_nothing(folder: Path) -> None:
    with Store(folder, write=True) as store:
        store.put_paper(described("one", ["a"]), source())
        before = {str(quad) for quad in store.quads}
        broken = Description(PAPER, (f"{node(PAPER)} {term('rdfs:label')} <not an address> .",), "two", 1)
        with pytest.raises(SyntaxError):
            store.put_paper(broken, source("b.txt"))
        assert {str(quad) for quad in store.quads} == before


def test_a_forgotten_source_takes_its_paper_along_when_asked(folder: Path) -> None:
    with Store(folder, write=True) as store:
        store.put_paper(described("one", ["a"]), source())
        store.forget(source(), with_paper=False)
        assert (store.sources(), labels(store)) == ({}, {"a"})
        store.forget(source(), with_paper=True)
        assert {quad.graph_name.value for quad in store.quads} == {RECORD}


def test_reading_cannot_write(folder: Path) -> None:
    with Graph.open(folder) as graph, pytest.raises(StoreError, match="open for reading only"):
        graph.store.put_paper(described("one", ["a"]), source())
