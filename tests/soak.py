"""A long time under mixed traffic: `kamergraaf serve` answers while builds go on beside it, and some who ask mean no good.

    python tests/soak.py --minutes 60

Requests come at a steady rate, whatever the server does. It fails if a valid request gets an error, if the memory of the server
grows by a tenth after it has warmed up, or if it keeps open files. The report is JSON.
"""

from __future__ import annotations

import argparse
import concurrent.futures
import contextlib
import json
import os
import random
import re
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from conftest import ENVIRONMENT, SAMPLES
from hostile import CALLING, COSTLY, DEEP, calling
from serving import Canary, Requests

from exports.named import all_queries

RATE = 20
"""Requests a second."""
HOSTILE = 0.05
"""How many of them mean no good."""
GROWTH = 0.10
"""How much more memory the server may have at the end than when it was warm."""
HANDLES = 20
"""How many more files it may have open, for the requests that happen to be under way."""
PAPERS = 120
PAPER = "/nl/doc/ob/ah-tk-20252026-2406"
"""The one of the samples whose number is never changed."""
PAGES = (
    "/", "/nl/", "/en/", "/static/style.css",
    "/nl/search?q=kernwapens", "/en/search?q=33279-40&sort=brief", "/nl/search?q=niet-bestaand", "/en/search?q=verdrag&format=csv",
    "/nl/id/treaty/npt", "/en/id/treaty/npt", "/nl/thread/treaty/npt", "/en/thread/treaty/npt?order=old", "/id/treaty/npt",
    "/nl/wanted", "/en/wanted?kind=kamerstuk", "/nl/wanted?format=csv",
    "/nl/quality", "/en/quality/mentions?kind=minister", "/nl/quality/mentions?format=csv",
    "/nl/sparql", "/en/sparql?query=ASK%7B%7D", "/en/sparql/terms",
    "/nl/graph", "/en/graph?open=treaty/npt", "/nl/graph/svg?open=treaty/npt", "/graph/neighbours?of=treaty/npt",
    "/nl/questions", "/en/questions/papers?run=1", "/nl/questions/documents-by-treaty?run=1&treaty=npt", "/en/questions/problems?run=1&format=csv",
    PAPER, f"{PAPER}?at=100,200".replace("/nl/", "/en/"), "/en/doc?iri=https://zoek.officielebekendmakingen.nl/ah-tk-20252026-2406",
    "/nl/id?iri=https://w3id.org/kamergraaf/treaty/npt", "/en/thread?iri=https://w3id.org/kamergraaf/treaty/npt",
)  # fmt: skip
"""The pages that are asked for. Add the address of a page here, and it is in the traffic."""
TERMS = ("application/sparql-results+json", "text/csv", "application/sparql-results+xml", "text/tab-separated-values")


