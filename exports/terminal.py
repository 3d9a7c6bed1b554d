"""Where the command meets the person: its shared options, what it says, how it ends.

Data goes to standard output, messages to standard error; heavy things are imported late.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum, StrEnum
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup, TyperOption

from exports.messages import printable

if TYPE_CHECKING:
    from rich.console import Console

    from graph.open import Graph


class Verbosity(Enum):
    """Verbosity of messages on standard error; data on standard output does not depend on it."""

    quiet = "Errors only: no progress, no summary."
    normal = ""
    verbose = "Also each file as it is done, all that was skipped, and the time taken."


class _Commands(TyperGroup):
    """The commands; each takes the options of verbosity too, since people write them behind its name."""

    def __init__(self, *, commands: dict[str, Any] | None = None, **settings: Any) -> None:
        for command in (commands or {}).values():
            command.params += _verbosity_options()
        super().__init__(commands=commands, **settings)
        self.params += _verbosity_options()


def _verbosity_options() -> list[TyperOption]:
    return [
        TyperOption(
            param_decls=[f"--{each.name}", f"-{each.name[0]}"],
            is_flag=True,
            expose_value=False,
            callback=partial(_choose, each),
            help=each.value,
        )
        for each in (Verbosity.quiet, Verbosity.verbose)
    ]


app = typer.Typer(
    name="kamergraaf",
    help="Find every reference in Dutch parliamentary papers and keep them as a graph with the evidence for each edge.",
    no_args_is_help=True,
    cls=_Commands,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


_verbosity = Verbosity.normal


def _choose(chosen: Verbosity, context: typer.Context, _option: object, given: bool) -> None:
    """Set the verbosity until the command ends, if the option was given."""
    global _verbosity
    if not given:
        return
    _verbosity = chosen
    ends = context.find_root().call_on_close
    ends(_reset)
    if chosen is Verbosity.verbose:
        started = time.monotonic()
        ends(lambda: say(f"took {time.monotonic() - started:.1f} seconds"))


def _reset() -> None:
    global _verbosity
    _verbosity = Verbosity.normal


def is_quiet() -> bool:
    """Return whether only errors are shown."""
    return _verbosity is Verbosity.quiet


def is_verbose() -> bool:
    """Return whether details are shown."""
    return _verbosity is Verbosity.verbose


def _show_version(given: bool) -> None:
    if given:
        from graph.version import __version__

        write_lines([f"kamergraaf {__version__}"])
        raise typer.Exit


@app.callback()
def root(
    _version: Annotated[
        bool, typer.Option("--version", callback=_show_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Take the options that stand before a command."""


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


INTERRUPTED = 130
"""Exit code of a command that Ctrl-C ended."""
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


def show(*shown: object) -> None:
    """Print tables and lines for people to standard output; a name that is wider than the terminal is not cut."""
    for each in shown:
        out().print(each, markup=False, crop=False, no_wrap=isinstance(each, str) or None, overflow="ignore")


def say(message: str) -> None:
    """Write a message for the user as one line on standard error; nothing with `--quiet`."""
    if not is_quiet():
        _write(message)


def complain(message: str) -> None:
    """Write an error as one line on standard error, also with `--quiet`."""
    _write(f"kamergraaf: {message}")


def _write(message: str) -> None:
    # one message is one line: a line end in a file name must not fake a line of a report
    sys.stderr.write(printable(message) + "\n")
    sys.stderr.flush()


def fail(message: str, code: int = 1) -> NoReturn:
    """End the command with an error message."""
    complain(message)
    raise typer.Exit(code)


def fail_with_lines(lines: Sequence[str]) -> NoReturn:
    """End the command with an error and what belongs to it, such as candidates, each on a line of its own."""
    complain(lines[0])
    for line in lines[1:]:
        _write(line)
    raise typer.Exit(1)


def interrupted(message: str = "interrupted") -> NoReturn:
    """End the command after Ctrl-C with a sentence and the exit code that shells use for it."""
    complain(message)
    raise typer.Exit(INTERRUPTED)


def empty(store: Path) -> str:
    """Return what to say of a store without papers."""
    return f"no papers yet in {store}; add some with: kamergraaf build PATH --store {store}"


def warn_if_empty(graph: Graph, store: Path) -> None:
    """Say on standard error that a graph has no papers, so that an empty result does not look like an answer."""
    if not any(True for _ in graph.store.papers()):
        say(empty(store))


def require_papers(graph: Graph, store: Path) -> None:
    """End the command if there are no papers to make something of."""
    if not any(True for _ in graph.store.papers()):
        fail(empty(store))


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
