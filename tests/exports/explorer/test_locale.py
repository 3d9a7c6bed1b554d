"""The pages on a machine whose own encoding is not UTF-8."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from conftest import ENVIRONMENT
from test_skeleton import ask

from graph import Graph

CODED = {"PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "LC_ALL": "C", "PYTHONIOENCODING": "cp1252"}
"""The encoding of files is ASCII, which takes even less than cp1252; that of what is printed is cp1252."""
NAMES = ("Yeşilgöz", "Žižek")


@pytest.mark.slow
def test_names_that_the_encoding_lacks_are_on_pages_and_break_no_log(tmp_path: Path) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "brief-Žižek.txt").write_text(
        f"Den Haag, 3 maart 2025\n\nMinister {' en '.join(NAMES)} over Kamerstuk 33279-40.\n", "utf-8"
    )
    with Graph.open(tmp_path / "store", write=True) as made:
        assert not made.build([tmp_path / "papers"]).failed
    environment = ENVIRONMENT | CODED
    checks = "import locale, sys; print(locale.getpreferredencoding(False), sys.stdout.encoding)"
    told = subprocess.run([sys.executable, "-c", checks], env=environment, capture_output=True, text=True, check=True)
    assert "utf" not in told.stdout.lower()
    command = [sys.executable, "-m", "exports.cli", "serve", "--store", str(tmp_path / "store"), "--port", "0"]
    with subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, encoding="cp1252") as process:
        try:
            assert process.stderr is not None
            site = re.search(r"http://[\d.:]+", process.stderr.readline())
            assert site
            for language in ("nl", "en"):
                status, _, text = ask(site[0], f"/{language}/search?q={quote(NAMES[1])}")
                assert (status, NAMES[1] in text) == (200, True)
                query = quote('SELECT ("Yeşilgöz, Žižek" AS ?name) {}')
                status, _, text = ask(site[0], f"/{language}/sparql?query={query}")
                assert (status, "Yeşilgöz, Žižek</bdi>" in text) == (200, True)
                assert ask(site[0], f"/{language}/{quote(NAMES[1])}")[0] == 404
            assert "ş" in ask(site[0], f"/sparql?query={query}&format=csv")[2]
        finally:
            process.terminate()
        rest = process.stderr.read()
    assert "Error" not in rest
