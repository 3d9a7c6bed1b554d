"""Tell which files under some folders change, as they change."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from watchfiles import Change
from watchfiles import watch as changes

from graph.read import readable

_PAUSE, _LONGEST = 300, 3000
"""Milliseconds without a change after which what changed is told, since an editor saves a file in several steps and folders
are copied file by file; and after which it is told in any case."""
_FIRST = 400
"""Milliseconds without a change after which it is said that the watch has begun."""


def watch(folders: Sequence[Path]) -> Iterator[frozenset[Path]]:
    """What was changed, made or removed, in sets, for ever; a folder stands for all that is in it.

    The first set may be empty and says that the watch has begun: what changes after it is told. Hidden files and files of
    suffixes that are not read are left out. Ends with KeyboardInterrupt. Raises FileNotFoundError for a folder that is not there.
    """
    roots = [folder.resolve() for folder in folders]

    def wanted(change: Change, name: str) -> bool:
        path = Path(name)
        root = next((root for root in roots if path.is_relative_to(root)), None)
        if root is None or any(part.startswith(".") for part in path.relative_to(root).parts):
            return False
        # of a folder that was moved away or in, only the folder itself is told
        return readable(path) or path.suffix.lower() == ".zip" or change is Change.deleted or path.is_dir()

    begun = False
    for found in changes(
        *roots, watch_filter=wanted, step=_PAUSE, debounce=_LONGEST, rust_timeout=_FIRST, yield_on_timeout=True
    ):
        if found or not begun:
            yield frozenset(Path(name) for _, name in found)
        begun = True
