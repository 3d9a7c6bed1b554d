"""Read one file in a process of its own, with limits, for commands that look at single files.

A text is read in this process, by the rule of `graph/limits.py`. The document comes back as JSON, never pickled.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from graph.filenames import escape_name
from graph.gather import File
from graph.limits import Limits, limited, need_workers
from graph.model import Document, Mention, Note, Section, Span
from graph.read import ReadError, load, read_bytes
from graph.read.errors import ERRORS
from graph.sandbox import close_network


def read_apart(file: File | Path, limits: Limits | None = None) -> Document:
    """The document in a file, whatever it may do to its reader. Raises ReadError."""
    limits = limits or Limits()
    if isinstance(file, Path):
        file = File(escape_name(str(file)), str(file))
    try:
        if not need_workers([file]):
            return read_bytes(file.name, file.load())
        load(Path(file.path))  # what cannot be opened is said without a process
    except ReadError as error:
        raise type(error)(file.name, error.reason) from error
    task = json.dumps(file)
    command = [sys.executable, "-P", "-m", "graph.apart", task, str(limits.megabytes), str(limits.seconds)]
    try:
        done = subprocess.run(command, capture_output=True, timeout=limits.seconds + 5, check=False)
    except subprocess.TimeoutExpired as expired:
        raise ReadError(file.name, f"reading it took more than {limits.seconds:g} seconds") from expired
    if done.returncode:
        raise ReadError(
            file.name, f"its reader crashed (code {done.returncode}); it may want more than {limits.megabytes} MB"
        )
    told = json.loads(done.stdout)
    if "reason" in told:
        raise ERRORS[told["error"]](file.name, str(told["reason"]))
    return unpack(told)


def pack(document: Document) -> dict[str, Any]:
    """A document as plain values."""
    return {
        "name": document.name, "text": document.text, "sha256": document.sha256, "format": document.format,
        "metadata": dict(document.metadata), "places": document.places, "notes": [(each.number, each.span, each.mark) for each in document.notes],
        "given": [(each.kind, each.span, each.id, dict(each.parts)) for each in document.given],
        "sections": [(each.kind, each.number, each.spans, each.mark) for each in document.sections],
    }  # fmt: skip


def unpack(told: dict[str, Any]) -> Document:
    """The document that `pack` made plain values of."""
    return Document(
        told["name"], told["text"], told["sha256"], told["format"], told["metadata"],
        tuple(Mention(kind, Span(*span), identity, parts) for kind, span, identity, parts in told["given"]),
        tuple(Note(number, Span(*span), _span(mark)) for number, span, mark in told["notes"]),
        tuple(Section(kind, number, tuple(Span(*span) for span in spans), _span(mark)) for kind, number, spans, mark in told["sections"]),
        tuple((start, where) for start, where in told["places"]),
    )  # fmt: skip


def _span(place: list[int] | None) -> Span | None:
    return Span(*place) if place else None


def _main(file: File, megabytes: int, seconds: float) -> None:
    told: dict[str, Any]
    try:
        data = file.load()
        limited(megabytes)(seconds)
        close_network()
        told = pack(read_bytes(file.name, data))
    except ReadError as error:
        told = {"reason": error.reason, "error": type(error).__name__}
    except MemoryError:
        told = {"reason": f"reading it took more than {megabytes} MB", "error": ReadError.__name__}
    except Exception as error:
        reason = f"its reader failed ({type(error).__name__}: {str(error)[:200]})"
        told = {"reason": reason, "error": ReadError.__name__}
    sys.stdout.buffer.write(json.dumps(told).encode())


if __name__ == "__main__":
    _main(File(*json.loads(sys.argv[1])), int(sys.argv[2]), float(sys.argv[3]))
