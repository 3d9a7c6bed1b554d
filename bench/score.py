"""Precision, recall and F1 per kind on the gold sets, beside the peers, with the calibration of confidences.

    python -m bench.score [GOLD_FOLDER ...] [--publisher FILE.jsonl] [--misses] [--json FILE] [--no-peers]

Without folders the project's own gold set is used, and the development set beside the project where it is there.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from bench import peers
from bench.gold import SOFT, Found, GoldText, load, match
from bench.marked import load_marked
from graph import paper
from graph.kinds import BY_NAME, KINDS

OWN = Path(__file__).parent.parent / "tests" / "gold"
BESIDE = Path(__file__).parent.parent.parent / "shared"
BINS = (0.0, 0.8, 0.9, 0.95, 0.98, 1.01)
"""Edges of the confidences that the calibration tells apart."""
CERTAIN = 0.9
"""References with this confidence and more are to be right at least 99 times in a hundred."""
console = Console(highlight=False)


def ours(gold: GoldText) -> list[Found]:
    """What Kamergraaf finds in a gold text."""
    return [
        Found(link.span.start, link.span.end, link.kind, link.id or "", link.confidence)
        for link in paper(gold.text, gold.date).links
        if BY_NAME[link.kind].listed
    ]


class Score:
    """Counts per kind, the mistakes in context, and right and wrong per confidence."""

    def __init__(self) -> None:
        """Begin at nothing."""
        self.right, self.found, self.gold = Counter[str](), Counter[str](), Counter[str]()
        self.mistakes: list[str] = []
        self.calibration: dict[int, Counter[str]] = defaultdict(Counter)
        self.wrong_target = 0
        self.not_marked = Counter[str]()

    def add(self, gold: GoldText, found: Iterable[Found]) -> None:
        """Count one text."""
        looked_for = []
        for each in found:
            if gold.marks(each.kind):
                looked_for.append(each)
            else:
                self.not_marked[each.kind] += 1
        pairs, missed, wrong = match(gold, looked_for)
        for reference, each in pairs:
            self.right[reference.kind] += 1
            self.found[reference.kind] += 1
            self._confide(each, "right")
        for each in wrong:
            self.found[each.kind] += 1
            self._confide(each, "wrong")
            self.wrong_target += any(
                other.kind == each.kind and each.overlap(other.start, other.end) > 0 for other in missed
            )
            self.mistakes.append(_context(gold, each, "wrong"))
        for reference in gold.references:
            self.gold[reference.kind] += 1
        self.mistakes += [_context(gold, each, "missed") for each in missed]

    def certain(self) -> tuple[int, int]:
        """How many references with a confidence of CERTAIN and more are right, and how many there are."""
        counted = [each for place, each in self.calibration.items() if BINS[place] >= CERTAIN]
        return sum(each["right"] for each in counted), sum(each.total() for each in counted)

    def _confide(self, each: Found, how: str) -> None:
        place = max(index for index, edge in enumerate(BINS[:-1]) if each.confidence >= edge)
        self.calibration[place][how] += 1

    def figures(self, kinds: Iterable[str]) -> tuple[int, int, int, float, float, float]:
        """Right, found, gold, precision, recall and F1 over some kinds; 1.0 where there is nothing to be wrong about."""
        wanted = list(kinds)
        right, found, gold = (sum(counter[kind] for kind in wanted) for counter in (self.right, self.found, self.gold))
        precision, recall = right / found if found else 1.0, right / gold if gold else 1.0
        return right, found, gold, precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0


def _context(gold: GoldText, each: Found, what: str) -> str:
    before, words, after = (
        gold.text[max(0, each.start - 50) : each.start],
        gold.text[each.start : each.end],
        gold.text[each.end : each.end + 40],
    )
    return f"{gold.name}:{each.start} {what} {each.kind} {each.id}\n    {before}[[{words}]]{after}".replace(
        "\n", "⏎"
    ).replace("⏎    ", "\n    ", 1)


def run(texts: list[GoldText], finder: Callable[[GoldText], Iterable[Found]]) -> Score:
    """The score of a finder on some texts."""
    score = Score()
    for gold in texts:
        score.add(gold, finder(gold))
    return score


def _table(title: str, score: Score) -> Table:
    table = Table(title=title, title_justify="left")
    for column in ("kind", "precision", "recall", "F1", "right", "found", "gold"):
        table.add_column(column, justify="left" if column == "kind" else "right")
    hard = [kind.name for kind in KINDS if kind.name not in SOFT and (score.gold[kind.name] or score.found[kind.name])]
    rows = [(kind, [kind]) for kind in hard] + [("headline", hard)]
    rows += [(kind, [kind]) for kind in SOFT if score.gold[kind] or score.found[kind]] + [("soft", list(SOFT))]
    for name, kinds in rows:
        right, found, gold, precision, recall, harmonic = score.figures(kinds)
        table.add_row(name, f"{precision:.3f}", f"{recall:.3f}", f"{harmonic:.3f}", str(right), str(found), str(gold))
    return table


def publisher(path: Path) -> dict[str, tuple[int, int]]:
    """Kind to (found, marked) of the references that the publisher marked in official XML."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for line in path.read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        if not told["merged"]:
            continue
        links = paper(told["text"]).links
        for mark in told["merged"]:
            wanted = "dossier-" + mark["target"].rpartition("/")[2] if mark["kind"] == "dossier" else mark["target"]
            counts[mark["kind"]][1] += 1
            counts[mark["kind"]][0] += any(
                link.id == wanted and link.span.start < mark["end"] and mark["start"] < link.span.end for link in links
            )
    return {kind: (found, marked) for kind, (found, marked) in counts.items()}


