"""Queries in a process of their own: what takes too long is ended, what crashes crashes alone, what is wrong says where."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest

from graph.ask import QueryError, ask

NUMBERS = "VALUES ?%s { " + " ".join(map(str, range(60))) + " }"
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(NUMBERS % name for name in "abcdefgh") + " }"


def test_an_answer(built: Path) -> None:
    answer = json.loads(ask(built, "ASK { ?s ?p ?o }"))
    assert answer["boolean"] is True


def test_the_formats(built: Path) -> None:
    one = 'SELECT ("a,\\"b" AS ?x) (<http://e.org/c,d> AS ?y) (1 AS ?z) { }'
    assert ask(built, one, "csv") == b'x,y,z\r\n"a,""b","http://e.org/c,d",1\r\n'
    assert ask(built, one, "tsv").startswith(b"?x\t?y\t?z\n")
    assert json.loads(ask(built, one))["head"]["vars"] == ["x", "y", "z"]
    assert ask(built, "CONSTRUCT { <http://e.org/s> <http://e.org/p> 'o' } {}").strip().endswith(b'"o" .')
    assert ask(built, "ASK { }", "csv").strip() == b"true"


def test_named_graphs_are_one(built: Path) -> None:
    counted = "SELECT (COUNT(*) AS ?n) { ?paper a <https://w3id.org/kamergraaf/ontology#Document> }"
    assert ask(built, counted, "csv") == b"n\r\n3\r\n"


def test_a_query_that_takes_too_long_is_ended(built: Path) -> None:
    begun = time.monotonic()
    with pytest.raises(QueryError, match="ended after 1 seconds"):
        ask(built, ENDLESS, seconds=1)
    assert time.monotonic() - begun < 10
    assert json.loads(ask(built, "ASK {}"))["boolean"] is True


def test_four_thousand_brackets_end_nobody(built: Path) -> None:
    with pytest.raises(QueryError, match="deep"):
        ask(built, "SELECT * " + "{" * 4500)


def test_a_process_that_crashes_ends_alone(built: Path) -> None:
    """Past the guard the same brackets do end the process that runs the query: this is why it is another one."""
    done = subprocess.run(
        [sys.executable, "-P", "-m", "graph.ask", str(built), "json"],
        input=("SELECT * " + "{" * 200_000).encode(),
        capture_output=True,
        timeout=60,
        check=False,
    )
    assert done.returncode != 0
    assert done.stdout == b""


@pytest.mark.parametrize(
    ("query", "says"),
    [
        ("SELECT * { ?s ?p", "the syntax is wrong at line 1, column 17, where it ends"),
        ("SELECT *\n{ ?s ?p ?o }\nLIMIT x", "the syntax is wrong at line 3, column 7, at: x"),
        ("", "the syntax is wrong at line 1, column 1, where it ends"),
        ("SELECT ?x { ?s no:such ?x }", "a prefix is used at line 1, column 23 without a line PREFIX"),
        ("SELECT (<http://e.org/f>(1) AS ?x) {}", "The custom function <http://e.org/f> is not supported"),
    ],
)
def test_what_is_wrong_with_a_query_is_told(built: Path, query: str, says: str) -> None:
    with pytest.raises(QueryError) as caught:
        ask(built, query)
    assert str(caught.value).startswith(says)
    assert "\n" not in str(caught.value)


def test_a_query_in_any_letters_arrives(built: Path) -> None:
    assert ask(built, "SELECT ('Yeşilgöz 😀' AS ?x) {}", "csv").decode() == "x\r\nYeşilgöz 😀\r\n"


def test_a_store_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(QueryError, match="there is no graph"):
        ask(tmp_path / "none", "ASK {}")


def test_modules_in_the_working_folder_do_not_run(built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "pyoxigraph.py").write_text("raise SystemExit('taken over')", "utf-8")
    (tmp_path / "graph").mkdir()
    (tmp_path / "graph" / "__init__.py").write_text("raise SystemExit('taken over')", "utf-8")
    monkeypatch.chdir(tmp_path)
    assert json.loads(ask(built, "ASK {}"))["boolean"] is True
