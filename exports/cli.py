"""The command `kamergraaf`. Data goes to standard output, messages to standard error; heavy things are imported late."""

from __future__ import annotations

import json
import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn, cast

import typer

if TYPE_CHECKING:
    from rich.console import Console

    from graph import Graph
    from graph.report import Report
    from graph.work import Limits

app = typer.Typer(
    name="kamergraaf",
    help="Find every reference in Dutch parliamentary papers and keep them as a graph with the evidence for each edge.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


class _Late:
    """A console that is made when it is first used: rows for other programs need none, and it takes time to load."""

    def __init__(self, **settings: Any) -> None:
        self._settings = settings

    def __getattr__(self, name: str) -> Any:
        from rich.console import Console

        if name == "console":
            self.console = Console(highlight=False, **self._settings)
            return self.console
        return getattr(self.console, name)


out: Console = cast("Console", _Late())
err: Console = cast("Console", _Late(stderr=True))

StoreOption = Annotated[
    Path, typer.Option("--store", envvar="KAMERGRAAF_STORE", help="The folder of the graph.", show_default=True)
]
DEFAULT_STORE = Path("kamergraaf-store")
RegisterOption = Annotated[
    list[Path] | None,
    typer.Option("--register", metavar="FILE|FOLDER", help="Names of your own, in Turtle; see docs/own-register.md."),
]


class RowFormat(StrEnum):
    """How `references` writes."""

    table = "table"
    jsonl = "jsonl"
    csv = "csv"


class QueryFormat(StrEnum):
    """How `query` writes."""

    table = "table"
    csv = "csv"
    json = "json"


class ExportFormat(StrEnum):
    """The files that `export` makes."""

    turtle = "turtle"
    trig = "trig"
    nquads = "nquads"
    jsonld = "jsonld"
    graphml = "graphml"


class ReportFormat(StrEnum):
    """How `validate` writes."""

    table = "table"
    json = "json"
    turtle = "turtle"


class Language(StrEnum):
    """The languages of the pages."""

    nl = "nl"
    en = "en"


def say(message: str) -> None:
    """A message to the person, on standard error; never read as markup."""
    err.print(message, markup=False, soft_wrap=True)


def fail(message: str, code: int = 1) -> NoReturn:
    """End with a message on standard error."""
    say(f"kamergraaf: {message}")
    raise typer.Exit(code)


@contextmanager
def opened(store: Path, write: bool = False) -> Iterator[Graph]:
    """The graph in a folder; what is wrong with it ends the command with a sentence."""
    from graph import Graph
    from graph.store import StoreError

    try:
        with Graph.open(store, write) as graph:
            yield graph
    except StoreError as error:
        fail(str(error))


@app.command(epilog="Example: kamergraaf demo")
def demo(
    folder: Annotated[Path, typer.Option("--out", "-o", help="Where the results go.")] = Path("out"),
) -> None:
    """Build a graph from the sample documents that come with the program and show what came out."""
    import graph as package

    papers = folder / "papers"
    shutil.copytree(Path(package.__file__).parent / "samples", papers, dirs_exist_ok=True)
    store = folder / "store"
    with opened(store, write=True) as graph:
        report = _build(graph, [papers], prune=True)
    with opened(store) as graph:
        _show(graph, ("most-referred-to", "final-answer", "problems", "unresolved"))
        _export(graph, ExportFormat.turtle, folder / "graph.ttl", everything=False)
        _draw(graph, folder / "graph.html", None, 1, None, Language.nl)
    command = sys.argv[0] if shutil.which("kamergraaf") != sys.argv[0] else "kamergraaf"
    say(f"""
The papers are in {papers}, the graph in {store}. Try next:
  open {folder / "graph.html"} in a browser
  {command} query documents-by-treaty --set treaty=npt --store {store}
  {command} query --list
  {command} references {papers / "brief-kernwapens-belarus.txt"}
  {command} build FOLDER        with papers of your own (PDF, DOCX, HTML, XML, text, ...)""")
    if report.failed:
        raise typer.Exit(1)


def _show(graph: Graph, names: tuple[str, ...]) -> None:
    from exports import tables
    from exports.named import query as named

    out.print(tables.of_counts(graph.store))
    for name in names:
        each = named(name)
        columns, rows = tables.solutions(graph.query(each.filled({})))
        short = [[tables.brief(cell) for cell in cells] for cells in rows[:10]]
        out.print(tables.of_rows(each.title, columns, short) if rows else f"{each.title}: none")


@app.command(epilog="Example: kamergraaf build papers/ --store my-graph; find . -name '*.pdf' | kamergraaf build -")
def build(
    paths: Annotated[
        list[Path], typer.Argument(help="Files, folders and zip files with papers; - for a list on standard input.")
    ],
    store: StoreOption = DEFAULT_STORE,
    prune: Annotated[
        bool, typer.Option("--prune", help="Remove from the graph what came from files that are gone.")
    ] = False,
    registers: RegisterOption = None,
    target: Annotated[Path | None, typer.Option("--report", help="Write the report to this file, as JSON.")] = None,
    workers: Annotated[
        int, typer.Option("--workers", min=0, help="How many files are read at once; 0: one a core.")
    ] = 0,
    seconds: Annotated[float, typer.Option("--seconds", min=1, help="The most time for one file.")] = 120,
    memory: Annotated[int, typer.Option("--memory", min=300, help="The most memory for a worker, in MB.")] = 2048,
) -> None:
    """Read, link and store papers; only what is new or changed. Exit code 1 if some files could not be read."""
    from exports import reports
    from graph.read import READERS
    from graph.work import Limits

    with opened(store, write=True) as graph:
        report = _build(graph, _listed(paths), prune, registers or [], Limits(seconds, memory, workers))
    if target:
        try:
            reports.write(report, target)
        except OSError as error:
            fail(f"{target} cannot be written: {error.strerror or error}")
    if not (report.built or report.unchanged or report.twins or report.failed or report.missing):
        fail(
            f"no papers found in {', '.join(map(str, paths))}: there are no files that end in {', '.join(READERS)} or .zip"
        )
    if report.failed:
        raise typer.Exit(1)


def _listed(paths: list[Path]) -> list[Path]:
    """The paths, with those on standard input in place of a "-"."""
    from graph.gather import listed

    if Path("-") not in paths:
        return paths
    given = listed(sys.stdin.buffer.read().decode("utf-8", "surrogateescape"))
    return [each for path in paths for each in (given if path == Path("-") else [path])]


def _build(
    graph: Graph, paths: list[Path], prune: bool, registers: Sequence[Path] = (), limits: Limits | None = None
) -> Report:
    """Build with a progress bar where someone is looking, and tell what happened."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    from exports import reports

    columns = (
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=err, transient=True, disable=not err.is_terminal) as bar:
        task = bar.add_task("reading", total=None, rate="")

        def step(done: int, total: int, _name: str) -> None:
            speed = bar.tasks[0].speed
            bar.update(task, completed=done, total=total, rate=f"{speed:.0f} a second" if speed else "")

        report = graph.build(paths, prune, step, registers, limits)
    for line in reports.lines(report):
        say(line)
    return report


@app.command(epilog="Example: kamergraaf references letter.txt --format jsonl | jq .id")
def references(
    files: Annotated[list[Path], typer.Argument(help="Files with papers; - for a list on standard input.")],
    date: Annotated[
        datetime | None,
        typer.Option("--date", formats=["%Y-%m-%d"], help="The date of the papers, if they do not tell it."),
    ] = None,
    form: Annotated[
        RowFormat | None, typer.Option("--format", help="table for people (jsonl where the output is piped).")
    ] = None,
    dates: Annotated[bool, typer.Option("--dates", help="Also the days that the text names.")] = False,
    registers: RegisterOption = None,
) -> None:
    """List the references in files, without a graph. Exit code 1 if some files could not be read."""
    from exports import tables
    from graph import ReadError, paper
    from graph.kinds import BY_NAME

    chosen = form or (RowFormat.table if out.is_terminal else RowFormat.jsonl)
    failed, rows = False, []
    for file in _listed(files):
        try:
            found = paper(file, date.date() if date else None, registers=registers or ())
        except ReadError as error:
            failed = True
            say(f"kamergraaf: {error}")
            continue
        links = [link for link in found.links if dates or BY_NAME[link.kind].listed]
        if chosen is RowFormat.table:
            out.print(tables.of_links(found.document, links))
        elif chosen is RowFormat.jsonl:
            _lines(tables.as_jsonl(tables.row(found.document, str(file), link) for link in links))
        else:
            rows += [tables.row(found.document, str(file), link) for link in links]
    if chosen is RowFormat.csv:
        columns = [
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
        ]
        _lines([tables.as_csv(columns, ([each.get(name) for name in columns] for each in rows)).rstrip("\n")])
    if failed:
        raise typer.Exit(1)


def _lines(lines: Any) -> None:
    """Lines of data to standard output in UTF-8, whatever the locale."""
    for line in lines:
        sys.stdout.buffer.write(line.encode("utf-8", "replace") + b"\n")
    sys.stdout.buffer.flush()


@app.command(epilog="Example: kamergraaf text letter.txt | head")
def text(file: Annotated[Path, typer.Argument(help="A file with a paper.")]) -> None:
    """Print the text as read, to which all offsets refer."""
    from graph import ReadError
    from graph.read import read

    try:
        document = read(file)
    except ReadError as error:
        fail(str(error))
    sys.stdout.buffer.write(document.text.encode("utf-8"))
    sys.stdout.buffer.flush()


@app.command(epilog="Example: kamergraaf query documents-by-treaty --set treaty=ctbt --format csv")
def query(
    what: Annotated[
        str | None,
        typer.Argument(metavar="NAME|FILE|SPARQL", help="A named query, a file with a query, or the query itself."),
    ] = None,
    store: StoreOption = DEFAULT_STORE,
    settings: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Fill a slot of a named query.")
    ] = None,
    form: Annotated[
        QueryFormat | None, typer.Option("--format", help="table for people (csv where the output is piped).")
    ] = None,
    listing: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    timeout: Annotated[float, typer.Option("--timeout", help="Seconds after which the query is ended.")] = 60,
) -> None:
    """Ask the graph: by a named query, a file, or SPARQL. It runs in a process of its own and can reach no other host."""
    from exports import tables
    from exports.named import all_queries
    from graph.ask import QueryError, ask

    if listing:
        rows = [(each.name, each.title, each.says, ", ".join(each.slots)) for each in all_queries()]
        out.print(tables.of_rows("Named queries", ("name", "title", "what it is for", "--set"), rows))
        return
    if what is None:
        fail("give the name of a query, a file or SPARQL; kamergraaf query --list shows the names", 2)
    sparql = _sparql(what, settings or [])
    chosen = form or (QueryFormat.table if out.is_terminal else QueryFormat.csv)
    with opened(store):
        pass
    try:
        answer = ask(store, sparql, "csv" if chosen is QueryFormat.csv else "json", timeout)
    except QueryError as error:
        fail(f"the query does not run: {error}", 1)
    if chosen is not QueryFormat.table or not answer.lstrip().startswith(b"{"):
        sys.stdout.buffer.write(answer.replace(b"\r\n", b"\n"))
        sys.stdout.buffer.flush()
        return
    columns, rows_found = tables.solutions(answer)
    short = [[tables.brief(cell) for cell in cells] for cells in rows_found]
    out.print(tables.of_rows(f"{len(rows_found)} rows; --format csv has the addresses in full", columns, short))


def _sparql(what: str, settings: list[str]) -> str:
    """The query that a name, a file or a text stands for, its slots filled."""
    from exports.named import NoSuchQuery
    from exports.named import query as named

    values = dict(setting.split("=", 1) for setting in settings if "=" in setting)
    if len(values) != len(settings):
        fail("--set wants NAME=VALUE, such as --set treaty=npt", 2)
    if not what.strip().isidentifier() and ("{" in what or " " in what.strip()):
        return what
    try:
        if what.endswith((".rq", ".sparql")) or "/" in what:
            return Path(what).read_text(encoding="utf-8")
        return named(what).filled(values)
    except NoSuchQuery as error:
        fail(f"{error}; kamergraaf query --list tells more", 2)
    except (OSError, UnicodeDecodeError) as error:
        fail(f"the query file {what} cannot be read: {error}", 2)


@app.command(epilog="Example: kamergraaf export --format trig -o papers.trig")
def export(
    form: Annotated[ExportFormat, typer.Option("--format", help="The format of the file.")] = ExportFormat.turtle,
    target: Annotated[
        Path | None, typer.Option("-o", "--output", help="The file to write; standard output without it.")
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also registers, sources and texts, not only what papers say.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Write the graph to a file that other programs read; the same graph gives the same bytes."""
    with opened(store) as graph:
        _export(graph, form, target, everything)


def _export(graph: Graph, form: ExportFormat, target: Path | None, everything: bool) -> None:
    from exports import graphml, rdf
    from exports.files import writing

    def write(file: Any) -> int:
        if form is ExportFormat.graphml:
            return graphml.write(graph.network(), file)
        return rdf.write(graph.store, form.value, file, everything)

    if target is None:
        write(sys.stdout.buffer)
        sys.stdout.buffer.flush()
        return
    try:
        with writing(target) as file:
            number = write(file)
    except OSError as error:
        fail(f"{target} cannot be written: {error.strerror or error}")
    say(f"{target}: {number} {'edges' if form is ExportFormat.graphml else 'statements'}")


@app.command(epilog="Example: kamergraaf draw -o npt.html --around npt --depth 2")
def draw(
    target: Annotated[Path, typer.Option("-o", "--output", help="The page to write.")] = Path("graph.html"),
    around: Annotated[
        str | None, typer.Option("--around", help="Only what is near this: npt, kst-33279-40, a name, an address.")
    ] = None,
    depth: Annotated[int, typer.Option("--depth", min=1, help="How many steps around it.")] = 1,
    kinds: Annotated[
        str | None, typer.Option("--kinds", help="Only these kinds, with commas between them: treaty,person.")
    ] = None,
    language: Annotated[
        Language, typer.Option("--language", help="The language that the page opens in.")
    ] = Language.nl,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Draw the graph as one interactive page that works without network."""
    with opened(store) as graph:
        _draw(graph, target, around, depth, kinds, language)


def _draw(graph: Graph, target: Path, around: str | None, depth: int, kinds: str | None, language: Language) -> None:
    from exports.page import write
    from graph import network as networks

    network = graph.network()
    if kinds:
        known = {str(kind) for _, kind in network.nodes(data="kind")}
        wanted = {kind.strip() for kind in kinds.split(",") if kind.strip()}
        if unknown := wanted - known:
            fail(
                f"the graph has nothing of the kind {', '.join(sorted(unknown))}; it has: {', '.join(sorted(known))}", 2
            )
        network = networks.only(network, wanted)
    if around:
        middle = next(networks.find(network, around), None)
        if middle is None:
            fail(f'nothing in the graph is called "{around}"; try an id such as kst-33279-40 or npt', 2)
        network = networks.around(network, middle, depth)
    try:
        report = write(network, target, title=around or "Kamergraaf", language=language.value)
    except OSError as error:
        fail(f"{target} cannot be written: {error.strerror or error}")
    except ValueError as error:
        fail(str(error))
    say(f"{target}: {report.nodes} nodes, {report.edges} edges, {report.bytes // 1024} kB")


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

    with opened(store) as graph:
        findings = check(graph.store)
    if form is ReportFormat.json:
        _lines([json.dumps([asdict(each) for each in findings], ensure_ascii=False, indent=1)])
    elif form is ReportFormat.turtle:
        _lines([turtle(findings).rstrip("\n")])
    elif findings:
        rows = (
            [tables.brief(cell.strip("<>")) for cell in (each.graph, each.node, each.message, each.value)]
            for each in findings
        )
        out.print(tables.of_rows(f"{len(findings)} findings", ("graph", "node", "what is wrong", "value"), rows))
    if findings:
        raise typer.Exit(1)
    say("the graph conforms to its shapes")


@app.command(epilog="Example: kamergraaf info --store my-graph")
def info(store: StoreOption = DEFAULT_STORE) -> None:
    """Tell what is in the graph: papers, mentions per kind, unresolved, sources."""
    from exports import tables

    with opened(store) as graph:
        sources = graph.store.sources()
        out.print(f"{tables.papers(graph.store)} papers from {len(sources)} files, {len(graph.store.quads)} statements")
        out.print(
            f"built by {', '.join(sorted({source.built_by for source in sources.values()})) or 'nothing yet'}",
            soft_wrap=True,
        )
        out.print(tables.of_counts(graph.store))


def main() -> None:
    """Run the command; a closed pipe is no error, and a broken register is named."""
    from ontology.registers import RegisterError

    try:
        app()
    except BrokenPipeError:
        # whatever is still in the buffer has nowhere to go
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except RegisterError as error:
        say(f"kamergraaf: {error}")
        sys.exit(1)


if __name__ == "__main__":
    main()
