"""Damage at random places: a reader gives a document that is sound, or a ReadError, and nothing else."""

import random

import pytest
from makers import Page, docx, odt, par, pdf, run

from graph.read import ReadError, read_bytes

XML = b'<officiele-publicatie><metadata><meta name="DC.identifier" content="kst-33279-40"/></metadata><kamerstuk><al>Zie <extref doc="kst-33279-41">33 279, nr. 41</extref><noot><noot.nr>1</noot.nr><noot.al>noot</noot.al></noot>.</al><lijst><li><li.nr>1.</li.nr><al>een</al></li></lijst></kamerstuk></officiele-publicatie>'
HTML = b'<main><p>Zie <a href="https://www.nos.nl/">nieuws</a><a href="#n1"><sup>1</sup></a></p><table><tr><td>a</td><td>b</td></tr></table><p id="n1">1 noot</p></main>'
SEEDS = {
    "a.xml": XML,
    "a.html": HTML,
    "a.json": b'{"Nummer": "2024Z03622", "Titel": "x", "Document": [{"DocumentNummer": "2024D08494"}]}',
    "a.docx": docx(par("Zie ", run("Kamerstuk")), "<w:tbl><w:tr><w:tc>" + par("a") + "</w:tc></w:tr></w:tbl>"),
    "a.odt": odt("<text:p>Zie <text:a xlink:href='https://www.nos.nl/'>nieuws</text:a></text:p>"),
    "a.pdf": pdf(
        Page().text(70, 700, "Zie Kamerstuk 33279-40.").link((80, 690, 120, 712), "https://www.nos.nl/"),
        info={"Title": "x"},
    ),
    "a.txt": "Coördinatie, zie Kamerstuk 33279-40.".encode(),
}
PIECES = (
    b"<",
    b">",
    b"&",
    b'"',
    b"</al>",
    b"<al>",
    b"\0",
    b"{",
    b"]",
    b"endobj",
    b"stream",
    b"-1",
    b"999999999",
    b"\xff\xfe",
)


def damaged(data: bytes, chance: random.Random) -> bytes:
    broken = bytearray(data)
    for _ in range(chance.choice([1, 3, 20, 100])):
        place, kind = chance.randrange(len(broken) + 1), chance.randrange(4)
        if kind == 0 and place < len(broken):
            broken[place] = chance.randrange(256)
        elif kind == 1:
            del broken[place : place + chance.randrange(1, 30)]
        elif kind == 2:
            start = chance.randrange(len(broken) + 1)
            broken[place:place] = broken[start : start + chance.randrange(60)]
        else:
            broken[place:place] = chance.choice(PIECES)
    return bytes(broken)


@pytest.mark.parametrize("name", SEEDS)
def test_a_damaged_file_is_read_soundly_or_refused(name: str) -> None:
    chance = random.Random(name)
    for _ in range(150):
        try:
            document = read_bytes(name, damaged(SEEDS[name], chance))
        except ReadError:
            continue
        assert document.text.strip()
        for mention in document.given:
            assert document[mention.span].strip()
        for note in document.notes:
            assert document[note.span].strip()
        assert [start for start, _ in document.places] == sorted(start for start, _ in document.places)
