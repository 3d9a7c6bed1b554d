"""The documentation: every example does what the page says, and the site holds together."""

import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path

import pytest

import docs
import graph
from docs.maker.__main__ import ORDER, pages
from docs.maker.pages import write
from exports.named import all_queries

DOCS = Path(docs.__file__).parent
ROOT = DOCS.parent
_BLOCK = re.compile(r"^```(\w+)(?: name=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str) -> list[tuple[str, str, str]]:
    return [match.groups(default="") for match in _BLOCK.finditer((DOCS / f"{name}.md").read_text("utf-8"))]


def run(command: str, folder: Path) -> str:
    """What a command of a page prints, as a reader would see it."""
    script = f'kamergraaf() {{ "{sys.executable}" -m exports.cli "$@"; }}\n{command} 2>&1'
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "100", "PYTHONUTF8": "1"}
    told = subprocess.run(
        ["bash", "-c", script], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    return told.stdout


@pytest.mark.slow
@pytest.mark.parametrize("name", ORDER)
def test_commands_print_what_the_page_says(name: str, tmp_path: Path) -> None:
    shutil.copytree(Path(graph.__file__).parent / "samples", tmp_path / "samples")
    for sort, file, text in blocks(name):
        if file:
            (tmp_path / file).write_text(text, "utf-8")
        if sort != "console":
            continue
        for command, said in re.findall(r"^\$ (.+)\n((?:(?!\$ ).*\n)*)", text, re.MULTILINE):
            if made := re.fullmatch(r"cat (\S+)", command):
                (tmp_path / made[1]).write_text(said.rstrip("\n") + "\n", "utf-8")
            else:
                assert run(command, tmp_path) == said, command


@pytest.mark.parametrize("name", ORDER)
def test_python_runs_as_it_stands(name: str) -> None:
    for sort, _, text in blocks(name):
        if sort == "python":
            exec(compile(text, name, "exec"), {})


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.targets: list[str] = []
        self.names: set[str] = set()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        told = dict(attributes)
        self.targets += [value for key in ("href", "src") if (value := told.get(key))]
        self.names |= {value for value in (told.get("id"),) if value}


def test_the_site_is_whole(tmp_path: Path) -> None:
    write(pages(), tmp_path)
    found = {}
    for path in tmp_path.glob("*.html"):
        found[path.name] = _Links()
        found[path.name].feed(path.read_text("utf-8"))
    for name, links in found.items():
        for target in links.targets:
            assert "//" not in target, f"{name} needs another site: {target}"
            file, _, part = target.partition("#")
            assert (tmp_path / (file or name)).exists(), f"{name} links to {target}"
            assert not part or part in found[file or name].names, f"{name} links to {target}"
    queries = (tmp_path / "queries.html").read_text("utf-8")
    assert all(f'id="{query.name}"' in queries for query in all_queries())
    ontology = (tmp_path / "ontology.html").read_text("utf-8")
    assert "noemt verdrag" in ontology
    assert "invokes treaty" in ontology
    assert "<svg" in ontology
    assert "--register" in (tmp_path / "command-line.html").read_text("utf-8")