@dataclass
class Course:
    """What happened."""

    valid: Counter[int] = field(default_factory=Counter)
    hostile: Counter[int] = field(default_factory=Counter)
    took: list[tuple[float, str]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    builds: Counter[int] = field(default_factory=Counter)
    memory: list[float] = field(default_factory=list)
    handles: list[int] = field(default_factory=list)
    calls: int = 0

    def report(self) -> dict[str, object]:
        """The figures, and what is wrong with them."""
        took = sorted(seconds for seconds, _ in self.took)
        warm, end = _at(self.memory, 0.2), _at(self.memory, 0.9)
        first, last = _at(self.handles, 0.2), _at(self.handles, 0.9)
        wrong = [*self.errors[:20]]
        wrong += [f"the memory grew from {warm:.1f} to {end:.1f} MB"] if end > warm * (1 + GROWTH) else []
        wrong += [f"open files grew from {first} to {last}"] if last > first + HANDLES else []
        wrong += [f"{self.calls} calls to another host"] if self.calls else []
        wrong += [f"builds failed: {dict(self.builds)}"] if set(self.builds) != {0} else []
        return {
            "valid": dict(self.valid), "hostile": dict(self.hostile), "builds": self.builds[0], "calls to other hosts": self.calls,
            "seconds": {"median": took[len(took) // 2], "99 of 100": took[len(took) * 99 // 100], "most": took[-1]},
            "slowest": [(round(seconds, 1), target[:120]) for seconds, target in sorted(self.took)[-5:]],
            "megabytes": {"warm": warm, "end": end, "most": max(self.memory)}, "handles": {"warm": first, "end": last},
            "wrong": wrong,
        }  # fmt: skip


def _at(figures: list[float] | list[int], share: float) -> float:
    """The middle of the tenth of the figures that begins at a share of the time."""
    begin = int(len(figures) * share)
    return statistics.median(figures[begin : begin + max(1, len(figures) // 10)])


def papers(folder: Path, chance: random.Random, number: int = PAPERS) -> None:
    """Write papers that refer as the samples do, each to other numbers."""
    texts = [path.read_text("utf-8") for path in sorted(SAMPLES.glob("*.txt"))]
    folder.mkdir(exist_ok=True)
    for _ in range(number):
        text = re.sub(r"\b33279\b", str(chance.randint(30000, 36999)), chance.choice(texts))
        (folder / f"brief-{chance.randint(1, PAPERS):04}.txt").write_text(f"{text}\nNoot {chance.random()}\n", "utf-8")


class Soak:
    """One course: a server, builds beside it, and who asks."""

    def __init__(self, folder: Path, seed: int) -> None:
        self._folder, self._chance = folder, random.Random(seed)
        self._done, self._course, self._guard = threading.Event(), Course(), threading.Lock()
        self._canary = Canary()

    def _build(self) -> int:
        command = [sys.executable, "-m", "exports.cli", "build", "papers", "--store", "store"]
        return subprocess.run(command, cwd=self._folder, env=ENVIRONMENT, capture_output=True, check=False).returncode

    def _builds(self) -> None:
        chance = random.Random(1)
        while not self._done.is_set():
            papers(self._folder / "papers", chance, 10)
            self._course.builds[self._build()] += 1
            self._done.wait(3)

    @contextlib.contextmanager
    def _serve(self) -> Iterator[tuple[Requests, int]]:
        command = [sys.executable, "-m", "exports.cli", "serve", "--store", "store", "--port", "0"]
        server = subprocess.Popen(command, cwd=self._folder, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
        assert server.stderr is not None
        reading = threading.Thread(
            target=lambda: [print(line, end="", file=sys.stderr) for line in server.stderr], daemon=True
        )
        try:
            # a slow machine has it say first how far the index is
            said = (re.search(r"http://127\.0\.0\.1:([0-9]+)/", line) for line in server.stderr)
            port = int(next(filter(None, said))[1])
            reading.start()
            requests = Requests(port)
            _until_it_answers(requests)
            yield requests, server.pid
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)
            if reading.is_alive():
                reading.join(30)
            server.stderr.close()

    def run(self, minutes: float, rate: float = RATE) -> Course:
        """All of it. Raises what goes wrong with the server itself."""
        papers(self._folder / "papers", self._chance, 3 * PAPERS)
        assert self._build() == 0
        with self._serve() as (requests, pid), concurrent.futures.ThreadPoolExecutor(64) as people:
            builder = threading.Thread(target=self._builds)
            builder.start()
            watcher = threading.Thread(target=self._watch, args=(pid,))
            watcher.start()
            begun = time.monotonic()
            for number in range(int(minutes * 60 * rate)):
                time.sleep(max(0.0, begun + number / rate - time.monotonic()))
                hostile = self._chance.random() < HOSTILE
                people.submit(self._one, requests, self._hostile() if hostile else self._valid(), hostile)
            people.shutdown()
            self._done.set()
            builder.join()
            watcher.join()
        self._course.calls = self._canary.calls
        self._canary.close()
        return self._course

    def _watch(self, pid: int) -> None:
        while not self._done.wait(1):
            status = Path(f"/proc/{pid}/status").read_text("ascii")
            self._course.memory.append(int(status.partition("VmRSS:")[2].split()[0]) / 1000)
            self._course.handles.append(len(os.listdir(f"/proc/{pid}/fd")))

    def _valid(self) -> tuple[str, str, dict[str, str]]:
        """A request that must be answered: a page, a named query, or a small one, in some format."""
        accept, turn = {"Accept": self._chance.choice(TERMS)}, self._chance.random()
        if turn < 0.4:
            return "GET", self._chance.choice(PAGES), {}
        if turn < 0.7:
            return "GET", _asked(self._chance.choice(all_queries()).filled({})), accept
        if turn < 0.8:
            return "GET", "/sparql", {"Accept": "text/turtle"}
        if turn < 0.9:
            return "GET", _asked("CONSTRUCT WHERE { ?s ?p ?o } LIMIT 200"), {"Accept": "application/ld+json"}
        return "GET", _asked(f"SELECT * {{ ?s ?p ?o }} OFFSET {self._chance.randint(0, 999)} LIMIT 100"), accept

    def _hostile(self) -> tuple[str, str, dict[str, str]]:
        queries = [*DEEP.values(), *COSTLY.values(), *(calling(each, self._canary.port) for each in CALLING.values())]
        query = self._chance.choice([each for each in queries if len(each) < 40_000])
        return self._chance.choice([("GET", _asked(query), {}), ("GET", _asked(query), {}), ("DELETE", "/graphs?default", {}),
                                    ("GET", "/static/../../../etc/passwd", {}), ("GET", "/sparql", {"Host": "evil.example"})])  # fmt: skip

    def _one(self, requests: Requests, request: tuple[str, str, dict[str, str]], hostile: bool) -> None:
        method, target, headers = request
        begun = time.monotonic()
        try:
            got = requests.request(method, target, None, 90, **headers)
            status, says = got.status, "" if got.status < 400 else got.text[:100].strip()
        except Exception as error:
            status, says = 0, f"{type(error).__name__} {error}"
        with self._guard:
            if hostile:
                self._course.hostile[status] += 1
                return
            self._course.took.append((time.monotonic() - begun, urllib.parse.unquote_plus(target)))
            self._course.valid[status] += 1
            if not 200 <= status < 400:
                self._course.errors.append(f"{status} ({says}) for {urllib.parse.unquote_plus(target)[:300]}")


def _asked(query: str) -> str:
    return "/sparql?" + urllib.parse.urlencode({"query": query})


def _until_it_answers(requests: Requests) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            if requests.request("GET", "/sparql").status == 200:
                return
        time.sleep(0.2)
    raise TimeoutError("the server does not answer")


def main() -> int:
    """0 if all held."""
    told = argparse.ArgumentParser(description=__doc__)
    told.add_argument("--minutes", type=float, default=60)
    told.add_argument("--rate", type=float, default=RATE)
    told.add_argument("--seed", type=int, default=1)
    given = told.parse_args()
    with tempfile.TemporaryDirectory(prefix="kamergraaf-soak-") as folder:
        report = Soak(Path(folder), given.seed).run(given.minutes, given.rate).report()
    print(json.dumps(report, indent=1))
    return 1 if report["wrong"] else 0


if __name__ == "__main__":
    sys.exit(main())
