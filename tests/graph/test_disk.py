"""The disk: what is said to be done was synced before, and a full disk loses nothing that was done."""

from __future__ import annotations

import errno
import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event

import pytest
from conftest import ENVIRONMENT, SAMPLES
from test_snapshot import script
from test_store import described, source

from exports.explorer.collection import NAME
from graph.disk_full import no_space, reason
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


@pytest.mark.parametrize(
    ("error", "full"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), True),
        (OSError(errno.EDQUOT, "Disk quota exceeded"), True),
        (OSError("IO error: No space left on device: while appending to file: 000004.log"), True),
        (RuntimeError("IO error: No space left on device"), True),
        (sqlite3.OperationalError("database or disk is full"), True),
        (sqlite3.OperationalError("database is locked"), False),
        (OSError(errno.EACCES, "Permission denied"), False),
        (ValueError("full"), False),
    ],
)
def test_a_full_disk_is_told_in_one_sentence_whoever_says_it(tmp_path: Path, error: Exception, full: bool) -> None:
    sentence = f"no space left on the disk that holds {tmp_path}" if full else ""
    assert no_space(error, tmp_path) == sentence
    wrapped = RuntimeError("it failed")
    wrapped.__cause__ = error
    assert no_space(wrapped, tmp_path) == sentence
    assert "\n" not in reason(error, tmp_path)


@pytest.mark.slow
def test_every_command_tells_of_a_full_disk_in_one_sentence(small_disk: Path, built: Path) -> None:
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    # an index that another test had made there would leave nothing to write
    shutil.copytree(built, small_disk / "store", ignore=shutil.ignore_patterns(f"{NAME}*"))
    shutil.copytree(SAMPLES, small_disk / "papers")
    (small_disk / "papers" / "new.txt").write_text("Zie Kamerstuk 33279-40. " * 20_000, "utf-8")
    filler = small_disk / "filler"
    with filler.open("wb") as file:
        file.write(bytes(shutil.disk_usage(small_disk).free - 100_000))
    letter = small_disk / "papers" / "brief-kernwapens-belarus.txt"
    for words, to_file in (
        (["serve", "--port", "0"], False),
        (["build", "papers"], False),
        (["build", "papers", "--store", "other"], False),
        (["backup", "copy"], False),
        (["export", "-o", "graph.ttl"], False),
        (["export", "--format", "csv", "-o", "graph.csv"], False),
        (["export", "--format", "nquads", "--all"], True),
        (["draw", "-o", "graph.html"], False),
        (["annotate", str(letter), "-o", str(small_disk / "letter.html"), "--dates"], False),
    ):
        command = [sys.executable, "-m", "exports.cli", *words]
        if words[0] not in ("annotate", "references") and "--store" not in words:
            command += ["--store", "store"]
        # what is left after the command before takes all room again
        with filler.open("ab") as file, suppress(OSError):
            file.write(bytes(max(0, shutil.disk_usage(small_disk).free - 8_192)))
        with (small_disk / "out").open("wb") as out:
            done = subprocess.run(
                command, cwd=small_disk, env=ENVIRONMENT, stdout=out if to_file else subprocess.DEVNULL,
                stderr=subprocess.PIPE, text=True, timeout=100, check=False,
            )  # fmt: skip
        assert "Traceback" not in done.stderr, words
        assert "no space left on the disk that holds" in done.stderr, (words, done.stderr)
        assert done.returncode == 1, words


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
    assert "no space left on the disk that holds" in done.stderr
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
