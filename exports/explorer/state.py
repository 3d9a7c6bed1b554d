"""What a reader sees of the graph as an address: what was opened, closed, put there and hidden, in order, and the filters.

The picture follows from its steps, so undo leaves out the last one, and an address that is sent to somebody shows the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import quote, urlencode

from exports.explorer import addresses
from exports.explorer.addresses import short
from exports.explorer.ties import Key, Sieve

DEEDS = {"open": 1, "close": 1, "add": 1, "hide": 1, "group": 1, "path": 2}
"""What a step can do, and of how many things it speaks."""
LONGEST = 4_000
"""Characters of a state in an address; programs for mail and chat break longer ones."""
STEPS, VALUES, CHARACTERS = 100, 60, 2_000
"""Steps of a state, values of each filter, characters of a value, at most."""
QUERY = 3_000
"""Characters of a query, at most."""
_DAY = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?", re.ASCII)
_SLOT = 300  # characters of a value in a slot of a named query
_NAME = re.compile(r"[A-Za-z][A-Za-z-]{0,40}", re.ASCII)
_IRI = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
Pairs = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Step:
    """One deed of a reader, of DEEDS, and the things that it is about."""

    deed: str
    things: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class State:
    """Steps, filters, a query whose answer is shown, and what was chosen to be looked at: a thing or a tie.

    `named` is the name of a named query and the values in its slots, `query` SPARQL of the reader's own.
    """

    steps: tuple[Step, ...] = ()
    off: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    query: str = ""
    named: str = ""
    slots: tuple[tuple[str, str], ...] = ()
    node: str = ""
    tie: Key | None = None

    @property
    def sieve(self) -> Sieve:
        """The filters."""
        return Sieve(self.off, self.without, self.since, self.until)

    def __bool__(self) -> bool:
        """Whether anything is shown."""
        return bool(self.steps or self.query or self.named)

    def pairs(self) -> Pairs:
        """The parameters of the address, those of the steps in their order."""
        made = [("query", self.query)] * bool(self.query) + [("ask", self.named)] * bool(self.named)
        made += [("set", f"{name}={value}") for name, value in self.slots]
        made += [(step.deed, " ".join(map(short, step.things))) for step in self.steps]
        made += [("off", kind) for kind in self.off] + [("without", name) for name in self.without]
        made += [(name, day) for name, day in (("since", self.since), ("until", self.until)) if day]
        return made

    def chosen(self) -> Pairs:
        """The parameters for what was chosen."""
        if self.tie:
            return [("tie", " ".join((short(self.tie[0]), self.tie[1], short(self.tie[2]))))]
        return [("node", short(self.node))] if self.node else []

    def address(self) -> str:
        """All of it as it stands behind the question mark."""
        return urlencode(self.pairs() + self.chosen(), quote_via=quote, safe="/:,=")

    def then(self, deed: str, *things: str) -> State:
        """The state after one more step."""
        return replace(self, steps=(*self.steps, Step(deed, things)))

    def undone(self) -> State:
        """The state before the last step."""
        return replace(self, steps=self.steps[:-1], node="", tie=None)

    def looking_at(self, node: str = "", tie: Key | None = None) -> State:
        """The state with a thing or a tie chosen."""
        return replace(self, node=node, tie=tie)


def whole(written: str) -> str:
    """The IRI of what stands in a state; empty for what is none."""
    iri = written if "://" in written else addresses.iri(written, "") if written else ""
    return iri if len(iri) <= CHARACTERS and _IRI.fullmatch(iri) else ""


def read(pairs: Iterable[tuple[str, str]]) -> tuple[State, bool]:
    """The state that an address tells, and whether something of it was left out for want of room; noise is passed over.

    Buttons add to an address what leads to another state: `on` lets a kind or property through again, `undo` takes back a step.
    """
    steps, found, chosen = list[Step](), dict[str, list[str]](), ("", "")
    for name, value in pairs:
        if name in DEEDS:
            things = tuple(map(whole, value.split())) if len(value) <= 2 * CHARACTERS else ()
            if len(things) == DEEDS[name] and all(things):
                steps.append(Step(name, things))
        elif name in ("node", "tie"):
            chosen = (name, value)
        else:
            found.setdefault(name, []).append(value)
    query, named, since, until = (found.get(name, [""])[-1].strip() for name in ("query", "ask", "since", "until"))
    query, on = query.replace("\r\n", "\n"), found.get("on", ())
    off, without = (
        tuple(dict.fromkeys(value for value in found.get(name, ()) if _NAME.fullmatch(value) and value not in on))
        for name in ("off", "without")
    )
    parted = (value.partition("=") for value in found.get("set", ()))
    slots = tuple((name, value[:_SLOT]) for name, _, value in parted if _NAME.fullmatch(name))
    state = State(
        tuple(steps[:STEPS]), off[:VALUES], without[:VALUES],
        since if _DAY.fullmatch(since) else "", until if _DAY.fullmatch(until) else "",
        query if len(query) <= QUERY else "", named if _NAME.fullmatch(named) else "", slots[:VALUES],
    )  # fmt: skip
    cut = len(steps) > STEPS or len(query) > QUERY or max(map(len, (off, without, slots))) > VALUES
    return (state.undone() if "undo" in found else _looking(state, *chosen)), cut


def _looking(state: State, name: str, value: str) -> State:
    """The state with a thing or a tie chosen, if that is what the value of "node" or "tie" says."""
    if name == "node":
        return replace(state, node=whole(value))
    source, property, target = value.split() if value.count(" ") == 2 else ("", "", "")
    ends = whole(source), whole(target)
    return replace(state, tie=(ends[0], property, ends[1])) if all(ends) and _NAME.fullmatch(property) else state
