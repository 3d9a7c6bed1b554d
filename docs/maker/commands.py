"""The reference of the command line, made from the program itself."""

from __future__ import annotations

from typing import Any

import typer

from docs.maker.pages import Page, cell, rendered
from exports.cli import app


def page() -> Page:
    """All commands with their arguments and options."""
    group: Any = typer.main.get_command(app)
    opening = f"# Command line\n\n{group.help}\n\n`kamergraaf COMMAND --help` says the same in the terminal.\n\n"
    return rendered("command-line", opening + "\n".join(_command(name, each) for name, each in group.commands.items()))


def _command(name: str, command: Any) -> str:
    takes = " ".join(_name(each) for each in command.params if each.param_type_name == "argument")
    rows = [
        f"| `{_name(each)}` | {cell(each.help)} | {cell(_default(each))} |"
        for each in command.params
        if each.name != "help"
    ]
    example = [f"    {command.epilog.removeprefix('Example: ')}", ""] if command.epilog else []
    head = ["| | what it is | if left out |", "| --- | --- | --- |"] if rows else []
    return "\n".join(
        [
            f"## {name}",
            "",
            f"`kamergraaf {name} {takes}`".replace(" `", "`"),
            "",
            command.help,
            "",
            *example,
            *head,
            *rows,
            "",
        ]
    )


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return parameter.metavar or f"{parameter.name.upper()}{'...' if parameter.nargs == -1 else ''}"
    return ", ".join(parameter.opts)


def _default(parameter: Any) -> str:
    if parameter.required:
        return "must be there"
    return "" if parameter.default in (None, False, ()) or callable(parameter.default) else str(parameter.default)
