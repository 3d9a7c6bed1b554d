"""Whoever reads only the beginning of an output is no reason to call it a failure."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, SAMPLES


@pytest.mark.slow
def test_a_pipe_that_is_closed_is_no_error(tmp_path: Path) -> None:
    """More than a pipe holds, of which nobody reads any."""
    (tmp_path / "letter.txt").write_text("Zie Kamerstuk 33279, nr. 40. " * 2000)
    command = [sys.executable, "-m", "exports.cli", "references", str(tmp_path / "letter.txt"), str(SAMPLES)]
    with subprocess.Popen(command, env=ENVIRONMENT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as done:
        assert done.stdout is not None
        assert done.stderr is not None
        done.stdout.readline()
        done.stdout.close()
        assert done.stderr.read() == ""
        assert done.wait(60) == 0
