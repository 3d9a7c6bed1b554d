"""The collection that the pages show: a graph, opened for reading."""

from __future__ import annotations

from pathlib import Path

from graph.store import Store


class Collection:
    """An open collection; call `close` when done."""

    def __init__(self, folder: Path) -> None:
        """Open the graph in a folder. Raises StoreError."""
        self.folder = folder
        self.store = Store(folder)

    def close(self) -> None:
        """Let go of the graph."""
        self.store.close()