def main(arguments: list[str] | None = None) -> int:
    """Print the figures; with --json also write them to a file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--publisher", type=Path, default=BESIDE / "corpus" / "gold" / "publisher_gold.jsonl")
    parser.add_argument("--misses", action="store_true", help="list the mistakes in context")
    parser.add_argument("--no-peers", action="store_true")
    parser.add_argument("--json", type=Path)
    chosen = parser.parse_args(arguments)
    sets = {folder.name: list(load(folder)) for folder in chosen.folders}
    if not sets:
        sets = {"own gold set": list(load_marked(OWN))}
        if (BESIDE / "gold").is_dir():
            sets["development set"] = list(load(BESIDE / "gold"))
    told: dict[str, object] = {}
    for name, texts in sets.items():
        score = run(texts, ours)
        console.print(_table(f"{name}: {len(texts)} texts", score))
        console.print(f"wrong target: {score.wrong_target} of {sum(score.found.values())} references")
        if score.not_marked:
            counts = ", ".join(f"{kind} {number}" for kind, number in sorted(score.not_marked.items()))
            console.print(f"found of kinds that this set does not mark, and not counted: {counts}")
        _calibration(score)
        if not chosen.no_peers:
            _peers(texts, score)
        if chosen.misses:
            for mistake in score.mistakes:
                console.print(mistake, markup=False)
        told[name] = {kind: score.figures([kind]) for kind in score.gold}
    if chosen.publisher.exists() and not chosen.folders:
        for kind, (found, marked) in sorted(publisher(chosen.publisher).items()):
            console.print(f"marked by the publisher, {kind}: {found} of {marked} found, recall {found / marked:.3f}")
    if chosen.json:
        chosen.json.write_text(json.dumps(told, indent=1), encoding="utf-8")
    return 0


def _calibration(score: Score) -> None:
    for place, counted in sorted(score.calibration.items()):
        total = counted.total()
        console.print(
            f"confidence {BINS[place]:.2f} to {min(1.0, BINS[place + 1]):.2f}: {counted['right'] / total:.3f} right of {total}"
        )
    right, total = score.certain()
    console.print(f"confidence {CERTAIN:.2f} and more: {right / max(total, 1):.3f} right of {total}")


def _peers(texts: list[GoldText], score: Score) -> None:
    finders = {"the patterns of opentk.nl": lambda gold: peers.opentk(gold.text)}
    if peers.nllegalcit_is_there():
        finders["nllegalcit"] = lambda gold: peers.nllegalcit(gold.text)
    kinds = [kind.name for kind in KINDS]
    *_, precision, recall, _f1 = score.figures(kinds)
    console.print(f"Kamergraaf: precision {precision:.3f}, recall {recall:.3f} over all kinds")
    for name, finder in finders.items():
        right, found, gold, precision, recall, _f1 = run(texts, finder).figures(kinds)
        console.print(
            f"{name}: precision {precision:.3f}, recall {recall:.3f} over all kinds ({right} right of {found} found, {gold} in gold)"
        )


if __name__ == "__main__":
    sys.exit(main())
