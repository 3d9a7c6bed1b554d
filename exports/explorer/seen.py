"""What a state shows: the things that its steps bring in, the ties among them, and the ways that were asked for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from exports.explorer import ties
from exports.explorer.index import Index
from exports.explorer.paths import path
from exports.explorer.state import State
from exports.explorer.ties import Key, Tie

PAGE = 20
"""Neighbours that come at a time."""
GROUP = 30
"""Things of a community that are shown, the most central first."""
ROW = "inOneRow"
"""The property of a tie between what stands in one row of an answer."""
MOST = 250
"""Things in a picture; of more no label can be read."""


@dataclass(frozen=True, slots=True)
class Told:
    """What the answer to a query names: things, and statements about two of them."""

    things: tuple[str, ...] = ()
    statements: tuple[Key, ...] = ()


@dataclass(frozen=True, slots=True)
class Way:
    """A way that was asked for, from one thing to another; None where there is none."""

    start: str
    end: str
    ties: tuple[Tie, ...] | None


@dataclass(frozen=True, slots=True)
class Seen:
    """Things in the order in which they came, the ties among them, and how it came to be.

    `opened` says of a thing how many of its neighbours were let in, of how many; `ties_of` with how many each thing is tied in
    all. `told` are the ties that only the query says. `unknown` things are not in the collection, and `full` says that there
    was no room for all.
    """

    things: tuple[str, ...] = ()
    ties: tuple[Tie, ...] = ()
    told: frozenset[Key] = frozenset()
    opened: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    ties_of: Mapping[str, int] = field(default_factory=dict)
    ways: tuple[Way, ...] = ()
    unknown: tuple[str, ...] = ()
    full: bool = False


def see(index: Index, state: State, told: Told = Told()) -> Seen:
    """What a state shows, with the answer to its query, if it has one."""
    sieve = state.sieve
    known = index.things(iri for step in state.steps for iri in step.things)
    asked, hidden, opens = dict.fromkeys(told.things), dict[str, None](), dict[str, int]()
    groups, wanted, unknown = list[str](), list[tuple[str, str]](), list[str]()
    for step in state.steps:
        missing = [iri for iri in step.things if iri not in known]
        unknown += missing
        if missing:
            continue
        first = step.things[0]
        if step.deed == "hide":
            hidden[first] = None
            asked.pop(first, None)
        elif step.deed == "close":
            opens.pop(first, None)
        elif step.deed == "group":
            groups.append(first)
        else:
            for iri in step.things:
                hidden.pop(iri, None)
            asked |= dict.fromkeys(step.things)
            if step.deed == "open":
                opens[first] = opens.get(first, 0) + 1
            if step.deed == "path":
                wanted.append((first, step.things[1]))
    ways = tuple(Way(*ends, _tuple(path(index, *ends, sieve, hidden))) for ends in wanted)
    things = dict.fromkeys(iri for iri in asked if iri not in hidden)
    things |= dict.fromkeys(iri for way in ways for tie in way.ties or () for iri in (tie.source, tie.target))
    came = dict[str, None]()
    for iri in groups:
        came |= dict.fromkeys(_community(index, iri))
    if sieve.kinds:
        kinds = {iri: row["kind"] for iri, row in index.things(came).items()}
        came = {iri: None for iri in came if kinds.get(iri, "other") not in sieve.kinds}
    opened = {}
    for iri, times in opens.items():
        if iri not in hidden:
            total, near = ties.neighbours(index, iri, sieve, times * PAGE)
            opened[iri] = (len(near), total)
            came |= dict.fromkeys(near)
    things |= {iri: None for iri in came if iri not in hidden}
    shown = tuple(things)[:MOST]
    among = ties.among(index, shown, sieve)
    own = _own(told, set(shown), among)
    return Seen(
        shown, (*among, *own), frozenset(tie.key for tie in own), opened, ties.degrees(index, shown), ways,
        tuple(dict.fromkeys(unknown)), len(things) > MOST,
    )  # fmt: skip


def _community(index: Index, iri: str) -> list[str]:
    """The most central things of the community that a thing is in."""
    rows = index.rows(
        "SELECT iri FROM spot WHERE hub = (SELECT hub FROM spot WHERE iri = ?) ORDER BY inside DESC, iri LIMIT ?",
        iri,
        GROUP,
    )
    return [row["iri"] for row in rows]


def _own(told: Told, shown: set[str], among: list[Tie]) -> list[Tie]:
    """What the answer says of two things beyond what papers say of them."""
    said = {tie.key for tie in among}
    joined = {frozenset((tie.source, tie.target)) for tie in among}
    own = dict[Key, Tie]()
    for source, name, target in told.statements:
        if {source, target} <= shown and source != target and (source, name, target) not in said:
            if name == ROW and frozenset((source, target)) in joined:
                continue
            own[source, name, target] = Tie(source, name, target)
    return list(own.values())


def _tuple(found: list[Tie] | None) -> tuple[Tie, ...] | None:
    return None if found is None else tuple(found)
