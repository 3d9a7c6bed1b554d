"""Discovery: every file in a folder or zip file is read, skipped with a reason or failed, whatever it is and is called."""

from __future__ import annotations

import io
import json
import os
import shutil
import socket
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, Run
from hypothesis import given
from hypothesis import strategies as st

from graph import Graph
from graph.filenames import decode_name, escape_name, unescape_name
from graph.gather import INSIDE, LEADS_OUT, NO_PAPER, READ_ALREADY, find
from graph.read import LEADS_NOWHERE
from graph.read.archive import Archive
from graph.report import Report

PAPER = "Zie Kamerstuk 33279-{}, over de motie."


@pytest.fixture
def papers(tmp_path: Path, fresh: Path) -> Path:
    """An empty folder beside a store that has the registers already."""
    shutil.copytree(fresh, tmp_path / "store")
    (tmp_path / "papers").mkdir()
    return tmp_path / "papers"


def build(papers: Path, *, prune: bool = False) -> Report:
    with Graph.open(papers.parent / "store", write=True) as graph:
        return graph.build([papers], prune)


def put(path: Path, number: int = 40) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PAPER.format(number), "utf-8")
    return path


# ---- names


@given(st.binary(min_size=1).filter(lambda raw: b"\0" not in raw))
def test_any_name_is_escaped_and_brought_back(raw: bytes) -> None:
    name = escape_name(os.fsdecode(raw))
    assert name.encode("utf-8")
    assert os.fsencode(unescape_name(name)) == raw
    assert name == decode_name(raw)


@given(st.binary(min_size=1), st.binary(min_size=1))
def test_two_names_are_never_escaped_to_one(one: bytes, other: bytes) -> None:
    assert (decode_name(one) == decode_name(other)) == (one == other)


@pytest.mark.parametrize("raw", [b"inv\xff\xfe.txt", b"\x80.txt", b"a\xc3.txt", rb"a\xff.txt", rb"a\x5cxff.txt"])
def test_a_file_of_any_name_is_read_stored_and_known_again(papers: Path, run: Run, raw: bytes) -> None:
    put(papers / "good.txt", 41)
    try:
        put(Path(os.fsdecode(os.fsencode(papers) + b"/" + raw)))
    except OSError:
        pytest.skip("this disk takes no such name")
    name = f"papers/{decode_name(raw)}"
    report = build(papers)
    assert (sorted(report.built), report.failed) == (sorted([name, "papers/good.txt"]), [])
    json.dumps(report.told(), ensure_ascii=False).encode("utf-8")
    again = build(papers, prune=True)
    assert (sorted(again.unchanged), again.missing) == (sorted([name, "papers/good.txt"]), [])
    done = run("references", "papers", "--format", "csv")
    assert done.returncode == 0
    assert f"{name},4,22,Kamerstuk 33279-40" in done.stdout
    rows = [json.loads(line) for line in run("references", name).stdout.splitlines()]
    assert [(row["file"], row["id"]) for row in rows] == [(name, "kst-33279-40")]
    assert run("text", name).stdout == PAPER.format(40)


@pytest.mark.parametrize("raw", [b"caf\x82.txt", b"\xff\xfe.txt", "café.txt".encode(), b"map\x99/b.txt"])
@pytest.mark.parametrize("declared", [False, True])
def test_a_part_of_a_zip_of_any_name_is_read(papers: Path, run: Run, raw: bytes, declared: bool) -> None:
    (papers / "old.zip").write_bytes(zip_of(raw, declared))
    name = f"papers/old.zip/{decode_name(raw)}"
    report = build(papers)
    assert (sorted(report.built), report.failed) == (sorted([name, "papers/old.zip/other.txt"]), [])
    assert build(papers, prune=True).missing == []
    assert run("text", name).stdout == PAPER.format(40)
    files = {json.loads(line)["file"] for line in run("references", "papers/old.zip").stdout.splitlines()}
    assert files == set(report.built)


def zip_of(raw: bytes, declared: bool) -> bytes:
    """A zip file with a part of that name, which it may declare to be UTF-8, and another."""
    held = b"x" * len(raw)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr(held.decode(), PAPER.format(40))
        file.writestr("other.txt", PAPER.format(41))
        places = [0, file.start_dir]
        start = file.start_dir
    data = bytearray(buffer.getvalue().replace(held, raw))
    if declared:
        for flags in (places[0] + 6, start + 8):
            data[flags + 1] |= 8
    return bytes(data)


def test_parts_of_one_name_are_told_of() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        file.writestr("a.txt", "one")
        with pytest.warns(UserWarning, match="Duplicate"):
            file.writestr("a.txt", "two")
    archive = Archive("a.zip", buffer.getvalue())
    assert (archive.part("a.txt"), archive.repeated) == (b"two", ["a.txt"])


