"""The command in real processes: data on standard output, messages on standard error, and exit codes that mean something."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from conftest import ENVIRONMENT, ROOT, SAMPLES, Run
from test_page import held
from typer.testing import CliRunner

from exports.cli import app

ANSWER, LETTER = SAMPLES / "antwoord-kernwapens-europa.txt", SAMPLES / "brief-kernwapens-belarus.txt"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01\x08\x06\0\0\0\x1f\x15\xc4\x89\0\0\0\rIDATx\x9cc\xf8\xff\xff?\0\x05\xfe\x02\xfe\xdc\xccY\xe7"
COMMANDS = ("demo", "build", "references", "text", "annotate", "query", "export", "draw", "validate", "info", "measure")
CONTRACT = ["file", "start", "end", "text", "kind", "id", "iri", "label", "rule", "confidence", "section"]
MORE = {"problem", "reason", "candidates", "article", "date", "title", "creator", "post", "holder", "page"}
"""What else may stand in a line: why something is wrong or open, and facts about the reference."""


def ended(done: subprocess.CompletedProcess[str], code: int) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b[" not in done.stdout + done.stderr


def sentence(done: subprocess.CompletedProcess[str], code: int, *says: str) -> None:
    """Nothing on standard output and one line on standard error that says these things."""
    ended(done, code)
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    for part in ("kamergraaf: ", *says):
        assert part in line


# ---- help


@pytest.mark.parametrize("command", COMMANDS)
def test_help_has_an_example_that_begins_with_the_command(command: str) -> None:
    done = CliRunner().invoke(app, [command, "--help"], env={"COLUMNS": "200"})
    assert done.exit_code == 0
    assert f"Example: kamergraaf {command}" in done.stdout


def test_help_lists_all_commands(run: Run) -> None:
    done = run("--help")
    ended(done, 0)
    for command in COMMANDS:
        assert re.search(rf"\b{command}\b", done.stdout)


@pytest.mark.parametrize(
    "words",
    [("nope",), ("build",), ("references",), ("references", "--format", "xml", ANSWER), ("references", "--date", "morgen", ANSWER),
     ("export", "--format", "docx"), ("query",), ("query", "papers", "--set", "x"), ("draw", "--depth", "0")],
    ids=str,
)  # fmt: skip
def test_wrong_usage_ends_with_two(run: Run, words: tuple[object, ...]) -> None:
    done = run(*words)
    ended(done, 2)
    assert done.stdout == ""
    assert done.stderr.strip()


# ---- references and text


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_references_are_lines_of_the_contract(run: Run) -> None:
    done = run("references", ANSWER, LETTER, "--format", "jsonl")
    ended(done, 0)
    assert done.stderr == ""
    texts = {str(file): file.read_text("utf-8") for file in (ANSWER, LETTER)}
    for line in lines(done):
        assert list(line)[: len(CONTRACT)] == CONTRACT
        assert set(line) - set(CONTRACT) <= MORE
        assert texts[str(line["file"])][line["start"] : line["end"]] == line["text"]
        assert 0 <= float(str(line["confidence"])) <= 1
        assert (line["id"] is None) == (line["iri"] is None) == ("reason" in line)
    assert {line["file"] for line in lines(done)} == set(texts)
    found = {(line["text"], line["kind"], line["id"], line["section"]) for line in lines(done)}
    assert ("Kamerstuk 33279-40", "kamerstuk", "kst-33279-40", "answer 6") in found
    assert ("2023Z06024", "zaak", "2023Z06024", "note 2") in found
    assert {line["problem"] for line in lines(done) if "problem" in line} == {"zaak number called Kamerstuk"}
    assert not any(line["kind"] == "date" for line in lines(done))


def test_dates_are_listed_when_asked_and_nothing_else(run: Run, tmp_path: Path) -> None:
    head = "Aan de Voorzitter van de Tweede Kamer der Staten-Generaal\n\nDen Haag, 3 februari 2025\n\nGeachte voorzitter,\n"
    (tmp_path / "a.txt").write_text(f"{head}\nZie Kamerstuk 33279-40.\n", "utf-8")
    assert [line["kind"] for line in lines(run("references", "a.txt"))] == ["kamerstuk"]
    assert [line["kind"] for line in lines(run("references", "a.txt", "--dates"))] == ["date", "kamerstuk"]


def test_offsets_are_code_points(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("😀 é e\u0301 Kamerstuk 33279-40\r\n".encode())
    (line,) = lines(run("references", "a.txt", "--format", "jsonl"))
    assert (line["file"], line["start"], line["end"], line["text"]) == ("a.txt", 7, 25, "Kamerstuk 33279-40")


def test_a_file_that_is_named_as_given_whatever_its_name(run: Run, tmp_path: Path) -> None:
    name = "[bold]naïef & co.txt"
    (tmp_path / name).write_text("Kamerstuk 33279-40", "utf-8")
    (line,) = lines(run("references", name))
    assert line["file"] == name


def test_a_pipe_gets_lines_and_a_table_when_asked(run: Run) -> None:
    assert lines(run("references", LETTER)) == lines(run("references", LETTER, "--format", "jsonl"))
    table = run("references", LETTER, "--format", "table", COLUMNS="200")
    ended(table, 0)
    assert "Boedapest Memorandum" in table.stdout


def test_a_date_from_outside_settles_what_the_paper_leaves_open(run: Run) -> None:
    found = {line["text"]: line["id"] for line in lines(run("references", LETTER, "--date", "2024-03-01"))}
    assert found["brief van 14 februari"] == "letter:2024-02-14"


def test_csv_has_the_fields_of_the_contract_and_no_formula(run: Run, tmp_path: Path) -> None:
    (tmp_path / "=1+1.txt").write_text("Kamerstuk 33279-40 en\nbrief van 2 maart", "utf-8")
    done = run("references", "=1+1.txt", "--format", "csv", "--date", "2024-05-05")
    ended(done, 0)
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert list(rows[0])[: len(CONTRACT)] == CONTRACT
    assert [(row["file"], row["id"]) for row in rows] == [
        ("'=1+1.txt", "kst-33279-40"),
        ("'=1+1.txt", "letter:2024-03-02"),
    ]


def test_text_is_the_text_as_read(run: Run, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes("\ufeffRegel één\r\nNUL \0 hier, lang genoeg.\n".encode())
    command = [sys.executable, "-m", "exports.cli", "text", "a.txt"]
    done = subprocess.run(command, cwd=tmp_path, env=ENVIRONMENT, capture_output=True, check=True)
    assert done.stdout.decode() == "Regel één\r\nNUL \ufffd hier, lang genoeg.\n"
    assert done.stderr == b""


def test_data_is_utf8_whatever_the_locale(run: Run) -> None:
    done = run("references", ANSWER, PYTHONUTF8="0", LC_ALL="C", PYTHONCOERCECLOCALE="0")
    ended(done, 0)
    assert any(line["text"] == "Yeşilgöz-Zegerius" for line in lines(done))


def test_a_reader_that_goes_away_hears_nothing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kamerstuk 33279-40 en " * 5000, "utf-8")
    command = [sys.executable, "-m", "exports.cli", "references", "a.txt"]
    with subprocess.Popen(
        command, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as going:
        assert going.stdout
        assert going.stderr
        going.stdout.readline()
        going.stdout.close()
        assert going.stderr.read() == b""
        assert going.wait(60) in (0, 1)


# ---- the graph


def test_build_tells_what_it_did_and_does_nothing_twice(run: Run, tmp_path: Path, fresh: Path) -> None:
    shutil.copytree(SAMPLES, tmp_path / "papers")
    shutil.copytree(fresh, tmp_path / "kamergraaf-store")
    first, second = run("build", "papers"), run("build", "papers")
    for done in (first, second):
        ended(done, 0)
        assert done.stdout == ""
    assert re.fullmatch(r"3 papers built with \d+ mentions, 0 unchanged, 0 failed\n", first.stderr)
    assert second.stderr == "nothing to do: 3 papers are unchanged\n"
    (tmp_path / "papers" / ANSWER.name).unlink()
    gone, pruned = run("build", "papers"), run("build", "papers", "--prune")
    ended(gone, 0)
    assert f"gone, still in the graph (remove it with --prune): papers/{ANSWER.name}" in gone.stderr
    assert f"removed: papers/{ANSWER.name}" in pruned.stderr


def test_query_by_name_file_and_text(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "mine.rq").write_text("SELECT (1 + 1 AS ?two) {}", "utf-8")
    assert run("query", "mine.rq", "--store", built).stdout == "two\n2\n"
    done = run("query", "documents-by-treaty", "--set", "treaty=npt", "--store", built)
    ended(done, 0)
    assert done.stderr == ""
    assert [row["label"] for row in csv.DictReader(io.StringIO(done.stdout))] == [
        "brief-kernwapens-belarus",
        "Aanhangsel 2025-2026, nr. 2406",
    ]
    as_json = run("query", "SELECT (1 + 2 AS ?three) {}", "--store", built, "--format", "json")
    assert [row["three"]["value"] for row in json.loads(as_json.stdout)["results"]["bindings"]] == ["3"]
    table = run("query", "papers", "--store", built, "--format", "table", COLUMNS="200")
    assert "3 rows" in table.stdout


def test_query_lists_the_named_queries(run: Run) -> None:
    done = run("query", "--list", COLUMNS="200")
    ended(done, 0)
    for path in (ROOT / "exports" / "queries").glob("*.rq"):
        assert path.stem in done.stdout


@pytest.mark.parametrize("form", ["turtle", "trig", "nquads", "jsonld", "graphml"])
def test_export_writes_a_file_or_standard_output(run: Run, built: Path, tmp_path: Path, form: str) -> None:
    filed = run("export", "--format", form, "-o", "deep/er/out", "--store", built)
    ended(filed, 0)
    assert filed.stdout == ""
    assert re.fullmatch(r"deep/er/out: \d+ (statements|edges)\n", filed.stderr)
    if form in ("turtle", "graphml"):
        piped = run("export", "--format", form, "--store", built)
        ended(piped, 0)
        assert piped.stderr == ""
        assert (tmp_path / "deep/er/out").read_text("utf-8") == piped.stdout
    assert list((tmp_path / "deep/er").iterdir()) == [tmp_path / "deep/er/out"]


def test_draw_writes_a_page(run: Run, built: Path, tmp_path: Path) -> None:
    done = run("draw", "-o", "npt.html", "--around", "npt", "--depth", "1", "--store", built)
    ended(done, 0)
    assert re.fullmatch(r"npt.html: \d+ nodes, \d+ edges, \d+ kB\n", done.stderr)
    page = (tmp_path / "npt.html").read_text("utf-8")
    drawn = held(page, "graph")["nodes"]["label"]
    assert "Non-proliferatieverdrag" in drawn
    assert not any("TZ202306-123" in label for label in drawn)


def test_info_tells_what_is_there(run: Run, built: Path) -> None:
    done = run("info", "--store", built)
    ended(done, 0)
    assert done.stdout.startswith("3 papers from 3 files, ")
    assert re.search(r"treaty\W+16\W+16", done.stdout)


def test_demo_makes_everything(run: Run, tmp_path: Path) -> None:
    done = run("demo")
    ended(done, 0)
    assert rdflib.Graph().parse(tmp_path / "out/graph.ttl")
    assert (tmp_path / "out/graph.html").stat().st_size > 100_000
    for line in ("What the papers refer to", "zaak number", "Most referred to"):
        assert line in done.stdout
    assert "Try next" in done.stderr


# ---- bad input


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
    assert re.fullmatch(r"1 papers built with \d+ mentions, 0 unchanged, 4 failed", told[0])
    for name, reason in WRONG.items():
        (line,) = (line for line in told if f"papers/{name}" in line)
        assert line.startswith("  failed: ")
        assert reason in line
    assert "1 files are of a kind that is not read, such as papers/table.xlsx" in done.stderr
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
    sentence(run("references", "papers/nope.txt"), 1, "papers/nope.txt", "cannot be opened")
    sentence(run("references", "papers/table.xlsx"), 1, ".xlsx is no format that is read here", ".txt")
    (bad / "folder.txt").mkdir()
    sentence(run("references", "papers/folder.txt"), 1, "papers/folder.txt", "cannot be opened")


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
    sentence(run("draw", "--around", "nope", "--store", built), 2, 'nothing in the graph is called "nope"')
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
