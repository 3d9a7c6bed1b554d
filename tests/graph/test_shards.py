"""Shards give the graph that the papers themselves give, and are whole or not there."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mixed import differing, write_mixed

from graph import Graph
from graph.authorities import made_by
from graph.build import fill
from graph.gather import File, find
from graph.limits import Limits
from graph.model import Description
from graph.shard import MANIFEST, QUADS, ShardError, Task, manifest_of, places, rows, sweep, write_json, write_shard
from graph.shards import Shards, description_of, take_in
from graph.store import Source, Store, said
from graph.triples import literal, node, quads, term
from graph.work import Aids

PAPER = "https://zoek.officielebekendmakingen.nl/kst-33279-40"
HERE = made_by()


def write(folder: Path, number: int, *files: File) -> None:
    write_shard(folder, number, [Task(file, "now") for file in files], HERE, Limits(), Aids(), lambda place: None)


def letters(folder: Path, *numbers: int) -> list[File]:
    made = []
    for number in numbers:
        (folder / f"{number}.txt").write_text(f"kst-33279-{number}\n\nZie Kamerstuk 31945-{number}.\n", "utf-8")
        made.append(File(f"{number}.txt", str(folder / f"{number}.txt")))
    return made


@pytest.mark.slow
def test_the_graph_of_shards_is_that_of_the_papers(tmp_path: Path) -> None:
    write_mixed(tmp_path / "papers")
    with Graph.open(tmp_path / "store", write=True) as graph:
        expected = graph.build([tmp_path / "papers"])
    found = find([tmp_path / "papers"], tmp_path)
    files = list(found.files.values())
    for number, start in enumerate(range(0, len(files), 7)):
        write(tmp_path / "shards", number, *files[start : start + 7])
    supply = Shards(places(tmp_path / "shards"), ["papers"])
    supply.found.skipped.extend(found.skipped)
    supply.found.failed.extend(found.failed)
    with Store(tmp_path / "from shards", write=True) as store:
        report = fill(store, supply, HERE)
    assert report.told() == expected.told()
    assert report.twins
    assert report.renditions
    assert {each.name.rpartition("/")[2] for each in report.failed} >= {"broken.pdf", "broken.zip"}
    assert differing(tmp_path / "from shards", tmp_path / "store") == []
    # and the papers have nothing to add to it
    with Graph.open(tmp_path / "from shards", write=True) as graph:
        again = graph.build([tmp_path / "papers"])
    assert not again.built
    assert differing(tmp_path / "from shards", tmp_path / "store") == []


@given(st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"])))
def test_what_is_written_as_quads_reads_back(text: str, name: str) -> None:
    lines = (
        f"{node(PAPER)} {term('dcterms:title')} {literal(text)} .",
        f"{node(PAPER)} {term('kg:cites')} {node(PAPER)} .",
    )
    description = Description(PAPER, lines, text, 3)
    source = Source(name, "0" * 64, "text", PAPER, HERE, 3)
    told = "".join(quads(graph, triples) for graph, triples in said(description, source))
    assert description_of(PAPER, 3, told.encode().decode()) == description


def test_a_shard_says_what_it_holds(tmp_path: Path) -> None:
    gone = File("gone.txt", str(tmp_path / "gone.txt"))
    write(tmp_path / "shards", 4, *letters(tmp_path, 1, 2), gone)
    (place,) = places(tmp_path / "shards")
    manifest = manifest_of(place)
    assert (manifest.shard, manifest.papers, manifest.failed, manifest.made_by) == (4, 2, 1, HERE)
    assert manifest.quads == len((place / QUADS).read_bytes().splitlines())
    assert [row.get("reason", "") for row in rows(place)] == ["", "", "cannot be opened: No such file or directory"]
    assert '"path": "gone.txt"' in (place / "failed.jsonl").read_text("utf-8")


def test_of_two_attempts_at_a_shard_the_first_stays(tmp_path: Path) -> None:
    write(tmp_path / "shards", 0, *letters(tmp_path, 1))
    before = (tmp_path / "shards/shard-00000" / QUADS).read_bytes()
    write(tmp_path / "shards", 0, *letters(tmp_path, 2))
    assert (tmp_path / "shards/shard-00000" / QUADS).read_bytes() == before
    assert [path.name for path in (tmp_path / "shards").iterdir()] == ["shard-00000"]


def test_an_attempt_that_fails_leaves_no_shard(tmp_path: Path) -> None:
    def full(place: Path) -> None:
        raise OSError(28, "No space left on device")

    with pytest.raises(OSError, match="No space"):
        write_shard(tmp_path / "shards", 0, [Task(letters(tmp_path, 1)[0], "")], HERE, Limits(), Aids(), full)
    assert list((tmp_path / "shards").iterdir()) == []


def test_a_file_in_two_shards_is_as_the_last_says(tmp_path: Path) -> None:
    (file,) = letters(tmp_path, 1)
    write(tmp_path / "shards", 0, file)
    Path(file.path).write_text("kst-33279-1\n\nZie Kamerstuk 31945-9.\n", "utf-8")
    write(tmp_path / "shards", 1, file)
    with Store(tmp_path / "store", write=True) as store:
        report = fill(store, Shards(places(tmp_path / "shards"), []), HERE)
        assert len(report.built) == 1
        assert "31945-9" in store.text("https://zoek.officielebekendmakingen.nl/kst-33279-1")


def test_what_is_of_no_use_is_swept_away(tmp_path: Path) -> None:
    folder = tmp_path / "shards"
    for number in range(3):
        write(folder, number, *letters(tmp_path, number + 1))
    (folder / "shard-00001" / MANIFEST).write_text("{", "utf-8")
    (folder / ".00007-0123").mkdir()
    sweep(folder, HERE)
    assert [path.name for path in sorted(folder.iterdir())] == ["shard-00000", "shard-00002"]
    sweep(folder, "kamergraaf 9.9")
    assert not list(folder.iterdir())


@pytest.mark.parametrize("damage", ["quads", "files", "manifest", "no run", "another version"])
def test_damage_is_named_and_what_to_do(tmp_path: Path, damage: str) -> None:
    folder = tmp_path / "shards"
    write(folder, 0, *letters(tmp_path, 1))
    run = {"made_by": HERE, "roots": [], "gone": [], "skipped": [], "failed": [], "shards": []}
    if damage == "another version":
        run["made_by"] = "kamergraaf 9.9"
    if damage != "no run":
        write_json(folder / MANIFEST, run)
    if damage in ("quads", "files", "manifest"):
        name = {"quads": QUADS, "files": "files.jsonl", "manifest": MANIFEST}[damage]
        data = (folder / "shard-00000" / name).read_bytes()
        (folder / "shard-00000" / name).write_bytes(data[:-20])
    with Store(tmp_path / "store", write=True) as store, pytest.raises(ShardError, match=r"again|anew") as caught:
        take_in(store, folder)
    assert str(folder) in str(caught.value)
