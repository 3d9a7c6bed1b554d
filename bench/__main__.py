"""The benchmark: python -m bench [small|quick|full] [--only NAME ...] [--keep].

Each module measures in a process of its own, so that none warms the machine for another. The table shows each goal with the
figure, the peer or limit in the same run, and what became worse by more than a tenth since the last kept run on this machine.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

from bench.rows import COSTLY, RESULTS, SIZES, Result, Row, before, console, environment, machine, results, show
from graph.authorities import program_version

MODULES = ("scan", "line", "readers", "agreement", "queries", "tabular", "exports")
"""What measures, in the order of the table; each is a module of `bench` with a function `rows`."""


def measured(name: str, size: str) -> tuple[Row, ...]:
    """The rows of a module, measured in a process of its own. Ends the run where a module fails: half a table is none."""
    command = [sys.executable, "-m", "bench", "--measure", name]
    done = subprocess.run(command, env=environment(size), stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        console.print(f"bench.{name} failed with exit code {done.returncode}; nothing is kept", style="red")
        sys.exit(1)
    return tuple(Row(**json.loads(line)) for line in done.stdout.splitlines() if line.startswith("{"))


def run(size: str, only: Iterable[str], keep: bool) -> None:
    """Measure, show and, if asked to, keep."""
    chosen = [name for name in MODULES if not only or name in only]
    rows = tuple(row for name in chosen for row in measured(name, size))
    here = machine()
    console.print(", ".join(f"{name} {value}" for name, value in here.items()))
    last = before(results(), here, size)
    show("Kamergraaf, measured", rows, last)
    costly = [row.name for row in rows if row.name in last and row.worse_than(last[row.name].figure) > COSTLY]
    if costly:
        console.print(f"more than {COSTLY:.0%} worse than before: {', '.join(costly)}", style="red")
    if keep:
        day = datetime.now(UTC).isoformat(timespec="seconds").removesuffix("+00:00")
        target = Result(day, program_version(), size, here, rows).save()
        console.print(f"kept as {target.relative_to(Path.cwd()) if target.is_relative_to(Path.cwd()) else target}")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)  # fmt: skip
    parser.add_argument("size", nargs="?", choices=SIZES, default="quick")
    parser.add_argument("--only", nargs="*", default=[], choices=MODULES, help="only these modules")
    parser.add_argument("--keep", action="store_true", help=f"keep the result in {RESULTS.name}/")
    parser.add_argument("--measure", metavar="MODULE", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.measure:
        for row in import_module(f"bench.{asked.measure}").rows():
            print(json.dumps(asdict(row)), flush=True)
        return
    run(asked.size, asked.only, asked.keep)


if __name__ == "__main__":
    main()
