"""Progress callbacks, and an iterator that calls one; `exports/progress.py` shows them to people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Step = Callable[[int, int, str], None]
"""Progress callback: (completed, total, name of what was completed)."""
_Item = TypeVar("_Item")


def tracked(items: Iterable[_Item], names: Iterable[str], total: int, step: Step | None) -> Iterator[_Item]:
    """Yield the items, and report each as done when the next one is asked for."""
    for done, (item, name) in enumerate(zip(items, names, strict=True), 1):
        yield item
        if step:
            step(done, total, name)
