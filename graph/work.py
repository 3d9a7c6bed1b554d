"""Read, link and describe files in processes of their own, with limits, so that no file can stop or slow a build.

A worker is this module run as a program: it takes a task a line and gives an answer a line, in JSON, which a file that took a
worker over could not turn against the one who asked. A file that takes too long, too much memory or its reader down costs that
worker alone. Nobody but the parent writes to the store.
"""

from __future__ import annotations

import gc
import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from graph.corrections import Corrections
from graph.describe import describe
from graph.gather import File
from graph.known import Known
from graph.limits import Limits, limited, need_workers
from graph.line import Line
from graph.model import Description
from graph.read import ReadError, read_bytes
from graph.read.errors import ERRORS
from graph.sandbox import close_network
from ontology.collecting import uncollected
from ontology.registers import Registers

_MOST_TASKS = 1000
"""Files after which a worker is replaced, so that memory that a library lost comes back."""
_GRACE = 10
"""Seconds that an answer may be late, since a worker must start first, and ends itself by its time on the processor."""
_LONGEST_ANSWER = 1_000_000_000
_TOLD = ("pages_without_text", "pages_unread", "flattened", "replaced", "left_out", "not_shown")
"""What readers tell of text that is not in the document."""


@dataclass(frozen=True, slots=True)
class Aids:
    """What a reader has beside the papers: registers of one's own, perhaps a list of known publications and corrections."""

    registers: tuple[Path, ...] = ()
    known: Path | None = None
    corrections: Path | None = None

    def line(self) -> Line:
        """The stages with these. Raises RegisterError, KnownError and CorrectionsError."""
        known = Known.load(self.known) if self.known else None
        corrections = Corrections.load(self.corrections) if self.corrections else None
        return Line(Registers.load(*self.registers), known, corrections)


@dataclass(frozen=True, slots=True)
class Described:
    """A file that was read: its name, the SHA-256 of its bytes, its format, what it says, what its reader left out."""

    name: str
    sha256: str
    format: str
    description: Description
    told: dict[str, str]


Outcome = Described | ReadError


def work(files: Sequence[File], limits: Limits, aids: Aids) -> Iterator[Outcome]:
    """What the files say, or why they cannot be read, in the order in which they get ready."""
    if not need_workers(files):
        line = aids.line() if files else None
        for file in files:
            assert line is not None
            yield _describe(file, line)
        return
    with _Workers(files, limits, aids) as workers:
        yield from workers.outcomes()


def _describe(file: File, line: Line) -> Outcome:
    try:
        document = read_bytes(file.name, file.load())
    except ReadError as error:
        return type(error)(file.name, error.reason)
    return Described(
        file.name, document.sha256, document.format, describe(line.paper(document)), left_out(document.metadata)
    )


def left_out(metadata: Mapping[str, str]) -> dict[str, str]:
    """Return what a reader tells of text that is not in the document."""
    return {key: metadata[key] for key in _TOLD if metadata.get(key)}


