"""What tests share: the command in a process of its own, the sample papers, and a graph of them on disk."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tarfile
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

import graph
from graph import Graph

# a slow machine is no failure; `pytest --hypothesis-profile=deep` looks much further
settings.register_profile("usual", deadline=None, max_examples=40)
settings.register_profile("deep", deadline=None, max_examples=5000)
settings.load_profile("usual")

# what tests compile goes to a folder of their own, never to that of the person who runs them
_CACHE = tempfile.TemporaryDirectory(prefix="kamergraaf-tests-")
os.environ["KAMERGRAAF_CACHE"] = _CACHE.name
ROOT = Path(graph.__file__).parents[1]
SAMPLES = Path(graph.__file__).parent / "samples"
ENVIRONMENT = {
    **{name: value for name, value in os.environ.items() if not name.startswith(("KAMERGRAAF_STORE", "COLUMNS"))},
    "PYTHONPATH": os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH", "")))),
    "PYTHONUTF8": "1",
}

AXE = "axe-core-4.14.1"
BROWSERS = ("chromium", "chromium-browser", "google-chrome")

Run = Callable[..., "subprocess.CompletedProcess[str]"]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """The command `kamergraaf` in a real process, in the folder of the test."""

    def run(*words: object, **more: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "exports.cli", *map(str, words)]
        return subprocess.run(
            command, cwd=tmp_path, env=ENVIRONMENT | more, capture_output=True, encoding="utf-8", timeout=60, check=False
        )  # fmt: skip

    return run


@pytest.fixture(scope="session")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph with the registers in it and no paper yet, to be copied."""
    folder = tmp_path_factory.mktemp("fresh")
    (folder / "papers").mkdir()
    with Graph.open(folder / "store", write=True) as made:
        made.build([folder / "papers"])
    return folder / "store"


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a graph of the sample papers, for reading only."""
    store = tmp_path_factory.mktemp("samples") / "store"
    with Graph.open(store, write=True) as made:
        report = made.build([SAMPLES])
    assert not report.failed
    return store


@pytest.fixture(scope="session")
def site(built: Path) -> Iterator[str]:
    """The address of a real server on loopback that shows the sample papers, without a stroke at the end."""
    with serving(built) as address:
        yield address


@contextmanager
def serving(store: Path, **settings: Any) -> Iterator[str]:
    """A real server on loopback over the graph in a folder, in a thread of this process; `settings` as `make` takes them."""
    import uvicorn

    from exports.explorer.app import make

    with socket.create_server(("127.0.0.1", 0)) as listening:
        server = uvicorn.Server(uvicorn.Config(make(store, **settings), log_level="critical"))
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Chromium without a window, driven by playwright; the test is skipped where either is missing.

    Not for longer than a module, since playwright keeps an event loop running as long as it is there.
    """
    sync_api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    chromium = next(filter(None, map(shutil.which, BROWSERS)), None)
    if chromium is None:
        pytest.skip("no Chromium on this machine")
    with sync_api.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a server that shows papers which try to be markup."""
    from looking import HOSTILE

    folder = tmp_path_factory.mktemp("hostile")
    (folder / "papers").mkdir()
    (folder / "papers" / "hostile.txt").write_text(HOSTILE, "utf-8")
    (folder / "papers" / "<img src=x onerror=alert(1)>.txt").write_text(
        "Over {{ 7*7 }} en Kamerstuk 33279-40.", "utf-8"
    )
    with Graph.open(folder / "store", write=True) as made:
        assert not made.build([folder / "papers"]).failed
    with serving(folder / "store") as address:
        yield address


@pytest.fixture(scope="module")
def axe() -> str:
    """The script of axe-core, fetched once from the npm registry and kept where git does not look."""
    script = ROOT / ".venv" / "axe" / "package" / "axe.min.js"
    if not script.exists():
        if not shutil.which("npm"):
            pytest.skip("no npm on this machine to fetch axe-core with")
        script.parents[1].mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", "--silent", AXE.replace("core-", "core@")]
        done = subprocess.run(command, cwd=script.parents[1], capture_output=True, timeout=60, check=False)
        if done.returncode:
            pytest.skip("axe-core could not be fetched from the npm registry")
        with tarfile.open(script.parents[1] / f"{AXE}.tgz") as packed:
            packed.extract("package/axe.min.js", script.parents[1], filter="data")
    return script.read_text("utf-8")


@pytest.fixture
def samples(built: Path) -> Iterator[Graph]:
    """The graph of the sample papers, open for reading."""
    with Graph.open(built) as opened:
        yield opened
