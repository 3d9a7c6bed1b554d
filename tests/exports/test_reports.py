"""The report of a build for people: many failures of one kind in one place are one line."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from conftest import Run

from exports.reports import failures, lines
from graph.read import ReadError
from graph.report import Report


def failed(*pairs: tuple[str, str]) -> Report:
    return Report(failed=[ReadError(name, reason) for name, reason in pairs])


@pytest.mark.parametrize(
    "reason",
    ["the file is empty", "its part {name} is damaged (Bad CRC-32 for file '{name}')", "it has {number} MB; files up to 100 MB are read",
     'its reader failed (KeyError: "x{number}")'],
)  # fmt: skip
def test_a_thousand_failures_in_one_archive_are_one_line(reason: str) -> None:
    report = failed(
        *((f"papers/all.zip/deep/{number}.pdf", reason.format(name=f"deep/{number}.pdf", number=number)) for number in range(1000)),
        ("papers/all.zip/other.pdf", "the PDF is locked with a password"),
    )  # fmt: skip
    many, other = failures(report)
    assert many.startswith("failed: 1000 files in papers/all.zip, such as deep/0.pdf: ")
    assert reason.format(name="deep/0.pdf", number=0) in many
    assert other == "failed: papers/all.zip/other.pdf: the PDF is locked with a password"
    assert len(list(failures(report, in_full=True))) == 1001


def test_each_archive_and_reason_has_a_line_of_its_own() -> None:
    report = failed(
        *(
            (f"{place}.ZIP/{number}.txt", why)
            for place in "ab"
            for why in ("it is empty", "it is damaged")
            for number in range(9)
        )
    )
    assert [line.split(",")[0] for line in failures(report)] == ["failed: 9 files in a.ZIP"] * 2 + [
        "failed: 9 files in b.ZIP"
    ] * 2


def test_few_failures_in_a_folder_are_named_and_many_are_counted() -> None:
    few = [(f"papers/{number:02}.txt", "the file is empty") for number in range(20)]
    assert list(failures(failed(*few))) == [f"failed: {name}: {reason}" for name, reason in few]
    (many,) = failures(failed(*few, ("papers/20.txt", "the file is empty")))
    assert many == "failed: 21 files in papers, such as 00.txt: the file is empty (--report FILE lists all)"


def test_a_report_has_its_plurals_right() -> None:
    one = Report(built=["a.txt"], papers=1, mentions=1, skipped=[("a.png", "its suffix is of a kind that is not read")])
    assert list(lines(one)) == [
        "1 paper built with 1 mention, 0 unchanged, 0 failed",
        "  1 file is of a kind that is not read, such as a.png",
    ]
    assert list(lines(Report(unchanged=["a.txt"]))) == ["nothing to do: 1 file is unchanged"]


def test_an_archive_of_junk_is_one_line_and_the_report_has_all(run: Run, tmp_path: Path, fresh: Path) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as packed:
        for number in range(30):
            packed.writestr(f"{number}.txt", b"\x89PNG\r\n\x1a\n" + bytes([number]))
    done = run("build", "all.zip", "--store", "store", "--report", "report.json")
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == [
        "  failed: 30 files in all.zip, such as 0.txt: this is not a text file: it is a PNG picture (--report FILE lists all)"
    ]
    report = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert {each["file"] for each in report["failed"]} == {f"all.zip/{number}.txt" for number in range(30)}
    assert {each["reason"] for each in report["failed"]} == {"this is not a text file: it is a PNG picture"}


def test_a_text_that_is_an_archive_and_a_broken_pdf_are_called_so(run: Run, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "a.txt", "w") as packed:
        packed.writestr("b.txt", "Kamerstuk 33279-40")
    assert "a.txt: this is not a text file: it is a zip archive" in run("text", "a.txt").stderr
    for junk in (b"junk", b"%PDF-1.4 half", b"%PDF-1.7\n%%EOF"):
        (tmp_path / "a.pdf").write_bytes(junk)
        said = run("text", "a.pdf").stderr
        assert said.startswith("kamergraaf: a.pdf: the PDF is damaged: ")
        assert "Success" not in said
