"""No document can stop a run: hostile files of every format among good ones, without a socket and within the limits."""

from __future__ import annotations

import resource
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from harmful import TEXT, calls, harmful
from makers import docx, odt, par

from graph import Graph
from graph.gather import File
from graph.limits import Limits
from graph.work import Aids, Described, work

LIMITS = Limits(seconds=10, megabytes=800, workers=2)
SLACK = 150_000
"""Kilobytes by which this process may grow over a thousand papers."""


@contextmanager
def canary() -> Iterator[tuple[int, list[str]]]:
    """A listener on this machine, and who called."""
    hits: list[str] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        stopped = threading.Event()

        def listen() -> None:
            while not stopped.is_set():
                try:
                    caller, where = server.accept()
                except TimeoutError:
                    continue
                hits.append(str(where))
                caller.close()

        thread = threading.Thread(target=listen)
        thread.start()
        try:
            yield server.getsockname()[1], hits
        finally:
            stopped.set()
            thread.join()


def test_the_canary_hears() -> None:
    with canary() as (port, hits):
        socket.create_connection(("127.0.0.1", port)).close()
        for _ in range(50):
            if hits:
                break
            threading.Event().wait(0.1)
    assert hits


@pytest.mark.slow
def test_reading_calls_nobody(tmp_path: Path) -> None:
    with canary() as (port, hits):
        files = []
        for name, data in calls(port).items():
            (tmp_path / name).write_bytes(data)
            files.append(File(name, str(tmp_path / name)))
        outcomes = list(work(files, LIMITS, Aids()))
        threading.Event().wait(0.5)
    assert hits == []
    assert len(outcomes) == len(files) == 14
    # what only points elsewhere is read; what has a DOCTYPE may be refused
    assert sum(isinstance(each, Described) for each in outcomes) >= 5


@pytest.mark.torture
def test_seventy_hostile_files_among_a_thousand_good_ones(tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    good = set()
    for number in range(1000):
        text = TEXT.replace("40", str(number + 1))
        makers = {".txt": text.encode(), ".html": f"<p>{text}</p>".encode(), ".docx": docx(par(text)), ".odt": odt(f"<text:p>{text}</text:p>"), ".xml": f"<kamerstuk><al>{text}</al></kamerstuk>".encode()}  # fmt: skip
        suffix = list(makers)[number % len(makers)]
        (papers / f"good-{number}{suffix}").write_bytes(makers[suffix])
        good.add(f"papers/good-{number}{suffix}")
    with canary() as (port, hits):
        bad = {**harmful(), **calls(port)}
        assert len(bad) >= 70
        for name, data in bad.items():
            (papers / f"bad-{name}").write_bytes(data)
        with Graph.open(tmp_path / "store", write=True) as graph:
            graph.build([papers / "good-0.txt"])
            before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
            report = graph.build([papers], limits=LIMITS)
            after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    assert hits == []
    done = {*report.built, *report.unchanged, *(name for name, _ in [*report.twins, *report.renditions])}
    assert good <= done
    failed = {each.name: each.reason for each in report.failed}
    # a page without text and a list without a record are no papers, and are listed apart
    failed |= dict(report.skipped)
    assert not good & set(failed)
    told = {name.removeprefix("papers/bad-") for name in {*done, *failed}} & set(bad)
    assert told == set(bad), "every hostile file is built or listed with its reason"
    assert len(failed) >= 60
    assert all(failed.values())
    assert after - before < SLACK
    children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert children < LIMITS.megabytes * 1000 * 1.1
