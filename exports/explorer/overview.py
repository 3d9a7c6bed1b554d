"""The whole collection at a glance: its communities, each by its most central things, and the ties between them."""

from __future__ import annotations

from dataclasses import dataclass

from exports.explorer import evidence
from exports.explorer.evidence import Named
from exports.explorer.index import Index
from exports.explorer.ties import Tie
from exports.explorer.words import Say

LISTED, DRAWN, CENTRAL = 40, 25, 3
"""Communities in the list and in the picture, the largest, and things by which each is known."""
BRIDGE = "bridge"
"""The property of what ties two communities."""
_BRIDGES = 120


@dataclass(frozen=True, slots=True)
class Community:
    """A community: its most central things, the first of which gives it its name, and how many it has."""

    central: tuple[Named, ...]
    members: int

    @property
    def hub(self) -> Named:
        """The most central of all."""
        return self.central[0]


@dataclass(frozen=True, slots=True)
class Overview:
    """The largest communities, what ties them, how many there are, and how many things and ties in all."""

    communities: tuple[Community, ...]
    bridges: tuple[Tie, ...]
    total: int
    things: int
    ties: int


def overview(index: Index, say: Say) -> Overview:
    """What the collection is about, whatever its size: all of it was counted when the index was made."""
    rows = index.rows("SELECT hub, members FROM community ORDER BY members DESC, hub LIMIT ?", LISTED)
    central = {
        row["hub"]: [
            each["iri"]
            for each in index.rows(
                "SELECT iri FROM spot WHERE hub = ? ORDER BY inside DESC, iri LIMIT ?", row["hub"], CENTRAL
            )
        ]
        for row in rows
    }
    things = evidence.all_named(index, (iri for iris in central.values() for iri in iris), say)
    found = tuple(Community(tuple(things[iri] for iri in central[row["hub"]]), row["members"]) for row in rows)
    marks = ", ".join("?" * len(central))
    bridges = index.rows(
        f"SELECT one, other, number FROM bridge WHERE one IN ({marks}) AND other IN ({marks}) ORDER BY number DESC, one, other LIMIT {_BRIDGES}",
        *central, *central,
    )  # fmt: skip
    return Overview(
        found, tuple(Tie(row["one"], BRIDGE, row["other"], row["number"]) for row in bridges),
        index.number("SELECT COUNT(*) FROM community"), index.number("SELECT SUM(members) FROM community"),
        index.number("SELECT COUNT(*) FROM tie"),
    )  # fmt: skip
