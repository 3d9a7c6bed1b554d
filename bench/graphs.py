"""The generated graph on which queries and exports are measured, made once for the code as it is."""

from __future__ import annotations

import hashlib
import os
import shutil
from pathlib import Path

import bench
import graph
from bench.generate import write_store
from ontology.reading import files
from ontology.registers import BUILT_IN

FOLDER = Path(graph.__file__).parents[1] / "out" / "bench"


def generated(quads: int) -> Path:
    """The folder of a graph of at least so many quads; made anew, in place of older ones, when code or registers change."""
    found = FOLDER / f"{quads}-{_state()}"
    if not (found / "quads").is_dir():
        for old in FOLDER.glob(f"{quads}-*"):
            shutil.rmtree(old)
        making = FOLDER / f"making-{quads}-{os.getpid()}"
        write_store(making, quads=quads)
        making.replace(found)
    return found


def _state() -> str:
    """What decides on the quads: the code of the line and of the generator, and the registers."""
    code = [path for module in (graph, bench) for path in Path(module.__file__ or "").parent.rglob("*.py")]
    digest = hashlib.sha256()
    for path in (
        *sorted(path for path in code if path.parent.name != "bench" or path.name in ("papers.py", "generate.py")),
        *files((BUILT_IN,)),
    ):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:12]
