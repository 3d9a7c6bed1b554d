"""A build with workers that is ended at some moment, by Ctrl-C or by force: nothing lost, nobody left behind, and it goes on."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from conftest import ENVIRONMENT

from exports.terminal import _patiently
from graph import Graph

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="processes are counted in /proc")
PAPERS = 60


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Papers of a format that is read by workers."""
    folder = tmp_path_factory.mktemp("interrupted") / "papers"
    folder.mkdir()
    for number in range(1, PAPERS + 1):
        lines = (f"<p>Zie Kamerstuk 33279-{number} en het antwoord op vraag {line}.</p>" for line in range(40))
        (folder / f"{number:03}.html").write_text("".join(lines))
    return folder


def left_behind(session: int) -> list[str]:
    """The commands of the processes of a session that still run."""
    found = []
    for path in Path("/proc").iterdir():
        try:
            state, _, _, its = (path / "stat").read_text().rpartition(")")[2].split()[:4]
            if path.name.isdecimal() and int(its) == session and state != "Z":
                found.append((path / "cmdline").read_text().replace("\0", " "))
        except OSError:
            continue
    return found


def papers_in(store: Path) -> int:
    with _patiently(store, write=False) as graph:
        known = graph.store.sources()
        assert {source.paper for source in known.values()} == set(graph.store.papers())
        return len(known)


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_build_with_workers_can_be_ended_at_any_moment(
    papers: Path, fresh: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    chance = random.Random(time.time_ns())
    store = Path(shutil.copytree(fresh, tmp_path / "store"))
    command = [sys.executable, "-m", "exports.cli", "build", str(papers), "--store", str(store)]
    kept, moments = 0, [1.0, 2.0, chance.uniform(0.3, 4)]
    for moment in moments:
        building = subprocess.Popen(
            command, env=ENVIRONMENT, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
        time.sleep(moment)
        if sign is signal.SIGINT:
            # as a terminal does: to all of them
            os.killpg(building.pid, sign)
        else:
            building.kill()
        _, said = building.communicate(timeout=60)
        assert "Traceback" not in said
        assert building.returncode in ((0, 130) if sign is signal.SIGINT else (0, -sign)), moments
        until = time.monotonic() + 20
        while left_behind(building.pid) and time.monotonic() < until:
            time.sleep(0.1)
        assert left_behind(building.pid) == []
        now = papers_in(store)
        assert now >= kept
        kept = now
    with Graph.open(store, write=True) as graph:
        report = graph.build([papers])
    assert (len(report.built) + len(report.unchanged), report.failed) == (PAPERS, [])
    assert len(report.unchanged) >= kept
    assert papers_in(store) == PAPERS
