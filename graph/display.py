"""How a value shows itself in a notebook: by whoever has entered for that, since pictures and pages are made above this package.

A package that can show values names a function under the entry points `kamergraaf.display` in its pyproject.toml. The function
takes the value and gives what a notebook may show of it, by media type, or None where it does not know the value.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import lru_cache
from importlib.metadata import entry_points

GROUP = "kamergraaf.display"
Bundle = dict[str, str]


class Shown:
    """A value that a notebook shows by itself, in as many ways as there are makers for it."""

    __slots__ = ()

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> Bundle:
        """The ways to show it by media type; the notebook leaves out those that it was told to."""
        return bundle(self)


def bundle(value: object, makers: Mapping[str, Callable[[object], Bundle | None]] | None = None) -> Bundle:
    """What can be shown of a value by media type; its plain text where nobody knows more."""
    for make in (_makers() if makers is None else makers).values():
        if made := make(value):
            return made
    return {"text/plain": repr(value)}


@lru_cache(maxsize=1)
def _makers() -> dict[str, Callable[[object], Bundle | None]]:
    return {entry.name: entry.load() for entry in sorted(entry_points(group=GROUP), key=lambda entry: entry.name)}
