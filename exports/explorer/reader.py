"""The reader: a paper as read, each reference marked where it stands, with what it means and what refers to the paper."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from exports import wording
from exports.explorer import addresses, evidence, judging
from exports.explorer.evidence import Evidence
from exports.explorer.holding import index_of
from exports.explorer.index import Index, Row
from exports.explorer.outline import Places, outlined
from exports.explorer.pages import page
from exports.explorer.words import Say
from exports.segments import segments

PART = 40_000  # characters shown at once, as far as sections allow
FEW = 40  # sentences of papers that refer to this one


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of the text, what begins with it, and the references that cover it (indexes, the innermost first)."""

    text: str
    names: tuple[str, ...]
    within: tuple[int, ...]
    found: bool


def show(request: Request) -> Response:
    """The page of a paper. Raises HTTPException."""
    index, iri = index_of(request), addresses.asked(request)
    say = Say(request.path_params["language"])
    paper = index.paper(iri)
    if paper is None:
        if index.thing(iri) is None:
            raise HTTPException(404)
        return RedirectResponse(f"/{say.language}{addresses.card(iri)}", 303)
    text, sections = (
        index.text(paper["number"]),
        index.rows("SELECT * FROM section WHERE paper = ? ORDER BY opens", paper["number"]),
    )
    at = _span(request.query_params.get("at", ""), len(text))
    start, end, part, parts = _part(text, sections, at, request.query_params.get("part", ""))
    rows = index.rows(
        "SELECT * FROM mention WHERE paper = ? AND start >= ? AND start < ? ORDER BY start, finish DESC, name",
        paper["number"], start, end,
    )  # fmt: skip
    found = evidence.of(index, rows, say)
    place = Places(iri, start, end)
    return page(
        request, "reader.html.j2", paper=paper, iri=iri, official=addresses.official(iri), card=addresses.card(iri),
        drawn=addresses.graph("open", iri),
        sort=wording.SORTS_NL.get(paper["sort"], paper["sort"]) if say.language == "nl" else paper["sort"],
        pieces=list(_pieces(text[start:end], start, found, sections, at)), found=found, part=part, parts_number=parts,
        outline=list(outlined(index, paper, iri, sections, place, say)), notes=_notes(sections, iri),
        together=_together(found), groups=_groups(found), place=place, problems=_problems(index, paper["number"], say),
        incoming=evidence.of(index, _incoming(index, iri, FEW), say),
        incoming_total=index.number("SELECT COUNT(*) FROM mention WHERE target = ?", iri),
        form=judging.form(request, index, [iri]), edges=_edges(index, iri, say), kind_in_words=evidence.kind_in_words,
        part_place=lambda number: f"/doc{addresses.path(iri)}{'&' if '?' in addresses.path(iri) else '?'}part={number}",
    )  # fmt: skip


def _span(asked: str, length: int) -> tuple[int, int] | None:
    """The place in `?at=120,140`; nothing for what is no place in the text."""
    first, _, last = asked.partition(",")
    if not (first.isascii() and first.isdigit() and last.isascii() and last.isdigit() and len(asked) < 30):
        return None
    start, end = int(first), int(last)
    return (start, end) if start < end <= length else None


