"""The collector of garbage waits while much is made that stays: it would look through all of it again and again, in half of the time."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Iterator[None]:
    """Let the collector wait; as a block, or for the whole of a function that it decorates."""
    waits = not gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if not waits:
            gc.enable()
