"""A thread in time: what was said of a treaty, a person, a dossier or a zaak, paper by paper."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports.explorer import addresses, evidence
from exports.explorer.evidence import Evidence
from exports.explorer.holding import index_of
from exports.explorer.index import Index, Row
from exports.explorer.pages import page, page_number
from exports.explorer.words import Say

PAGE = 40
_PARTS = 400  # papers of a dossier whose mentions are followed too


@dataclass(frozen=True, slots=True)
class Step:
    """A paper in the thread: the first sentence that names the thing, how often it does, and what it is to the paper."""

    first: Evidence
    number: int
    relations: tuple[str, ...]


def show(request: Request) -> Response:
    """The page of a thread. Raises HTTPException."""
    index, iri = index_of(request), addresses.asked(request)
    say, number = Say(request.path_params["language"]), page_number(request)
    thing = index.thing(iri)
    if thing is None:
        raise HTTPException(404)
    backwards = request.query_params.get("order") != "old"
    followed = _followed(index, thing)
    within = f"FROM naming WHERE target IN ({', '.join('?' * len(followed))})"
    total = index.number(f"SELECT COUNT(DISTINCT paper) {within}", *followed)
    order = "DESC" if backwards else "ASC"
    # of one thing the table is in this order already
    joined = "start, number" if len(followed) == 1 else "MIN(start) AS start, SUM(number) AS number"
    rows = index.rows(
        f"SELECT paper, {joined} {within} {'' if len(followed) == 1 else 'GROUP BY day, paper'}"
        f" ORDER BY day {order}, paper {order} LIMIT {PAGE} OFFSET ?", *followed, (number - 1) * PAGE,
    )  # fmt: skip
    steps = _steps(index, rows, followed, say)
    years: dict[str, list[Step]] = {}
    for step in steps:
        years.setdefault(step.first.day[:4] if step.first.day else say("thread.undated"), []).append(step)
    here = addresses.thread(iri)
    return page(
        request, "thread.html.j2", me=evidence.named(thing, iri, say), kind=evidence.kind_in_words(thing["kind"], say),
        years=list(years.items()), total=total, number=number, last=max(1, -(-total // PAGE)), here=here,
        join="&" if "?" in here else "?", backwards=backwards, parts_followed=len(followed) - 1,
    )  # fmt: skip


def _followed(index: Index, thing: Row) -> list[str]:
    """The thing, and for a dossier the papers in it."""
    if thing["kind"] != "dossier":
        return [thing["iri"]]
    inside = index.rows(
        "SELECT DISTINCT source FROM edge WHERE target = ? AND property = 'isPartOf' LIMIT ?", thing["iri"], _PARTS
    )
    return [thing["iri"], *(row["source"] for row in inside)]


def _steps(index: Index, rows: list[Row], followed: list[str], say: Say) -> list[Step]:
    marks = ", ".join("?" * len(followed))
    firsts = [
        index.rows(f"SELECT * FROM mention INDEXED BY mention_paper WHERE paper = ? AND start = ? AND target IN ({marks}) LIMIT 1", row["paper"], row["start"], *followed)[0]
        for row in rows
    ]  # fmt: skip
    found = evidence.of(index, firsts, say)
    steps = []
    for row, first in zip(rows, found, strict=True):
        edges = index.rows(
            "SELECT DISTINCT property FROM edge INDEXED BY edge_source WHERE source = ? AND target = ?",
            first.paper.iri,
            followed[0],
        )
        relations = tuple(evidence.property_in_words(edge["property"], say) for edge in edges)
        steps.append(Step(first, row["number"], relations))
    return steps


routes = [Route("/thread", show), Route("/thread/{rest:path}", show)]