# ---- what is no file


def special(papers: Path) -> dict[str, str]:
    """Put things in a folder that are no files, with the reason that is given for each."""
    os.mkfifo(papers / "pipe.txt")
    with socket.socket(socket.AF_UNIX) as made:
        here = Path.cwd()
        os.chdir(papers)  # the address of a socket is short
        try:
            made.bind("socket.txt")
        finally:
            os.chdir(here)
    (papers / "nowhere.txt").symlink_to("gone.txt")
    (papers / "circle.txt").symlink_to("circle.txt")
    (papers / "null.txt").symlink_to(os.devnull)
    return {
        "pipe.txt": "it is a named pipe (FIFO), not a file",
        "socket.txt": "it is a socket, not a file",
        "nowhere.txt": LEADS_NOWHERE,
        "circle.txt": LEADS_NOWHERE,
        "null.txt": "it is a device, not a file",
    }


def test_what_is_no_file_is_skipped_with_the_reason(papers: Path) -> None:
    put(papers / "good.txt")
    expected = special(papers)
    report = build(papers)
    assert (report.built, report.failed) == (["papers/good.txt"], [])
    assert {name.removeprefix("papers/"): reason for name, reason in report.skipped} == expected


@pytest.mark.parametrize("name", ["pipe.txt", "pipe.pdf", "pipe.zip", "pipe"])
@pytest.mark.parametrize("command", ["text", "annotate", "references", "build"])
def test_no_command_waits_on_a_named_pipe(run: Run, tmp_path: Path, name: str, command: str) -> None:
    os.mkfifo(tmp_path / name)
    done = run(command, name)
    assert done.returncode == 1
    assert "it is a named pipe (FIFO), not a file" in done.stderr


