"""The command in real processes: data on standard output, messages on standard error, and exit codes that mean something."""

from __future__ import annotations

import csv
import io
import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from conftest import ENVIRONMENT, ROOT, SAMPLES, Run
from ending import ended, lines
from pictured import held
from typer.testing import CliRunner

from exports.cli import app

ANSWER, LETTER = SAMPLES / "antwoord-kernwapens-europa.txt", SAMPLES / "brief-kernwapens-belarus.txt"
COMMANDS = ("demo", "build", "references", "text", "annotate", "query", "export", "draw", "validate", "info", "measure")
CONTRACT = ["file", "start", "end", "text", "kind", "id", "iri", "label", "rule", "confidence", "section"]
MORE = {"problem", "reason", "candidates", "article", "date", "title", "creator", "post", "holder", "page"}
"""What else may stand in a line: why something is wrong or open, and facts about the reference."""


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
    assert done.stderr.startswith(b"a.txt was read in part: ")


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
    assert second.stderr == "nothing to do: 3 files are unchanged\n"
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
    assert re.fullmatch(r"deep/er/out: [\d,]+ (statements|edges)\n", filed.stderr)
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
