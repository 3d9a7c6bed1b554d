"""Checksums of the engine's data files, which never change once written: the engine looks at a block only when it is read."""

from __future__ import annotations

import zlib
from pathlib import Path

_CHUNK = 1 << 20


def write_sums(quads: Path, target: Path) -> None:
    """Write the checksums of the data files in a folder; those that are in the target already are taken over."""
    known = _read(target)
    lines = []
    for file in sorted(quads.glob("*.sst")):
        size = file.stat().st_size
        there = known.get(file.name)
        sum_of = there[1] if there and there[0] == size else _sum(file)
        lines.append(f"{file.name} {size} {sum_of:08x}\n")
    temporary = target.with_suffix(".tmp")
    temporary.write_text("".join(lines), "ascii")
    temporary.replace(target)


def _read(path: Path) -> dict[str, tuple[int, int]]:
    try:
        rows = [line.split() for line in path.read_text("ascii").splitlines()]
        return {name: (int(size), int(sum_of, 16)) for name, size, sum_of in rows}
    except (OSError, ValueError):
        return {}


def damaged(quads: Path, sums: Path) -> list[str]:
    """The names of data files in a folder that are not as they were written. Reads all of them."""
    known = _read(sums)
    there = {file.name: file for file in quads.glob("*.sst")}
    return sorted(
        name
        for name, (size, sum_of) in known.items()
        if name in there and (there[name].stat().st_size != size or _sum(there[name]) != sum_of)
    )


def _sum(file: Path) -> int:
    found = 0
    with file.open("rb") as opened:
        while chunk := opened.read(_CHUNK):
            found = zlib.crc32(chunk, found)
    return found
