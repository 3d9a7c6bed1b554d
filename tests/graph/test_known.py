"""The list of known publications: verified, unknown, newer; kept compactly; damage is noticed."""

from __future__ import annotations

import hashlib
import json
import lzma
from pathlib import Path
from typing import Any

import pytest

from graph import Document, Graph, references
from graph.known import NEWER, UNKNOWN, VERIFIED, Known, KnownError
from graph.line import Line
from graph.read import read_bytes
from ontology import compiled
from ontology.registers import Registers
from ontology.terms import KG

IDS = """
kst-33279-40
kst-33279-41-n1
kst-36410-VI-77
kst-20032004-29218-E
kst-36600-12
ah-tk-20222023-2406
ah-tk-20232024-17
trb-1968-126
stb-1998-649
kv-tk-2023Z06024
gmb-2024-1
""".strip()


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    path = tmp_path / "known.txt.xz"
    path.write_bytes(lzma.compress(IDS.encode()))
    return path


@pytest.mark.parametrize(
    ("kind", "identity", "status"),
    [
        ("kamerstuk", "kst-33279-40", VERIFIED),
        ("kamerstuk", "kst-33279-41", VERIFIED),  # a reprint is the same paper
        ("kamerstuk", "kst-29218-E", VERIFIED),  # old ids have the year inside
        ("kamerstuk", "kst-33279-7", UNKNOWN),
        ("kamerstuk", "kst-33279-99", NEWER),
        ("kamerstuk", "kst-36999-3", NEWER),
        ("kamerstuk", "kst-12345-3", None),  # the list does not go back so far
        ("kamerstuk", "kst-34000-3", UNKNOWN),
        ("aanhangsel", "ah-tk-20222023-2406", VERIFIED),
        ("aanhangsel", "ah-tk-20222023-9999", UNKNOWN),  # that year is closed
        ("aanhangsel", "ah-tk-20232024-9999", NEWER),
        ("aanhangsel", "ah-tk-20252026-2406", NEWER),
        ("tractatenblad", "trb-1968-126", VERIFIED),
        ("dossier", "dossier-36410-VI", VERIFIED),
        ("dossier", "dossier-36411", UNKNOWN),
        ("zaak", "2023Z06024", VERIFIED),
        ("zaak", "2023Z00001", None),  # not every Zaak is published
        ("ecli", "ECLI:NL:RVS:2013:210", None),
        ("treaty", "npt", None),
    ],
)
def test_status(listed: Path, kind: str, identity: str, status: str | None) -> None:
    assert Known.load(listed).status(kind, identity) == status


def test_the_second_time_comes_from_the_cache_and_says_the_same(listed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = Known.load(listed)
    monkeypatch.setattr(lzma, "decompress", lambda data: pytest.fail("the list was read again"))
    second = Known.load(listed)
    assert len(first) == len(second) == 10
    assert all(
        second.status("kamerstuk", f"kst-33279-{n}") == first.status("kamerstuk", f"kst-33279-{n}")
        for n in range(1, 60)
    )


def test_a_changed_list_and_a_damaged_cache_are_read_anew(listed: Path) -> None:
    Known.load(listed)
    cached = compiled.folder()
    assert cached is not None
    digest = hashlib.sha256(listed.read_bytes()).hexdigest()[:32]
    (cached / f"known-{digest}" / "ids.npy").write_bytes(b"no array")
    assert Known.load(listed).status("kamerstuk", "kst-33279-40") == VERIFIED
    listed.write_bytes(lzma.compress(IDS.replace("kst-33279-40", "kst-33279-39").encode()))
    assert Known.load(listed).status("kamerstuk", "kst-33279-40") == UNKNOWN


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "has no id"),
        ("words.txt", b"not a list\nof ids\n", "has no id"),
        ("cut.xz", lzma.compress(IDS.encode())[:-9], "damaged"),
        ("picture.txt", b"\x89PNG\r\n\xff\xfe", "damaged"),
    ],
)
def test_what_is_no_list_is_refused_with_the_reason(tmp_path: Path, name: str, data: bytes, says: str) -> None:
    path = tmp_path / name
    path.write_bytes(data)
    with pytest.raises(KnownError, match=says):
        Known.load(path)
    with pytest.raises(KnownError, match="cannot be read"):
        Known.load(tmp_path / "absent.txt")


def test_the_list_settles_a_note_mark_that_is_stuck_to_a_number(listed: Path) -> None:
    text = "Eerst.1 Dan.2 Zoals gemeld (Kamerstuk 36 410 VI, nr. 773).\nEn verder.3\n\n1 Een noot\n2 Nog een\n3 Kamerstuk 33 279, nr. 7\n"
    line = Line(Registers.load(), Known.load(listed))
    links = [link for link in line.paper(Document("a.txt", text, "", "text")).links if link.kind == "kamerstuk"]
    assert [(link.id, link.rule, link.problem) for link in links] == [
        ("kst-36410-VI-77", "known-publication", "the mark of a note is stuck to the number"),
        ("kst-33279-7", "stated", "not in the list of known publications"),
    ]


