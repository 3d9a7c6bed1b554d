"""The card of a thing: what it is called, what it is part of, what is said of it and where, in time and in its surroundings."""

from __future__ import annotations

from dataclasses import dataclass

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from exports.explorer import addresses, evidence, pictures
from exports.explorer.evidence import Named
from exports.explorer.holding import index_of
from exports.explorer.index import Index, Row
from exports.explorer.pages import collection_of, csv_file, page, page_number
from exports.explorer.registered import facts, held, other_names
from exports.explorer.ties import degrees
from exports.explorer.words import Say

SENTENCES = 25  # shown at once
NEAR = 6  # things to each side in the small picture
SHOWN = 12  # of each relation
_MOST = 20_000  # rows of a file
_LATELY = 200  # papers, the newest, in which what is named together is counted


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation in words, with the first things and how many there are."""

    words: str
    things: tuple[Named, ...]
    total: int


def show(request: Request) -> Response:
    """The page of a thing. Raises HTTPException."""
    quads, iri = collection_of(request).store.quads, addresses.asked(request)
    index, say = index_of(request), Say(request.path_params["language"])
    thing = index.thing(iri)
    if thing is None:
        whole, _, place = iri.partition("#")
        if place and index.paper(whole):
            return RedirectResponse(f"/{say.language}{addresses.reader(whole)}#{place}", 303)
        raise HTTPException(404)
    me = evidence.named(thing, iri, say)
    year, number = request.query_params.get("year", ""), page_number(request)
    year = year if len(year) == 4 and year.isascii() and year.isdigit() else ""
    if request.query_params.get("format") == "csv":
        return _file(index, iri, say)
    total, rows = _sentences(index, iri, year, number)
    registered, terms = facts(quads, iri, say), held(quads, iri)
    things = evidence.all_named(
        index, [fact.target for fact in registered] + [each for term in terms for each in (term.person, term.post)], say
    )
    years = _years(index, iri)
    forth, back = _relations(index, iri, say)
    return page(
        request, "card.html.j2", me=me, thing=thing, paper=index.paper(iri), names=other_names(quads, iri, me.label),
        kind=evidence.kind_in_words(thing["kind"], say), facts=registered, terms=terms, things=things, year=year, years=years,
        histogram=pictures.histogram(years, say), forth=forth, back=back, total=total, number=number,
        last=max(1, -(-total // SENTENCES)), sentences=evidence.of(index, rows, say),
        near=_near(index, me, say), here=addresses.card(iri), join="&" if "?" in addresses.card(iri) else "?",
        data=f"/id{addresses.path(iri)}", thread=addresses.thread(iri),
        drawn=addresses.graph("open", iri) if degrees(index, (iri,)) else "",
    )  # fmt: skip


def _sentences(index: Index, iri: str, year: str, number: int) -> tuple[int, list[Row]]:
    """The true total, and a page of the mentions of a thing, the newest first."""
    within = "FROM mention WHERE target = ?1 AND (?2 = '' OR day BETWEEN ?2 || '-01-01' AND ?2 || '-12-31')"
    order = "ORDER BY day DESC, paper, start"
    some = f"SELECT rowid {within} {order} LIMIT {SENTENCES} OFFSET ?3"
    return index.number(f"SELECT COUNT(*) {within}", iri, year), index.rows(
        f"SELECT * FROM mention WHERE rowid IN ({some}) {order}", iri, year, (number - 1) * SENTENCES
    )


def _years(index: Index, iri: str) -> list[tuple[str, int]]:
    """How often a thing is named in each year, from the first to the last without a gap."""
    rows = index.rows(
        "SELECT substr(day, 1, 4) AS year, COUNT(*) AS number FROM mention WHERE target = ? AND day IS NOT NULL GROUP BY year",
        iri,
    )
    found = {row["year"]: row["number"] for row in rows}
    if not found:
        return []
    first, last = int(min(found)), int(max(found))
    return [(str(year), found.get(str(year), 0)) for year in range(max(first, last - 60), last + 1)]


def _relations(index: Index, iri: str, say: Say) -> tuple[list[Relation], list[Relation]]:
    """The relations from and to a thing, each with its true total."""
    found = []
    for own, other in (("source", "target"), ("target", "source")):
        told = []
        counted = index.rows(
            f"SELECT property, COUNT(DISTINCT {other}) AS total FROM edge WHERE {own} = ? GROUP BY property", iri
        )
        for row in counted:
            some = index.rows(
                f"SELECT DISTINCT {other} AS iri FROM edge WHERE {own} = ? AND property = ? LIMIT {SHOWN}",
                iri,
                row["property"],
            )
            things = evidence.all_named(index, (each["iri"] for each in some), say)
            words = evidence.property_in_words(row["property"], say, backwards=own == "target")
            told.append(Relation(words, tuple(things.values()), row["total"]))
        found.append(told)
    return found[0], found[1]


def _near(index: Index, me: Named, say: Say) -> pictures.Picture | None:
    """The small picture: on the left the newest papers that refer to a thing, on the right what it refers to."""
    left = index.rows(
        "SELECT paper.iri FROM naming JOIN paper ON paper.number = naming.paper"
        f" WHERE target = ? AND paper.iri <> ? ORDER BY naming.day DESC, naming.paper DESC LIMIT {NEAR}", me.iri, me.iri,
    )  # fmt: skip
    right = index.rows(
        "SELECT target AS iri FROM edge LEFT JOIN thing ON thing.iri = edge.target WHERE source = ?"
        f" AND property NOT IN ('mentionsDay', 'hasNote') GROUP BY target ORDER BY papers DESC, target LIMIT {NEAR}", me.iri,
    )  # fmt: skip
    words = say("card.refers")
    if not right:
        words = say("card.with")
        right = index.rows(
            "SELECT target AS iri, COUNT(*) AS number FROM edge WHERE paper IN"
            f" (SELECT paper FROM naming WHERE target = ?1 ORDER BY day DESC, paper DESC LIMIT {_LATELY})"
            " AND target <> ?1 AND property NOT IN ('mentionsDay', 'isPartOf', 'seeAnswer', 'hasNote', 'answersQuestion', 'linksTo')"
            f" GROUP BY target ORDER BY number DESC, target LIMIT {NEAR}", me.iri,
        )  # fmt: skip
    things = evidence.all_named(index, (row["iri"] for row in (*left, *right)), say)
    if not things:
        return None
    return pictures.surroundings(
        me, [things[row["iri"]] for row in left], [things[row["iri"]] for row in right], say("card.refer"), words
    )


def _file(index: Index, iri: str, say: Say) -> Response:
    """Every mention of a thing as CSV."""
    rows = index.rows(
        "SELECT paper.iri, paper.label, mention.day, section, before, words, after, rule, start, finish FROM mention"
        f" JOIN paper ON paper.number = mention.paper WHERE target = ? ORDER BY mention.day DESC, paper, start LIMIT {_MOST}", iri,
    )  # fmt: skip
    columns = ("paper", "label", "date", "section", "sentence", "words", "rule", "start", "end")
    cells = (
        (row["iri"], row["label"], row["day"], row["section"], f"{row['before']}{row['words']}{row['after']}".strip(),
         row["words"], row["rule"], row["start"], row["finish"])
        for row in rows
    )  # fmt: skip
    return csv_file("mentions", columns, cells)


routes = [Route("/id", show), Route("/id/{rest:path}", show, name="card")]
