"""`measure`: a table of the most central things, and all of them as CSV."""

from __future__ import annotations

import csv
import io
from pathlib import Path

from conftest import Run

NPT = "https://w3id.org/kamergraaf/treaty/npt"


def test_the_table_shows_the_most_central_things(run: Run, built: Path) -> None:
    done = run("measure", "--store", built, "--top", "5", COLUMNS="160")
    assert done.returncode == 0, done.stderr
    assert "Non-proliferatieverdrag" in done.stdout
    assert sum(line.startswith("│") for line in done.stdout.splitlines()) == 5


def test_csv_has_every_thing_and_shares_that_add_up(run: Run, built: Path) -> None:
    done = run("measure", "--store", built, "--format", "csv")
    assert done.returncode == 0, done.stderr
    rows = {row["address"]: row for row in csv.DictReader(io.StringIO(done.stdout))}
    assert rows[NPT]["label"] == "Non-proliferatieverdrag"
    assert rows[NPT]["papers that refer to it"] == "2"
    assert abs(sum(float(row["pagerank"]) for row in rows.values()) - 1) < 0.001
    assert sum(int(row["edges out"]) for row in rows.values()) == sum(int(row["edges in"]) for row in rows.values())
    assert {row["community"] for row in rows.values()} >= {"1", "2"}


def test_a_folder_without_a_graph_is_named(run: Run, tmp_path: Path) -> None:
    done = run("measure", "--store", tmp_path / "none")
    assert done.returncode == 1
    assert done.stdout == ""
    assert str(tmp_path / "none") in done.stderr
