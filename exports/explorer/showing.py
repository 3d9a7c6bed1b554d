"""What the page of the graph shows of a state, ready for its template."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import Any

from exports.explorer import evidence, pictures, ties
from exports.explorer.addresses import short
from exports.explorer.drawing import draw, network
from exports.explorer.evidence import Named
from exports.explorer.index import Index
from exports.explorer.overview import DRAWN, overview
from exports.explorer.paths import STEPS
from exports.explorer.saying import Said, said
from exports.explorer.seen import PAGE, Seen, Told, Way, see
from exports.explorer.state import LONGEST, State
from exports.explorer.words import Say

ROWS, SENTENCES = 25, 10
"""Ties in the table, and sentences of the tie that was chosen, shown at once."""
_YEARS = 60


@dataclass(frozen=True, slots=True)
class Thing:
    """A thing in the table: its number in the picture, with how many things here it is tied and with how many in all.

    `more` is how many of its neighbours have not come yet; `open` says that some came by it.
    """

    number: int
    named: Named
    kind: str
    here: int
    total: int
    more: int
    open: bool


def shown(index: Index, state: State, told: Told, number: int, say: Say) -> dict[str, Any]:
    """What the template shows of a state, with page `number` of the ties; the overview where nothing was chosen yet."""
    common = {
        "pairs": state.pairs() + state.chosen(),
        "address": state.address(),
        "long": len(state.address()) > LONGEST,
        "longest": LONGEST,
    }
    return common | (_surroundings(index, state, told, number, say) if state else _collection(index, say))


def _collection(index: Index, say: Say) -> dict[str, Any]:
    """The overview."""
    found = overview(index, say)
    drawn = {each.hub.iri: each for each in found.communities[:DRAWN]}
    bridges = (tie for tie in found.bridges if tie.source in drawn and tie.target in drawn)
    made = network(index, {iri: each.hub for iri, each in drawn.items()}, bridges)
    for iri, each in drawn.items():
        made.nodes[iri]["weight"] = each.members
    return {"seen": None, "overview": found, "drawing": draw(made, both_ways=True), "short": short}


def _surroundings(index: Index, state: State, told: Told, number: int, say: Say) -> dict[str, Any]:
    """What the steps and the query of a state bring in."""
    seen = see(index, state, told)
    looked = evidence.all_named(
        index, [*seen.things, state.node, *(iri for way in seen.ways for iri in (way.start, way.end))], say
    )
    named_things = {iri: looked[iri] for iri in seen.things}
    drawing = draw(network(index, named_things, seen.ties))
    last = max(1, -(-len(seen.ties) // ROWS))
    number = min(number, last)
    things = _things(index, seen, named_things, {dot.iri: dot.number for dot in drawing.dots}, say)
    chosen = _chosen_tie(index, state, say)
    return {
        "seen": seen, "overview": None, "drawing": drawing, "short": short, "page_size": PAGE, "steps_most": STEPS, "looked": looked,
        "things": things, "chosen": chosen, "number": number, "last": last,
        "node": next((thing for thing in things if thing.named.iri == state.node), None),
        "node_ties": said(index, [tie for tie in seen.ties if state.node in (tie.source, tie.target)][:ROWS], state.sieve, say, 0) if state.node else [],
        "rows": said(index, seen.ties[(number - 1) * ROWS : number * ROWS], state.sieve, say),
        "ways": [(way, _steps(index, way, state, say)) for way in seen.ways],
        "title": _title(state, index, say), "timeline": _timeline(index, seen, state, told, say),
        "kinds": _kinds(named_things, state, say), "properties": _properties(seen, state, say),
    }  # fmt: skip


def _steps(index: Index, way: Way, state: State, say: Say) -> list[tuple[Said, Named, str, Named]]:
    """The ties of a way from its start to its end, each with the thing that one comes from, the words that way round, and the next."""
    here, steps = way.start, []
    for each in said(index, way.ties or (), state.sieve, say):
        onwards = each.source.iri == here
        words = evidence.property_in_words(each.tie.relation, say, backwards=not onwards)
        come, go = (each.source, each.target) if onwards else (each.target, each.source)
        steps.append((each, come, words, go))
        here = go.iri
    return steps


def _things(index: Index, seen: Seen, named_things: dict[str, Named], numbers: dict[str, int], say: Say) -> list[Thing]:
    near: dict[str, set[str]] = {iri: set() for iri in seen.things}
    for tie in seen.ties:
        near[tie.source].add(tie.target)
        near[tie.target].add(tie.source)
    made = []
    for iri in seen.things:
        total, here = seen.ties_of.get(iri, 0), len(near[iri])
        came, of = seen.opened.get(iri, (0, total))
        thing = named_things[iri]
        made.append(
            Thing(
                numbers[iri],
                thing,
                evidence.kind_in_words(thing.kind, say),
                here,
                total,
                of - came if came else max(total - here, 0),
                bool(came),
            )
        )
    return made


def _chosen_tie(index: Index, state: State, say: Say) -> Said | None:
    """The tie that was chosen, with its sentences."""
    if not state.tie:
        return None
    source, name, target = state.tie
    return said(index, [ties.Tie(source, name, target)], state.sieve, say, SENTENCES)[0]


def _title(state: State, index: Index, say: Say) -> str:
    """What the picture is of, by its query or its first step."""
    if state.named:
        return say.maybe(f"question.{state.named}", state.named)
    if state.query:
        return say("graph.of_query")
    step = state.steps[0]
    things = evidence.all_named(index, step.things, say)
    first = things[step.things[0]].label
    if step.deed == "path":
        return say("graph.of_path", start=first, end=things[step.things[1]].label)
    return say("graph.of_group" if step.deed == "group" else "graph.of_thing", name=first)


def _timeline(index: Index, seen: Seen, state: State, told: Told, say: Say) -> list[tuple[pictures.Bar, str]]:
    """The years in which papers say what is seen without the filter by period, each with the address of that year alone."""
    unfiltered = replace(state, since="", until="")
    every = see(index, unfiltered, told) if state.since or state.until else seen
    counted = ties.years(index, every.ties)
    return _bars(counted, unfiltered, say) if len(counted) > 1 else []


def _bars(counted: Counter[str], state: State, say: Say) -> list[tuple[pictures.Bar, str]]:
    first, last = int(min(counted)), int(max(counted))
    years = [(str(year), counted[str(year)]) for year in range(max(first, last - _YEARS), last + 1)]
    histogram = pictures.histogram(years, say)
    return (
        [(bar, replace(state, since=bar.year, until=bar.year).address()) for bar in histogram.bars] if histogram else []
    )


def _kinds(things: dict[str, Named], state: State, say: Say) -> list[tuple[str, str, int, bool]]:
    """The kinds of what is seen and those that are filtered out: name, in words, how many, whether it is let through."""
    counts = Counter(thing.kind for thing in things.values())
    told = [
        (kind, evidence.kind_in_words(kind, say), number, True)
        for kind, number in counts.most_common()
        if kind not in state.off
    ]
    return told + [(kind, evidence.kind_in_words(kind, say), counts[kind], False) for kind in state.off]


def _properties(seen: Seen, state: State, say: Say) -> list[tuple[str, str, int, bool]]:
    counts = Counter(tie.relation for tie in seen.ties)
    told = [(name, evidence.property_in_words(name, say), number, True) for name, number in counts.most_common()]
    return told + [(name, evidence.property_in_words(name, say), 0, False) for name in state.without]
