"""Compiled registers: fast, never stale, safe with two at once, and never needed."""

import hashlib
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from ontology import compiled
from ontology.reading import Content, files, read
from ontology.registers import BUILT_IN, Registers

TREATY = """
@base <https://w3id.org/kamergraaf/> .
@prefix kg: <https://w3id.org/kamergraaf/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
<treaty/own> a kg:Treaty ; skos:notation "own" ; skos:prefLabel "Verdrag van Hier"@nl ; dcterms:source "ours" .
"""


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv(compiled.VARIABLE, str(tmp_path / "cache"))
    return tmp_path / "cache"


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.ttl"
    path.write_text(TREATY, "utf-8")
    return path


def label(*extra: Path) -> str | None:
    entry = Registers.load(*extra).entry("treaty", "own")
    return entry and entry.label_nl


def test_the_compiled_form_holds_all_that_the_files_hold(cache: Path) -> None:
    paths = tuple(files((BUILT_IN,)))
    content, place = read(paths), compiled.place(paths)
    assert compiled.load(place) is None
    compiled.save(place, content)
    assert compiled.load(place) == content
    assert [file.parent for file in cache.iterdir()] == [cache]


def test_sources_are_read_once(cache: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert label(own) == "Verdrag van Hier"

    def again(_: object) -> Content:
        raise AssertionError("read a second time")

    monkeypatch.setattr("ontology.registers.read", again)
    assert label(own) == "Verdrag van Hier"


def test_a_changed_source_is_read_anew(cache: Path, own: Path) -> None:
    assert label(own) == "Verdrag van Hier"
    times = own.stat()
    own.write_text(TREATY.replace("Hier", "Daar"), "utf-8")
    # the same length and the same time: only the content tells
    os.utime(own, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert label(own) == "Verdrag van Daar"
    assert label() is None


@pytest.mark.slow
@pytest.mark.parametrize(
    "damage",
    [
        lambda data: b"",
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Verdrag van Hier", b"Verdrag van Daar"),
        lambda data: data.partition(b"\n")[2],
        lambda data: b"\x80\x04K\x2a.",
        lambda data: signed(b"[]"),
        lambda data: signed(b'{"entries": [[1]], "people": []}'),
        lambda data: signed(b"\xff\xfe"),
    ],
)
def test_a_damaged_cache_is_not_used(cache: Path, own: Path, damage: object) -> None:
    assert label(own) == "Verdrag van Hier"
    (file,) = cache.iterdir()
    assert callable(damage)
    file.write_bytes(damage(file.read_bytes()))
    assert label(own) == "Verdrag van Hier"


def signed(data: bytes) -> bytes:
    return hashlib.sha256(data).hexdigest().encode() + b"\n" + data


def test_a_cache_that_cannot_be_written_is_done_without(
    tmp_path: Path, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_the_way = tmp_path / "file"
    in_the_way.write_text("not a folder", "utf-8")
    monkeypatch.setenv(compiled.VARIABLE, str(in_the_way))
    assert label(own) == "Verdrag van Hier"
    monkeypatch.setattr(compiled, "folder", lambda: None)
    assert label(own) == "Verdrag van Hier"


def test_without_a_home_there_is_no_cache(monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody() -> Path:
        raise RuntimeError("no home")

    for name in (compiled.VARIABLE, "XDG_CACHE_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", nobody)
    assert compiled.folder() is None


def test_nothing_half_written_stays_behind(cache: Path, own: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> Path:
        raise OSError("no space left")

    monkeypatch.setattr(Path, "replace", full)
    assert label(own) == "Verdrag van Hier"
    assert list(cache.iterdir()) == []


@pytest.mark.slow
def test_old_forms_are_let_go_of(cache: Path, own: Path) -> None:
    for number in range(12):
        own.write_text(TREATY.replace("Hier", f"Nummer {number}"), "utf-8")
        assert label(own) == f"Verdrag van Nummer {number}"
    assert len(list(cache.iterdir())) == 8


def test_two_processes_at_once_do_not_meet(cache: Path, own: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ontology.registers import Registers; "
        "print(Registers.load(Path(sys.argv[1])).entry('treaty', 'own').label_nl)"
    )
    several = [
        subprocess.Popen([sys.executable, "-c", code, str(own)], stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]
    assert [process.communicate()[0].strip() for process in several] == ["Verdrag van Hier"] * 4
    (file,) = cache.iterdir()
    assert file.suffix == ".json"


def test_loading_takes_less_than_150_ms_after_the_first_time() -> None:
    Registers.load()
    times = []
    for _ in range(5):
        start = time.perf_counter()
        Registers.load()
        times.append(time.perf_counter() - start)
    assert min(times) < 0.15


HEAVY = {"rdflib", "networkx", "pyshacl", "jinja2", "portalocker", "lxml", "pydantic", "rich.console", "rich.table"}
"""What takes long to import and is not needed to list the references of a text."""


def test_what_takes_long_to_import_is_not_imported_for_a_list_of_references(tmp_path: Path) -> None:
    paper = tmp_path / "paper.txt"
    paper.write_text("Zie Kamerstuk 33279-40.", "utf-8")
    code = (
        "import sys; from exports.cli import main\n"
        "try: main()\n"
        f"finally: print(sorted({HEAVY!r} & sys.modules.keys()), file=sys.stderr)"
    )
    command = [sys.executable, "-c", code, "references", str(paper), "--format", "jsonl"]
    told = subprocess.run(command, capture_output=True, text=True, check=True)
    assert '"kst-33279-40"' in told.stdout
    assert told.stderr.strip() == "[]"
