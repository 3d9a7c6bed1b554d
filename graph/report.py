"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from graph.corrections import Correction
from graph.read import ReadError


class Stale(NamedTuple):
    """A file whose present content cannot be read, while the graph has the paper of what it held before.

    `removable` is false where it may not or cannot be opened: nothing is known of its content, and pruning leaves it alone.
    """

    file: str
    reason: str
    removable: bool


@dataclass(slots=True)
class Report:
    """What a build did: names of files by what became of them, and the failures with their reasons.

    `to_read` is filled by a dry run only. `skipped` are files that are no papers and that nobody asked for by name, each with the
    reason; `hidden` is the number of hidden files and folders; `stale` are files whose former paper is still in the graph;
    `twins` are files with the same bytes as another, `renditions` files of a paper of which a better one was read, each with
    the name of that other; `papers` is how many papers were put into the graph, each once whatever files it has, and `mentions`
    how many they hold; `partial` tells what readers left out of which file. `corrected` is the number of corrections by verdict that the graph
    obeys, `unmatched` those that nothing in it fits, each with the reason.
    """

    dry_run: bool = False
    to_read: list[str] = field(default_factory=list)
    built: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    twins: list[tuple[str, str]] = field(default_factory=list)
    renditions: list[tuple[str, str]] = field(default_factory=list)
    partial: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    hidden: int = 0
    stale: list[Stale] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    pruned: list[str] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)
    papers: int = 0
    mentions: int = 0
    corrected: dict[str, int] = field(default_factory=dict)
    unmatched: list[tuple[Correction, str]] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """The report as plain values, for JSON."""
        return {
            **({"to_read": sorted(self.to_read)} if self.dry_run else {}),
            "built": sorted(self.built), "unchanged": sorted(self.unchanged), "missing": sorted(self.missing), "pruned": sorted(self.pruned), "papers": self.papers, "mentions": self.mentions,
            "failed": [{"file": each.name, "reason": each.reason} for each in sorted(self.failed, key=lambda each: each.name)],
            "skipped": [{"file": name, "reason": reason} for name, reason in sorted(self.skipped)],
            "hidden": self.hidden,
            "stale": [each._asdict() for each in sorted(self.stale)],
            "twins": [{"file": name, "same_as": other} for name, other in sorted(self.twins)],
            "renditions": [{"file": name, "read": other} for name, other in sorted(self.renditions)],
            "corrected": dict(sorted(self.corrected.items())),
            "unmatched": [
                {"correction": each.iri, "paper": each.paper, "start": each.span.start, "end": each.span.end, "text": each.quote, "reason": reason}
                for each, reason in self.unmatched
            ],
            "partial": [{"file": name, **told} for name, told in sorted(self.partial, key=lambda each: each[0])],
        }  # fmt: skip
