"""What a build did."""

from __future__ import annotations

from dataclasses import dataclass, field

from graph.corrections import Correction
from graph.read import ReadError


@dataclass(slots=True)
class Report:
    """What a build did: names of files by what became of them, and the failures with their reasons.

    `skipped` are files that are no papers and that nobody asked for by name, each with the reason;
    `twins` are files with the same bytes as another, `renditions` files of a paper of which a better one was read, each with
    the name of that other; `partial` tells what readers left out of which file. `corrected` is the number of corrections by verdict that the graph
    obeys, `unmatched` those that nothing in it fits, each with the reason.
    """

    built: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    twins: list[tuple[str, str]] = field(default_factory=list)
    renditions: list[tuple[str, str]] = field(default_factory=list)
    partial: list[tuple[str, dict[str, str]]] = field(default_factory=list)
    skipped: list[tuple[str, str]] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    pruned: list[str] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)
    mentions: int = 0
    corrected: dict[str, int] = field(default_factory=dict)
    unmatched: list[tuple[Correction, str]] = field(default_factory=list)

    def told(self) -> dict[str, object]:
        """The report as plain values, for JSON."""
        return {
            "built": sorted(self.built), "unchanged": sorted(self.unchanged), "missing": sorted(self.missing), "pruned": sorted(self.pruned), "mentions": self.mentions,
            "failed": [{"file": each.name, "reason": each.reason} for each in sorted(self.failed, key=lambda each: each.name)],
            "skipped": [{"file": name, "reason": reason} for name, reason in sorted(self.skipped)],
            "twins": [{"file": name, "same_as": other} for name, other in sorted(self.twins)],
            "renditions": [{"file": name, "read": other} for name, other in sorted(self.renditions)],
            "corrected": dict(sorted(self.corrected.items())),
            "unmatched": [
                {"correction": each.iri, "paper": each.paper, "start": each.span.start, "end": each.span.end, "text": each.quote, "reason": reason}
                for each, reason in self.unmatched
            ],
            "partial": [{"file": name, **told} for name, told in sorted(self.partial, key=lambda each: each[0])],
        }  # fmt: skip
