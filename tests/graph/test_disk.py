"""The disk: what is said to be done was synced before, and a full disk loses nothing that was done."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from threading import Event

import pytest
from conftest import ENVIRONMENT, SAMPLES
from test_snapshot import script
from test_store import described, source

from graph.keep import verify
from graph.patience import patiently
from graph.store import Store, StoreError

MEGABYTES = 24
SAFE = """
import os, sys
from pathlib import Path
from graph.store import Store
from test_store import described, source
store = Store(Path(sys.argv[1]), write=True)
store.put_paper(described("text", ["a"]), source())
os.write(1, b"before")
store.flush()
os.write(1, b"done")
store.publish()
os.write(1, b"published")
"""

FILL = """
import os, sys
from pathlib import Path
from graph.store import Source, Store
from test_store import described
with Store(Path(sys.argv[1]), write=True) as store:
    for number in range(10_000):
        paper = described(os.urandom(20_000).hex(), [f"{number}-{each}" for each in range(50)])
        store.put_paper(paper, Source(f"{number}.txt", "0" * 64, "text", "a:b", "test", 1))
        store.flush()
        print(f"{number}.txt", flush=True)
"""


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 24 MB, where this process may make one."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = shutil.which("mount")
    command = [mount or "mount", "-t", "tmpfs", "-o", f"size={MEGABYTES}m", "none", str(place)]
    if mount is None or subprocess.run(command, capture_output=True, check=False).returncode:
        pytest.skip("this process may not make a disk")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.slow
def test_a_full_disk_loses_nothing_that_was_done(small_disk: Path) -> None:
    folder = small_disk / "store"
    filled = subprocess.run(
        script(FILL, folder), env=ENVIRONMENT, capture_output=True, text=True, timeout=120, check=False
    )
    done = filled.stdout.split()
    assert re.search(r"StoreError: .*cannot be written: .*space.*what was built before is safe", filled.stderr)
    assert len(done) > 3
    # on a full disk the engine may not even be opened; that is told, and nothing is touched
    try:
        with Store(folder) as store:
            assert len(store.sources()) >= len(done)
    except StoreError as error:
        refused = str(error)
    else:
        refused = ""
    assert not refused or ("space" in refused and "rebuild" not in refused)
    grown = small_disk.parent / "grown"
    shutil.copytree(folder, grown)
    subprocess.run(["mount", "-o", f"remount,size={4 * MEGABYTES}m", str(small_disk)], check=True)
    for place in (folder, grown):
        with Store(place, write=True) as store:
            assert set(store.sources()) >= set(done)
            store.put_paper(described("goes on", ["new"]), source("new.txt"))
        assert verify(place) == []


def test_a_call_that_waits_on_a_full_disk_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ended = Event()
    monkeypatch.setattr("graph.patience._ROOM", shutil.disk_usage(tmp_path).total + 1)
    with pytest.raises(OSError, match="No space left"):
        patiently(lambda: ended.wait() and None, tmp_path, seconds=0.05)
    ended.set()
    patiently(lambda: None, tmp_path)
    with pytest.raises(ValueError, match="as it is"):
        patiently(fail, tmp_path)


def fail() -> None:
    raise ValueError("as it is")


@pytest.mark.slow
def test_the_command_tells_of_a_full_disk_and_goes_on_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    papers = shutil.copytree(SAMPLES, tmp_path / "papers")
    filler = small_disk / "filler"
    filler.write_bytes(bytes((MEGABYTES - 2) * 1_000_000))
    command = [sys.executable, "-m", "exports.cli", "build", str(papers), "--store", str(small_disk / "store")]
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "No space left" in done.stderr
    filler.unlink()
    subprocess.run(["mount", "-o", f"remount,size={8 * MEGABYTES}m", str(small_disk)], check=True)
    done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert verify(small_disk / "store") == []


@pytest.mark.slow
def test_what_is_called_done_was_synced_before(tmp_path: Path) -> None:
    """The order of calls to the system, as strace sees them: the log of the engine, then its version, then the word."""
    strace = shutil.which("strace")
    if strace is None:
        pytest.skip("strace is not installed")
    trace = tmp_path / "trace"
    calls = "trace=fsync,fdatasync,sync_file_range,write,rename,renameat,renameat2"
    command = [strace, "-f", "-y", "-o", str(trace), "-e", calls, *script(SAFE, tmp_path / "store")]
    if subprocess.run(command, env=ENVIRONMENT, capture_output=True, check=False).returncode:
        pytest.skip("strace may not watch processes here")
    lines = trace.read_text("utf-8", "replace").splitlines()
    word = {name: next(at for at, line in enumerate(lines) if re.search(rf'write\(1<[^>]*>, "{name}"', line)) for name in ("before", "done", "published")}  # fmt: skip

    def at(pattern: str, first: int, last: int) -> int:
        return next(number for number in range(first, last) if re.search(pattern, lines[number]))

    data = at(r"f(?:data)?sync\(\d+<[^>]*/quads/[^>]*\.(?:log|sst)", word["before"], word["done"])
    mark = at(r"fsync\(\d+<[^>]*/store/version\.tmp>", data, word["done"])
    named = at(r"rename\w*\(.*version\.tmp.*/store/version", mark, word["done"])
    at(r"fsync\(\d+<[^>]*/store>", named, word["done"])
    made = at(r"f(?:data)?sync\(\d+<[^>]*/snapshots/", word["done"], word["published"])
    at(r"rename\w*\(.*current\.tmp.*/snapshots/current", made, word["published"])
