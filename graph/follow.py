"""Keep the processes that answer queries on the newest snapshot of a store, whatever is built meanwhile."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator
from pathlib import Path

from graph import snapshot
from graph.askers import Askers, Bounds, Unanswered
from graph.lock import StoreError

_LOOK = 2
"""Seconds between two looks for a newer snapshot."""
_AGAIN = 30
"""Seconds after which one that could not be opened is tried again."""


@contextlib.asynccontextmanager
async def serving(folder: Path, bounds: Bounds | None = None) -> AsyncIterator[Askers]:
    """Processes on the newest snapshot of the store in a folder. Raises StoreError, and Unanswered when it cannot be opened."""
    held = {await asyncio.to_thread(snapshot.current, folder)}
    try:
        (found,) = held
        async with Askers(found.quads, bounds) as askers:
            following = asyncio.create_task(_follow(askers, folder, found, held))
            try:
                yield askers
            finally:
                following.cancel()
                await asyncio.wait({following})
    finally:
        for each in held:
            each.close()


async def _follow(askers: Askers, folder: Path, shown: snapshot.Snapshot, held: set[snapshot.Snapshot]) -> None:
    """Go over to each newer snapshot. The one before is held until no query can be at work on it."""

    def let_go(old: snapshot.Snapshot) -> None:
        held.discard(old)
        old.close()

    while True:
        await asyncio.sleep(_LOOK)
        try:
            if snapshot.newest(folder) == shown.generation:
                continue
            held.add(found := await asyncio.to_thread(snapshot.current, folder))
        except (StoreError, OSError) as error:
            await _later(error)
            continue
        try:
            await askers.switch(found.quads)
        except (Unanswered, OSError) as error:
            let_go(found)
            await _later(error)
            continue
        asyncio.get_running_loop().call_later(2 * askers.bounds.seconds, let_go, shown)
        shown = found


async def _later(error: Exception) -> None:
    logging.getLogger("kamergraaf").warning("a newer state of the graph is not shown yet: %s", error)
    await asyncio.sleep(_AGAIN)
