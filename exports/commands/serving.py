"""`serve`: the graph as pages in a browser."""

from __future__ import annotations

import os
import re
import socket
import webbrowser
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import typer

from exports.terminal import DEFAULT_STORE, StoreOption, app, err, fail, say

_AT_ONCE = 200
"""Connections; whoever comes when there are as many gets a 503."""

_ORIGIN = re.compile(r"\*|https?://(?:[a-z0-9.-]+|\[[0-9a-f:]+\])(?::[0-9]+)?")
"""What a browser sends as the origin of a page: scheme, host, perhaps a port; in small letters."""


@app.command(epilog="Example: kamergraaf serve --store my-graph --open")
def serve(
    store: StoreOption = DEFAULT_STORE,
    port: Annotated[int, typer.Option("--port", min=0, max=65535, help="The port; 0: any that is free.")] = 8000,
    host: Annotated[
        str, typer.Option("--host", help="The address to listen on; others can reach it only if you change it.")
    ] = "127.0.0.1",
    names: Annotated[
        list[str] | None,
        typer.Option(
            "--name", metavar="HOST", help="A name under which others reach this machine, such as graaf.example.org."
        ),
    ] = None,
    sites: Annotated[
        list[str] | None,
        typer.Option(
            "--cors",
            metavar="ORIGIN",
            help="A site whose pages may read the SPARQL endpoint in a browser, such as https://example.org; '*': all.",
        ),
    ] = None,
    writable: Annotated[
        bool,
        typer.Option(
            "--writable",
            help="Take SPARQL updates of whoever has the token, which is in KAMERGRAAF_TOKEN or --token-file.",
        ),
    ] = False,
    token_file: Annotated[
        Path | None, typer.Option("--token-file", metavar="FILE", help="The file with the token for --writable.")
    ] = None,
    corrections: Annotated[
        Path | None,
        typer.Option(
            "--corrections",
            metavar="FILE",
            help="Let readers say what is right and wrong, and keep it in this file; see docs/corrections.md.",
        ),
    ] = None,
    show: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
) -> None:
    """Read papers with every reference alive, in a browser: search, sentences, relations. The graph changes with --writable only."""
    import uvicorn

    from exports.explorer.app import LOOPBACK, make
    from exports.explorer.returning import few_heaps
    from graph.store import StoreError

    few_heaps()

    for site in sites or ():
        if not _ORIGIN.fullmatch(site):
            fail(f"--cors {site}: this is no origin; give one such as https://example.org, without a path, or '*'", 2)
    if token_file and not writable:
        fail("--token-file is of use with --writable only", 2)
    token = _token(token_file) if writable else ""
    listening = _listen(host, port)
    try:
        with _progress() as step:
            application = make(store, (*LOOPBACK, host, *(names or ())), sites or (), step, token, corrections)
    except StoreError as error:
        fail(str(error))
    except ValueError as error:
        fail(f"--writable: {error}", 2)
    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    say(f"The pages over {store} are at {address} (stop with Ctrl-C).")
    if show:
        webbrowser.open(address)
    with listening:
        config = uvicorn.Config(application, log_level="warning", server_header=False, limit_concurrency=_AT_ONCE)
        uvicorn.Server(config).run([listening])


@contextmanager
def _progress() -> Iterator[Callable[[int, int], None]]:
    """A bar for papers that are put in the index, where someone is looking."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("preparing search"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=err(), transient=True, disable=not err().is_terminal) as bar:
        task = bar.add_task("preparing search", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _token(file: Path | None) -> str:
    """The token for updates; never on the command line, which all who use the machine can read."""
    from ontology.regular import read_regular

    try:
        found = (read_regular(file).decode("utf-8") if file else os.environ.get("KAMERGRAAF_TOKEN", "")).strip()
    except (OSError, UnicodeDecodeError) as error:
        fail(f"--token-file {file}: {getattr(error, 'strerror', None) or error}", 2)
    if not found:
        fail(
            "--writable needs a token: put one in the variable KAMERGRAAF_TOKEN, or in a file that --token-file names",
            2,
        )
    return found


def _listen(host: str, port: int) -> socket.socket:
    """A socket that listens; what stands in the way ends the command with a sentence."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        return socket.create_server((host, port), family=family)
    except OSError as error:
        fail(
            f"cannot listen on {host}, port {port} ({error.strerror or error}); choose another with --port, or 0 for any that is free"
        )
