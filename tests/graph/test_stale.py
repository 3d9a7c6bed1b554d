"""Files that were read and cannot be read any more: the former paper is marked, kept or removed, never passed over."""

from __future__ import annotations

import errno
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, Run
from test_discovery import PAPER, build, put

from exports.validation import validate
from graph.store import Store

WITHOUT_RIGHTS = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]


@pytest.fixture
def papers(tmp_path: Path, fresh: Path) -> Path:
    """A folder with papers that were built: two files, one in a folder of its own, one in a zip file."""
    shutil.copytree(fresh, tmp_path / "store")
    put(tmp_path / "papers" / "a.txt", 40)
    put(tmp_path / "papers" / "sub" / "b.txt", 41)
    with zipfile.ZipFile(tmp_path / "papers" / "z.zip", "w") as file:
        file.writestr("c.txt", PAPER.format(42))
    assert len(build(tmp_path / "papers").built) == 3
    return tmp_path / "papers"


def stale(papers: Path) -> dict[str, str]:
    with Store(papers.parent / "store") as store:
        found = store.stale()
        assert found == {name: source.stale for name, source in store.sources().items() if source.stale}
    return found


def papers_in(papers: Path) -> int:
    with Store(papers.parent / "store") as store:
        return len(list(store.papers()))


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def replaced_by_a_picture(path: Path) -> None:
    path.write_bytes(b"\x89PNG\r\n" + b"\0" * 50)


def replaced_by_a_pipe(path: Path) -> None:
    path.unlink()
    os.mkfifo(path)


HARMS = [
    (emptied, "a.txt", "a.txt", "the file is empty"),
    (replaced_by_a_picture, "a.txt", "a.txt", "a PNG picture"),
    (replaced_by_a_pipe, "a.txt", "a.txt", "it is a named pipe (FIFO), not a file"),
    (emptied, "z.zip", "z.zip/c.txt", "the zip file is damaged"),
]


@pytest.mark.parametrize(("harm", "changed", "name", "reason"), HARMS)
def test_the_former_paper_is_marked_until_the_file_can_be_read(
    papers: Path, run: Run, harm: Callable[[Path], None], changed: str, name: str, reason: str
) -> None:
    before = (papers / changed).read_bytes()
    harm(papers / changed)
    for _ in range(2):  # a second build says the same
        report = build(papers)
        ((marked, why, removable),) = report.stale
        assert (marked, removable) == (f"papers/{name}", True)
        assert reason in why
        assert (list(stale(papers)), papers_in(papers), report.missing) == ([f"papers/{name}"], 3, [])
    if harm is emptied:
        with Store(papers.parent / "store") as store:
            assert "kg:staleReason" not in " ".join(each.message for each in validate(store, processes=1))
    for command in ("info", "verify"):
        done = run(command, "--store", "store")
        said = done.stdout + done.stderr
        assert done.returncode == 0
        assert f"papers/{name}" in said
        assert reason in said
    done = run("build", "papers", "--store", "store", "--report", "r.json")
    assert f"stale: papers/{name}: its former paper is still in the graph (remove it with --prune)" in done.stderr
    assert [each["file"] for each in json.loads((papers.parent / "r.json").read_text("utf-8"))["stale"]] == [
        f"papers/{name}"
    ]
    # as it was, then as something else: either way the mark goes
    for content in (before, before + b" "):
        (papers / changed).unlink()
        (papers / changed).write_bytes(content)
        report = build(papers)
        assert (report.stale, stale(papers), papers_in(papers)) == ([], {}, 3)
        assert "stale" not in run("info", "--store", "store").stdout
        harm(papers / changed)
        build(papers)
        assert stale(papers)


@pytest.mark.parametrize(("harm", "changed", "name", "reason"), HARMS)
def test_the_former_paper_is_removed_with_prune(
    papers: Path, run: Run, harm: Callable[[Path], None], changed: str, name: str, reason: str
) -> None:
    harm(papers / changed)
    report = build(papers, prune=True)
    assert (report.pruned, report.stale, stale(papers), papers_in(papers)) == ([f"papers/{name}"], [], {}, 2)


def test_a_file_of_the_same_content_that_fails_is_not_stale(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A paper that a new version of the program cannot read is still that of the file."""
    from graph.build import _Build

    monkeypatch.setattr(_Build, "is_current", lambda self, source: False)
    monkeypatch.setattr("graph.work.read_bytes", lambda name, data: 1 / 0)
    monkeypatch.setattr("graph.work._describe", failing)
    monkeypatch.setattr("graph.work.need_workers", lambda files: False)
    report = build(papers, prune=True)
    assert (len(report.failed), report.stale, report.pruned, papers_in(papers)) == (3, [], [], 3)


def failing(file: object, line: object) -> object:
    from graph.read import ReadError

    return ReadError(file.name, "too difficult")  # type: ignore[attr-defined]


@pytest.mark.parametrize("place", ["a.txt", "sub", "z.zip", "."])
def test_what_may_not_be_read_is_named_kept_and_the_rest_is_built(papers: Path, place: str) -> None:
    if not shutil.which("setpriv") or not hasattr(os, "geteuid"):
        pytest.skip("rights cannot be taken away here")
    rights = [] if os.geteuid() else WITHOUT_RIGHTS
    put(papers / "new.txt", 50)
    command = [
        sys.executable,
        "-m",
        "exports.cli",
        "build",
        "papers",
        "--store",
        "store",
        "--prune",
        "--report",
        "r.json",
    ]
    (papers / place).chmod(0)
    try:
        done = subprocess.run(
            [*rights, *command], cwd=papers.parent, env=ENVIRONMENT, capture_output=True, text=True, check=False
        )
    finally:
        (papers / place).chmod(0o755)
    if "setpriv:" in done.stderr:
        pytest.skip("rights cannot be taken away here")
    told = json.loads((papers.parent / "r.json").read_text("utf-8"))
    assert done.returncode == 1
    assert "Permission denied" in done.stderr
    assert told["failed"][0]["file"] == f"papers/{place}".removesuffix("/.")
    assert told["built"] == ([] if place == "." else ["papers/new.txt"])
    assert (told["missing"], told["pruned"]) == ([], [])
    assert {each["file"] for each in told["stale"]} == {
        "a.txt": {"papers/a.txt"}, "sub": {"papers/sub/b.txt"}, "z.zip": {"papers/z.zip/c.txt"},
    }.get(place, {"papers/a.txt", "papers/sub/b.txt", "papers/z.zip/c.txt"})  # fmt: skip
    assert not any(each["removable"] for each in told["stale"])
    assert "--prune leaves it, since the file cannot be opened" in done.stderr
    assert stale(papers)
    build(papers)
    assert stale(papers) == {}


def test_an_error_of_the_disk_removes_nothing(papers: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(path: Path, most: int | None = None) -> bytes:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr("graph.read.read_regular", broken)
    report = build(papers, prune=True)
    assert (len(report.stale), report.pruned, papers_in(papers)) == (3, [], 3)
    assert {each.reason for each in report.stale} == {"cannot be opened: Input/output error"}
