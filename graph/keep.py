"""Keep a graph safe: look over all of it, copy it elsewhere and back, set a damaged one aside.

A copy has the layout of a store, with its snapshot as its quads: every command works on it.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pyoxigraph

from graph import arriving, record, snapshot
from graph.disk_full import reason
from graph.lock import StoreError, take
from graph.marks import sync_folder
from graph.named_graphs import BUILDS, TEXTS
from graph.store import stale_files, value
from graph.sums import damaged, write_sums
from ontology.terms import PREFIXES

_OA, _SIZE = PREFIXES["oa"], pyoxigraph.NamedNode(f"{PREFIXES['void']}triples")
_READ_FROM = pyoxigraph.NamedNode(f"{PREFIXES['kg']}readFrom")
_START, _END, _EXACT = (pyoxigraph.NamedNode(f"{_OA}{name}") for name in ("start", "end", "exact"))
_TEXT = pyoxigraph.NamedNode(f"{PREFIXES['schema']}text")


def verify(folder: Path) -> list[str]:
    """What is wrong with the graph in a folder, in sentences; none if it is sound.

    Compares the version with the one on disk, each data file with its checksum, the size of each paper with its record, each
    quote with its place in the text, and the engine's indexes with each other. Changes nothing. Raises StoreError where there is
    no graph, and InUseError while it is written.
    """
    if not (folder / "quads").is_dir():
        raise StoreError(f"there is no graph in {folder}; make one with: kamergraaf build FOLDER --store {folder}")
    with _held(folder):
        files = damaged(folder / "quads", folder / "sums")
        wrong = [f"the data file {name} is not as it was written" for name in files]
        return wrong + _findings(folder, record.beside(folder))


def stale(folder: Path) -> dict[str, str]:
    """Return the names of files whose present content could not be read, each with the reason; writes nothing."""
    with _held(folder):
        return stale_files(pyoxigraph.Store.read_only(str(folder / "quads")))


def backup(folder: Path, target: Path) -> int:
    """Copy the newest snapshot of a graph to a new folder, also while it is built; gives the version that it has.

    Raises StoreError, also where the target is there already.
    """
    with snapshot.current(folder) as found:
        return _copy(found.quads, target)


def restore(copy: Path, folder: Path) -> int:
    """Make a backup the graph in a folder that has none. Raises StoreError, also for a copy that is damaged."""
    if (folder / "quads").exists():
        raise StoreError(f"there is a graph in {folder} already; move it away, or give another --store")
    if findings := verify(copy):
        raise StoreError(f"the copy in {copy} is damaged: {findings[0]}")
    with _held(copy):
        return _copy(copy / "quads", folder)


def set_aside(folder: Path) -> Path | None:
    """Move the engine's files of a graph away, so that it can be built anew; gives where they are. Raises StoreError.

    Snapshots stay until the new graph publishes its first.
    """
    if not (folder / "quads").is_dir():
        return None
    with take(folder / "lock", write=True):
        number = 1 + len(list(folder.glob("set-aside-*")))
        target = folder / f"set-aside-{number}"
        (folder / "quads").rename(target)
        (folder / "quads").mkdir()
        for told in ("version", "sums"):
            (folder / told).unlink(missing_ok=True)
        (folder / "unpublished").touch()
        sync_folder(folder)
    return target


@contextmanager
def _held(folder: Path) -> Iterator[None]:
    """Keep writers away, where that is possible: a copy may lie on a disk that cannot be written."""
    try:
        lock = take(folder / "lock", write=False)
    except OSError:
        yield
        return
    with lock:
        yield


def _findings(folder: Path, told: int) -> list[str]:
    try:
        quads = pyoxigraph.Store.read_only(str(folder / "quads"))
        behind = record.behind(record.inside(quads), told)
        return [*([behind] if behind else []), *_counted(quads), *_papers(quads, arriving.uncounted(folder, quads))]
    except (OSError, RuntimeError) as error:
        return [f"the engine cannot read it: {error}"]


def _counted(quads: pyoxigraph.Store) -> Iterator[str]:
    """Whether the engine's indexes hold the same number of statements."""
    total, predicates = 0, set[pyoxigraph.NamedNode]()
    for quad in quads:
        total += 1
        predicates.add(quad.predicate)
    by_graph = sum(_number(quads, None, graph) for graph in [*quads.named_graphs(), pyoxigraph.DefaultGraph()])
    by_predicate = sum(_number(quads, each, None) for each in predicates)
    if not total == by_graph == by_predicate == len(quads):
        yield f"its indexes differ: {total} statements, {by_graph} by graph, {by_predicate} by predicate"


