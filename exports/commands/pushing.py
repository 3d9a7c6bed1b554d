"""`push`: a graph into a SPARQL server."""

from __future__ import annotations

from typing import Annotated

import typer

from exports.messages import counted
from exports.progress import progress
from exports.terminal import DEFAULT_STORE, StoreOption, app, complain, fail, opened, say


@app.command(
    epilog="Example: kamergraaf push --endpoint http://localhost:3030/papers/data --sparql http://localhost:3030/papers/sparql"
)
def push(
    endpoint: Annotated[
        str, typer.Option("--endpoint", metavar="URL", help="Where the server takes graphs (Graph Store Protocol).")
    ],
    sparql: Annotated[
        str | None,
        typer.Option("--sparql", metavar="URL", help="Where it answers queries; the same address without it."),
    ] = None,
    everything: Annotated[
        bool, typer.Option("--all", help="Also sources and texts, not only papers and registers.")
    ] = False,
    store: StoreOption = DEFAULT_STORE,
) -> None:
    """Load the graph into a SPARQL server: only what changed since the last push to it, then counted there.

    User and password come from KAMERGRAAF_USER and KAMERGRAAF_PASSWORD. Exit code 1 if something is not there as it is here.
    """
    from exports.push import push as pushed
    from exports.remote import Remote, RemoteError
    from graph.disk_full import reason

    with opened(store) as graph, progress("pushing") as step:
        try:
            with Remote(endpoint) as taking, Remote(sparql or endpoint) as answering:
                report = pushed(graph.store, taking, answering, everything, step)
        except RemoteError as error:
            fail(str(error))
        except OSError as error:
            fail(f"the record of what was pushed cannot be written beside {store}: {reason(error, store)}")
    say(
        f"{endpoint}: {counted(report.put, 'graph')} put and counted, {report.removed} removed, {report.unchanged} unchanged"
    )
    for name, why in report.failed.items():
        complain(f"{name} was not pushed: {why}")
    if report.failed:
        raise typer.Exit(1)
