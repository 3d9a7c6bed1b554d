"""A build spread by Spark over worker processes is that of one machine, also when one of them is killed in the middle."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, Run
from mixed import differing, write_mixed
from test_work import HOSTILE

from graph.gather import find
from graph.store import Store

CLUSTER = "local-cluster[2,1,1024]"
"""Two workers, each a process of its own with one core and 1024 MB."""
SECONDS = 3
needs_spark = pytest.mark.skipif(
    not (importlib.util.find_spec("pyspark") and shutil.which("java")), reason="pyspark or Java is not installed"
)


def command(*words: object) -> list[str]:
    return [sys.executable, "-m", "exports.cli", "build", *map(str, words)]


def spread(folder: Path, *words: object, master: str = CLUSTER) -> str:
    """Build by Spark in a folder and give what it says."""
    line = command(*words, "--engine", "spark", "--master", master, "--seconds", SECONDS)
    done = subprocess.run(
        line, cwd=folder, env=ENVIRONMENT, capture_output=True, encoding="utf-8", timeout=900, check=False
    )
    return done.stderr


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with papers, one of them guilty of taking too long, and the graph and the report of a build on one machine."""
    folder = tmp_path_factory.mktemp("one")
    write_mixed(folder / "papers")
    (folder / "papers" / "guilty.pdf").write_bytes(HOSTILE["forms.pdf"])
    line = command("papers", "--store", "store", "--seconds", SECONDS, "--report", "report.json")
    subprocess.run(line, cwd=folder, env=ENVIRONMENT, capture_output=True, timeout=900, check=False)
    return folder


def same(one: Path, other: Path) -> None:
    """Whether two builds left the same quads, sources and report."""
    assert differing(one / "store", other / "store") == []
    expected, told = (json.loads((folder / "report.json").read_text("utf-8")) for folder in (one, other))
    assert told == expected


def shards(folder: Path) -> dict[str, int]:
    """Those that are there, each with the file by which it would be seen that it was made anew."""
    return {path.name: (path / "manifest.json").stat().st_ino for path in folder.glob("store-shards/shard-*")}


