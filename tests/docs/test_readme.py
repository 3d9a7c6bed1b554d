"""Every command of README.md runs as printed, on a real terminal, after the demo."""

from __future__ import annotations

import os
import re
import shlex
import sys
from pathlib import Path

import pytest
from terminal import run_in_terminal

ROOT = Path(__file__).parents[2]
MAIN_JOBS = re.compile(r"## The main jobs\n(.*?)^## ", re.DOTALL | re.MULTILINE)
PYTHON = re.compile(r"```python\n(.*?)```", re.DOTALL)


def jobs() -> str:
    found = MAIN_JOBS.search((ROOT / "README.md").read_text("utf-8"))
    assert found
    return found[1]


def commands() -> list[str]:
    """The lines of indented blocks that a reader would paste: those with a prompt, else the whole block."""
    lines = re.findall(r"^    (.+)$", PYTHON.sub("", jobs()), re.MULTILINE)
    return [line.removeprefix("$ ") for line in lines if line.startswith(("$ ", "kamergraaf ", "find ", "export "))]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A folder with the results of the demo, and an environment in which `kamergraaf` is found."""
    folder = tmp_path_factory.mktemp("readme")
    (folder / "bin").mkdir()
    script = folder / "bin" / "kamergraaf"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m exports.cli "$@"\n', "utf-8")
    script.chmod(0o755)
    env = {
        **os.environ, "PYTHONPATH": str(ROOT), "PATH": f"{folder / 'bin'}:{os.environ['PATH']}",
        "KAMERGRAAF_STORE": "out/store", "BROWSER": "true",
    }  # fmt: skip
    done = run_in_terminal(["kamergraaf", "demo"], cwd=folder, env=env)
    assert done.code == 0, done.text
    (folder / "hints").write_text(done.text, "utf-8")
    return folder, env


@pytest.mark.slow
@pytest.mark.parametrize("command", commands())
def test_commands_run_as_printed(command: str, place: tuple[Path, dict[str, str]]) -> None:
    folder, env = place
    serves = "kamergraaf serve" in command
    done = run_in_terminal(
        ["bash", "-o", "pipefail", "-c", command], cwd=folder, env=env, interrupt_at="Ctrl-C" if serves else None
    )
    assert done.code in ((0, 130) if serves else (0,)), done.text
    assert "Traceback" not in done.text


@pytest.mark.slow
def test_hints_of_the_demo_run_as_printed(place: tuple[Path, dict[str, str]]) -> None:
    folder, env = place
    hints = re.findall(r"^  (\S*(?:kamergraaf|cli\.py) .+)$", (folder / "hints").read_text("utf-8"), re.MULTILINE)
    assert len(hints) >= 3
    for hint in hints:
        if " FOLDER" in hint:
            continue
        line = re.sub(r"^\S*cli\.py ", f"{shlex.quote(sys.executable)} -m exports.cli ", hint)
        done = run_in_terminal(["bash", "-c", line], cwd=folder, env=env)
        assert done.code == 0, done.text


@pytest.mark.slow
def test_python_runs_as_printed(place: tuple[Path, dict[str, str]]) -> None:
    folder, env = place
    snippet = PYTHON.search(jobs())
    assert snippet
    done = run_in_terminal([sys.executable, "-c", snippet[1]], cwd=folder, env=env)
    assert done.code == 0, done.text
    said = [line.removeprefix("# ") for line in snippet[1].splitlines() if line.startswith("# ")]
    assert done.text.splitlines() == said
