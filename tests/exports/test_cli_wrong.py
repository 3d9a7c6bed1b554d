"""The command with bad input: a sentence that names the file and the reason, and nothing lost."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, ROOT, SAMPLES, Run
from ending import ended, lines, sentence

ANSWER = SAMPLES / "antwoord-kernwapens-europa.txt"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xdc\xccY\xe7"


@pytest.fixture
def bad(tmp_path: Path) -> Path:
    """A folder with one good paper among files of which nothing can be made."""
    papers = tmp_path / "papers"
    papers.mkdir()
    shutil.copy(ANSWER, papers / "good.txt")
    (papers / "empty.txt").touch()
    (papers / "blank.txt").write_text(" \n\t\n", "utf-8")
    (papers / "picture.txt").write_bytes(PNG * 4)
    (papers / "utf16.txt").write_bytes(b"\xff\xfe\x00\xd8")
    (papers / "table.xlsx").write_bytes(b"PK")
    return papers


WRONG = {
    "empty.txt": "the file is empty",
    "blank.txt": "the file is empty",
    "picture.txt": "this is not a text file",
    "utf16.txt": "the file says that it is utf-16-le and is not",
}


def test_what_cannot_be_read_is_named_and_the_rest_is_built(run: Run, bad: Path, fresh: Path, tmp_path: Path) -> None:
    shutil.copytree(fresh, tmp_path / "kamergraaf-store")
    done = run("build", "papers")
    ended(done, 1)
    assert done.stdout == ""
    told = done.stderr.splitlines()
    assert re.fullmatch(r"1 paper built with \d+ mentions, 0 unchanged, 4 failed", told[0])
    for name, reason in WRONG.items():
        (line,) = (line for line in told if f"papers/{name}" in line)
        assert line.startswith("  failed: ")
        assert reason in line
    assert "1 file is of a kind that is not read, such as papers/table.xlsx" in done.stderr
    assert "ah-tk-20252026-2406" in run("export").stdout


def test_references_of_what_cannot_be_read(run: Run, bad: Path) -> None:
    done = run("references", *(f"papers/{name}" for name in WRONG))
    ended(done, 1)
    assert done.stdout == ""
    for (name, reason), line in zip(WRONG.items(), done.stderr.splitlines(), strict=True):
        assert line.startswith(f"kamergraaf: papers/{name}: {reason}")
    sentence(run("text", "papers/picture.txt"), 1, "papers/picture.txt", "this is not a text file")


def test_references_of_the_rest_are_given(run: Run, bad: Path) -> None:
    done = run("references", "papers/empty.txt", "papers/good.txt", "papers/nope.txt")
    ended(done, 1)
    assert {line["file"] for line in lines(done)} == {"papers/good.txt"}
    assert [line.split(": ")[1] for line in done.stderr.splitlines()] == ["papers/empty.txt", "papers/nope.txt"]


def test_files_that_are_not_there_or_of_another_kind(run: Run, bad: Path) -> None:
    sentence(run("references", "papers/nope.txt"), 1, "papers/nope.txt", "there is no such file or folder")
    sentence(run("references", "papers/table.xlsx"), 1, ".xlsx is no format that is read here", ".txt")
    (bad / "folder.txt").mkdir()
    sentence(run("references", "papers/folder.txt"), 1, "no papers found in papers/folder.txt")
    sentence(run("text", "papers/folder.txt"), 1, "papers/folder.txt", "cannot be opened: it is a folder, not a file")


def test_a_file_that_cannot_be_opened(run: Run, bad: Path, tmp_path: Path) -> None:
    (bad / "loop.txt").symlink_to("loop.txt")
    sentence(run("references", "papers/loop.txt"), 1, "papers/loop.txt", "cannot be opened")
    if os.geteuid() != 0:
        (bad / "good.txt").chmod(0)
        sentence(run("references", "papers/good.txt"), 1, "papers/good.txt", "cannot be opened")


def test_a_folder_without_papers(run: Run, tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    done = run("build", "papers")
    ended(done, 1)
    assert done.stderr.splitlines()[-1].startswith(
        "kamergraaf: no papers found in papers: there are no files that end in .txt, .md, "
    )


def test_a_folder_that_is_not_there(run: Run) -> None:
    done = run("build", "nope")
    ended(done, 1)
    assert "nope: there is no such file or folder" in done.stderr


def test_a_broken_register(tmp_path: Path) -> None:
    """The registers lie in the package: a copy of it with a broken one says which, and where."""
    for package in ("graph", "ontology", "exports"):
        shutil.copytree(ROOT / package, tmp_path / "copy" / package, ignore=shutil.ignore_patterns("__pycache__"))
    broken = tmp_path / "copy/ontology/registers/treaties.ttl"
    broken.write_text(broken.read_text("utf-8") + "\n<x> a onbekend:Ding .\n", "utf-8")
    command = [sys.executable, "-m", "exports.cli", "references", str(ANSWER)]
    environment = ENVIRONMENT | {"PYTHONPATH": str(tmp_path / "copy")}
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, encoding="utf-8", check=False)
    sentence(done, 1, "treaties.ttl", "line ")


@pytest.mark.slow
def test_a_locked_store(run: Run, built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "store")
    script = "from graph import Graph\nimport sys\ng = Graph.open('store', write=True); print('open', flush=True); sys.stdin.read()"
    command = [sys.executable, "-c", script]
    with subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdin
        assert holder.stdout
        holder.stdout.readline()
        says = ("the graph in store is in use by process", str(holder.pid), "wait until that is done, or stop it")
        sentence(run("build", ANSWER, "--store", "store"), 1, *says)
        ended(run("query", "papers", "--store", "store"), 0)  # who reads need not wait
        holder.stdin.close()
    ended(run("build", ANSWER, "--store", "store"), 0)


@pytest.mark.parametrize("words", [("info",), ("query", "papers"), ("export",), ("draw",), ("validate",)], ids=str)
def test_no_store(run: Run, words: tuple[str, ...], tmp_path: Path) -> None:
    sentence(run(*words), 1, "there is no graph in kamergraaf-store; make one with: kamergraaf build")
    assert list(tmp_path.iterdir()) == []


QUERIES = {
    "SELECT * { ?s ?p": (1, "the query does not run: the syntax is wrong at line 1, column 17"),
    "SELECT * { SERVICE <http://x.org/> { ?s ?p ?o } }": (1, "would send requests to other hosts"),
    "DELETE WHERE { ?s ?p ?o }": (1, "would change the graph"),
    "nope": (2, 'there is no query "nope"; there are: addresses-per-site'),
    "nope.rq": (2, "the query file nope.rq cannot be read"),
}


@pytest.mark.parametrize("query", QUERIES)
def test_a_query_that_is_wrong(run: Run, built: Path, query: str) -> None:
    sentence(run("query", query, "--store", built), *QUERIES[query])


def test_a_query_that_takes_too_long(run: Run, built: Path) -> None:
    numbers = "VALUES ?%s { " + " ".join(map(str, range(60))) + " }"
    endless = "SELECT (COUNT(*) AS ?n) { " + " ".join(numbers % name for name in "abcdefgh") + " }"
    sentence(run("query", endless, "--timeout", "1", "--store", built), 1, "ended after 1 seconds", "--timeout")


def test_files_that_cannot_be_written(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    for words in (("export", "-o", "file/out.ttl"), ("draw", "-o", "file/out.html")):
        sentence(run(*words, "--store", built), 1, f"{words[-1]} cannot be written")


def test_what_is_not_in_the_graph_cannot_be_drawn(run: Run, built: Path) -> None:
    sentence(run("draw", "--around", "nope", "--store", built), 1, 'nothing in the graph is called "nope"')
    sentence(run("draw", "--kinds", "nope", "--store", built), 2, "nothing of the kind nope", "treaty")


def test_a_graph_that_does_not_conform(run: Run, tmp_path: Path) -> None:
    script = (
        "from graph.store import Store; from pathlib import Path\n"
        "with Store(Path('store'), write=True) as s: s.quads.update('INSERT DATA { GRAPH <a:d> { <a:d> a "
        "<https://w3id.org/kamergraaf/ontology#Answer> } }')"
    )
    subprocess.run([sys.executable, "-c", script], cwd=tmp_path, env=ENVIRONMENT, check=True)
    done = run("validate", "--store", "store", COLUMNS="200")
    ended(done, 1)
    assert "a:d" in done.stdout
