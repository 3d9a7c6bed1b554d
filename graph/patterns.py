"""Patterns that are compiled when they are first used.

There are some two hundred, compiling them takes longer than reading a letter, and a letter needs a third of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any, cast

_METHODS = ("match", "search", "fullmatch", "finditer", "findall", "sub", "split", "pattern")


class _Late:
    """A pattern that has not been needed yet."""

    methods: tuple[str, ...] = _METHODS

    def __init__(self, text: str, flags: int) -> None:
        self._text, self._flags = text, flags

    def __getattr__(self, name: str) -> Any:
        # a name that is not there yet: from now on it is the one of the compiled pattern, without a detour
        if name not in self.methods:
            raise AttributeError(name)
        compiled = re.compile(self._text, self._flags)
        for method in self.methods:
            setattr(self, method, getattr(compiled, method))
        return getattr(compiled, name)


class _Here(_Late):
    """A pattern that is never looked for: it is tried where an anchor or another pattern was found."""

    methods = ("match", "fullmatch", "pattern")


def one_of(words: Iterable[str]) -> str:
    """A pattern of plain words, kept by their first letter: a sign with which none begins is seen at once."""
    rests: dict[str, list[str]] = {}
    for word in words:
        rests.setdefault(word[0], []).append(word[1:])
    return "|".join(f"{first}(?:{'|'.join(rests[first])})" for first in sorted(rests))


def late(text: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern in a text, for the methods of `re.Pattern` that search, replace and split. A wrong one fails when used."""
    return cast("re.Pattern[str]", _Late(text, flags))


def here(text: str, flags: int = 0) -> re.Pattern[str]:
    """The same for a pattern that is only tried at a place, and has no method to search with."""
    return cast("re.Pattern[str]", _Here(text, flags))
