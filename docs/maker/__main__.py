"""Make the site: python -m docs.maker [FOLDER]."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from docs.maker import commands, library, queries, terms
from docs.maker.pages import Page, write, written
from graph import Graph

DOCS = Path(__file__).parents[1]
ORDER = (
    "index",
    "own-register",
    "corrections",
    "asking",
    "explorer",
    "notebooks",
    "endpoint",
    "parquet",
    "scale",
    "speed",
    "trust",
    "adding-a-kind",
)
"""The pages by hand, in the order in which one reads them."""


def pages() -> list[Page]:
    """All pages of the site, those by hand first."""
    found = [written(DOCS / f"{name}.md") for name in ORDER]
    with tempfile.TemporaryDirectory() as folder:
        with Graph.open(Path(folder) / "store", write=True) as graph:
            graph.build([DOCS.parent / "graph" / "samples"])
        with Graph.open(Path(folder) / "store") as graph:
            found.append(queries.page(graph))
    return [*found, terms.page(), commands.page(), library.page()]


if __name__ == "__main__":
    write(pages(), Path(sys.argv[1] if len(sys.argv) > 1 else "site"))
