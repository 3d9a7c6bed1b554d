"""Run a SPARQL update of a stranger in a process of its own, which has no network and can be ended at any moment.

Started as `python -m graph.change FOLDER MEGABYTES SECONDS` with the update as JSON on standard input. The process is the one
writer of the store while it runs. All of the update is one atomic step together with the version of the store, so ending the
process leaves the graph as it was, or changed and whole. `changed` on standard output says that the step is made, after which
there is nothing to end any more; a line of JSON says how it went, when everything is on disk.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import signal
import sys
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph

from graph.answer import syntax
from graph.asker import Unanswered, environment
from graph.guard import Refused
from graph.limits import limited
from graph.lock import InUseError, StoreError
from graph.named_graphs import OWN_GRAPHS
from graph.rewrite import Protected, rewrite
from graph.sandbox import close_network
from graph.store import Store

_CLOSING = 120
"""Seconds for bringing a change to disk, after it was made."""
_STARTING = 30
"""Seconds for the start of the process and the opening of the graph, beyond those of the update."""
_NO_LIMIT = 1e9
_BUILT = (
    "the graph {} is what a build makes of papers and registers; write to a graph of your own, which builds leave alone"
)


@dataclass(frozen=True, slots=True)
class Update:
    """A text in SPARQL 1.1 Update, and the graphs that a request names to stand in place of its default and named graphs."""

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()


async def change(folder: Path, update: Update, seconds: float = 30, megabytes: int = 1500) -> None:
    """Change the graph in a folder; when this returns the change is on disk and published.

    Raises Unanswered, whose `why` is one of refused, forbidden, wrong, busy, slow, greedy, broken. A caller that is cancelled
    ends the update.
    """
    pipe = asyncio.subprocess.PIPE
    process = await asyncio.create_subprocess_exec(
        # -P: no module in the folder where someone happens to work stands in for one of ours
        sys.executable, "-P", "-m", "graph.change", str(folder.absolute()), str(megabytes), str(seconds),
        stdin=pipe, stdout=pipe, stderr=asyncio.subprocess.DEVNULL, start_new_session=True, env=environment(),
    )  # fmt: skip
    try:
        told = await _told(process, update, seconds)
    finally:
        with contextlib.suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    if "why" in told:
        raise Unanswered(told["why"], told["says"])


async def _told(process: asyncio.subprocess.Process, update: Update, seconds: float) -> dict[str, str]:
    """How it went."""
    assert process.stdin is not None
    assert process.stdout is not None
    either_way = "it was done whole or not at all: ask before you send it again"
    try:
        async with asyncio.timeout(seconds + _STARTING):
            with contextlib.suppress(ConnectionError):  # it died; its end tells why
                process.stdin.write(json.dumps([update.text, update.using, update.using_named]).encode())
                await process.stdin.drain()
            process.stdin.close()
            line = await process.stdout.readline()
        if line == b"changed\n":
            async with asyncio.timeout(_CLOSING):
                line = await process.stdout.readline()
    except TimeoutError:
        return {"why": "slow", "says": f"the update was ended after {seconds:g} seconds; {either_way}"}
    if line:
        return dict(json.loads(line))
    if -await process.wait() == getattr(signal, "SIGXCPU", None):
        return {"why": "slow", "says": f"the update was ended after {seconds:g} seconds; {either_way}"}
    return {"why": "greedy", "says": f"the update ended its process: it may want too much memory; {either_way}"}


def _change(folder: Path, update: Update, megabytes: int, seconds: float) -> dict[str, str]:
    """Do it here, and tell how it went."""
    limit = limited(megabytes)
    limit(seconds)
    close_network()
    try:
        change = rewrite(update.text, update.using, update.using_named)
        with contextlib.suppress(RuntimeError):  # such as the removal of a graph that is not there
            pyoxigraph.Store().update(
                change.text
            )  # alone, so that nothing in it can be read together with our own step
        if not change.text:
            return {}
        with Store(folder, write=True) as store:
            if built := next(
                (each for each in sorted(change.targets) if each in OWN_GRAPHS or store.is_paper(each)), None
            ):
                raise Protected(_BUILT.format(built))
            store.update(change.text)
            limit(_NO_LIMIT)
            sys.stdout.write("changed\n")
            sys.stdout.flush()
    except Protected as error:
        return {"why": "forbidden", "says": str(error)}
    except Refused as error:
        return {"why": "refused", "says": str(error)}
    except SyntaxError:
        return {"why": "wrong", "says": _wrong(update.text)}
    except InUseError as error:
        return {"why": "busy", "says": str(error)}
    except StoreError as error:
        if isinstance(error.__cause__, RuntimeError) and str(error.__cause__).startswith("The graph <"):
            return {"why": "wrong", "says": str(error.__cause__)}
        return {"why": "broken", "says": str(error)}
    return {}


def _wrong(text: str) -> str:
    """What is wrong with an update, by the places that its own text has."""
    try:
        pyoxigraph.Store().update(text)
    except SyntaxError as error:
        return syntax(text, str(error))
    except (OSError, RuntimeError):
        pass
    return "the syntax is wrong; if there is a less than in it, put a blank behind the <"


def _main(folder: str, megabytes: str, seconds: str) -> None:
    text, using, using_named = json.loads(sys.stdin.buffer.read())
    told = _change(Path(folder), Update(text, tuple(using), tuple(using_named)), int(megabytes), float(seconds))
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    _main(*sys.argv[1:])
