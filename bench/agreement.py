"""How well papers are read: python -m bench.agreement [CORPUS].

A paper in two renditions should have the same references in both; what the publisher marked in official XML should be found in
exactly the words that are marked. Marks of notes are left out of the first, since a text layer shows few of them, and links too,
since it has none.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from lxml import etree

from bench.readers import BESIDE
from bench.rows import Row, judged, show
from graph import Paper, paper
from graph.kinds import BY_NAME
from graph.read.trees import flat

AGREEMENT, RECALL = 0.97, 0.995
"""The goals: references that two renditions share, and marks of the publisher that are found with exact places."""


def of_renditions(corpus: Path) -> tuple[int, int, list[str]]:
    """References that a PDF and its text layer share, all that either has, and the papers that differ."""
    shared = total = 0
    differ = []
    for path in sorted(corpus.glob("*.pdf")):
        layer = path.with_name(path.stem + ".pdftext.txt")
        if not layer.exists():
            continue
        one, other = _references(path), _references(layer)
        both = 2 * (one & other).total()
        shared, total = shared + both, total + one.total() + other.total()
        if both < one.total() + other.total():
            differ.append(f"{path.name}: only in the PDF {dict(one - other)}, only in its text {dict(other - one)}")
    return shared, total, differ


def _references(path: Path) -> Counter[tuple[str, str]]:
    return Counter(
        (link.kind, link.id)
        for link in paper(path).links
        if BY_NAME[link.kind].listed and link.id and link.kind != "note" and link.rule != "link"
    )


def of_marks(corpus: Path) -> tuple[int, int]:
    """Marks of the publisher that are references in exactly their words, and all marks that lead to a paper.

    The marks stand in `gold/publisher_gold.jsonl`, with neighbours that lead to one paper joined.
    """
    found = marked = 0
    for line in (corpus / "gold" / "publisher_gold.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        read = paper(corpus / told["file"])
        have = {(_words(read.document[link.span]), link.id) for link in read.links if link.rule == "publisher"}
        for mark in told["merged"]:
            if mark["kind"] != "person":
                target = f"dossier-{mark['target']}" if mark["kind"] == "dossier" else mark["target"]
                marked += 1
                found += (_words(mark["surface"]), target) in have
    return found, marked


def of_elements(corpus: Path) -> tuple[int, int]:
    """Elements with which a publisher marked a reference that lie in a reference to what they lead to, and all of them.

    Neighbours that lead to one paper ("169" and "30872" in "nr. 169 (30872)") are one reference, which holds the words of both.
    """
    found = marked = 0
    for path in sorted(corpus.glob("*.xml")):
        marks = list(etree.parse(path).iter("{*}extref", "{*}dossierref"))
        have = _stated(paper(path)) if marks else Counter()
        for mark in marks:
            target = mark.get("doc") or f"dossier-{mark.get('dossier')}"
            marked += 1
            hit = next((each for each in have if each[1] == target and flat(mark) in each[0] and have[each] > 0), None)
            if hit:
                found += 1
                have[hit] -= len(flat(mark))
    return found, marked


def _stated(read: Paper) -> Counter[tuple[str, str | None]]:
    """The references that the source states, and how many of their characters no mark has taken yet."""
    stated: Counter[tuple[str, str | None]] = Counter()
    for link in read.links:
        if link.rule in ("publisher", "link"):
            words = " ".join(read.document[link.span].split())
            stated[words, link.id] += len(words)
    return stated


def _words(words: str) -> str:
    """Words on one line, without the brackets that some marks take along."""
    return " ".join(words.split()).strip("() ")


def rows(corpus: Path = BESIDE) -> Iterator[Row]:
    """The figures beside their goals; none where the corpus is not there."""
    if not corpus.is_dir():
        return
    shared, total, _ = of_renditions(corpus)
    yield _share("references that PDF and text share", AGREEMENT, shared, total)
    yield _share("marks of the publisher in exact words", RECALL, *of_marks(corpus))
    yield _share("elements of the publisher in a reference to their paper", RECALL, *of_elements(corpus))


def _share(name: str, goal: float, found: int, total: int) -> Row:
    return judged(name, f"at least {goal}", found / total, "of all", f"{found} of {total}")


def main() -> None:
    """Print the rows and the papers that differ."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", nargs="?", type=Path, default=BESIDE)
    corpus = parser.parse_args().corpus
    show("Renditions of one paper, and what its publisher marked", rows(corpus))
    for line in of_renditions(corpus)[2] if corpus.is_dir() else ():
        print(line)


if __name__ == "__main__":
    main()