class _Workers:
    """Some workers on one list of files; each has a thread that waits for it."""

    def __init__(self, files: Sequence[File], limits: Limits, aids: Aids) -> None:
        self._limits, self._aids = limits, aids
        self._files: queue.SimpleQueue[File] = queue.SimpleQueue()
        for file in files:
            self._files.put(file)
        self._left = len(files)
        # bounded, so that what is described does not pile up while the store is slower
        self._done: queue.Queue[Outcome | BaseException] = queue.Queue(maxsize=4 * limits.count)
        self._stopped = threading.Event()
        self._running: set[subprocess.Popen[bytes]] = set()
        count = min(limits.count, len(files))
        self._threads = [threading.Thread(target=self._serve, daemon=True) for _ in range(count)]

    def __enter__(self) -> _Workers:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stopped.set()
        for worker in list(self._running):
            worker.kill()
        while any(thread.is_alive() for thread in self._threads):
            try:
                self._done.get(timeout=0.05)
            except queue.Empty:
                continue

    def outcomes(self) -> Iterator[Outcome]:
        """One for each file."""
        for _ in range(self._left):
            outcome = self._done.get()
            if isinstance(outcome, ReadError) or not isinstance(outcome, BaseException):
                yield outcome
            else:
                raise outcome

    def _serve(self) -> None:
        """Serve files until none is left; pass on an error of this side, for which the build would wait forever."""
        try:
            self._hand_out()
        except Exception as error:
            self._done.put(error)

    def _hand_out(self) -> None:
        """Hand out files one by one; start a new worker when the old one is gone or worn."""
        worker, tasks = None, 0
        while not self._stopped.is_set():
            try:
                file = self._files.get_nowait()
            except queue.Empty:
                break
            if worker is None or tasks >= _MOST_TASKS:
                self._end(worker)
                worker, tasks = self._start(), 0
            outcome, alive = self._ask(worker, file)
            tasks += 1
            if not alive:
                self._end(worker)
                worker = None
            self._done.put(outcome)
        self._end(worker)

    def _start(self) -> subprocess.Popen[bytes]:
        # -P: no module in the folder where someone happens to work stands in for one of ours
        command = [sys.executable, "-P", "-m", "graph.work", str(self._limits.megabytes), str(self._limits.seconds)]
        command += [
            str(path.absolute()) if path else ""
            for path in (self._aids.known, self._aids.corrections, *self._aids.registers)
        ]
        # threads of the number libraries would each reserve memory that counts against the limit
        environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONUTF8": "1"}
        worker = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, env=environment
        )
        self._running.add(worker)
        return worker

    def _end(self, worker: subprocess.Popen[bytes] | None) -> None:
        if worker is None:
            return
        worker.kill()
        worker.wait()
        for pipe in (worker.stdin, worker.stdout):
            if pipe:
                try:
                    pipe.close()
                except OSError:
                    continue
        self._running.discard(worker)

    def _ask(self, worker: subprocess.Popen[bytes], file: File) -> tuple[Outcome, bool]:
        """The outcome for one file, and whether the worker lives on."""
        assert worker.stdin is not None
        assert worker.stdout is not None
        late = threading.Event()

        def stop() -> None:
            late.set()
            worker.kill()

        timer = threading.Timer(self._limits.seconds + _GRACE, stop)
        timer.start()
        try:
            worker.stdin.write(json.dumps(file).encode("utf-8", "surrogatepass") + b"\n")
            worker.stdin.flush()
            answer = worker.stdout.readline(_LONGEST_ANSWER)
        except OSError:
            answer = b""
        finally:
            timer.cancel()
        if answer.endswith(b"\n"):
            return _outcome(file, json.loads(answer)), True
        return ReadError(file.name, self._why(worker, late.is_set())), False

    def _why(self, worker: subprocess.Popen[bytes], late: bool) -> str:
        """Why a worker gave no answer."""
        code = worker.wait()
        if late or -code in (24,):  # SIGXCPU
            return f"reading it took more than {self._limits.seconds:g} seconds (--seconds)"
        return f"its reader crashed ({'signal' if code < 0 else 'code'} {abs(code)}); it may want more than {self._limits.megabytes} MB (--memory)"


def _outcome(file: File, told: dict[str, Any]) -> Outcome:
    """The outcome that an answer tells."""
    if "reason" in told:
        return ERRORS[told["error"]](file.name, str(told["reason"]))
    description = Description(told["graph"], tuple(told["lines"]), told["text"], told["mentions"])
    return Described(file.name, told["sha256"], told["format"], description, told["told"])


def _answer(outcome: Outcome) -> dict[str, Any]:
    if isinstance(outcome, ReadError):
        return {"reason": outcome.reason, "error": type(outcome).__name__}
    said = outcome.description
    return {
        "sha256": outcome.sha256, "format": outcome.format, "told": outcome.told, "graph": said.graph, "lines": said.lines,
        "text": said.text, "mentions": said.mentions,
    }  # fmt: skip


def _safely(file: File, line: Line) -> Outcome:
    """The outcome for a file, whatever its reader does; only what ends the process itself gets past."""
    try:
        return _describe(file, line)
    except MemoryError:
        return ReadError(file.name, "reading it took too much memory (--memory)")
    except RecursionError:
        return ReadError(file.name, "it is nested too deep")
    except Exception as error:
        return ReadError(file.name, f"its reader failed ({type(error).__name__}: {str(error)[:200]})")


def _main(megabytes: int, seconds: float, known: str, corrections: str, *registers: str) -> None:
    """Serve tasks until the parent closes the line."""
    answers: IO[bytes] = os.fdopen(os.dup(1), "wb")
    # whatever a library prints must not come between the answers
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    # what is made for good need not be looked through again and again; what a paper leaves has no circles
    with uncollected():
        files = (Path(name) if name else None for name in (known, corrections))
        line = Aids(tuple(map(Path, registers)), *files).line()
        gc.freeze()
    gc.set_threshold(100_000)
    limit = limited(megabytes)
    close_network()
    for task in sys.stdin.buffer:
        limit(seconds)
        outcome = _safely(File(*json.loads(task)), line)
        answers.write(json.dumps(_answer(outcome)).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    _main(int(sys.argv[1]), float(sys.argv[2]), *sys.argv[3:])
