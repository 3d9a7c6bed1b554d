"""How long each page of the explorer takes to be made, on a generated graph, for things that are named often and for rare ones.

The application is asked in this process, without a network between; time is on the clock, since an answer passes through threads.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
from starlette.applications import Starlette
from starlette.routing import Route

from bench.graphs import generated
from bench.rows import Row, judged, size
from exports.explorer import addresses
from exports.explorer.app import PAGES, make
from exports.explorer.index import Index

MEDIAN, LATE = 50, 200
"""Milliseconds: the median and the 95th percentile of the addresses of a view; the latter also for the first answer of any page."""
_KINDS = ("treaty", "person", "law", "kamerstuk", "paper", "post", "dossier")
_WORDS = (
    "veiligheid",
    "gemeente cijfers",
    '"schone energie"',
    "kernwapens",
    "zorg",
    "brug*",
    "npt",
    "yesil",
    "33279",
    "AH 12",
    "Trb. 2001, 5",
)
"""What people may type into the box: words that all papers have and none, names, numbers."""


@dataclass(frozen=True, slots=True)
class Taken:
    """An answer from an address: the milliseconds that it took, and what is wrong with it."""

    place: str
    took: float
    fault: str


def rows() -> Iterator[Row]:
    """Two rows for each view: the median over its addresses, and the 95th percentile; then the slowest first answer of all.

    Raises RuntimeError after them for error pages.
    """
    folder = generated(size().quads)
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as notes:
        app = make(folder, hosts=("localhost",), corrections=Path(notes) / "corrections.ttl")
        begun = time.perf_counter() - start
        found = asyncio.run(_all(app))
    yield Row("opening the explorer", "at most what it was", begun, "s", "with its index, where that was not there yet")
    faults, firsts = list[str](), list[Taken]()
    for name, answers in found.items():
        firsts += [first for first, *_ in answers]
        times = sorted(each.took for _, *later in answers for each in later)
        faults += [each.fault for taken in answers for each in taken if each.fault]
        late, said = times[int(len(times) * 0.95)], f"{len(times)} answers"
        yield judged(f"view {name}", f"at most {MEDIAN} ms", statistics.median(times), "ms", said)
        yield judged(f"view {name}, 95 %", f"at most {LATE} ms", late, "ms", f"slowest {times[-1]:.0f} ms")
    slowest = max(firsts, key=lambda each: each.took)
    yield judged(
        "first view of any page", f"at most {LATE} ms", slowest.took, "ms", f"slowest of {len(firsts)}: {slowest.place}"
    )
    if faults:
        raise RuntimeError("; ".join(faults))


async def _all(app: Starlette) -> dict[str, list[list[Taken]]]:
    """Each view with the answers of each of its addresses. All are asked once before any is asked again, as by first visitors."""
    async with app.router.lifespan_context(app):
        client = httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://localhost", timeout=120)
        async with client:
            asked = views(app.state.collection.index).items()
            firsts = {name: [[await _taken(client, place)] for place in places] for name, places in asked}
            for answers in firsts.values():
                for taken in answers:
                    taken += [await _taken(client, taken[0].place) for _ in range(size().repeats)]
            return firsts


async def _taken(client: httpx.AsyncClient, place: str) -> Taken:
    """One answer from an address."""
    start = time.perf_counter()
    answer = await client.get(place)
    # what is only sent to says so, in a page too
    fault = f"{place} answers {answer.status_code}" if answer.status_code >= 400 and answer.status_code != 405 else ""
    return Taken(place, 1000 * (time.perf_counter() - start), fault)


def views(index: Index) -> dict[str, list[str]]:
    """The addresses of each view; a page that is not told of here is asked for as it is, if its address holds nothing to fill in."""
    often = {kind: list(_things(index, kind)) for kind in _KINDS}
    things = [iri for iris in often.values() for iri in iris]
    told = {
        "/": ["/"],
        "/search": [f"/search?{httpx.QueryParams(q=words)}" for words in _WORDS],
        "/doc": [],
        "/id": [],
        "/thread": [],
        "/doc/{rest:path}": [addresses.reader(iri) for iri in _papers(index)],
        "/id/{rest:path}": [addresses.card(iri) for iri in things],
        "/thread/{rest:path}": [addresses.thread(iri) for iri in things],
        "/graph": ["/graph", *(addresses.graph("open", iri) for iri in things)],
        "/graph/{form}": [addresses.graph("open", iri).replace("?", "/csv?", 1) for iri in things],
        "/questions/{name}": ["/questions/final-answer", "/questions/office-holders?run=1", "/questions/documents-by-treaty?run=1"],
        "/wanted": ["/wanted", "/wanted?kind=kamerstuk", "/wanted?page=9"],
        "/quality/mentions": ["/quality/mentions", "/quality/mentions?rule=member", "/quality/mentions?kind=motion"],
    }  # fmt: skip
    routes = [route.path for module in PAGES for route in module.routes if isinstance(route, Route)]
    whole = {path: told.get(path, [] if "{" in path else [path]) for path in routes}
    found = {path: [f"/nl{place}" for place in places] for path, places in whole.items() if places}
    data = [f"/id{addresses.path(iri)}" for iri in things]
    return found | {"/id, as data": [f"{place}{'&' if '?' in place else '?'}format=turtle" for place in data]}


def _things(index: Index, kind: str) -> Iterable[str]:
    """The things of a kind that are named most, one in the middle and one that is hardly named."""
    within = "FROM thing WHERE kind = ? AND papers > 0 ORDER BY papers DESC, iri"
    number = index.number("SELECT COUNT(*) FROM thing WHERE kind = ? AND papers > 0", kind)
    for place in sorted({0, 1, number // 2, number - 1} & set(range(number))):
        row = index.row(f"SELECT iri {within} LIMIT 1 OFFSET ?", kind, place)
        if row:
            yield row["iri"]


def _papers(index: Index) -> Iterable[str]:
    """The papers with most mentions, some in the middle and one with few."""
    number = index.number("SELECT COUNT(*) FROM paper")
    for place in sorted({0, number // 20, number // 2, number - 1} & set(range(number))):
        row = index.row("SELECT iri FROM paper ORDER BY mentions DESC LIMIT 1 OFFSET ?", place)
        if row:
            yield row["iri"]