def test_the_command_says_what_the_list_says(listed: Path, tmp_path: Path, run: Any) -> None:
    (tmp_path / "a.txt").write_text("Zie Kamerstuk 33279-40 en Kamerstuk 33279-7.", encoding="utf-8")
    told = run("references", "a.txt", "--known", listed, "--format", "jsonl").stdout.splitlines()
    assert [(line["id"], line.get("known"), line.get("problem")) for line in map(json.loads, told)] == [
        ("kst-33279-40", "verified", None),
        ("kst-33279-7", "unknown", "not in the list of known publications"),
    ]
    wrong = run("references", "a.txt", "--known", "absent.xz")
    assert (wrong.returncode, wrong.stderr) == (
        1,
        "kamergraaf: the list absent.xz cannot be read: No such file or directory\n",
    )


@pytest.mark.slow
def test_a_build_keeps_what_the_list_says_and_reads_again_when_it_changes(listed: Path, tmp_path: Path) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    # one that is read in this process, and more than that are
    for number in range(45):
        (papers / f"{number}.txt").write_text(f"Brief {number}. Zie Kamerstuk 33279-40.", encoding="utf-8")
    asked = f"SELECT (count(*) AS ?n) {{ GRAPH ?g {{ ?paper <{KG}known> ?known FILTER(str(?known) = 'verified') }} }}"
    with Graph.open(tmp_path / "store", write=True) as graph:
        assert len(graph.build([papers / "0.txt"], known=listed).built) == 1
        assert len(graph.build([papers], known=listed).built) == 44
        assert b'"45"' in graph.query(asked)
        assert len(graph.build([papers], known=listed).unchanged) == 45
        listed.write_bytes(lzma.compress(IDS.replace("-40\n", "-39\n").encode()))
        assert len(graph.build([papers], known=listed).built) == 45
        assert b'"0"' in graph.query(asked)
        with pytest.raises(KnownError):
            graph.build([papers], known=tmp_path / "absent.xz")
        assert len(graph.build([papers], known=listed).unchanged) == 45


def test_numbers_that_the_publisher_marked_are_looked_up_too(listed: Path) -> None:
    markup = (
        "<officiele-publicatie><al>Zie <extref doc='kst-33279-40'>dit</extref> en "
        "<extref doc='kst-33279-7'>dat</extref>.</al></officiele-publicatie>"
    )
    links = Line(Registers.load(), Known.load(listed)).paper(read_bytes("a.xml", markup.encode())).links
    assert [(link.id, link.rule, link.fact("known"), link.problem) for link in links] == [
        ("kst-33279-40", "publisher", "verified", None),
        ("kst-33279-7", "publisher", "unknown", "not in the list of known publications"),
    ]


SEVERAL = "Zie 36 600, nr. 3.\n\nZie 33 279, nr. 2.\n\nDe vergadering wordt geschorst.\n\nDe motie op stuk nr. {}."


@pytest.mark.parametrize(
    ("number", "with_list", "identity", "rule"),
    [
        (12, True, "kst-36600-12", "known-publication"),
        (12, False, None, "unresolved"),
        (99, True, None, "unresolved"),
    ],
)
def test_a_number_among_several_dossiers_is_settled_by_the_list_or_left_with_its_candidates(
    listed: Path, number: int, with_list: bool, identity: str | None, rule: str
) -> None:
    link = references(SEVERAL.format(number), known=listed if with_list else None)[-1]
    assert (link.id, link.rule) == (identity, rule)
    candidates = () if identity else (f"kst-33279-{number}", f"kst-36600-{number}")
    assert link.candidates == candidates


@pytest.mark.parametrize(("others", "identity"), [(30, "kst-36600-12"), (250, None)])
def test_among_very_many_dossiers_no_number_is_taken_for_that_of_the_only_one(
    listed: Path, others: int, identity: str | None
) -> None:
    """Not all of them are looked at, and one of the rest might have a paper of that number too."""
    named = "".join(f"Zie {dossier}, nr. 3.\n\n" for dossier in range(30_001, 30_001 + others))
    link = references(f"{named}Zie 36 600, nr. 3.\n\nDe motie op stuk nr. 12.", known=listed)[-1]
    assert link.id == identity
    if identity is None:
        assert link.candidates[:2] == ("kst-36600-12", f"kst-{30_000 + others}-12")
        assert len(link.candidates) == 20


def test_a_number_behind_the_only_dossier_or_in_the_sentence_of_one_of_several_is_of_it() -> None:
    assert references("Zie 36 600, nr. 3.\n\nDe motie op stuk nr. 7.")[-1].id == "kst-36600-7"
    assert references("Zie 36 600, nr. 3.\n\nZie 33 279, nr. 2, en de motie op stuk nr. 7.")[-1].id == "kst-33279-7"
