"""Pages: Markdown to HTML in one template, without scripts and without anything from another site."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from ontology.naming import slug

DOCS = Path(__file__).parents[1]
_HEADING = re.compile(r"<h2>(.*?)</h2>")
_PAGE_LINK = re.compile(r'href="([\w-]+)\.md(#[\w-]*)?"')


@dataclass(frozen=True, slots=True)
class Page:
    """A page of the site: the name of its file, its title, and its body in HTML."""

    name: str
    title: str
    body: Markup


def rendered(name: str, markdown: str) -> Page:
    """A page from Markdown whose first line is the title; headings of the second level get an address."""
    # HTML in the source shows as text: nothing that a query finds in a paper can become part of the page
    html = MarkdownIt("commonmark", {"html": False}).enable("table").render(markdown)
    html = _HEADING.sub(lambda match: f'<h2 id="{slug(match[1])}">{match[1]}</h2>', html)
    html = _PAGE_LINK.sub(r'href="\1.html\2"', html)
    return Page(name, markdown.partition("\n")[0].lstrip("# "), Markup(html))


def written(path: Path) -> Page:
    """A page that somebody wrote."""
    return rendered(path.stem, path.read_text("utf-8"))


def cell(text: object) -> str:
    """Text for a cell of a table in Markdown."""
    return str(escape(text)).replace("|", "\\|").replace("\n", " ") if text else ""


def write(pages: Iterable[Page], folder: Path) -> None:
    """Write the site into a folder, in place of what was there."""
    every = list(pages)
    template = Environment(loader=FileSystemLoader(DOCS / "templates"), autoescape=True).get_template("page.html.j2")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for each in every:
        (folder / f"{each.name}.html").write_text(template.render(page=each, pages=every), "utf-8")
    for path in (DOCS / "style.css", *DOCS.glob("*.png"), *DOCS.glob("*.jpg")):
        shutil.copy(path, folder / path.name)
