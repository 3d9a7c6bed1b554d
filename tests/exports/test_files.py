"""A file is written whole or not at all, under its own name and nowhere else."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ENVIRONMENT

from exports.files import writing


def test_a_symbolic_link_is_replaced_and_what_it_points_to_is_left_alone(tmp_path: Path) -> None:
    """Whoever may put a link where somebody exports to must not choose by that which file is written."""
    (tmp_path / "elsewhere").mkdir()
    for name, held in (("there", b"as it was"), ("not-there", None)):
        other, target = tmp_path / "elsewhere" / name, tmp_path / "graph.ttl"
        if held:
            other.write_bytes(held)
        target.unlink(missing_ok=True)
        target.symlink_to(other)
        with writing(target) as file:
            file.write(b"new")
        assert not target.is_symlink()
        assert target.read_bytes() == b"new"
        assert (other.read_bytes() if other.exists() else None) == held


def test_what_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_bytes(b"old")
    with pytest.raises(TypeError), writing(target) as file:
        file.writelines([b"half", "no bytes"])  # type: ignore[list-item]  it is the failure
    assert target.read_bytes() == b"old"
    assert os.listdir(tmp_path) == ["graph.ttl"]


@pytest.mark.slow
def test_a_process_that_is_killed_leaves_the_old_file(tmp_path: Path) -> None:
    target = tmp_path / "graph.ttl"
    target.write_bytes(b"old")
    script = f"""
import sys, time
from pathlib import Path
from exports.files import writing
with writing(Path({str(target)!r})) as file:
    file.write(b"half")
    file.flush()
    print("written", flush=True)
    time.sleep(60)
"""
    with subprocess.Popen([sys.executable, "-c", script], env=ENVIRONMENT, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout is not None
        assert writer.stdout.readline() == "written\n"
        writer.send_signal(signal.SIGKILL)
    assert target.read_bytes() == b"old"
