"""What reading a file may cost, and which files are read in a process of their own because of it.

A few small texts are read in this process, since another takes half a second to start and the reader of texts is Python alone;
any other format, a text above TEXT_BYTES, or more than MOST_TEXTS files go to workers.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ontology.regular import read_regular

if TYPE_CHECKING:
    from graph.gather import File

TEXT_BYTES = 1_000_000
MOST_TEXTS = 40
_TEXTS = (".txt", ".md")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost: seconds, megabytes of memory; and how many are read at once (0: one a core)."""

    seconds: float = 120
    megabytes: int = 2048
    workers: int = 0

    @property
    def count(self) -> int:
        """How many workers that is."""
        return self.workers or os.cpu_count() or 1


def need_workers(files: Sequence[File]) -> bool:
    """Whether files are not to be read in this process; the rule stands at the top."""
    return len(files) > MOST_TEXTS or any(
        file.suffix not in _TEXTS or file.part or file.size > TEXT_BYTES or _looks_other(file) for file in files
    )


def _looks_other(file: File) -> bool:
    """Whether a file that is named as a text is something else, such as a PDF."""
    try:
        return b"%PDF-" in (head := read_regular(Path(file.path), 1024)) or head.startswith(b"PK")
    except OSError:
        return False


def limited(megabytes: int) -> Callable[[float], None]:
    """Limit the memory of this process; the function that is given limits its further time on the processor."""
    try:
        import resource
    except ImportError:  # Windows has no such limits; the parent still ends what takes too long
        return lambda seconds: None

    space = megabytes * 1_000_000
    resource.setrlimit(resource.RLIMIT_AS, (space, space))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))

    def limit(seconds: float) -> None:
        used = sum(resource.getrusage(resource.RUSAGE_SELF)[:2])
        resource.setrlimit(resource.RLIMIT_CPU, (int(used + seconds) + 1, resource.RLIM_INFINITY))

    return limit
