"""`serve`: the graph as pages in a browser."""

from __future__ import annotations

import ipaddress
import logging
import os
import re
import socket
import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from exports.messages import printable
from exports.progress import progress
from exports.terminal import (
    DEFAULT_STORE,
    INTERRUPTED,
    StoreOption,
    app,
    fail,
    is_quiet,
    is_verbose,
    opened,
    say,
    warn_if_empty,
)

if TYPE_CHECKING:
    from starlette.applications import Starlette

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
    with opened(store) as graph:
        warn_if_empty(graph, store)
    listening = _listen(host, port)
    try:
        with progress("preparing search") as step:
            application = make(store, (*LOOPBACK, host, *(names or ())), sites or (), step, token, corrections)
    except StoreError as error:
        fail(str(error))
    except ValueError as error:
        fail(f"--writable: {error}", 2)
    try:
        _run(application, listening, host, store, show, writable)
    except KeyboardInterrupt:
        say("stopped")
        raise typer.Exit(INTERRUPTED) from None


def _run(application: Starlette, listening: socket.socket, host: str, store: Path, show: bool, writable: bool) -> None:
    """Serve until Ctrl-C, which raises KeyboardInterrupt."""
    import uvicorn

    address = f"http://{f'[{host}]' if ':' in host else host}:{listening.getsockname()[1]}/"
    say(f"The pages over {store} are at {address} (stop with Ctrl-C).")
    if not _is_loopback(listening):
        may = "read this graph, and change it with the token" if writable else "read this graph, without a password"
        say(f"--host {host}: everyone who can reach this machine over the network can {may}.")
    if show:
        webbrowser.open(address)
    _log()
    with listening:
        config = uvicorn.Config(
            application, log_config=None, access_log=is_verbose(), server_header=False, limit_concurrency=_AT_ONCE
        )
        uvicorn.Server(config).run([listening])


def _is_loopback(listening: socket.socket) -> bool:
    return ipaddress.ip_address(listening.getsockname()[0].partition("%")[0]).is_loopback


class _OneLine(logging.Formatter):
    """Log lines with control characters escaped; requests and error messages hold text of strangers."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        """Format the message as one line."""
        return printable(super().formatMessage(record))

    def formatException(self, exc_info: Any) -> str:
        """Format a traceback, whose own line ends stay."""
        return "\n".join(map(printable, super().formatException(exc_info).split("\n")))


def _log() -> None:
    """Send log records to standard error: warnings, with `--verbose` also requests, with `--quiet` only errors."""
    handler = logging.StreamHandler()
    handler.setFormatter(_OneLine("%(levelname)s: %(message)s"))
    level = logging.INFO if is_verbose() else logging.ERROR if is_quiet() else logging.WARNING
    logging.basicConfig(handlers=[handler], level=level, force=True)


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