def _part(text: str, sections: Sequence[Row], at: tuple[int, int] | None, asked: str) -> tuple[int, int, int, int]:
    """Which part of a long text is shown: its start and end, its number from 1, and how many there are."""
    opens = sorted({section["opens"] for section in sections if section["opens"]})
    cuts = [0]
    while len(text) - cuts[-1] > PART * 3 // 2:
        near = [place for place in opens if cuts[-1] + PART // 2 < place <= cuts[-1] + PART]
        blank = text.rfind("\n", cuts[-1] + PART // 2, cuts[-1] + PART)
        cuts.append(near[-1] if near else blank + 1 if blank > 0 else cuts[-1] + PART)
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    if at:
        number = sum(cut <= at[0] for cut in cuts)
    number = min(max(number, 1), len(cuts))
    return cuts[number - 1], [*cuts, len(text)][number], number, len(cuts)


def _pieces(
    text: str, offset: int, found: Sequence[Evidence], sections: Sequence[Row], at: tuple[int, int] | None
) -> Iterator[Piece]:
    """The text cut at each boundary of a reference, a section and the place that was asked for."""
    last = offset + len(text)
    inside = [section for section in sections if section["opens"] is not None and offset <= section["opens"] < last]
    spans = [(each.start, each.end) for each in found]
    spans += pairwise([*(section["opens"] for section in inside), last])
    spans += [at] if at else []
    named = set[str]()
    for each in segments(text, ((start - offset, end - offset) for start, end in spans)):
        marks = [index for index in each.within if index < len(found)]
        opening = [f"char={found[index].start},{found[index].end}" for index in marks]
        opening += [
            inside[index - len(found)]["name"] for index in each.within if 0 <= index - len(found) < len(inside)
        ]
        here = bool(at) and len(spans) - 1 in each.within
        if here and at:
            opening.append(f"char={at[0]},{at[1]}")
        names = tuple(name for name in dict.fromkeys(opening) if name not in named)
        named.update(names)
        # the day in "brief d.d. 2 maart" is clicked by who means the letter
        marks.sort(key=lambda index: (found[index].kind == "date", found[index].end - found[index].start, index))
        yield Piece(each.text, names, tuple(marks), here)


def _notes(sections: Sequence[Row], iri: str) -> dict[str, str]:
    """The text of each note, by the address of the note."""
    return {f"{iri}#{section['name']}": section["text"] or "" for section in sections if section["kind"] == "note"}


def _together(found: Sequence[Evidence]) -> dict[int, list[int]]:
    """For each reference the others that rest on the same sentence, by their places in the list, each thing once."""
    by_sentence: dict[int, list[int]] = {}
    for place, each in enumerate(found):
        if each.target and each.kind not in ("note", "date"):
            by_sentence.setdefault(each.sentence, []).append(place)
    together: dict[int, list[int]] = {}
    for places in by_sentence.values():
        for place in places:
            others = {found[other].target: other for other in places if found[other].target != found[place].target}
            if others:
                together[place] = sorted(others.values())
    return together


def _groups(found: Sequence[Evidence]) -> list[tuple[str, str, list[tuple[int, Evidence]]]]:
    """The references in their order, section by section; days that are named are no references by themselves."""
    groups: list[tuple[str, str, list[tuple[int, Evidence]]]] = []
    for place, each in enumerate(found):
        if each.kind == "date" and each.target:
            continue
        if not groups or groups[-1][0] != each.section_name:
            groups.append((each.section_name, each.section, []))
        groups[-1][2].append((place, each))
    return groups


def _problems(index: Index, number: int, say: Say) -> list[Evidence]:
    """What is wrong or open in the whole paper."""
    rows = index.rows(
        "SELECT * FROM mention WHERE paper = ? AND (problem IS NOT NULL OR reason IS NOT NULL) ORDER BY start LIMIT 50",
        number,
    )
    return evidence.of(index, rows, say)


def _incoming(index: Index, iri: str, limit: int) -> list[Row]:
    return index.rows("SELECT * FROM mention WHERE target = ? ORDER BY day DESC, paper, start LIMIT ?", iri, limit)


def _edges(index: Index, iri: str, say: Say) -> list[tuple[str, list[evidence.Named]]]:
    """Who signed, asked and was asked, which case and dossier it belongs to: what stands above a paper."""
    wanted = ("signedBy", "askedBy", "addressedTo", "answers", "isPartOf")
    rows = index.rows("SELECT DISTINCT property, target FROM edge WHERE source = ? LIMIT 500", iri)
    things = evidence.all_named(index, (row["target"] for row in rows), say)
    told = []
    for name in wanted:
        some = [things[row["target"]] for row in rows if row["property"] == name]
        if some:
            told.append((evidence.property_in_words(name, say), some))
    return told


routes = [Route("/doc", show), Route("/doc/{rest:path}", show, name="reader")]
