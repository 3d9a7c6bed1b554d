"""Readers who say that a reference is right, wrong, or means something else; kept in a file for the next build."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from urllib.parse import urlsplit

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from exports.explorer import addresses, evidence
from exports.explorer.asked import Refusal, sent
from exports.explorer.evidence import Evidence
from exports.explorer.holding import index_of
from exports.explorer.index import Index, Row
from exports.explorer.noted import Noted
from exports.explorer.pages import page
from exports.explorer.words import Say
from graph.corrections import AROUND, OTHER, RIGHT, VERDICTS, Correction, CorrectionsError, address_of
from graph.find import references
from graph.lookup import meant
from graph.model import Span
from ontology.registers import Registers

_LONGEST = 300
"""Characters of a name, of a reason, and of what is meant."""


@dataclass(frozen=True, slots=True)
class Judged:
    """What was noted of a reference: the verdict, its day, who made it and why, and whether the graph obeys it."""

    verdict: str
    meant: str
    day: str
    who: str
    why: str
    obeyed: bool


@dataclass(frozen=True, slots=True)
class Form:
    """What the forms of a page share: the file, the page to which they lead back, the stamps of its papers."""

    noted: Noted
    back: str
    stamps: dict[str, str]
    broken: str = ""

    @property
    def token(self) -> str:
        """What a form must bear."""
        return self.noted.token

    def anchor(self, each: Evidence) -> str:
        """The name of the form of a reference on the page."""
        return anchor(each)

    def of(self, each: Evidence) -> Judged | None:
        """What was noted of a reference, if anything."""
        found = None if self.broken else self.noted.at(each.paper.iri, Span(each.start, each.end), each.kind)
        if found is None:
            return None
        # what built a paper is on record with what was noted of it
        obeyed = f"corrections {self.noted.corrections().stamp(found.paper)}" in self.stamps.get(found.paper, "")
        return Judged(found.verdict, found.meant, found.made.date().isoformat(), found.who, found.why, obeyed)

    def may_be_right(self, each: Evidence) -> bool:
        """Whether something is or was claimed that could be right."""
        found = None if self.broken else self.noted.at(each.paper.iri, Span(each.start, each.end), each.kind)
        return bool(each.target or (found and found.claimed))


def form(request: Request, index: Index, papers: list[str]) -> Form | None:
    """What the forms of this page share, about references of some papers; None where nothing is noted."""
    noted: Noted | None = request.app.state.noted
    if noted is None:
        return None
    query = f"?{request.url.query}" if request.url.query else ""
    rows = filter(None, (index.paper(iri) for iri in dict.fromkeys(papers)))
    try:
        noted.corrections()
        broken = ""
    except CorrectionsError as error:
        broken = str(error)
    return Form(noted, request.url.path + query, {row["iri"]: row["stamp"] for row in rows}, broken)


async def judge(request: Request) -> Response:
    """Take what a form says, and lead back to the page that it stood on. Raises HTTPException."""
    noted: Noted | None = request.app.state.noted
    if noted is None:
        raise HTTPException(404)
    try:
        told = dict(await sent(request))
    except Refusal as error:
        raise HTTPException(error.status) from error
    if not _is_ours(request) or not noted.fits(told.get("token", "")):
        raise HTTPException(403)
    return await run_in_threadpool(_take, request, noted, told)


def _is_ours(request: Request) -> bool:
    """Whether a page of ours sent the form. A browser says so; what is no browser says nothing, and must have the token."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site is not None and site != "same-origin":
        return False
    # our pages send no referrer, so that the browser leaves out their origin as well
    if origin is None or (origin == "null" and site):
        return True
    return urlsplit(origin).netloc == request.headers.get("host")


def _take(request: Request, noted: Noted, told: dict[str, str]) -> Response:
    index, say = index_of(request), Say(request.path_params["language"])
    paper = index.paper(told.get("paper", ""))
    row = paper and index.row(
        "SELECT * FROM mention WHERE paper = ? AND name = ?", paper["number"], told.get("mention", "")
    )
    if not paper or not row:
        raise HTTPException(404)
    (each,) = evidence.of(index, [row], say)
    back = told.get("back", "")
    if not back.startswith(f"/{say.language}/"):
        back = f"/{say.language}{addresses.reader(paper['iri'])}"
    try:
        made = _correction(noted, index, paper, row, told)
        if isinstance(made, Correction):
            noted.add(made)
            return RedirectResponse(f"{back.partition('#')[0]}#{anchor(each)}", 303)
        trouble = say(f"judge.{made}")
    except (CorrectionsError, OSError) as error:
        trouble = say("judge.failed", why=str(error))
    shared = form(request, index, [paper["iri"]])
    assert shared
    return page(
        request, "judge.html.j2", 422, each=each, form=replace(shared, back=back), back=back, trouble=trouble, kind_in_words=evidence.kind_in_words,
        verdict=told.get("verdict", ""), meant=told.get("meant", ""), who=told.get("who", ""), why=told.get("why", ""), elsewhere=f"/{say.other}/",
    )  # fmt: skip


def anchor(each: Evidence) -> str:
    """The name of the form of a reference on a page, which may show references of several papers."""
    return f"judge-{sha256(each.paper.iri.encode()).hexdigest()[:8]}-{each.name}"


def _correction(noted: Noted, index: Index, paper: Row, row: Row, told: dict[str, str]) -> Correction | str:
    """What a form says of a mention; for what it does not say well the name of the sentence that tells so."""
    verdict, words, who, why = (" ".join(told.get(name, "").split()) for name in ("verdict", "meant", "who", "why"))
    if max(map(len, (words, who, why))) > _LONGEST or any(not sign.isprintable() for sign in words + who + why):
        return "long"
    if verdict not in VERDICTS or (words and verdict != OTHER):
        return "choose"
    if (row["target"] or "") != told.get("claimed", ""):
        return "changed"
    span = Span(row["start"], row["finish"])
    former = noted.at(paper["iri"], span, row["kind"])
    kind, claimed = (former.kind, former.claimed) if former else (row["kind"], row["target"] or "")
    if verdict == RIGHT and row["target"] and former and former.verdict == OTHER:
        # who agrees with what another reader meant
        verdict, words = OTHER, former.meant
    if verdict == RIGHT and not claimed:
        return "choose"
    if verdict == OTHER and not (words := _meant(words)):
        return "unread"
    text, made = index.text(paper["number"]), datetime.now(UTC)
    return Correction(
        address_of(paper["iri"], span, kind, made, who), paper["iri"], span, text[slice(*span)],
        text[max(0, span.start - AROUND) : span.start], text[span.end : span.end + AROUND], kind, claimed, verdict,
        words if verdict == OTHER else "", made, who, why,
    )  # fmt: skip


def _meant(words: str) -> str:
    """What is meant, as a build will read it: by its id, or where that is not enough by its address. Empty for nothing."""
    registers = Registers.load()
    found = meant(words, registers, references)
    return (
        next((name for name in (found.id, found.iri) if meant(name, registers, references) == found), "")
        if found
        else ""
    )


def download(request: Request) -> Response:
    """The file of corrections. Raises HTTPException."""
    noted: Noted | None = request.app.state.noted
    if noted is None:
        raise HTTPException(404)
    kept = {"Content-Disposition": 'attachment; filename="corrections.ttl"', "Cache-Control": "no-store"}
    return Response(noted.content(), media_type="text/turtle; charset=utf-8", headers=kept)


routes = [Route("/judge", judge, methods=["POST"]), Route("/corrections.ttl", download)]
