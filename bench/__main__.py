"""The benchmark: python -m bench [small|quick|full] [--only NAME ...] [--keep].

Each module measures in a process of its own, so that none warms the machine for another; one that fails or takes too long
costs no rows but its own. The table shows each goal with the figure, the peer or limit in the same run, and what became worse
by more than a tenth since the last kept run on this machine. With --keep the result is written after each module and
docs/speed.md at the end; some modules measured anew with --only take the place of theirs in the result of the same commit.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from importlib import import_module

from bench import page
from bench.kept import RESULTS, Result, before, begun, commit, results
from bench.rows import SIZES, Row, console, environment, machine, show
from graph.authorities import program_version

MODULES = (
    "scan",
    "line",
    "cores",
    "readers",
    "agreement",
    "queries",
    "explorer",
    "tabular",
    "exports",
    "picture",
    "network",
)
"""What measures, in the order of the table; each is a module of `bench` with a function `rows`."""
_SECONDS = 1800
"""How long a module may take on a slow machine; all together take an hour, or somewhat more."""


def measured(name: str, size: str) -> tuple[tuple[Row, ...], str]:
    """The rows of a module, measured in a process of its own, and what went wrong, if anything did."""
    command = [sys.executable, "-m", "bench", "--measure", name]
    try:
        done = subprocess.run(command, env=environment(size), stdout=subprocess.PIPE, timeout=_SECONDS, check=False)
        told, trouble = done.stdout, f"exit code {done.returncode}" if done.returncode else ""
    except subprocess.TimeoutExpired as expired:
        told, trouble = expired.stdout or b"", f"it took more than {_SECONDS} seconds"
    lines = [
        line for line in told.decode("utf-8", "replace").splitlines() if line.startswith("{") and line.endswith("}")
    ]
    return tuple(replace(Row(**json.loads(line)), module=name) for line in lines), trouble


def run(size: str, only: Iterable[str], keep: bool) -> int:
    """Measure, show and, if asked to, keep. Gives the number of modules that failed."""
    here, kept = machine(), results()
    now = datetime.now(UTC).isoformat(timespec="seconds").removesuffix("+00:00")
    result = Result(now, program_version(), commit(), size, here, ())
    last = before(kept, here, size)
    if only and keep:
        result = begun(result, kept)
    console.print(", ".join(f"{name} {value}" for name, value in here.items()))
    failed = []
    for name in (name for name in MODULES if not only or name in only):
        rows, trouble = measured(name, size)
        result = result.with_rows(name, rows)
        show(name, rows, last)
        if trouble:
            failed.append(name)
            console.print(f"bench.{name} failed: {trouble}; its other rows are missing", style="red")
        if keep:
            console.print(f"kept in {result.save().name}")
    costly = [row.name for row in result.rows if row.change(last).endswith("worse")]
    if costly:
        console.print(f"more than a tenth worse than before: {', '.join(costly)}", style="red")
    if keep:
        page.write()
    return len(failed)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("size", nargs="?", choices=SIZES, default="quick")
    parser.add_argument("--only", nargs="*", default=[], choices=MODULES, help="only these modules")
    parser.add_argument(
        "--keep", action="store_true", help=f"keep the result in {RESULTS.name}/ and write docs/speed.md"
    )
    parser.add_argument("--measure", metavar="MODULE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        for row in import_module(f"bench.{asked.measure}").rows():
            print(json.dumps(asdict(row)), flush=True)
        return
    sys.exit(1 if run(asked.size, asked.only, asked.keep) else 0)


if __name__ == "__main__":
    main()
