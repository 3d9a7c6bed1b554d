"""A push to a real server: Virtuoso, from Debian's package virtuoso-opensource, on this machine only."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pyoxigraph
import pytest

from exports.push import counts, push
from exports.remote import Remote
from graph import Graph

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(shutil.which("virtuoso-t") is None, reason="Virtuoso is not installed (virtuoso-opensource)"),
]
SETTINGS = """
[Database]
DatabaseFile = v.db
ErrorLogFile = v.log
LockFile = v.lck
TransactionFile = v.trx
xa_persistent_file = v.pxa
FileExtend = 200
[TempDatabase]
DatabaseFile = t.db
TransactionFile = t.trx
[Parameters]
ServerPort = 127.0.0.1:{sql}
NumberOfBuffers = 20000
MaxDirtyBuffers = 15000
DirsAllowed = .
[HTTPServer]
ServerPort = 127.0.0.1:{http}
ServerThreads = 4
ServerRoot = .
"""


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture
def virtuoso(tmp_path: Path) -> Iterator[str]:
    """The address of an empty server, with the user and password that it comes with."""
    folder, http = tmp_path / "virtuoso", free_port()
    folder.mkdir()
    (folder / "virtuoso.ini").write_text(SETTINGS.format(sql=free_port(), http=http), "utf-8")
    with subprocess.Popen(
        ["virtuoso-t", "-f", "+configfile", "virtuoso.ini"],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.STDOUT,
    ) as server:
        address = f"http://127.0.0.1:{http}"
        try:
            for _ in range(240):
                try:
                    httpx.get(f"{address}/sparql", params={"query": "ASK {}"}, timeout=5).raise_for_status()
                    break
                except httpx.HTTPError:
                    time.sleep(0.25)
            yield address
        finally:
            server.kill()


def test_virtuoso_has_what_was_pushed_and_then_what_changed(
    built: Path, tmp_path: Path, virtuoso: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERGRAAF_USER", "dba")
    monkeypatch.setenv("KAMERGRAAF_PASSWORD", "dba")
    store = Path(shutil.copytree(built, tmp_path / "store"))
    takes, answers = f"{virtuoso}/sparql-graph-crud-auth", f"{virtuoso}/sparql"
    with Remote(takes, seconds=60) as endpoint, Remote(answers, seconds=60) as sparql:
        with Graph.open(store, write=True) as graph:
            papers = sorted(graph.store.papers())
            first = push(graph.store, endpoint, sparql)
            assert (first.put, first.failed) == (len(papers) + 1, {})
            assert counts(sparql, papers) == {
                paper: len(list(graph.store.quads.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(paper))))
                for paper in papers
            }
            graph.store.put(papers[0], ['<https://e.org/s> <https://e.org/p> "nieuw, “één” 😀" .'])
            graph.store.quads.remove_graph(pyoxigraph.NamedNode(papers[1]))
            again = push(graph.store, endpoint, sparql)
        assert (again.put, again.removed, again.failed) == (1, 1, {})
        assert counts(sparql, papers[:2]) == {papers[0]: 1}
