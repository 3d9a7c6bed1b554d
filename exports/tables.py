"""What the command line shows to people: tables of what was found, and rows as JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from graph.model import Document, Link
from ontology.terms import KG, PREFIXES

if TYPE_CHECKING:
    from rich.table import Table

    from graph.store import Store


COLUMNS = (
    "file",
    "start",
    "end",
    "text",
    "kind",
    "id",
    "iri",
    "label",
    "rule",
    "confidence",
    "section",
    "problem",
    "reason",
    "known",
)
"""What a reference is as a row of a CSV table."""


def row(document: Document, name: str, link: Link) -> dict[str, object]:
    """A reference as the contract of the command line has it."""
    told: dict[str, object] = {
        "file": name,
        "start": link.span.start,
        "end": link.span.end,
        "text": document[link.span],
        "kind": link.kind,
        "id": link.id,
        "iri": link.iri,
        "label": link.label,
        "rule": link.rule,
        "confidence": link.confidence,
        "section": link.section.name if link.section else "",
    }
    if where := document.place(link.span.start):
        told["place"] = where
    if link.problem:
        told["problem"] = link.problem
    if link.reason:
        told["reason"] = link.reason
    if link.candidates:
        told["candidates"] = list(link.candidates)
    return told | {key: value for key, value in link.facts if not key.endswith("_iri")}


def as_jsonl(rows: Iterable[dict[str, object]]) -> Iterator[str]:
    """One JSON object a line."""
    return (json.dumps(each, ensure_ascii=False) for each in rows)


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Rows as CSV, the heading among them; cells that a spreadsheet would run as a formula get an apostrophe before them."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for cells in rows:
        writer.writerow([_harmless(cell) for cell in cells])
    return out.getvalue()


_FORMULA = re.compile(r"(?=[=+@\t\n\uff1d\uff0b\uff0d\uff20-])(?![-+]?\d+(?:[.,]\d+)?$)")
"""What a spreadsheet runs begins so, also in full width; a bare number does no harm."""


def _harmless(cell: object) -> object:
    if not isinstance(cell, str):
        return cell
    # a carriage return by itself would end the row
    lines = cell.replace("\r\n", "\n").replace("\r", "\n")
    return "'" + lines if _FORMULA.match(lines) else lines


def harmless(table: bytes) -> bytes:
    """A CSV table as people may open it: nothing in it is a formula, and its lines end as those of a text file."""
    rows = csv.reader(io.StringIO(table.decode("utf-8"), newline=""))
    return as_csv(rows).encode("utf-8")


_SITES = (
    "https://zoek.officielebekendmakingen.nl/",
    "https://www.tweedekamer.nl/kamerstukken/detail?",
    "http://publications.europa.eu/resource/",
    "https://w3id.org/kamergraaf/",
)


def brief(cell: str | None) -> str:
    """A cell for a table that people read: one line, known sites left out, at most 100 characters."""
    words = " ".join((cell or "").split())
    words = next((words.removeprefix(site) for site in _SITES if words.startswith(site)), words)
    return words if len(words) <= 100 else words[:97] + "..."


def of_rows(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]]) -> Table:
    """A table for people; text from documents is shown as it is, never read as markup."""
    from rich.table import Table
    from rich.text import Text

    table = Table(title=title, title_justify="left", header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    for cells in rows:
        table.add_row(*(Text("" if cell is None else str(cell)) for cell in cells))
    return table


def of_links(document: Document, links: Iterable[Link]) -> Table:
    """The references of one document."""
    rows = (
        (link.span.start, " ".join(document[link.span].split()), link.kind, link.id or "unresolved", link.section.name if link.section else "",
         link.problem or link.reason or link.rule)
        for link in links
    )  # fmt: skip
    return of_rows(document.name, ("at", "words", "kind", "id", "section", "rule, problem or reason"), rows)


def counts(store: Store) -> list[tuple[str, int, int]]:
    """Kind, number resolved, number unresolved, in the order of KINDS, for kinds that occur."""
    import pyoxigraph

    from graph.kinds import KINDS  # late, as in all that needs it alone: it takes longer to load than a query to answer
    from graph.resolve import OPEN
    from graph.store import value

    rule, unresolved = pyoxigraph.NamedNode(f"{KG}rule"), Counter[str]()
    resolved = Counter[str]()
    for quad in store.quads.quads_for_pattern(None, rule, None):
        kind, name = value(quad.object).rsplit("/", 2)[1:]
        (unresolved if name in OPEN else resolved)[kind] += 1
    return [
        (kind.name, resolved[kind.name], unresolved[kind.name])
        for kind in KINDS
        if resolved[kind.name] or unresolved[kind.name]
    ]


def of_counts(store: Store) -> Table:
    """How many mentions of each kind there are, resolved and not."""
    found = counts(store)
    rows: list[tuple[object, ...]] = [(kind, yes + no, yes, no or "") for kind, yes, no in found]
    total = (
        "in all",
        sum(yes + no for _, yes, no in found),
        sum(yes for _, yes, _ in found),
        sum(no for *_, no in found) or "",
    )
    return of_rows("What the papers refer to", ("kind", "mentions", "resolved", "unresolved"), [*rows, total])


def papers(store: Store) -> int:
    """The number of papers in the graph."""
    import pyoxigraph

    kind = pyoxigraph.NamedNode(f"{KG}Document")
    return sum(1 for _ in store.quads.quads_for_pattern(None, pyoxigraph.NamedNode(f"{PREFIXES['rdf']}type"), kind))


def solutions(answer: bytes) -> tuple[list[str], list[list[str | None]]]:
    """The columns and rows of a SPARQL result in JSON; an ASK gives one cell."""
    told = json.loads(answer)
    if "boolean" in told:
        return ["answer"], [["yes" if told["boolean"] else "no"]]
    columns = told["head"]["vars"]
    return columns, [
        [each[name]["value"] if name in each else None for name in columns] for each in told["results"]["bindings"]
    ]