@pytest.mark.parametrize("option", ["--register", "--known", "--corrections"])
def test_no_option_waits_on_a_named_pipe(run: Run, tmp_path: Path, option: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    put(tmp_path / "a.txt")
    for command in ("references", "build"):
        done = run(command, "a.txt", option, "pipe")
        assert done.returncode == 1
        assert "it is a named pipe (FIFO), not a file" in done.stderr


def test_a_query_and_a_list_do_not_wait_on_a_named_pipe(built: Path, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.rq")
    command = [sys.executable, "-m", "exports.cli"]
    for words, given_list in ((["query", "pipe.rq", "--store", str(built)], ""), (["references", "-"], "pipe.rq\n")):
        done = subprocess.run(
            [*command, *words], input=given_list, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True,
            timeout=30, check=False,
        )  # fmt: skip
        assert done.returncode
        assert "it is a named pipe (FIFO), not a file" in done.stderr


def test_a_rebuild_from_nothing_leaves_the_graph_as_it_is(papers: Path, run: Run) -> None:
    put(papers / "a.txt")
    build(papers)
    (papers / "a.txt").unlink()
    done = run("rebuild", "papers", "--store", "store")
    assert done.returncode == 1
    assert "no papers found in papers; nothing was changed" in done.stderr
    assert "kamerstuk" in run("info", "--store", "store").stdout


@pytest.mark.parametrize("name", ["nowhere.txt", "circle.txt"])
def test_a_link_that_leads_nowhere_is_named_as_it_was_given(run: Run, tmp_path: Path, name: str) -> None:
    (tmp_path / name).symlink_to(name if name == "circle.txt" else "gone.txt")
    for command in ("build", "references", "text"):
        done = run(command, name)
        assert done.returncode == 1
        assert f"kamergraaf: {name}: cannot be opened: " in done.stderr


# ---- symbolic links


def test_links_that_lead_out_are_skipped_unless_followed(tmp_path: Path) -> None:
    folder, outside = tmp_path / "papers", tmp_path / "outside"
    put(folder / "sub" / "a.txt")
    put(outside / "o.txt", 41)
    put(outside / "deep" / "p.txt", 42)
    (folder / "file.txt").symlink_to(outside / "o.txt")
    (folder / "linked").symlink_to(outside)
    (folder / "again").symlink_to(outside)
    (folder / "here").symlink_to("sub")
    (folder / "same.txt").symlink_to("sub/a.txt")
    (outside / "back").symlink_to(folder)
    (outside / "loop").symlink_to(".")
    found = find([folder], tmp_path)
    assert set(found.files) == {"papers/sub/a.txt"}
    assert dict(found.skipped) == {
        "papers/file.txt": LEADS_OUT, "papers/linked": LEADS_OUT, "papers/again": LEADS_OUT, "papers/here": INSIDE,
    }  # fmt: skip
    followed = find([folder], tmp_path, follow_links=True)
    # of two links to one folder the first is followed
    assert set(followed.files) == {
        "papers/sub/a.txt", "papers/file.txt", "papers/again/o.txt", "papers/again/deep/p.txt",
    }  # fmt: skip
    assert dict(followed.skipped) == {
        "papers/here": INSIDE, "papers/linked": READ_ALREADY, "papers/again/back": INSIDE, "papers/again/loop": READ_ALREADY,
    }  # fmt: skip
    assert set(find([folder / "file.txt"], tmp_path).files) == {"outside/o.txt"}
    assert set(find([folder / "linked"], tmp_path).files) == {"outside/o.txt", "outside/deep/p.txt"}


# ---- what is about the folder


ABOUT = [
    "README", "README.md", "readme.txt", "README.nl.md", "LEESMIJ.txt", "LICENSE", "LICENCE.md", "COPYING", "CHANGELOG.md",
    "CONTRIBUTING.md", "index.tsv", "NOTICE.txt", "SECURITY.md",
]  # fmt: skip
PAPERS = ["security.pdf", "index.html", "readmission.txt", "notices-2024.txt", "changelings.txt", "brief.md"]


@pytest.mark.parametrize("name", ABOUT)
def test_a_file_about_the_folder_is_no_paper_unless_it_is_named(tmp_path: Path, name: str) -> None:
    put(tmp_path / "papers" / name)
    with zipfile.ZipFile(tmp_path / "papers" / "z.zip", "w") as file:
        file.writestr(f"map/{name}", "about")
    found = find([tmp_path / "papers"], tmp_path)
    assert (found.files, sorted(found.skipped)) == (
        {},
        sorted([(f"papers/{name}", NO_PAPER), (f"papers/z.zip/map/{name}", NO_PAPER)]),
    )
    assert set(find([tmp_path / "papers" / name], tmp_path).files) == {f"papers/{name}"}


@pytest.mark.parametrize("name", PAPERS)
def test_a_paper_may_have_such_a_word_in_its_name(tmp_path: Path, name: str) -> None:
    put(tmp_path / name)
    assert set(find([tmp_path], tmp_path).files) == {name}


def test_hidden_files_are_counted(papers: Path, run: Run) -> None:
    put(papers / ".hidden.txt")
    put(papers / ".git" / "a.txt")
    with zipfile.ZipFile(papers / "z.zip", "w") as file:
        file.writestr("__MACOSX/._a.txt", "x")
        file.writestr("a.txt", PAPER.format(40))
    assert build(papers).told()["hidden"] == 3
    assert "3 hidden files and folders were skipped" in run("build", "papers", "--store", "store", "--dry-run").stderr


# ---- dry run


def test_a_dry_run_tells_what_a_build_would_do_and_writes_nothing(papers: Path, run: Run) -> None:
    put(papers / "same.txt")
    put(papers / "gone.txt", 41)
    build(papers)
    put(papers / "new.txt", 42)
    (papers / "gone.txt").unlink()
    put(papers / "README.md")
    (papers / "picture.txt").write_bytes(b"\x89PNG" + b"\0" * 100)
    before = content(papers.parent / "store")
    done = run("build", "papers", "--store", "store", "--dry-run", "--report", "plan.json")
    assert done.returncode == 0, done.stderr
    assert "would read: papers/new.txt" in done.stderr
    told = json.loads((papers.parent / "plan.json").read_text("utf-8"))
    assert told["to_read"] == ["papers/new.txt", "papers/picture.txt"]
    assert (told["unchanged"], told["missing"]) == (["papers/same.txt"], ["papers/gone.txt"])
    assert told["skipped"] == [{"file": "papers/README.md", "reason": NO_PAPER}]
    assert content(papers.parent / "store") == before


def content(store: Path) -> dict[str, bytes]:
    return {str(path): path.read_bytes() for path in sorted((store / "quads").rglob("*")) if path.is_file()}


@pytest.mark.parametrize(
    "words", [("papers", "--dry-run"), ("nope", "--dry-run"), ("nope",), ("empty",), ("README.d",)]
)
def test_no_store_is_made_for_nothing(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    put(tmp_path / "papers" / "a.txt")
    put(tmp_path / "README.d" / "README.md")
    (tmp_path / "empty").mkdir()
    done = run("build", *words)
    assert done.returncode == (0 if words[0] == "papers" else 1)
    assert not (tmp_path / "kamergraaf-store").exists()
    if words[0] == "nope":
        assert "nope: there is no such file or folder" in done.stderr
