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

pytestmark = pytest.mark.skipif(shutil.which("ps") is None, reason="processes are counted with ps")
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
    told = subprocess.run(["ps", "-e", "-o", "sess=,stat=,args="], capture_output=True, text=True, check=True)
    found = (line.split(maxsplit=2) for line in told.stdout.splitlines())
    return [command for its, state, command in found if int(its) == session and not state.startswith("Z")]


def papers_in(store: Path) -> int:
    with _patiently(store, write=False) as graph:
        known = graph.store.sources()
        assert {source.paper for source in known.values()} == set(graph.store.papers())
        return len(known)


@pytest.mark.slow
@pytest.mark.parametrize("sign", [signal.SIGINT, pytest.param(signal.SIGKILL, marks=pytest.mark.torture)])
def test_a_build_with_workers_can_be_ended_at_any_moment(
    papers: Path, fresh: Path, tmp_path: Path, sign: signal.Signals
) -> None:
    chance = random.Random(time.time_ns())
    store = Path(shutil.copytree(fresh, tmp_path / "store"))
    command = [sys.executable, "-m", "exports.cli", "build", str(papers), "--store", str(store)]
    kept, moments = 0, [0.5, 1.5, chance.uniform(0, 3)]
    for moment in moments:
        building = subprocess.Popen(
            command, env=ENVIRONMENT, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True
        )
        while str(building.pid) not in (store / "lock").read_text() and building.poll() is None:
            time.sleep(0.01)
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
