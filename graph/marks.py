"""Numbers on disk, each in a small file that is replaced in one step: a loss of power leaves the old one or the new one."""

from __future__ import annotations

import os
from pathlib import Path


def read_mark(path: Path) -> int:
    """The number in a file; 0 where there is none."""
    try:
        return int(path.read_text("ascii"))
    except (FileNotFoundError, NotADirectoryError, ValueError):
        return 0


def write_mark(path: Path, number: int) -> None:
    """Replace the number in a file, on disk. Raises OSError."""
    temporary = path.with_suffix(".tmp")
    with temporary.open("w", encoding="ascii") as file:
        file.write(str(number))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Bring to disk which files a folder has, where the system can do that. Raises OSError."""
    if os.name != "posix":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
