"""Run a query in a process of its own, which can be ended: the engine itself knows no time limit and may crash.

Started as `python -m graph.ask FOLDER FORMAT` with the query on standard input; the answer comes whole on standard output.
"""

from __future__ import annotations

import io
import subprocess
import sys
from pathlib import Path

from graph.answer import Question, Wrong, answer
from graph.guard import Refused, check
from graph.sandbox import close_network

_WRONG = 3
"""Exit code of the child for a query that is wrong, with the reason on standard error."""


class QueryError(Exception):
    """A query that was refused, is wrong, took too long or ended its process; the message says which and what to do."""


def ask(folder: Path, query: str, form: str = "json", seconds: float = 60) -> bytes:
    """The answer to a query in a format of SPARQL results; graphs that a CONSTRUCT makes come as N-Triples.

    Raises QueryError, after `seconds` at the latest.
    """
    try:
        check(query)
    except Refused as refused:
        raise QueryError(str(refused)) from refused
    # -P: no module in the folder where someone happens to work stands in for one of ours
    command = [sys.executable, "-P", "-m", "graph.ask", str(folder), form]
    try:
        done = subprocess.run(command, input=query.encode(), capture_output=True, timeout=seconds, check=False)
    except subprocess.TimeoutExpired as expired:
        raise QueryError(
            f"the query was ended after {seconds:g} seconds; make it more exact, or give --timeout"
        ) from expired
    if done.returncode == 0:
        return done.stdout
    reason = done.stderr.decode("utf-8", "replace").strip()
    if done.returncode == _WRONG:
        raise QueryError(reason)
    raise QueryError(
        f"the process that ran the query died ({reason.splitlines()[-1] if reason else f'code {done.returncode}'})"
    )


def _main(folder: str, form: str) -> int:
    from graph.store import Store, StoreError

    query = sys.stdin.buffer.read().decode("utf-8")
    close_network()
    whole = io.BytesIO()
    try:
        with Store(Path(folder)) as store:
            answer(store.quads, Question(query, rows=form), whole)
        sys.stdout.buffer.write(whole.getvalue())
    except (Wrong, OSError, StoreError) as error:
        print(error, file=sys.stderr)
        return _WRONG
    return 0


if __name__ == "__main__":
    sys.exit(_main(*sys.argv[1:]))
