"""Quality: what no rule could name, what is wrong in the papers, and how often each rule is used and how sure it is."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from exports import wording
from exports.explorer import evidence, judging
from exports.explorer.holding import index_of
from exports.explorer.index import Index, Row
from exports.explorer.pages import csv_file, page, page_number
from exports.explorer.words import Say
from graph.resolve import OPEN, RULES

PAGE = 30
_MOST = 20_000  # rows of a file
_GROUPS = 40  # reasons or problems shown
_SURE = {rule.name: rule.confidence for rule in RULES}


def overview(request: Request) -> Response:
    """Everything counted, and where to look."""
    index, say = index_of(request), Say(request.path_params["language"])
    used = index.rows("SELECT * FROM used")
    kinds: dict[str, list[int]] = {}
    rules: dict[str, int] = {}
    for row in used:
        counts = kinds.setdefault(row["kind"], [0, 0])
        counts[row["rule"] in OPEN] += row["number"]
        rules[row["rule"]] = rules.get(row["rule"], 0) + row["number"]
    told = [(name, wording.rule(name, say.language), _SURE.get(name, 0.0), number) for name, number in rules.items()]
    return page(
        request, "quality.html.j2", kinds=sorted(kinds.items(), key=lambda pair: (-sum(pair[1]), pair[0])),
        rules=sorted((each for each in told if each[0] != "unresolved"), key=lambda each: (each[2], -each[3])),
        form=judging.form(request, index, []), reasons=_groups(index, "reason"), problems=_groups(index, "problem"), say_reason=wording.reason,
        kind_in_words=evidence.kind_in_words,
    )  # fmt: skip


def mentions(request: Request) -> Response:
    """The mentions by a rule, of a kind, with a reason or with a problem; with `?format=csv` as a file."""
    index, say, told = index_of(request), Say(request.path_params["language"]), request.query_params
    wanted = [(name, told[name]) for name in ("rule", "kind", "reason", "problem") if told.get(name)]
    conditions = " AND ".join(f"{name} = ?" for name, _ in wanted) or "rule = 'unresolved'"
    values = [value for _, value in wanted]
    if told.get("kind") and len(wanted) == 1:
        conditions += " AND rule IN ('refused', 'unresolved')"
    within = f"FROM mention WHERE {conditions}"
    if told.get("format") == "csv":
        return _file(index, index.rows(f"SELECT * {within} LIMIT {_MOST}", *values))
    number, total = page_number(request), index.number(f"SELECT COUNT(*) {within}", *values)
    rows = index.rows(f"SELECT * {within} LIMIT {PAGE} OFFSET ?", *values, (number - 1) * PAGE)
    found = evidence.of(index, rows, say)
    words = {
        "rule": lambda value: wording.rule(value, say.language), "kind": lambda value: evidence.kind_in_words(value, say),
        "reason": lambda value: wording.reason(value, say.language), "problem": lambda value: wording.reason(value, say.language),
    }  # fmt: skip
    return page(
        request, "mentions.html.j2", heading="; ".join(words[name](value) for name, value in wanted) or say("quality.unresolved"),
        found=found, form=judging.form(request, index, [each.paper.iri for each in found]), total=total, number=number, last=max(1, -(-total // PAGE)), wanted=wanted,
        kind_in_words=evidence.kind_in_words,
    )  # fmt: skip


def _groups(index: Index, column: str) -> list[Row]:
    return index.rows(
        f"SELECT {column} AS words, COUNT(*) AS number FROM mention WHERE {column} IS NOT NULL GROUP BY {column}"
        f" ORDER BY number DESC, words LIMIT {_GROUPS}"
    )


def _file(index: Index, rows: list[Row]) -> Response:
    papers = index.papers(row["paper"] for row in rows)
    columns = ("paper", "start", "end", "words", "kind", "rule", "target", "reason", "problem", "sentence")
    cells = (
        (papers[row["paper"]]["iri"], row["start"], row["finish"], row["words"], row["kind"], row["rule"], row["target"],
         row["reason"], row["problem"], f"{row['before']}{row['words']}{row['after']}".strip())
        for row in rows
    )  # fmt: skip
    return csv_file("mentions", columns, cells)


routes = [Route("/quality", overview), Route("/quality/mentions", mentions)]
