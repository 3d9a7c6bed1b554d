"""Results that are kept as JSON, one file for a run, to compare with later ones."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from bench.rows import Row

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True, slots=True)
class Result:
    """One run of the benchmark, or what there is of it so far; `commit` is that of the code, with a "+" where it was changed."""

    date: str
    version: str
    commit: str
    size: str
    machine: Mapping[str, object]
    rows: tuple[Row, ...]

    @property
    def modules(self) -> set[str]:
        """What has been measured."""
        return {row.module for row in self.rows}

    def with_rows(self, module: str, rows: Iterable[Row]) -> Result:
        """The result with the rows of a module in place of those that it had."""
        return replace(self, rows=(*(row for row in self.rows if row.module != module), *rows))

    def save(self, folder: Path = RESULTS) -> Path:
        """Write the result under its date, its size and its version, and give the file."""
        folder.mkdir(parents=True, exist_ok=True)
        target = folder / f"{self.date.replace(':', '')}-{self.size}-{self.version}.json"
        target.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1) + "\n", "utf-8")
        return target

    @classmethod
    def read(cls, path: Path) -> Result:
        """A result as it was saved. Raises ValueError and OSError."""
        told: dict[str, Any] = json.loads(path.read_text("utf-8"))
        return cls(**{**told, "rows": tuple(Row(**row) for row in told["rows"])})


def results(folder: Path = RESULTS) -> list[Result]:
    """All results that were kept, the oldest first."""
    return sorted((Result.read(path) for path in folder.glob("*.json")), key=lambda result: result.date)


def before(kept: Iterable[Result], machine: Mapping[str, object], size: str) -> dict[str, Row]:
    """The last figure of each row on the same machine at the same size."""
    found: dict[str, Row] = {}
    for result in kept:
        if result.machine == machine and result.size == size:
            found |= {row.name: row for row in result.rows}
    return found


def begun(fresh: Result, kept: Iterable[Result]) -> Result:
    """The newest result of the same code on the same machine at the same size, for some modules anew; else the fresh one."""
    same = [one for one in kept if replace(one, date="", rows=()) == replace(fresh, date="", rows=())]
    return same[-1] if same else fresh


def commit() -> str:
    """The commit of the code that runs, with a "+" where files were changed; empty outside a repository."""

    def git(*asked: str) -> str:
        done = subprocess.run(["git", *asked], cwd=RESULTS.parent, capture_output=True, text=True, check=False)
        return done.stdout.strip()

    changed = git(
        "status", "--porcelain", "--untracked-files=no", "--", "bench", "exports", "graph", "ontology", ":!*.json"
    )
    return git("rev-parse", "--short=10", "HEAD") + ("+" if changed else "")
