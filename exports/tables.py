"""What the command line shows to people: tables of what was found, and rows as JSON or CSV for programs."""

from __future__ import annotations

import csv
import io
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from exports.messages import counted, json_safe, printable
from graph.model import Document, Link
from ontology.terms import KG, PREFIXES

if TYPE_CHECKING:
    from rich.console import Console, ConsoleOptions, RenderResult
    from rich.table import Table
    from rich.text import Text

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
    return (json_safe(json.dumps(each, ensure_ascii=False)) for each in rows)


def as_csv(rows: Iterable[Iterable[object]]) -> str:
    """Return rows as CSV, the heading among them, with nothing in it that a spreadsheet would run as a formula.

    An apostrophe goes before what looks like a formula. That holds for each part of a cell behind a semicolon, tab or line
    end too: a spreadsheet that separates by semicolons, as a Dutch one does, honours quotes only where they open one of its
    own cells, so to it `a,"b;=1"` is two cells, and the second is a formula.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    for cells in rows:
        writer.writerow(_harmless(list(cells)))
    return out.getvalue()


_SIGN = r"[=+@\uff1d\uff0b\uff0d\uff20-]"
"""The start of a cell that a spreadsheet runs as a formula, also in full width."""
_FORMULA = re.compile(rf"(?=[\t\n]|{_SIGN})")
_INNER = re.compile(rf"(?<=[;\t\n])(?=[\s\"]*{_SIGN})")
_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?|")
"""A bare number, or nothing, does no harm."""


def _harmless(cells: list[object]) -> Iterator[object]:
    """Give the cells of a row with apostrophes where they are needed."""
    # by semicolons a row that begins with a number goes on in the next cell: -1,5*HYPERLINK(...)
    numbers = all(_NUMBER.fullmatch(str(cell)) for cell in cells)
    for place, cell in enumerate(cells):
        if not isinstance(cell, str):
            yield cell
            continue
        # a carriage return by itself would end the row
        lines = _INNER.sub("'", cell.replace("\r\n", "\n").replace("\r", "\n"))
        bare = _NUMBER.fullmatch(lines) and (place > 0 or numbers)
        yield f"'{lines}" if _FORMULA.match(lines) and not bare else lines


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


_LONGEST = 100
"""Characters of prose in a cell for people."""


def brief(cell: str | None) -> str:
    """Return a cell for a table that people read: one line, known sites left out, prose cut between words."""
    words = " ".join((cell or "").split())
    words = next((words.removeprefix(site) for site in _SITES if words.startswith(site)), words)
    if len(words) <= _LONGEST or " " not in words[:_LONGEST]:
        return words
    return words[:_LONGEST].rpartition(" ")[0] + " ..."


@dataclass(frozen=True, slots=True)
class Listing:
    """A table for people: cells wrap between words only, so that a name can be copied.

    Columns of `whole` do not wrap at all. Where the terminal is too narrow for that, the table is the `narrow` one if there
    is one, else each row is a block with one line a column. Text of documents is shown as it is, never read as markup.
    """

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    whole: frozenset[str] = frozenset()
    narrow: Listing | None = None

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        """Give a table if it fits, and blocks if it does not."""
        widths = self._widths(options.max_width)
        if widths:
            yield self._table(widths)
        elif self.narrow:
            yield self.narrow
        else:
            yield from self._blocks(options.max_width)

    def _widths(self, room: int) -> list[int]:
        """Return the widths of the columns in a terminal of that width; none where names would be broken."""
        from rich.cells import cell_len

        least, most = [], []
        for name, *cells in zip(self.columns, *self.rows, strict=True):
            pieces = (
                cells
                if name in self.whole
                else [word for cell in cells for line in cell.split("\n") for word in line.split(" ")]
            )
            least.append(max(cell_len(piece) for piece in (*name.split(), *pieces, " ")))
            most.append(max(cell_len(line) for cell in (name, *cells) for line in cell.split("\n")))
        spare = room - sum(least) - 3 * len(least) - 1
        wanted = sum(most) - sum(least)
        if spare < 0:
            return []
        return [
            low + min(high - low, (high - low) * spare // max(wanted, 1)) for low, high in zip(least, most, strict=True)
        ]

    def _table(self, widths: list[int]) -> Table:
        from rich.table import Table
        from rich.text import Text

        table = Table(title=Text(self.title), title_justify="left", title_style="bold", header_style="bold")
        for place, (name, width) in enumerate(zip(self.columns, widths, strict=True)):
            cells = [row[place] for row in self.rows]
            numbers = any(cells) and all(cell.isdecimal() or not cell for cell in cells)
            table.add_column(Text(name), width=width, justify="right" if numbers else "left")
        for row in self.rows:
            table.add_row(*map(Text, row))
        return table

    def _blocks(self, width: int) -> Iterator[Text]:
        from textwrap import wrap

        from rich.text import Text

        indent = max(map(len, self.columns)) + 2
        yield Text(self.title, style="bold")
        for row in self.rows:
            yield Text()
            for name, cell in zip(self.columns, row, strict=True):
                room = max(width - indent, 20)
                lines = (
                    [cell] if name in self.whole else wrap(cell, room, break_long_words=False, break_on_hyphens=False)
                )
                for place, line in enumerate(lines):
                    head = Text("" if place else name, style="bold")
                    head.pad_right(indent - len(head))
                    yield head.append(line, style="not bold")


def of_rows(title: str, columns: Iterable[str], rows: Iterable[Iterable[object]], whole: Sequence[str] = ()) -> Listing:
    """Return a table for people, with control characters escaped; cells of the columns `whole` are never wrapped."""
    cells = (tuple(_shown(cell) for cell in row) for row in rows)
    return Listing(printable(title), tuple(map(printable, columns)), tuple(cells), frozenset(whole))


def _shown(cell: object) -> str:
    return "" if cell is None else printable(str(cell))


def of_links(document: Document, links: Iterable[Link]) -> Listing:
    """Return the references of one document; on a narrow terminal what is meant stands below the words."""
    rows = [
        tuple(map(_shown, (
            link.span.start, " ".join(document[link.span].split()), link.kind, link.id or "unresolved",
            link.section.name if link.section else "", link.problem or link.reason or link.rule,
        )))
        for link in links
    ]  # fmt: skip
    title = printable(f"{document.name}: {counted(len(rows), 'reference')}")
    narrow = tuple((at, f"{words}\n{id}", f"{kind}\n{section}", why) for at, words, kind, id, section, why in rows)
    return Listing(
        title, ("at", "words", "kind", "id", "section", "rule, problem or reason"), tuple(rows), frozenset({"id", "section"}),
        Listing(title, ("at", "words, id", "kind, section", "rule, problem or reason"), narrow),
    )  # fmt: skip


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


def of_counts(store: Store) -> Listing:
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
