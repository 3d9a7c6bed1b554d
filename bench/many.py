"""Make many papers out of the sample papers, with other numbers in each, for measuring at scale.

python -m bench.many FOLDER 2500 writes so many texts; kamergraaf build FOLDER makes a graph of about 400 triples a paper.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path

import graph

SAMPLES = Path(graph.__file__).parent / "samples"
# numbers of papers, dossiers and cases, not years, dates or prices
_NUMBER = re.compile(r"(?<![\d.,/-])(?!19\d\d(?!\d)|20\d\d(?!\d))\d{4,5}(?![\d.,/])")


def varied(text: str, number: int) -> str:
    """The text with other numbers in it, of the same length; another `number` gives others."""

    def other(match: re.Match[str]) -> str:
        size = len(match[0])
        least = 10 ** (size - 1)
        return str(least + (int(match[0]) - least + 37 * number) % (9 * least))

    return f"Stuk {number:06}\n\n" * (not _NUMBER.search(text)) + _NUMBER.sub(other, text)


def write(folder: Path, number: int) -> None:
    """Write `number` papers into a folder, in subfolders of a thousand."""
    texts = [(path.stem, path.read_text("utf-8")) for path in sorted(SAMPLES.glob("*.txt"))]
    for place in range(number):
        name, text = texts[place % len(texts)]
        target = folder / f"{place // 1000:03}" / f"{name}-{place:06}.txt"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(varied(text, place), "utf-8")


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))
