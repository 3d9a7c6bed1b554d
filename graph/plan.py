"""Tell what a build would do, without doing any of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from graph.authorities import made_by
from graph.corrections import Corrections
from graph.gather import Found
from graph.known import Known
from graph.limits import Limits
from graph.read import InaccessibleError
from graph.renditions import Sources
from graph.report import Report, Stale
from graph.store import Source
from graph.supply import Disk
from graph.survey import survey
from graph.work import Aids
from ontology.registers import Registers


def plan(
    paths: Iterable[Path],
    known_sources: Mapping[str, Source],
    base: Path,
    found: Found,
    registers: Iterable[Path] = (),
    known: Path | None = None,
    corrections: Path | None = None,
    step: Callable[[str], None] = lambda name: None,
) -> Report:
    """Return the report of a build that reads nothing: what it would read is in `to_read`, what it would find in the rest.

    Args:
        known_sources: The sources that the graph was built from so far; none where there is no graph yet.
        base: The folder to which the names in the graph are relative, that in which the graph lies.
        found: What lies under the paths.

    Raises:
        RegisterError, KnownError, CorrectionsError: A register, list or correction cannot be used.
    """
    own = tuple(registers)
    Registers.load(*own)
    said = Corrections.load(corrections) if corrections else Corrections()
    version = made_by(own, Known.load(known) if known else None)
    supply = Disk(paths, base, Limits(), Aids(own, known, corrections), found)
    compared = survey(
        supply,
        Sources(known_sources),
        base,
        lambda source: source.built_by == said.version(version, source.paper),
        step=step,
    )
    return Report(
        dry_run=True,
        to_read=[name for first, others in compared.to_read.items() for name in (first, *others)],
        twins=compared.twins,
        unchanged=compared.unchanged,
        skipped=found.skipped,
        hidden=found.hidden,
        failed=[*found.failed, *compared.failed],
        missing=compared.missing,
        stale=[Stale(error.name, error.reason, not isinstance(error, InaccessibleError)) for error in compared.stale],
    )
