"""The page of named queries: each with its result on the sample papers."""

from __future__ import annotations

from docs.maker.pages import Page, cell, rendered
from exports.named import NamedQuery, all_queries
from exports.tables import brief, solutions
from graph import Graph

_ROWS = 8


def _told(graph: Graph, query: NamedQuery) -> str:
    """What is said of one query, in Markdown."""
    columns, rows = solutions(graph.query(query.filled({})))
    sets = [
        f"- `--set {each.name}=...`: {each.says}. Expects {each.expected}, such as `{each.example}`"
        + (f"; default: `{each.shown}`." if each.shown else ".")
        for each in query.parameters.values()
    ]
    table = [
        f"| {' | '.join(columns)} |",
        f"| {' | '.join('---' for _ in columns)} |",
        *(f"| {' | '.join(cell(brief(each)) for each in row)} |" for row in rows[:_ROWS]),
    ]
    more = [f"\n{len(rows) - _ROWS} more rows."] if len(rows) > _ROWS else []
    found = (
        [f"On the sample papers ({len(rows)} rows):", "", *table, *more] if rows else ["On the sample papers: nothing."]
    )
    lines = [f"## {query.name}", "", f"**{query.title}.** {query.says}", "", *sets, "", *found, ""]
    return "\n".join([*lines, "```sparql", query.text.rstrip(), "```", ""])


def page(graph: Graph) -> Page:
    """The page over all named queries."""
    opening = (
        "# Named queries\n\nEach runs as `kamergraaf query NAME --store my-graph`; the text below it is the query itself, "
        "to change and to learn from.\n\n"
    )
    return rendered("queries", opening + "\n".join(_told(graph, each) for each in all_queries()))
