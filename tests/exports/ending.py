"""How a command ends: its exit code, lines of data, and a sentence where something is wrong."""

import json
import subprocess


def ended(done: subprocess.CompletedProcess[str], code: int) -> None:
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    assert "\x1b[" not in done.stdout + done.stderr


def sentence(done: subprocess.CompletedProcess[str], code: int, *says: str) -> None:
    """Nothing on standard output and one line on standard error that says these things."""
    ended(done, code)
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    for part in ("kamergraaf: ", *says):
        assert part in line


def lines(done: subprocess.CompletedProcess[str]) -> list[dict[str, object]]:
    return [json.loads(line) for line in done.stdout.splitlines()]
