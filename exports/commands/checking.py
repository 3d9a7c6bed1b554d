"""`validate`: whether a graph keeps to its shapes."""

from __future__ import annotations

import json
from dataclasses import asdict
from enum import StrEnum
from typing import Annotated

import typer

from exports.messages import counted
from exports.progress import progress
from exports.terminal import DEFAULT_STORE, StoreOption, app, opened, say, show, warn_if_empty, write_lines


class ReportFormat(StrEnum):
    """How `validate` writes."""

    table = "table"
    json = "json"
    turtle = "turtle"


@app.command(epilog="Example: kamergraaf validate --store my-graph")
def validate(
    store: StoreOption = DEFAULT_STORE,
    form: Annotated[
        ReportFormat, typer.Option("--format", help="table for people, json, or a SHACL report in turtle.")
    ] = ReportFormat.table,
) -> None:
    """Check the graph against the shapes of the ontology. Exit code 1 if it does not conform."""
    from exports import tables
    from exports.validation import turtle
    from exports.validation import validate as check

    with opened(store) as graph, progress("validating") as step:
        warn_if_empty(graph, store)
        findings = check(graph.store, progress=step)
    if form is ReportFormat.json:
        write_lines([json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=1)])
    elif form is ReportFormat.turtle:
        write_lines([turtle(findings).rstrip("\n")])
    elif findings:
        rows = (
            [tables.brief(cell.strip("<>")) for cell in (each.graph, each.node, each.message, each.value)]
            for each in findings
        )
        show(tables.of_rows(counted(len(findings), "finding"), ("graph", "node", "what is wrong", "value"), rows))
    if findings:
        raise typer.Exit(1)
    say("the graph conforms to its shapes")
