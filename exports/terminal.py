"""Where the command meets the person: its shared options, what it says, how it ends.

Data goes to standard output, messages to standard error; heavy things are imported late.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from graph.open import Graph

app = typer.Typer(
    name="kamergraaf",
    help="Find every reference in Dutch parliamentary papers and keep them as a graph with the evidence for each edge.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@cache
def out() -> Console:
    """Return the console on standard output. Importing rich takes 50 ms, so rows for other programs never call this."""
    from rich.console import Console

    return Console(highlight=False)


@cache
def err() -> Console:
    """Return the console on standard error, for messages and progress bars."""
    from rich.console import Console

    return Console(highlight=False, stderr=True)


StoreOption = Annotated[
    Path, typer.Option("--store", envvar="KAMERGRAAF_STORE", help="The folder of the graph.", show_default=True)
]
_BETWEEN = 0.2
"""Seconds between two looks at whether a graph is free."""
_MOST_STALE = 20
"""Stale files that are named."""
DEFAULT_STORE = Path("kamergraaf-store")
RegisterOption = Annotated[
    list[Path] | None,
    typer.Option(
        "--register",
        readable=False,
        metavar="FILE|FOLDER",
        help="Names of your own, in Turtle; see docs/own-register.md.",
    ),
]
KnownOption = Annotated[
    Path | None,
    typer.Option(
        "--known", readable=False, metavar="FILE", help="A list of known publications, one id a line, also as .xz."
    ),
]
CorrectionsOption = Annotated[
    Path | None,
    typer.Option(
        "--corrections", readable=False, metavar="FILE", help="What people said of references; see docs/corrections.md."
    ),
]


class Language(StrEnum):
    """The languages of the pages."""

    nl = "nl"
    en = "en"


def say(message: str) -> None:
    """A message to the person, on standard error; never read as markup."""
    err().print(message, markup=False, soft_wrap=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """End with a message on standard error."""
    say(f"kamergraaf: {message}")
    raise typer.Exit(code)


@contextmanager
def told() -> Iterator[None]:
    """What is wrong with a graph ends the command with a sentence."""
    from graph.store import StoreError

    try:
        yield
    except StoreError as error:
        fail(str(error))


@contextmanager
def opened(store: Path, write: bool = False, patient: bool = False) -> Iterator[Graph]:
    """The graph in a folder; what is wrong with it ends the command with a sentence.

    With `patient`, a graph that another program has is waited for.
    """
    with told(), _patiently(store, write) if patient else _open(store, write) as graph:
        yield graph


def _open(store: Path, write: bool) -> Graph:
    from graph.open import Graph

    return Graph.open(store, write)


def _patiently(store: Path, write: bool) -> Graph:
    """The graph in a folder, as soon as no other program has it; once it is said who has."""
    from graph.lock import InUseError

    said = ""
    while True:
        try:
            return _open(store, write)
        except InUseError as error:
            if not said:
                say(said := f"waiting: {error}")
            time.sleep(_BETWEEN)


def stale_lines(files: Mapping[str, str]) -> Iterator[str]:
    """Yield which papers are of a former content of their files, from the reasons by file; nothing for most graphs."""
    stale = sorted(files.items())
    if stale:
        number = "1 file has" if len(stale) == 1 else f"{len(stale)} files have"
        yield f"stale: {number} content that cannot be read; the graph has the former paper"
    yield from (f"  {name}: {reason}" for name, reason in stale[:_MOST_STALE])
    if len(stale) > _MOST_STALE:
        yield f"  and {len(stale) - _MOST_STALE} more (kg:staleReason in the graph)"


def listed(paths: list[Path]) -> list[Path]:
    """The paths, with those on standard input in place of a "-"."""
    from graph.gather import listed as names

    if Path("-") not in paths:
        return paths
    given = names(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
    return [each for path in paths for each in (given if path == Path("-") else [path])]


def write_lines(lines: Iterable[str]) -> None:
    """Lines of data to standard output in UTF-8, whatever the locale."""
    for line in lines:
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()
