"""Messages: numbers with their noun, and no control character of a file name or document gets to a terminal or log."""

from __future__ import annotations

import json
import logging
import re
import shutil
import subprocess
import sys
import unicodedata
import urllib.error
import urllib.request
import zipfile
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, Run
from hypothesis import given
from hypothesis import strategies as st
from terminal import run_in_terminal

from exports.commands.serving import _OneLine
from exports.messages import counted, json_safe, printable
from graph.read import ReadError

DIRECTION = ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
NASTY = {
    "escape": "a\x1b[31mred\x1b]0;title\x07",
    "line feed": "new\n  failed: good.pdf: fake",
    "carriage return": "good.pdf: sound\rbad",
    "right to left": "exe\u202efdp",
    "isolate": "a\u2067b",
    "C1 control": "a\x9b31mb",
    "line separator": "a\u2028b",
    "backspace": "abc\b\b\bxyz",
    "delete": "a\x7fb",
}


def test_numbers_have_the_noun_that_goes_with_them() -> None:
    told = [counted(number, "paper") for number in (0, 1, 2)] + [
        counted(number, "query", "queries") for number in (1, 2)
    ]
    assert told == ["0 papers", "1 paper", "2 papers", "1 query", "2 queries"]


@given(st.text() | st.text(st.characters(categories=("Cc", "Cf", "Cs", "Zl", "Zp"))))
def test_nothing_that_a_terminal_obeys_is_left(text: str) -> None:
    for sign in printable(text):
        assert unicodedata.category(sign) not in ("Cc", "Cs", "Zl", "Zp")
        assert unicodedata.bidirectional(sign) not in DIRECTION
    plain = "".join(sign for sign in text if sign.isprintable())
    assert printable(plain) == plain


def test_what_is_escaped_can_be_read() -> None:
    assert printable("a\x1b[1m\n\r\t\x9b\u202e\u2028") == r"a\x1b[1m\n\r\t\x9b\u202e\u2028"
    assert printable(b"caf\xe9.txt".decode("utf-8", "surrogateescape")) == r"caf\xe9.txt"
    assert printable("Yeşilgöz 漢字 👩‍🔬 \\") == "Yeşilgöz 漢字 👩‍🔬 \\"


@given(st.text())
def test_json_says_the_same_with_control_characters_escaped(text: str) -> None:
    line = json_safe(json.dumps(text, ensure_ascii=False))
    assert json.loads(line) == text
    assert printable(line) == line


def test_a_reason_is_one_line() -> None:
    assert ReadError("a.pdf", "line 1\n  line 2\r\n").reason == "line 1 line 2"


# ---- the command


@pytest.fixture
def nasty(tmp_path: Path, fresh: Path) -> Path:
    """A folder with papers that cannot be read under such names, also in a zip file, and with some that can."""
    shutil.copytree(fresh, tmp_path / "store")
    papers = tmp_path / "papers"
    papers.mkdir()
    with zipfile.ZipFile(papers / "all.zip", "w") as packed:
        for name in NASTY.values():
            packed.writestr(f"{name}.txt", "")
    for name in NASTY.values():
        (papers / f"{name}.txt").touch()
        (papers / f"{name}.html").write_text(f"<p>Kamerstuk 33279-40 {len(name)} {name[0]}</p>", "utf-8")
        (papers / f"{name}.other").touch()
    return tmp_path


def clean(text: str) -> None:
    for line in text.split("\n"):
        assert printable(line) == line
        assert not re.match(r" *failed: good", line)


def test_names_of_files_reach_no_report_raw(run: Run, nasty: Path) -> None:
    for verbose in ([], ["--verbose"], ["--quiet"]):
        done = run("build", "papers", "--store", "store", "--report", "report.json", *verbose)
        assert done.returncode == 1
        clean(done.stderr)
        assert r"papers/a\x1b[31mred\x1b]0;title\x07.txt: the file is empty" in done.stderr
        failed = json.loads((nasty / "report.json").read_text("utf-8"))["failed"]
        assert {f"papers/{name}.txt" for name in NASTY.values()} <= {each["file"] for each in failed}
    for words in (
        ("query", "papers", "--format", "table"),
        ("info",),
        ("query", "references-of-document", "--format", "table"),
    ):
        done = run(*words, "--store", "store", COLUMNS="300")
        assert done.returncode == 0, done.stderr
        clean(done.stdout + done.stderr)


@pytest.mark.parametrize("name", NASTY.values(), ids=NASTY)
def test_names_of_files_reach_no_message_raw(run: Run, nasty: Path, name: str) -> None:
    for words in (("text", f"papers/{name}.txt"), ("references", f"papers/{name}.txt"), ("references", f"papers/{name}.html", "--format", "table"),
                  ("annotate", f"papers/{name}.html"), ("export", "--store", name), ("build", f"no{name}", "--store", "store")):  # fmt: skip
        done = run(*words)
        clean(done.stdout + done.stderr)
        assert " ".join(printable(name).split()) in " ".join((done.stdout + done.stderr).split()), words
    clean(run("references", f"papers/{name}.html", "--format", "jsonl").stdout)


@pytest.mark.slow
def test_names_of_files_reach_no_terminal_raw(nasty: Path) -> None:
    command = [sys.executable, "-m", "exports.cli", "build", "papers", "--store", "store"]
    done = run_in_terminal(command, cwd=nasty, env=ENVIRONMENT)
    assert r"\x1b[31mred" in done.text
    for name in ("escape", "right to left", "isolate", "C1 control", "line separator", "backspace"):
        assert NASTY[name] not in done.output
    assert not re.search(r"\x1b\[31mred|\x1b\]0;|[\x07\b\x7f-\x9f\u2028\u202e\u2067]", done.output)


def test_a_log_line_is_one_line() -> None:
    formatter = _OneLine("%(levelname)s: %(message)s")
    try:
        raise ValueError("a\x1b[2Jb\u202e")
    except ValueError:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "%s failed", ("/a\nERROR: fake\x1b[2J",), sys.exc_info()
        )
    lines = formatter.format(record).split("\n")
    assert lines[0] == r"ERROR: /a\nERROR: fake\x1b[2J failed"
    assert lines[1].startswith("Traceback")
    assert lines[-1] == r"ValueError: a\x1b[2Jb\u202e"


@pytest.mark.slow
def test_a_request_reaches_no_log_raw(built: Path, tmp_path: Path) -> None:
    store = shutil.copytree(built, tmp_path / "served")
    command = [sys.executable, "-m", "exports.cli", "serve", "--port", "0", "--verbose", "--store", str(store)]
    with subprocess.Popen(command, env=ENVIRONMENT, stderr=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stderr
        said = ""
        while not (found := re.search(r"http://[\d.:]+/", said)):
            said = server.stderr.readline()
        with pytest.raises(urllib.error.HTTPError):
            urllib.request.urlopen(f"{found[0]}nl/%1b%5b2J%0aERROR%e2%80%ae?a=%1b", timeout=30)
        server.terminate()
        log = server.stderr.read()
    assert '"GET /nl/%1B%5B2J%0AERROR%E2%80%AE?a=%1b HTTP/1.1" 404' in log
    clean(log)