@needs_spark
@pytest.mark.torture
def test_two_workers_make_the_graph_of_one_machine_and_go_on_where_they_were(papers: Path, tmp_path: Path) -> None:
    shutil.copytree(papers / "papers", tmp_path / "papers")
    words = ("papers", "--store", "store", "--shard-size", 7, "--report", "report.json")
    said = spread(tmp_path, *words)
    same(papers, tmp_path)
    expected = -(-len(find([tmp_path / "papers"], tmp_path).files) // 7)
    assert f"{expected} shards made, {expected} in all" in said
    failed = [json.loads(line) for line in (tmp_path / "store-shards/failed.jsonl").read_text("utf-8").splitlines()]
    told = json.loads((papers / "report.json").read_text("utf-8"))["failed"]
    assert {each["path"]: each["reason"] for each in failed} == {each["file"]: each["reason"] for each in told}
    assert any(f"more than {SECONDS} seconds" in each["reason"] for each in failed)
    assert not list((tmp_path / "store-shards").glob(".0*"))

    before = shards(tmp_path)
    shutil.rmtree(tmp_path / "store-shards" / "shard-00001")
    (tmp_path / "papers" / "new.txt").write_text("kst-33279-41\n\nZie Kamerstuk 31945-8.\n", "utf-8")
    said = spread(tmp_path, *words, "--no-load", master="local[2]")
    assert "2 shards made" in said
    assert before.items() - shards(tmp_path).items() == {("shard-00001", before["shard-00001"])}
    subprocess.run(command("papers", "--store", "grown", "--seconds", SECONDS), cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=900, check=False)  # fmt: skip
    line = [sys.executable, "-m", "exports.cli", "load", "store-shards", "--store", "store"]
    subprocess.run(line, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=900, check=False)
    assert differing(tmp_path / "store", tmp_path / "grown") == []


def below(pid: int) -> Iterator[tuple[int, str]]:
    """The processes that descend from one, each with its command."""
    listed = subprocess.run(["ps", "-ewwo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    children: dict[int, list[tuple[int, str]]] = {}
    for line in listed.splitlines():
        child, parent, words = line.split(None, 2)
        children.setdefault(int(parent), []).append((int(child), words))
    waiting = [pid]
    while waiting:
        found = children.get(waiting.pop(), [])
        waiting += [child for child, _ in found]
        yield from found


def in_the_middle(running: subprocess.Popen[bytes], folder: Path) -> None:
    """Wait until some shards are there; not all can be, with so many to come."""
    until = time.monotonic() + 300
    while len(shards(folder)) < 2:
        assert running.poll() is None, "the build ended by itself"
        assert time.monotonic() < until, "no shard was made"
        time.sleep(0.05)


@needs_spark
@pytest.mark.skipif(not shutil.which("ps"), reason="processes cannot be listed here")
@pytest.mark.torture
@pytest.mark.parametrize("victim", ["CoarseGrainedExecutorBackend", "pyspark.daemon"])
def test_a_worker_that_is_killed_in_the_middle_costs_nothing(papers: Path, tmp_path: Path, victim: str) -> None:
    shutil.copytree(papers / "papers", tmp_path / "papers")
    words = ("papers", "--store", "store", "--shard-size", 3, "--report", "report.json")
    line = command(*words, "--engine", "spark", "--master", CLUSTER, "--seconds", SECONDS)
    with subprocess.Popen(line, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:  # fmt: skip
        in_the_middle(running, tmp_path)
        workers = [pid for pid, words in below(running.pid) if victim in words]
        os.kill(workers[-1], signal.SIGKILL)
        done = len(shards(tmp_path))
        running.wait(900)
    assert done < len(shards(tmp_path)) == -(-len(find([tmp_path / "papers"], tmp_path).files) // 3)
    same(papers, tmp_path)


@needs_spark
@pytest.mark.torture
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no process is killed that way here")
def test_a_run_that_is_killed_goes_on_where_it_was(papers: Path, tmp_path: Path) -> None:
    shutil.copytree(papers / "papers", tmp_path / "papers")
    words = ("papers", "--store", "store", "--shard-size", 3, "--report", "report.json")
    line = command(*words, "--engine", "spark", "--master", CLUSTER, "--seconds", SECONDS)
    with subprocess.Popen(line, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as running:  # fmt: skip
        in_the_middle(running, tmp_path)
        running.kill()
    before = shards(tmp_path)
    spread(tmp_path, *words, master="local[2]")
    assert before.items() < shards(tmp_path).items()
    same(papers, tmp_path)


@needs_spark
@pytest.mark.torture
def test_a_table_of_papers_is_as_good_as_their_files(papers: Path, tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb")
    (tmp_path / "papers").mkdir()
    files = sorted((papers / "papers").glob("0*.txt"))
    rows = [(f"papers/{file.name}", file.read_bytes()) for file in files]
    for name, data in rows:
        (tmp_path / name).write_bytes(data)
    line = command("papers", "--store", "of files")
    subprocess.run(line, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, timeout=900, check=True)
    with duckdb.connect() as base:
        base.execute("CREATE TABLE papers (path VARCHAR, bytes BLOB)")
        base.executemany("INSERT INTO papers VALUES (?, ?)", [*rows, ("papers/broken.pdf", b"%PDF-1.7\nno")])
        base.execute(f"COPY papers TO '{tmp_path}/bytes.parquet'")
        base.execute(f"COPY (SELECT path.replace('.txt', '') AS path, bytes.decode() AS text FROM papers) TO '{tmp_path}/text.parquet'")  # fmt: skip
        base.execute(f"COPY (SELECT * FROM papers UNION ALL SELECT * FROM papers) TO '{tmp_path}/twice.parquet'")
    said = spread(tmp_path, "--table", "bytes.parquet", "--store", "store", "--shard-size", 9, master="local[2]")
    assert "1 failed" in said
    assert differing(tmp_path / "store", tmp_path / "of files") == []
    # nothing of it is read again
    assert "0 shards made" in spread(tmp_path, "--table", "bytes.parquet", "--store", "store", "--no-load", master="local[2]")  # fmt: skip
    spread(tmp_path, "--table", "text.parquet", "--store", "of texts", "--shards", "text-shards", master="local[2]")
    with Store(tmp_path / "of texts") as texts:
        assert set(texts.sources()) == {name for name, _ in rows}
    said = spread(tmp_path, "--table", "twice.parquet", "--store", "twice", master="local[2]")
    assert "several of one" in said


def test_what_is_missing_is_named_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "pyspark.py").write_text("raise ImportError", "utf-8")
    (tmp_path / "paper.txt").write_text("kst-33279-41", "utf-8")
    without = run(
        "build", "paper.txt", "--engine", "spark", PYTHONPATH=f"{tmp_path}{os.pathsep}{ENVIRONMENT['PYTHONPATH']}"
    )
    assert without.returncode == 1
    assert "pip install 'kamergraaf[spark]'" in without.stderr
    assert "Traceback" not in without.stderr


@pytest.mark.skipif(not importlib.util.find_spec("pyspark"), reason="pyspark is not installed")
def test_java_that_is_missing_is_named_with_what_to_do(run: Run, tmp_path: Path) -> None:
    (tmp_path / "paper.txt").write_text("kst-33279-41", "utf-8")
    without = run("build", "paper.txt", "--engine", "spark", PATH=str(tmp_path), JAVA_HOME="")
    assert without.returncode == 1
    assert "openjdk-17-jre-headless" in without.stderr
    assert "Traceback" not in without.stderr


@pytest.mark.parametrize("words", [(), ("a", "--table", "b"), ("a", "--engine", "spark", "--watch")])
def test_what_does_not_go_together_is_said(run: Run, words: tuple[str, ...]) -> None:
    done = run("build", *words)
    assert done.returncode == 2
    assert done.stderr.startswith("kamergraaf: ")
