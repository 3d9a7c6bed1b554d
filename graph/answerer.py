"""A process that answers question after question about a folder of quads that nobody writes; `asker.py` is the other end.

Started as `python -m graph.answerer QUADS MEGABYTES`. A question is a line of JSON. The answer comes in pieces, each after its
length in four bytes; a length of zero ends it, and a line of JSON follows that says how it went. Only with that line is it an
answer, so what was cut is known to be cut.
"""

from __future__ import annotations

import json
import os
import struct
import sys
from typing import IO

import pyoxigraph

from graph.answer import Question, Wrong, WrongFormat, answer
from graph.limits import limited
from graph.sandbox import close_network

LENGTH = struct.Struct(">I")
"""How the length of a piece is written."""


class _TooLarge(Exception):
    """The answer is larger than it may be."""


class _Pieces:
    """An output that writes each piece after its length, up to so many bytes in all."""

    def __init__(self, out: IO[bytes], most: int) -> None:
        self._out, self._left = out, most

    def write(self, data: bytes, /) -> int:
        self._left -= len(data)
        if self._left < 0:
            raise _TooLarge
        if data:
            self._out.write(LENGTH.pack(len(data)) + data)
        return len(data)

    def flush(self) -> None:
        """Nothing: the whole is flushed at its end."""


def _outcome(store: pyoxigraph.Store, question: Question, out: _Pieces) -> dict[str, str]:
    """How it went: the format of an answer, or why there is none."""
    try:
        return {"form": answer(store, question, out)}
    except _TooLarge:
        return {"why": "large"}
    except WrongFormat as error:
        return {"why": "format", "says": str(error)}
    except Wrong as error:
        return {"why": "wrong", "says": str(error)}
    except OSError as error:
        return {"why": "broken", "says": f"the graph cannot be read: {error}"}
    except MemoryError:
        return {"why": "greedy"}


def _main(quads: str, megabytes: int) -> None:
    """Answer until the parent closes the line."""
    answers: IO[bytes] = os.fdopen(os.dup(1), "wb")
    # whatever a library prints must not come between the answers
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    try:
        store = pyoxigraph.Store.read_only(quads)
    except (OSError, RuntimeError) as error:
        answers.write(json.dumps({"says": str(error)}).encode() + b"\n")
        answers.flush()
        return
    limit = limited(megabytes)
    close_network()
    answers.write(b"{}\n")
    answers.flush()
    for line in sys.stdin.buffer:
        task = json.loads(line)
        limit(task["seconds"])
        told = _outcome(store, Question(*task["question"]), _Pieces(answers, task["bytes"]))
        answers.write(LENGTH.pack(0) + json.dumps(told).encode() + b"\n")
        answers.flush()


if __name__ == "__main__":
    _main(sys.argv[1], int(sys.argv[2]))
