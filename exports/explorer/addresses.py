"""The addresses of the pages: of a thing by its IRI, and of a paper at a place in its text.

Well-known beginnings of IRIs are shortened (/id/ob/kst-33279-40); what that would not bring back whole is written out
(/id?iri=...). Things of our own base stand without a prefix, so that https://w3id.org/kamergraaf/X is /id/X.
"""

from __future__ import annotations

import re
from urllib.parse import quote, urlencode

from starlette.exceptions import HTTPException
from starlette.requests import Request

from ontology.terms import BASE

SPACES = (
    ("ob", "https://zoek.officielebekendmakingen.nl/"),
    ("zaak", "https://www.tweedekamer.nl/kamerstukken/detail?id="),
    ("stuk", "https://www.tweedekamer.nl/kamerstukken/detail?did="),
    ("wetten", "https://wetten.overheid.nl/"),
    ("celex", "http://publications.europa.eu/resource/celex/"),
    ("rechtspraak", "https://deeplink.rechtspraak.nl/uitspraak?id="),
    ("tooi", "https://identifier.overheid.nl/tooi/id/"),
)
_BY_NAME = dict(SPACES)
_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9._~:-]*(?:/[A-Za-z0-9_~:-][A-Za-z0-9._~:-]*)*")
"""What stands in an address as it is, and that no browser makes shorter on its way."""
_WEB = re.compile(r"https?://[^\s/?#<>\"]+[^\s<>\"]*", re.IGNORECASE)


def path(iri: str) -> str:
    """How an IRI stands behind /id or /doc: "/ob/kst-33279-40", or "?iri=..."."""
    for name, space in (*SPACES, ("", BASE)):
        rest = iri.removeprefix(space)
        if rest != iri and _PLAIN.fullmatch(rest) and (name or rest.partition("/")[0] not in _BY_NAME):
            return f"/{name}/{rest}" if name else f"/{rest}"
    return f"?{urlencode({'iri': iri})}"


def iri(rest: str, written: str) -> str:
    """The IRI of what stands behind /id or /doc, `rest` without the stroke, and of the value of `?iri=`."""
    if written:
        return written
    name, _, local = rest.partition("/")
    return _BY_NAME[name] + local if name in _BY_NAME else BASE + rest


def asked(request: Request) -> str:
    """The IRI that a request asks for. Raises HTTPException where it asks for none."""
    found = iri(request.path_params.get("rest", ""), request.query_params.get("iri", ""))
    if found == BASE:
        raise HTTPException(404)
    return found


def card(thing: str) -> str:
    """The address of the card of a thing, behind the language."""
    return f"/id{path(thing)}"


def thread(thing: str) -> str:
    """The address of all that was said of a thing in the order of time, behind the language."""
    return f"/thread{path(thing)}"


def short(thing: str) -> str:
    """How an IRI stands in a parameter of the page of the graph: as behind /id, or whole."""
    place = path(thing)
    return place[1:] if place.startswith("/") else thing


def graph(deed: str, thing: str) -> str:
    """The address of the page of the graph that begins with a deed, such as "open", about a thing, behind the language."""
    return f"/graph?{urlencode({deed: short(thing)}, quote_via=quote, safe='/:')}"


def reader(paper: str, start: int | None = None, end: int | None = None) -> str:
    """The address of a paper, at a place in its text where one is given, behind the language."""
    place = path(paper)
    if start is None:
        return f"/doc{place}"
    span = f"{start},{end if end is not None else start}"
    return f"/doc{place}{'&' if '?' in place else '?'}at={quote(span, safe=',')}#char={span}"


def official(thing: str, page: str | None = None) -> str | None:
    """Where the thing itself is on the web: the page of the registers, else its IRI if that is a web address of others."""
    if page and _WEB.fullmatch(page):
        return page
    return thing if not thing.startswith(BASE) and _WEB.fullmatch(thing) else None