def _number(
    quads: pyoxigraph.Store,
    predicate: pyoxigraph.NamedNode | None,
    graph: pyoxigraph.NamedNode | pyoxigraph.BlankNode | pyoxigraph.DefaultGraph | None,
) -> int:
    return sum(1 for _ in quads.quads_for_pattern(None, predicate, None, graph))


def _papers(quads: pyoxigraph.Store, uncounted: set[str]) -> Iterator[str]:
    """What is wrong with papers: their size, their quotes, their record; not of those that are left out of the count."""
    texts, builds = pyoxigraph.NamedNode(TEXTS), pyoxigraph.NamedNode(BUILDS)
    recorded = {value(quad.subject) for quad in quads.quads_for_pattern(None, _READ_FROM, None, builds)}
    known = recorded | {value(quad.subject) for quad in quads.quads_for_pattern(None, None, None, texts)}
    # other graphs were written by updates, and say what they like
    papers = {value(graph) for graph in quads.named_graphs()} & known - uncounted
    for name in sorted(papers):
        paper = pyoxigraph.NamedNode(name)
        size = next((quad.object for quad in quads.quads_for_pattern(paper, _SIZE, None, texts)), None)
        there = _number(quads, None, paper)
        if size is not None and int(value(size)) != there:
            yield f"the paper {name} has {there} statements, and {value(size)} were written"
        if wrong := _misquoted(quads, paper, texts):
            yield f"the paper {name} quotes {wrong} times what is not in its text"
    for name in sorted(papers - recorded):
        yield f"the paper {name} is there without a record of its source"
    for name in sorted(recorded - papers):
        yield f"the paper {name} is on record and not there"


def _misquoted(quads: pyoxigraph.Store, paper: pyoxigraph.NamedNode, texts: pyoxigraph.NamedNode) -> int:
    """How many places in a paper do not hold the words that the graph says."""
    text = next((value(quad.object) for quad in quads.quads_for_pattern(paper, _TEXT, None, texts)), "")
    found = [
        {value(quad.subject): value(quad.object) for quad in quads.quads_for_pattern(None, each, None, paper)}
        for each in (_START, _END, _EXACT)
    ]
    starts, ends, words = found
    return sum(
        text[int(starts.get(place, 0)) : int(ends.get(place, 0))] != exact for place, exact in words.items()
    )  # fmt: skip


def _copy(quads: Path, target: Path) -> int:
    """A store in a new folder, of the files of a snapshot; it takes its name when all of it is on disk."""
    making = target.with_name(f".{target.name}.{os.getpid()}")
    try:
        if target.exists() and any(target.iterdir()):
            raise StoreError(f"{target} is there already; give the name of a new folder")
        (making / "quads").mkdir(parents=True)
        for file in quads.iterdir():
            if file.name != "LOCK":
                _copy_file(file, making / "quads" / file.name)
        opened = pyoxigraph.Store.read_only(str(making / "quads"))
        version = record.inside(opened)
        del opened
        write_sums(making / "quads", making / "sums")
        record.tell(making, version)
        sync_folder(making / "quads")
        if target.exists():
            target.rmdir()
        making.rename(target)
        sync_folder(target.parent)
    except OSError as error:
        raise StoreError(f"the folder {target} cannot be written: {reason(error, target)}") from error
    finally:
        shutil.rmtree(making, ignore_errors=True)
    return version


def _copy_file(file: Path, target: Path) -> None:
    with file.open("rb") as read, target.open("wb") as written:
        shutil.copyfileobj(read, written, 1 << 20)
        written.flush()
        os.fsync(written.fileno())
