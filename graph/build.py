"""Build the graph of a folder: read, link, describe and store each file that is new or changed.

Every paper is one atomic update, so that a build may be stopped at any moment and goes on where it was. What cannot be
read is reported with its reason and stops nothing.

The same bytes under several names are read once and are one paper with several sources. Files of one identity that differ are
renditions of one paper: the best is in the graph, the others are on record, and the next best is read when the best goes.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from graph.authorities import made_by, put_authorities
from graph.corrections import Corrections
from graph.dataset import put_description
from graph.disk_full import no_space
from graph.gather import Found
from graph.known import Known
from graph.limits import Limits
from graph.load import MANY, Loader
from graph.model import Description
from graph.obeyed import obeyed
from graph.read import InaccessibleError, NoPaperError, ReadError
from graph.renditions import Sources, rank
from graph.report import Report, Stale
from graph.snapshot import SECONDS
from graph.store import Source, Store, StoreError
from graph.supply import Disk, Supply
from graph.survey import Survey, survey
from graph.work import Aids, Described
from ontology.registers import Registers

Progress = Callable[[int, int, str], None]
"""Told after each file: how many are done, how many there are, the name of this one."""


def build(
    store: Store,
    paths: Iterable[Path],
    prune: bool = False,
    progress: Progress | None = None,
    registers: Iterable[Path] = (),
    limits: Limits | None = None,
    known: Path | None = None,
    among: Iterable[Path] | None = None,
    corrections: Path | None = None,
    found: Found | None = None,
) -> Report:
    """Bring the graph in line with the files under `paths`; with `prune` also remove what came from files that are gone.

    `registers` are files and folders of one's own, `known` is a list of known publications; a paper is read again when these
    or our registers changed, or what the file of `corrections` says of it. With `among` only these files, and what lies in these folders, are looked at for changes; they
    begin as `paths` do, and the rest counts as it stands in the graph. `found` is what lies under the paths, if somebody looked. Raises RegisterError, KnownError and CorrectionsError.
    """
    own = tuple(registers)
    # what is wrong with them is said before anything is written
    Registers.load(*own)
    said = Corrections.load(corrections) if corrections else Corrections()
    version = made_by(own, Known.load(known) if known else None)
    supply = Disk(paths, store.folder.resolve().parent, limits or Limits(), Aids(own, known, corrections), found)
    return fill(store, supply, version, prune, progress, own, among, said)


def fill(
    store: Store,
    supply: Supply,
    version: str,
    prune: bool = False,
    progress: Progress | None = None,
    registers: tuple[Path, ...] = (),
    among: Iterable[Path] | None = None,
    corrections: Corrections | None = None,
) -> Report:
    """Bring the graph in line with a supply of papers that `version` reads, made of these registers; see `build`.

    `corrections` are those that the supply obeys.
    """
    try:
        return _fill(store, supply, version, prune, progress, registers, among, corrections or Corrections())
    except OSError as error:  # of what is gathered beside the store; what the store itself says is a StoreError
        if full := no_space(error, store.folder):
            raise StoreError(
                f"the graph in {store.folder} cannot be written: {full}; make room, then build again"
            ) from error
        raise


def _fill(
    store: Store,
    supply: Supply,
    version: str,
    prune: bool,
    progress: Progress | None,
    registers: tuple[Path, ...],
    among: Iterable[Path] | None,
    corrections: Corrections,
) -> Report:
    put_authorities(store, version, registers)
    task = _Build(store, supply, version, corrections, prune, progress, among)
    task.read_new()
    task.read_better()
    report = task.report
    if report.built or report.twins or report.pruned or not task.known:
        put_description(store, version)
    report.corrected, report.unmatched = obeyed(store, corrections)
    store.publish()
    return report


class _Build:
    """One build on its way: what the graph knows, which files there are, the report so far."""

    def __init__(
        self,
        store: Store,
        supply: Supply,
        made_by: str,
        corrections: Corrections,
        prune: bool,
        progress: Progress | None,
        among: Iterable[Path] | None,
    ) -> None:
        self.store, self.supply, self.made_by, self.progress = store, supply, made_by, progress
        self.corrections, self.prune = corrections, prune
        self.among = among
        self.base = store.folder.resolve().parent
        self.files = supply.found.files
        self.survey = Survey()
        self.mentions = dict[str, int]()
        self.report = Report(skipped=supply.found.skipped, failed=list(supply.found.failed), hidden=supply.found.hidden)
        self.loader = Loader(store)
        self.known = Sources(store.sources())
        self.tried, self.built = set[str](), set[str]()
        self.done = 0
        self.published = time.monotonic()

    def read_new(self) -> None:
        """Compare the files with the graph, and read what is new or changed, of files with the same bytes one."""
        found = self.survey = survey(self.supply, self.known, self.base, self.is_current, self.among, step=self._step)
        self.report.unchanged += found.unchanged
        self.report.failed += found.failed
        for name in found.recovered:
            self._mark_stale(name, "")
        for name in found.missing:
            self.report.missing.append(name)
            if self.prune:
                self._prune(name)
        for error in found.stale:
            self._keep_former(error)
        for name, other in found.twins:
            self._take_twins([name], self.known[other])
        self._read(found.to_read)

    def read_better(self) -> None:
        """Read the best rendition of each paper of which another one, or one that is gone, was read last."""
        while better := self._better():
            self._read({name: [] for name in better})

    def _keep_former(self, error: ReadError) -> None:
        """Mark the paper of what a file held before as stale, or remove it if asked to and if it is certain that it is."""
        removable = not isinstance(error, InaccessibleError)
        if self.prune and removable:
            self._prune(error.name)
        else:
            self._mark_stale(error.name, error.reason)
            self.report.stale.append(Stale(error.name, error.reason, removable))

    def _mark_stale(self, name: str, reason: str) -> None:
        before = self.known[name]
        if before.stale != reason:
            self.known.put(marked := replace(before, stale=reason))
            self.store.mark_stale(marked)

    def _prune(self, name: str) -> None:
        self._forget(name)
        self.report.pruned.append(name)

    def _version(self, paper: str) -> str:
        """What decides on the outcome for a paper: what does for all of them, and what people said of it."""
        return self.corrections.version(self.made_by, paper)

    def is_current(self, source: Source) -> bool:
        """Whether what stands in the graph is what would be read now, if the file is the same."""
        return source.built_by == self._version(source.paper)

    def _read(self, groups: dict[str, list[str]]) -> None:
        """Read files, each with the names of others that have the same bytes."""
        with self.loader:
            while groups:
                groups = self._take_in(groups)

    def _take_in(self, groups: dict[str, list[str]]) -> dict[str, list[str]]:
        """Read files as they are named; gives those that may be read by another name that their bytes have."""
        self.tried |= set(groups)
        otherwise: dict[str, list[str]] = {}
        for outcome in self.supply.outcomes([self.files[name] for name in sorted(groups)]):
            names = [outcome.name, *groups[outcome.name]]
            if isinstance(outcome, ReadError):
                # what is no JSON may still be a text
                suffix = self.files[outcome.name].suffix
                left = [name for name in names if self.files[name].suffix != suffix]
                otherwise |= dict.fromkeys(left[:1], left[1:])
                for name in names:
                    if name not in left:
                        self._refuse(name, outcome)
                continue
            source = self._settle(outcome, len(groups) >= MANY)
            self._take_twins(names[1:], source)
            self._publish()
            if outcome.told:
                self.report.partial.append((outcome.name, outcome.told))
            if outcome.name not in self.built:
                self.built.add(outcome.name)
                self.report.built.append(outcome.name)
                self._step(outcome.name)
        return otherwise

    def _publish(self) -> None:
        """Let readers have what was written, now and then; not while papers are loaded, of which they would see a part."""
        if time.monotonic() - self.published > SECONDS and not self.loader.busy():
            self.store.publish()
            self.published = time.monotonic()

    def _settle(self, described: Described, many: bool) -> Source:
        """Put what a file says into the graph, unless a better rendition of its paper was read."""
        said = described.description
        source = Source(
            described.name,
            described.sha256,
            described.format,
            said.graph,
            self._version(said.graph),
            said.mentions,
            read=False,
        )
        self._move(source)
        others = [other for other in self.known.of(source.paper) if other.read and other.name != source.name]
        better = next((other for other in others if rank(other) < rank(source)), None)
        if better:
            self.store.put_source(source)
            self.report.renditions.append((source.name, better.name))
        else:
            source = replace(source, read=True)
            for other in others:
                self.known.put(replace(other, read=False))
                self.report.renditions = [pair for pair in self.report.renditions if pair[1] != other.name]
            self._put(said, source, many)
            self.report.mentions += said.mentions - self.mentions.get(said.graph, 0)
            self.mentions[said.graph] = said.mentions
            self.report.papers = len(self.mentions)
            self.report.renditions += [
                (other.name, source.name)
                for other in self.known.of(source.paper)
                if other.name != source.name and other.sha256 != source.sha256
            ]
        self.known.put(source)
        return source

    def _put(self, said: Description, source: Source, many: bool) -> None:
        """Put a paper into the graph: with others if it is new and there are many, else by itself in the place of what is there."""
        self.loader.wait_for(said.graph)
        if not many or source.name in self.known or self.store.holds(said.graph):
            if said.graph in self.loader:
                self.loader.finish()
            self.store.put_paper(said, source)
        elif displaced := self.loader.add(said, source):
            self.store.put_source(displaced)

    def _take_twins(self, names: list[str], source: Source) -> None:
        """Put files on record that have the bytes of one that was read."""
        for name in names:
            twin = replace(source, name=name, built_by=self._version(source.paper), read=False, stale="")
            self._move(twin)
            self.known.put(twin)
            self.store.put_source(twin)
            self.report.twins.append((name, source.name))
            self._step(name)

    def _move(self, source: Source) -> None:
        """Let go of the paper that a file was before, if it is another now."""
        before = self.known.get(source.name)
        if before and before.paper != source.paper:
            self._forget(source.name)

    def _forget(self, name: str) -> None:
        source = self.known.take(name)
        assert source is not None
        self.store.forget(source, with_paper=not self.known.of(source.paper))

    def _better(self) -> list[str]:
        """The sources that should have been read, sorted; never one a second time."""
        unread = (source.name for source in self.known.unread())
        return sorted(name for name in unread if name in self.files and name not in self.tried)

    def _refuse(self, name: str, error: ReadError) -> None:
        """A file that is no paper was skipped, unless somebody named it; what it held before is stale in any case."""
        if isinstance(error, NoPaperError) and not self.files[name].asked:
            self.report.skipped.append((name, error.reason))
        else:
            self.report.failed.append(type(error)(name, error.reason))
        if name in self.known and name in self.survey.changed:
            self._keep_former(type(error)(name, error.reason))
        self._step(name)

    def _step(self, name: str) -> None:
        self.done += 1
        if self.progress:
            self.progress(min(self.done, len(self.files)), len(self.files), name)
