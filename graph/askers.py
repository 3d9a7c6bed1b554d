"""Answer queries of strangers in warm processes, so that one that hangs, crashes or is greedy ends its own process only.

The processes read a snapshot, which nobody writes; `follow.py` takes them to a newer one whenever there is one.
A query runs at once in a process that is free. When its first slice of time is over it goes on as one of the few that may
be slow, at low priority; when there are as many of those as there may be it is ended, waits for its turn and runs anew. So there
are always processes for quick queries. Whoever waits is one of a bounded number.
"""

from __future__ import annotations

import asyncio
import contextlib
import math
from collections.abc import AsyncIterator, Callable, Coroutine
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from graph.answer import Question
from graph.asker import Answer, Asker, Bounds, Unanswered
from graph.guard import Refused, check

T = TypeVar("T")
_PATIENCE = 4
"""How many slices a query may take by the clock where its time on the processor cannot be told."""
_LOOKS = 5
"""How often in its slice a query is looked at."""
_LEAST = 0.5
"""The part of its slice that a query gets however many wait, since more that need a little longer would find no place."""


class Askers:
    """Processes that answer queries about one folder of quads; use it in an `async with` block."""

    def __init__(self, quads: Path, bounds: Bounds | None = None, guard: Callable[[str], None] = check) -> None:
        """Take a folder that `pyoxigraph.Store` made and that nobody writes any more, such as a backup."""
        self.quads, self.bounds, self._guard = quads, bounds or Bounds(), guard
        self._idle: asyncio.Queue[Asker] = asyncio.Queue()
        self._slow = asyncio.Semaphore(self.bounds.slow)
        self._waiting = {"any": 0, "slow": 0}
        self._most = {"any": self.bounds.waiting, "slow": self.bounds.waiting_slow}
        self._alive: set[Asker] = set()
        self._starting: set[asyncio.Task[None]] = set()
        self._switching = asyncio.Lock()
        self._closed = False

    async def __aenter__(self) -> Askers:
        """Start the processes. Raises Unanswered when the quads cannot be opened."""
        try:
            await self.switch(self.quads)
        except BaseException:
            await self.close()
            raise
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the processes."""
        await self.close()

    async def close(self) -> None:
        """End the processes, whatever they do."""
        self._closed = True
        for task in self._starting:
            task.cancel()
        await asyncio.gather(*self._starting, return_exceptions=True)
        await asyncio.gather(*(asker.end() for asker in list(self._alive)))

    async def switch(self, quads: Path) -> None:
        """Go over to another folder. Queries that run go on in the old one; none fails or waits for it.

        Raises Unanswered when the other folder cannot be opened; the old one stays in use then.
        """
        async with self._switching:
            if self._alive and quads == self.quads:
                return
            starting = (self._start(quads) for _ in range(self.bounds.processes))
            started = await asyncio.gather(*starting, return_exceptions=True)
            fresh = [each for each in started if isinstance(each, Asker)]
            for failed in started:
                if isinstance(failed, BaseException):
                    await asyncio.gather(*map(self._end, fresh))
                    raise failed
            self.quads = quads
            old = [self._idle.get_nowait() for _ in range(self._idle.qsize())]
            for asker in fresh:
                self._idle.put_nowait(asker)
            for asker in old:
                await self._end(asker)

    async def ask(self, question: Question) -> Answer:
        """The answer to a question. Raises Unanswered; a caller that is cancelled ends the query."""
        try:
            self._guard(question.query)
        except Refused as refused:
            raise Unanswered("refused", str(refused)) from refused
        for _ in range(2):
            try:
                return await self._ask(question)
            except Unanswered as error:
                if error.why != "broken":
                    raise
                broken = error
        raise broken

    async def _ask(self, question: Question) -> Answer:
        async with self._asker() as asker, self._running(asker, question) as running:
            begun = asyncio.get_running_loop().time()
            if await self._in_slice(asker, running):
                return running.result()
            if not self._slow.locked():
                async with self._slow:
                    asker.slow_down()
                    left = begun + self.bounds.seconds - asyncio.get_running_loop().time()
                    return await self._within(running, left)
        async with self._turn("slow", self._slow.acquire()):
            try:
                async with self._asker() as asker, self._running(asker, question) as running:
                    asker.slow_down()
                    return await self._within(running, self.bounds.seconds)
            finally:
                self._slow.release()

    async def _in_slice(self, asker: Asker, running: asyncio.Task[Answer]) -> bool:
        """Whether a question is answered before it counts as slow: by the processor, so that a busy machine makes none slow."""
        begun, loop = asker.used(), asyncio.get_running_loop()
        patience = _PATIENCE * self.bounds.slice if math.isinf(begun) else self.bounds.seconds
        latest = loop.time() + min(patience, self.bounds.seconds)
        while not await _done(running, min(self.bounds.slice / _LOOKS, latest - loop.time())):
            if loop.time() >= latest or asker.used() - begun >= 0.8 * self._share():
                return False
        return True

    def _share(self) -> float:
        """The slice of a query: the more wait for a process, the less of it, so that a short one is soon through."""
        waiting = self._waiting["any"] / (self.bounds.processes - self.bounds.slow)
        return self.bounds.slice * max(_LEAST, 1 / (1 + waiting))

    async def _within(self, running: asyncio.Task[Answer], seconds: float) -> Answer:
        if await _done(running, seconds):
            return running.result()
        raise Unanswered("slow", f"the query was ended after {self.bounds.seconds:g} seconds; make it more exact")

    @contextlib.asynccontextmanager
    async def _running(self, asker: Asker, question: Question) -> AsyncIterator[asyncio.Task[Answer]]:
        """A question that a process works on; left unfinished it is cancelled, which ends the process."""
        running = asyncio.create_task(asker.answer(question, self.bounds))
        try:
            yield running
        except BaseException:
            running.add_done_callback(drop)
            raise
        finally:
            if not running.done():  # else nothing is waited for here, so that no answer is lost that was given
                running.cancel()
                await asyncio.wait({running})

    @contextlib.asynccontextmanager
    async def _turn(self, line: str, coming: Coroutine[object, object, T]) -> AsyncIterator[T]:
        """What is waited for in a line that holds only so many."""
        if self._waiting[line] >= self._most[line]:
            coming.close()
            raise Unanswered("busy", "too many queries wait for their turn; try again in a moment")
        self._waiting[line] += 1
        try:
            async with asyncio.timeout(self.bounds.seconds):
                got = await coming
        except TimeoutError as error:
            raise Unanswered("busy", "the query waited too long for its turn; try again in a moment") from error
        finally:
            self._waiting[line] -= 1
        yield got

    @contextlib.asynccontextmanager
    async def _asker(self) -> AsyncIterator[Asker]:
        """A process for one query. It goes back when that is over, or another is started in its place."""
        async with self._turn("any", self._idle.get()) as asker:
            try:
                yield asker
            finally:
                if asker.fit and asker.quads == self.quads:
                    self._idle.put_nowait(asker)
                elif not self._closed:
                    asker.kill()
                    task = asyncio.ensure_future(self._replace(asker))
                    self._starting.add(task)
                    task.add_done_callback(self._starting.discard)

    async def _replace(self, worn: Asker) -> None:
        """Start a process in place of one that is gone, unless a switch has done so."""
        await self._end(worn)
        while worn.quads == self.quads:
            try:
                fresh = await self._start(worn.quads)
            except (Unanswered, OSError, ValueError):  # such as no memory for a process just now
                await asyncio.sleep(1)
                continue
            if fresh.quads == self.quads:
                self._idle.put_nowait(fresh)
            else:
                await self._end(fresh)
            return

    async def _start(self, quads: Path) -> Asker:
        asker = await Asker.start(quads, self.bounds.megabytes)
        self._alive.add(asker)
        return asker

    async def _end(self, asker: Asker) -> None:
        self._alive.discard(asker)
        await asker.end()


def drop(running: asyncio.Task[Answer]) -> None:
    """Close the file of an answer that nobody gets: it was ready just when whoever asked was gone."""
    if not running.cancelled() and running.exception() is None:
        running.result().file.close()


async def _done(running: asyncio.Task[Answer], seconds: float) -> bool:
    """Whether a question is answered, or known to have no answer, within so many seconds."""
    await asyncio.wait({running}, timeout=seconds)
    return running.done()


__all__ = ["Answer", "Askers", "Bounds", "Unanswered", "drop"]
