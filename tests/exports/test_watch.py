"""`build --watch` in a real process: what changes is built, nothing is missed, Ctrl-C ends it well."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, Run

from exports.terminal import _patiently

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGINT to send on Windows")
PATIENCE = 40  # seconds


class Watch:
    """A running `build --watch` and what it says."""

    def __init__(self, folder: Path, *words: str) -> None:
        command = [sys.executable, "-m", "exports.cli", "build", *words, "--watch", "--store", "store"]
        self.folder = folder
        self.said: list[str] = []
        self.process = subprocess.Popen(
            command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
        self._lines: queue.Queue[str] = queue.Queue()
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        with self.process.stderr as lines:
            for line in lines:
                self._lines.put(line.rstrip("\n"))

    def wait_for(self, words: str) -> str:
        """The next line with these words."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                self.said.append(self._lines.get(timeout=max(0.01, until - time.monotonic())))
            except queue.Empty:
                raise AssertionError(f"{words!r} was not said, but: {self.said}") from None
            if words in self.said[-1]:
                return self.said[-1]

    def interrupt(self) -> int:
        """Ctrl-C reaches all processes of the terminal."""
        os.killpg(self.process.pid, signal.SIGINT)
        return self.process.wait(PATIENCE)

    def close(self) -> None:
        if self.process.poll() is None:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
        self._listener.join()

    def cited(self) -> set[str]:
        """The papers of dossier 33279 that the graph refers to, as soon as it is free."""
        query = "SELECT ?to WHERE { ?paper <https://w3id.org/kamergraaf/ontology#cites> ?to }"
        with _patiently(self.folder / "store", write=False) as graph:
            return {line.rpartition("-")[2] for line in graph.query(query, "csv").decode().split()[1:]}


@pytest.fixture
def folder(tmp_path: Path, fresh: Path) -> Path:
    shutil.copytree(fresh, tmp_path / "store")
    (tmp_path / "papers" / "deep").mkdir(parents=True)
    (tmp_path / "papers" / "a.txt").write_text("Zie Kamerstuk 33279-1.")
    return tmp_path


@pytest.fixture
def watch(folder: Path) -> Iterator[Watch]:
    watch = Watch(folder, "papers")
    yield watch
    watch.close()


@pytest.mark.slow
def test_what_changes_is_built_until_somebody_ends_it(watch: Watch, folder: Path) -> None:
    papers = folder / "papers"
    watch.wait_for("Ctrl-C ends it")
    assert "1 paper built" in watch.said[0]
    assert watch.cited() == {"1"}
    (papers / "deep" / "b.html").write_text("<p>Zie Kamerstuk 33279-2.</p>")
    (papers / "notes.tmp").write_text("Zie Kamerstuk 33279-9.")
    (papers / "other.json").write_text('{"name": "other program"}')
    watch.wait_for("read: papers/deep/b.html")
    assert any("1 paper built" in line and "1 unchanged, 0 failed" in line for line in watch.said)
    assert any("skipped: papers/other.json" in line for line in watch.said)
    assert watch.cited() == {"1", "2"}
    # as editors save: written beside it, then renamed over it
    (papers / ".a.swp").write_text("Zie Kamerstuk 33279-3.")
    (papers / ".a.swp").replace(papers / "a.txt")
    watch.wait_for("read: papers/a.txt")
    assert watch.cited() == {"2", "3"}
    (papers / "bad.pdf").write_bytes(b"%PDF-1.4 half")
    watch.wait_for("failed: papers/bad.pdf")
    # a folder that is moved in as a whole
    (folder / "more").mkdir()
    (folder / "more" / "c.txt").write_text("Zie Kamerstuk 33279-4.")
    (folder / "more").rename(papers / "more")
    watch.wait_for("read: papers/more/c.txt")
    (papers / "a.txt").unlink()
    watch.wait_for("gone, still in the graph (remove it with --prune): papers/a.txt")
    assert watch.cited() == {"2", "3", "4"}
    # the bad file was not tried again with each change
    assert sum("failed: papers/bad.pdf" in line for line in watch.said) == 1
    assert watch.interrupt() == 0
    watch.wait_for("ended")
    assert not any("Traceback" in line for line in watch.said)


@pytest.mark.slow
def test_a_graph_in_use_is_waited_for(watch: Watch, folder: Path) -> None:
    watch.wait_for("Ctrl-C ends it")
    with _patiently(folder / "store", write=True):
        (folder / "papers" / "b.txt").write_text("Zie Kamerstuk 33279-2.")
        watch.wait_for("waiting: the graph in store is in use")
    watch.wait_for("read: papers/b.txt")
    assert watch.cited() == {"1", "2"}
    assert watch.interrupt() in (0, 130)


def test_only_folders_can_be_watched(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Zie Kamerstuk 33279-1.")
    done = run("build", "a.txt", "--watch")
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "kamergraaf: --watch watches folders, and a.txt is none\n"
