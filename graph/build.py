"""Build the graph of a folder: read, link, describe and store each file that is new or changed.

Every paper is one atomic update, so that a build may be stopped at any moment and goes on where it was. What cannot be
read is reported with its reason and stops nothing.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import pyoxigraph

import ontology
from graph.dataset import put_description
from graph.describe import describe
from graph.kinds import KINDS
from graph.line import Line
from graph.read import ReadError, read, readable
from graph.resolve import RULES
from graph.store import REGISTERS, Source, Store
from graph.triples import literal, node, term, typed
from ontology.compiled import fingerprint
from ontology.reading import files, statements
from ontology.registers import BUILT_IN, Registers
from ontology.terms import BASE

_ONTOLOGY = Path(ontology.__file__).parent / "kamergraaf.ttl"
Progress = Callable[[int, int, str], None]
"""Told after each file: how many are done, how many there are, the name of this one."""


@dataclass(slots=True)
class Report:
    """What a build did: names of files by what became of them, and the failures with their reasons."""

    built: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    renditions: list[tuple[str, str]] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    pruned: list[str] = field(default_factory=list)
    failed: list[ReadError] = field(default_factory=list)
    mentions: int = 0


def build(
    store: Store,
    paths: Iterable[Path],
    prune: bool = False,
    progress: Progress | None = None,
    registers: Iterable[Path] = (),
) -> Report:
    """Bring the graph in line with the files under `paths`; with `prune` also remove what came from files that are gone.

    `registers` are files and folders of one's own; a paper is read again when these or ours changed. Raises RegisterError.
    """
    report, base = Report(), store.folder.resolve().parent
    files = dict(_files(paths, report, base))
    own = tuple(registers)
    made_by = _version(own)
    known_names = Registers.load(*own)
    _put_registers(store, made_by, own)
    known = store.sources()
    line: Line | None = None
    for done, (name, path) in enumerate(files.items(), 1):
        before = known.get(name)
        try:
            if before and before.built_by == made_by and before.sha256 == _hash(path):
                report.unchanged.append(name)
            else:
                line = line or Line(known_names)
                source = _build_one(store, line, name, path, made_by, known, report)
                known[name] = source
        except ReadError as error:
            report.failed.append(ReadError(name, error.reason))
        if progress:
            progress(done, len(files), name)
    _missing(store, known, files, paths, base, prune, report)
    if report.built or report.pruned or not known:
        put_description(store, made_by)
    store.flush()
    return report


def _build_one(
    store: Store, line: Line, name: str, path: Path, made_by: str, known: dict[str, Source], report: Report
) -> Source:
    document = read(path)
    paper = line.paper(document)
    description = describe(paper)
    source = Source(name, document.sha256, document.format, description.graph, made_by, description.mentions)
    others = [other for other in known.values() if other.paper == source.paper and other.name != name]
    twin = next((other for other in others if other.sha256 != source.sha256 and other.name < name), None)
    if twin:
        report.renditions.append((name, twin.name))
    before = known.get(name)
    if before and before.paper != source.paper:
        store.forget(
            before, with_paper=not any(other.paper == before.paper and other.name != name for other in known.values())
        )
    store.put_paper(description, source)
    report.built.append(name)
    report.mentions += description.mentions
    return source


def _files(paths: Iterable[Path], report: Report, base: Path) -> Iterator[tuple[str, Path]]:
    """The files to read with the names under which the graph knows them: relative to the folder that holds the store."""
    for path in paths:
        if path.is_dir():
            for file in sorted(path.rglob("*")):
                if file.is_file() and not any(part.startswith(".") for part in file.relative_to(path).parts):
                    if readable(file):
                        yield _name(file, base), file
                    else:
                        report.skipped.append(_name(file, base))
        elif path.exists():
            yield _name(path, base), path
        else:
            report.failed.append(ReadError(str(path), "there is no such file or folder"))


def _name(path: Path, base: Path) -> str:
    try:
        return Path(os.path.relpath(path.resolve(), base)).as_posix()
    except ValueError:  # another drive
        return path.resolve().as_posix()


def _hash(path: Path) -> str:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError as error:
        raise ReadError(str(path), f"cannot be opened: {error.strerror or error}") from error


def _missing(
    store: Store,
    known: dict[str, Source],
    files: dict[str, Path],
    paths: Iterable[Path],
    base: Path,
    prune: bool,
    report: Report,
) -> None:
    """Report the sources under the given paths whose files are gone, and remove them if asked to."""
    roots = [_name(path, base) for path in paths]
    for name, source in list(known.items()):
        if name in files or not any(
            name == root or name.startswith(root.rstrip("/") + "/") or root == "." for root in roots
        ):
            continue
        if (base / name).exists():
            continue
        report.missing.append(name)
        if prune:
            del known[name]
            store.forget(source, with_paper=not any(other.paper == source.paper for other in known.values()))
            report.pruned.append(name)


def _version(own: tuple[Path, ...] = ()) -> str:
    """What decides on the outcome beside the file: the version of the program and the content of the registers."""
    content = fingerprint([_ONTOLOGY, *files((BUILT_IN, *own))])
    return f"kamergraaf {program_version()}, registers {content[:12]}"


def program_version() -> str:
    """The version of the installed distribution; "source" where it is not installed."""
    try:
        return version("kamergraaf")
    except PackageNotFoundError:
        return "source"


def _put_registers(store: Store, made_by: str, own: tuple[Path, ...]) -> None:
    """Put ontology, registers and rules into their graph, if that is not what is there."""
    stamp = f"{node(REGISTERS)} {term('kg:builtBy')} {literal(made_by)} ."
    ask = f"ASK {{ GRAPH {node(REGISTERS)} {{ {stamp} }} }}"
    if not store.quads.query(ask):
        lines = [stamp, *_rules()]
        lines += [f"{quad.triple} ." for quad in pyoxigraph.parse(_ONTOLOGY.read_bytes(), pyoxigraph.RdfFormat.TURTLE)]
        lines += [f"{triple} ." for triple in statements(files((BUILT_IN, *own)))]
        store.put(REGISTERS, lines)


def _rules() -> Iterator[str]:
    for kind in KINDS:
        for rule in RULES:
            this = node(f"{BASE}rule/{kind.name}/{rule.name}")
            yield f"{this} {term('rdf:type')} {term('kg:Rule')} ."
            yield f"{this} {term('kg:kind')} {literal(kind.name)} ."
            yield f"{this} {term('rdfs:label')} {literal(rule.name)} ."
            yield f"{this} {term('kg:confidence')} {typed(rule.confidence, 'decimal')} ."
            yield f"{this} {term('rdfs:comment')} {literal(rule.says, 'en')} ."
