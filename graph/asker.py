"""Ask one process (`answerer.py`) question after question: what it may cost, how it is started and ended.

`askers.py` keeps some of these.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import signal
import sys
import tempfile
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import IO

from graph.answer import Question
from graph.answerer import LENGTH

_MOST_TASKS = 1000
"""Queries after which a process is replaced, so that memory that the engine lost comes back."""
_START = 60
"""Seconds that a process may take to open the quads."""
_IN_MEMORY = 1_000_000
"""Bytes of an answer above which it lies in a file until it is sent."""
_PIECE = 65_536
"""Bytes that are read at once of what a process left that was ended."""
_LOOK = 0.05
"""Seconds between two looks at that, while somebody else reads it."""
_SLOW_NICE = 5
"""Priority of a process that runs a slow query: a third of the time of one that runs a quick query beside it."""
_ENVIRONMENT = ("PATH", "PYTHONPATH", "SYSTEMROOT", "TMPDIR", "HOME", "KAMERGRAAF_CACHE")
"""What the process gets of the environment, in which there may be secrets."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one query may cost, and how many there may be.

    `seconds` for a query; `slice` seconds on the processor before it counts as slow; `megabytes` of memory for a process; `bytes` of an answer;
    `processes` in all, of which `slow` may run slow queries, fewer than all; `waiting` queries for a process, `waiting_slow` for
    their turn to be slow.
    """

    seconds: float = 30
    slice: float = 0.5
    megabytes: int = 1500
    bytes: int = 64_000_000
    processes: int = 4
    slow: int = 2
    waiting: int = 128
    waiting_slow: int = 8

    def __post_init__(self) -> None:
        """Refuse what would leave no process for quick queries."""
        if not 0 < self.slow < self.processes:
            raise ValueError("there must be a process for slow queries and one more at least")


def environment() -> dict[str, str]:
    """What a process that works for strangers gets of the environment."""
    kept = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
    return kept | {"PYTHONUTF8": "1", "OPENBLAS_NUM_THREADS": "1"}


class Unanswered(Exception):
    """A query without an answer. `why` is one word: refused, forbidden, wrong, format, large, slow, greedy, broken or busy."""

    def __init__(self, why: str, says: str) -> None:
        super().__init__(says)
        self.why = why


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: the name of its format, how many bytes, and the open file that holds them, at its beginning."""

    form: str
    size: int
    file: IO[bytes]

    def read(self) -> bytes:
        """All of it; the file is closed."""
        with self.file:
            return self.file.read()


class Asker:
    """This end of the line to one process. It is `fit` while it can take another question."""

    def __init__(self, process: asyncio.subprocess.Process, quads: Path) -> None:
        """Take a process that was started."""
        self.quads, self.fit = quads, True
        self._process, self._tasks, self._killed = process, 0, False

    @classmethod
    async def start(cls, quads: Path, megabytes: int) -> Asker:
        """A process that has opened the quads. Raises Unanswered when they cannot be opened."""
        # -P: no module in the folder where someone happens to work stands in for one of ours
        command = [sys.executable, "-P", "-m", "graph.answerer", str(quads.absolute()), str(megabytes)]
        pipe, nowhere = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        process = await asyncio.create_subprocess_exec(
            *command, stdin=pipe, stdout=pipe, stderr=nowhere, start_new_session=True,
            env=environment(),
        )  # fmt: skip
        asker = cls(process, quads)
        try:
            assert process.stdout is not None
            told = json.loads(
                await asyncio.wait_for(process.stdout.readline(), _START) or '{"says": "its process died"}'
            )
        except TimeoutError:
            told = {"says": f"that took more than {_START} seconds"}
        except BaseException:
            await asker.end()
            raise
        if told:
            await asker.end()
            raise Unanswered("broken", f"the graph in {quads} cannot be opened: {told['says']}")
        return asker

    async def answer(self, question: Question, bounds: Bounds) -> Answer:
        """The answer to a question. Raises Unanswered; when cancelled the process is ended."""
        self._tasks += 1
        self.fit = False
        file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  whoever asks closes it
        try:
            told, size = await self._transfer(question, bounds, file)
            # asked here, since it may have become one of the slow meanwhile
            self.fit = self._tasks < _MOST_TASKS and told.get("why") not in ("greedy", "broken")
            if "form" not in told:
                raise Unanswered(told["why"], told.get("says") or _says(told["why"], bounds))
            file.seek(0)
        except (asyncio.IncompleteReadError, ConnectionError) as error:
            file.close()
            why = "slow" if -await self._process.wait() == _OUT_OF_TIME else "greedy"
            raise Unanswered(why, _says(why, bounds)) from error
        except BaseException:
            file.close()
            if not self.fit:
                self.kill()
            raise
        return Answer(told["form"], size, file)

    async def _transfer(self, question: Question, bounds: Bounds, file: IO[bytes]) -> tuple[dict[str, str], int]:
        """How it went, and how many bytes of the answer are in the file."""
        give, take = self._process.stdin, self._process.stdout
        assert give is not None
        assert take is not None
        task = {"question": astuple(question), "seconds": bounds.seconds, "bytes": bounds.bytes}
        give.write(json.dumps(task).encode() + b"\n")
        await give.drain()
        size = 0
        while length := LENGTH.unpack(await take.readexactly(LENGTH.size))[0]:
            size += length
            if size > bounds.bytes:
                raise Unanswered("large", _says("large", bounds))
            piece = await take.readexactly(length)
            try:
                file.write(piece)
            except OSError as error:
                raise Unanswered("large", f"there is no room for the answer: {error.strerror}") from error
        return json.loads(await take.readline()), size

    def used(self) -> float:
        """The seconds that the process has been on the processor; without end where that cannot be told."""
        try:
            told = Path(f"/proc/{self._process.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()
        except OSError:
            return float("inf")
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    def slow_down(self) -> None:
        """Let quick queries go before what this process does from now on; it takes no other question after that."""
        self._tasks = _MOST_TASKS
        with contextlib.suppress(OSError, AttributeError):  # it may be gone; Windows has no such call
            os.setpriority(os.PRIO_PROCESS, self._process.pid, _SLOW_NICE)

    def kill(self) -> None:
        """End the process without waiting for its end."""
        self.fit = False
        if self._killed:  # asyncio would lose its exit code to the look that a second signal takes
            return
        self._killed = True
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()

    async def end(self) -> None:
        """End the process. What it wrote is read to its end, since asyncio sees no process end before its pipes do."""
        self.kill()
        assert self._process.stdout is not None
        while not self._process.stdout.at_eof():
            try:
                await self._process.stdout.read(_PIECE)
            except RuntimeError:  # somebody else waits for it just now
                await asyncio.sleep(_LOOK)
        await self._process.wait()


_OUT_OF_TIME = getattr(signal, "SIGXCPU", None)


def _says(why: str, bounds: Bounds) -> str:
    return {
        "large": f"the answer is larger than {bounds.bytes / 1e6:g} MB; ask for less of it, such as with LIMIT",
        "slow": f"the query was ended after {bounds.seconds:g} seconds; make it more exact",
        "greedy": f"the query ended its process: it wants more than {bounds.megabytes} MB of memory, or is nested too deep",
    }.get(why, "the query cannot be answered")
