"""How a page is made: a template, filled in the language of its address; every value is escaped."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from exports.explorer.collection import Collection
from exports.explorer.words import LANGUAGES, Say, preferred
from exports.tables import as_csv

TEMPLATES = Path(__file__).parents[1] / "templates" / "explorer"
STATIC = TEMPLATES / "static"
MENU = (
    ("graph.menu", "graph"),
    ("questions.menu", "questions"),
    ("editor.menu", "sparql"),
    ("wanted.menu", "wanted"),
    ("quality.menu", "quality"),
)
"""What the head of every page leads to: the name of the text, and the address within the language."""


@cache
def _environment() -> jinja2.Environment:
    made = jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals |= {"static": static, "menu": MENU}
    return made


def compile_templates() -> None:
    """Read all templates, so that no page waits for its own."""
    for name in _environment().list_templates(extensions=["j2"]):
        _environment().get_template(name)


@cache
def static(name: str) -> str:
    """The address of a file in static/, which changes with the file so that browsers may keep it."""
    return f"/static/{name}?{sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def language_of(request: Request) -> str:
    """The language that the address says, else the one that the browser prefers."""
    first = request.url.path.split("/")[1]
    return first if first in LANGUAGES else preferred(request.headers.get("accept-language", ""))


def collection_of(request: Request) -> Collection:
    """The collection that the pages show, as it is now."""
    collection: Collection = request.app.state.collection
    collection.follow()
    return collection


def page(request: Request, template: str, status: int = 200, **values: Any) -> HTMLResponse:
    """A page from a template, such as "home.html.j2", which has `say`, `root` ("/nl") and `elsewhere` besides `values`.

    `elsewhere` is the address of the same page in the other language.
    """
    say = Say(language_of(request))
    rest = request.url.path.removeprefix(f"/{say.language}")
    query = f"?{request.url.query}" if request.url.query else ""
    told = {"say": say, "root": f"/{say.language}", "elsewhere": f"/{say.other}{rest}{query}", "at": rest} | values
    return HTMLResponse(_environment().get_template(template).render(told), status)


def page_number(request: Request) -> int:
    """Which page of a list is asked for, from 1; the first for what is no number."""
    asked = request.query_params.get("page", "")
    return max(1, int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1


def csv_file(name: str, columns: Sequence[str], rows: Iterable[Iterable[object]]) -> Response:
    """A table as a file, which spreadsheets read as UTF-8 since it says so in its first character."""
    body = "\ufeff" + as_csv([columns, *rows])
    kept = {"Content-Disposition": f'attachment; filename="{name}.csv"'}
    return Response(body, media_type="text/csv; charset=utf-8", headers=kept)
