"""Read regular files only: opening a named pipe waits for a writer, and a device may never end."""

import errno
import os
import stat
from pathlib import Path

_KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a named pipe (FIFO)",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def irregular(mode: int) -> str:
    """Return what a mode says the thing is, such as "a named pipe (FIFO)"; empty for a regular file."""
    kind = stat.S_IFMT(mode)
    return "" if kind == stat.S_IFREG else _KINDS.get(kind, "a special file")


def read_regular(path: Path, most: int | None = None) -> bytes:
    """Return the bytes of a regular file, at most `most` of them; never waits.

    Raises:
        OSError: The file cannot be read, or is none; its `strerror` is a reason for people.
    """
    # looked at before it is opened, since opening a device may do something, and after, since it may be another by then
    _require_regular(path, os.stat(path).st_mode)
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    with os.fdopen(handle, "rb") as file:
        _require_regular(path, os.fstat(file.fileno()).st_mode)
        return file.read() if most is None else file.read(most)


def _require_regular(path: Path, mode: int) -> None:
    if kind := irregular(mode):
        raise OSError(errno.EINVAL, f"it is {kind}, not a file", str(path))
