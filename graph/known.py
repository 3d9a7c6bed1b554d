"""A list of known publications, to tell a number that exists from one that does not.

The list has one id a line (kst-33279-40), plain or as .xz. It is held as sorted hashes of 64 bits, a few bytes an id, kept in
the cache under the hash of the list and mapped into memory from there; a false "verified" is one in 10^12.
"""

from __future__ import annotations

import hashlib
import json
import lzma
import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from ontology.compiled import folder as cache_folder
from ontology.regular import read_regular

VERIFIED, UNKNOWN, NEWER = "verified", "unknown", "newer than the list"

_KINDS = ("kst-", "ah-", "h-", "kv-", "blg-", "stb-", "trb-", "stcrt-", "nds-")
_SUFFIX = re.compile(r"(?:-[bhnv]\d{1,3})+$")
_OLD = re.compile(r"^kst-\d{8}-(?P<rest>\d{5}-.+)$")
_ARRAYS = ("ids", "families", "highest")
_Hashes = npt.NDArray[np.uint64]


class KnownError(Exception):
    """The list cannot be used; the message says why and what to do."""


class Known:
    """The ids of a list, the highest number in each series of numbers (a dossier, a year), and how far it reaches."""

    def __init__(
        self, ids: _Hashes, families: _Hashes, highest: npt.NDArray[np.int64], reach: dict[str, list[int]]
    ) -> None:
        """Take sorted hashes of ids, sorted hashes of series with their highest numbers, and first and last series per sort."""
        self._ids, self._families, self._highest, self._reach = ids, families, highest, reach

    @classmethod
    def load(cls, path: Path) -> Known:
        """The list in a file, from the cache where it is there. Raises KnownError."""
        try:
            data = read_regular(path)
        except OSError as error:
            raise KnownError(f"the list {path} cannot be read: {error.strerror or error}") from error
        cached = _place(data)
        if cached is not None and (known := cls._cached(cached)):
            return known
        try:
            text = (lzma.decompress(data) if path.suffix == ".xz" else data).decode("ascii")
        except (lzma.LZMAError, UnicodeDecodeError) as error:
            raise KnownError(f"the list {path} is damaged or is no list of ids, one a line ({error})") from error
        known = cls(*_arrays(text))
        if not len(known):
            raise KnownError(f"the list {path} has no id such as kst-33279-40 in it")
        if cached is not None:
            known._save(cached)
        return known

    @classmethod
    def _cached(cls, place: Path) -> Known | None:
        """The list as kept in the cache; None if it is not there or damaged."""
        try:
            reach = json.loads((place / "reach.json").read_text(encoding="utf-8"))
            ids, families, highest = (np.load(place / f"{name}.npy", mmap_mode="r") for name in _ARRAYS)
            return cls(ids, families, highest, reach)
        except (OSError, ValueError):
            return None

    @property
    def fingerprint(self) -> str:
        """A hash of the ids; two files with the same ids have the same."""
        return hashlib.sha256(np.ascontiguousarray(self._ids).tobytes()).hexdigest()

    def __len__(self) -> int:
        """The number of ids."""
        return len(self._ids)

    def __contains__(self, identity: str) -> bool:
        """Whether an id is in the list, in any case; reprints and corrections count as their paper."""
        return _has(self._ids, _hash(_plain(identity)))

    def status(self, kind: str, identity: str) -> str | None:
        """VERIFIED, UNKNOWN or NEWER for an id of a kind that the list covers; None for others.

        A Zaak and a document are in the list only where they were published, so that their absence says nothing.
        """
        if kind == "zaak":
            return VERIFIED if f"kv-tk-{identity}" in self or f"kv-{identity}" in self else None
        if kind == "document":
            return VERIFIED if f"nds-tk-{identity}" in self else None
        if kind == "dossier":
            return (
                VERIFIED if _has(self._families, _hash("kst-" + identity.removeprefix("dossier-").lower())) else UNKNOWN
            )
        if not identity.startswith(_KINDS):
            return None
        if identity in self:
            return VERIFIED
        family, _, number = _plain(identity).rpartition("-")
        sort, series = _series(family)
        first, last = self._reach.get(sort, (0, 0))
        if series < first:
            return None  # the list does not go back so far
        if series > last:
            return NEWER
        still_open = sort == "kst" or series == last
        place = int(np.searchsorted(self._families, _hash(family)))
        in_list = place < len(self._families) and self._families[place] == _hash(family)
        later = in_list and number.isdigit() and int(number) > int(self._highest[place])
        return NEWER if later and still_open else UNKNOWN

    def _save(self, place: Path) -> None:
        """Keep the arrays for the next time, in a folder that gets its name when it is whole."""
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=place.parent) as made:
                whole = Path(made) / "known"
                whole.mkdir()
                for name, array in zip(_ARRAYS, (self._ids, self._families, self._highest), strict=True):
                    np.save(whole / f"{name}.npy", array)
                (whole / "reach.json").write_text(json.dumps(self._reach), encoding="utf-8")
                shutil.rmtree(place, ignore_errors=True)  # a damaged one
                os.rename(whole, place)
        except OSError:
            return  # without a cache the list is read again next time


def _place(data: bytes) -> Path | None:
    where = cache_folder()
    return where / f"known-{hashlib.sha256(data).hexdigest()[:32]}" if where else None


def _plain(identity: str) -> str:
    """An id in small letters, without marks of reprints, and without the year that old ids have inside."""
    small = _SUFFIX.sub("", identity.lower())
    old = _OLD.match(small)
    return f"kst-{old['rest']}" if old else small


def _hash(text: str) -> np.uint64:
    return np.uint64(int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big"))


def _has(hashes: _Hashes, wanted: np.uint64) -> bool:
    place = int(np.searchsorted(hashes, wanted))
    return place < len(hashes) and bool(hashes[place] == wanted)


def _series(family: str) -> tuple[str, int]:
    """The sort of a series and its place among those of that sort: "ah-tk-20222023" is ("ah-tk", 20222023)."""
    match = re.match(r"((?:[a-z]+-)*[a-z]+)-(\d+)", family)
    if match is None or (match[1] == "kst" and len(match[2]) != 5):
        return family, 0  # papers of the Eerste Kamer by Roman number, and old ids without a dossier
    return match[1], int(match[2])


def _arrays(text: str) -> tuple[_Hashes, _Hashes, npt.NDArray[np.int64], dict[str, list[int]]]:
    families: dict[str, int] = {}
    digest = hashlib.blake2b
    ids = bytearray()
    for identity in _ids(text):
        ids += digest(identity.encode(), digest_size=8).digest()
        family, _, number = identity.rpartition("-")
        if number.isdigit():
            families[family] = max(families.get(family, 0), int(number))
        else:
            families.setdefault(family, 0)
    names = {int(_hash(family)): highest for family, highest in families.items()}
    order = sorted(names)
    reach: dict[str, list[int]] = {}
    for sort, series in map(_series, families):
        first, last = reach.get(sort, (series, series))
        reach[sort] = [min(first, series), max(last, series)]
    return (
        np.unique(np.frombuffer(bytes(ids), dtype=">u8").astype(np.uint64)),
        np.array(order, dtype=np.uint64),
        np.array([names[name] for name in order], dtype=np.int64),
        reach,
    )


def _ids(text: str) -> Iterator[str]:
    for line in text.split("\n"):
        if line.startswith(_KINDS):
            yield _plain(line.strip())
