"""Commands on a real pseudo-terminal: progress bars, colours and Ctrl-C."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, SAMPLES
from terminal import Session, run_in_terminal

Terminal = Callable[..., Session]


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Run the command `kamergraaf` on a pseudo-terminal, in the folder of the test."""

    def run(*words: object, columns: int = 80, interrupt_at: str | None = None, **env: str) -> Session:
        command = [sys.executable, "-m", "exports.cli", *map(str, words)]
        return run_in_terminal(command, cwd=tmp_path, env=ENVIRONMENT | env, columns=columns, interrupt_at=interrupt_at)

    return run


def test_build_shows_its_progress_and_leaves_the_cursor_visible(terminal: Terminal, tmp_path: Path) -> None:
    done = terminal("build", SAMPLES, "--store", tmp_path / "store")
    assert done.code == 0, done.output
    assert "reading" in done.text
    assert "Traceback" not in done.text
    assert done.cursor_visible
