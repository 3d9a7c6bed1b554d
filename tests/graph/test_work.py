"""Workers: a file that hangs, explodes or crashes its reader costs that file alone, and says so."""

import random
import time
import zlib
from pathlib import Path

import pytest
from conftest import SAMPLES

from graph.apart import read_apart
from graph.gather import File
from graph.limits import Limits, need_workers
from graph.read import ReadError, read
from graph.work import Aids, Described, work

SMALL = Limits(seconds=5, megabytes=700, workers=2)
NONE = Aids()


def pdf_of(*objects: bytes) -> bytes:
    """A PDF of given objects with a table that the reader mends."""
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R /Size %d >>\n%%%%EOF" % (len(objects) + 1)


PAGE = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /X 5 0 R >> /Font << >> >> >>"
HEAD = (b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>", PAGE)


def stream(data: bytes, more: bytes = b"") -> bytes:
    return b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(data), more, data)


def nested_forms() -> bytes:
    """Ten forms, each of which draws the next ten times: 10^9 drawings from 3 kB."""
    forms = []
    for level in range(9):
        uses = b"/Resources << /XObject << /X %d 0 R >> >>" % (6 + level)
        forms.append(stream(b"/X Do " * 10, b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + uses))
    forms.append(stream(b"q Q", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9]"))
    return pdf_of(*HEAD, stream(b"/X Do"), *forms)


def stream_bomb() -> bytes:
    """1 GB of blanks that pack into 1 MB, twice packed into some kB."""
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 10_000_000) for _ in range(100)) + packer.flush()
    return pdf_of(*HEAD, stream(zlib.compress(once), b"/Filter [/FlateDecode /FlateDecode]"))


HOSTILE = {
    "forms.pdf": nested_forms(),
    "bomb.pdf": stream_bomb(),
    "noise.pdf": b"%PDF-1.7\n" + random.Random(1).randbytes(50_000),
    "deep.html": b"<div>" * 100_000 + b"Kamerstuk 33279-40",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    "nul.txt": b"\0" * 10_000,
}


@pytest.mark.slow
def test_the_good_are_read_whatever_the_bad_do(tmp_path: Path) -> None:
    good = {}
    for number in range(12):
        name = f"good-{number}.html"
        (tmp_path / name).write_text(f"<p>Kamerstuk 33279-{number + 1}</p>")
        good[name] = File(name, str(tmp_path / name))
    bad = {}
    for name, data in HOSTILE.items():
        (tmp_path / name).write_bytes(data)
        bad[name] = File(name, str(tmp_path / name))
    start = time.monotonic()
    outcomes = {each.name: each for each in work([*bad.values(), *good.values()], SMALL, NONE)}
    assert time.monotonic() - start < 120
    assert outcomes.keys() == {*good, *bad}
    for number in range(12):
        found = outcomes[f"good-{number}.html"]
        assert isinstance(found, Described)
        assert any(f"kst-33279-{number + 1}>" in line for line in found.description.lines)
    for name in ("forms.pdf", "bomb.pdf", "noise.pdf", "picture.txt", "nul.txt"):
        failed = outcomes[name]
        assert isinstance(failed, ReadError), name
        assert failed.reason
    assert isinstance(outcomes["deep.html"], Described)


@pytest.mark.slow
def test_a_file_that_takes_too_long_is_ended_and_named(tmp_path: Path) -> None:
    """A hundred thousand pages in 10 MB."""
    pages = b"".join(b"%d 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n" % number for number in range(5, 100_005))
    kids = b" ".join(b"%d 0 R" % number for number in range(5, 100_005))
    tree = b"<< /Type /Pages /MediaBox [0 0 595 842] /Contents 4 0 R /Count 100000 /Kids [%s] >>" % kids
    drawn = stream(b"BT /F1 10 Tf 50 700 Td (Kamerstuk 33279-40) Tj ET")
    head = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in ((1, HEAD[0]), (2, tree), (4, drawn)))
    (tmp_path / "long.pdf").write_bytes(b"%PDF-1.4\n" + head + pages + b"trailer << /Root 1 0 R >>\n%%EOF")
    (tmp_path / "good.html").write_text("<p>Kamerstuk 33279-40</p>")
    files = [File(name, str(tmp_path / name)) for name in ("long.pdf", "good.html")]
    outcomes = {each.name: each for each in work(files, Limits(seconds=2, workers=1), NONE)}
    assert isinstance(outcomes["good.html"], Described)
    assert isinstance(outcomes["long.pdf"], ReadError)
    assert "more than 2 seconds" in outcomes["long.pdf"].reason


def test_too_little_memory_is_named(tmp_path: Path) -> None:
    path = tmp_path / "long.html"
    path.write_text("<p>" + "Zie Kamerstuk 33279-40 en het NPV. " * 1_000_000)
    (outcome,) = work([File("long.html", str(path))], Limits(seconds=60, megabytes=350, workers=1), NONE)
    assert isinstance(outcome, ReadError)
    assert "--memory" in outcome.reason


def test_a_few_texts_need_no_workers(tmp_path: Path) -> None:
    texts = [File(path.name, str(path)) for path in sorted(SAMPLES.glob("*.txt"))]
    assert not need_workers(texts)
    assert all(isinstance(each, Described) for each in work(texts, SMALL, NONE))
    assert need_workers(texts * 20)
    (tmp_path / "a.txt").write_bytes(b"%PDF-1.4")
    assert need_workers([File("a.txt", str(tmp_path / "a.txt"))])
    assert need_workers([File("a.pdf", "a.pdf")])


def test_workers_and_this_process_say_the_same() -> None:
    texts = [File(path.name, str(path)) for path in sorted(SAMPLES.glob("*.txt"))]
    here = {each.name: each for each in work(texts, SMALL, NONE)}
    there = {each.name: each for each in work(texts * 14, SMALL, NONE)}
    assert here == there


def test_leaving_early_ends_the_workers(tmp_path: Path) -> None:
    texts = [File(path.name, str(path)) for path in sorted(SAMPLES.glob("*.txt"))] * 20
    outcomes = work(texts, SMALL, NONE)
    next(outcomes)
    start = time.monotonic()
    outcomes.close()
    assert time.monotonic() - start < 5


def test_a_document_that_was_read_apart_is_the_same(tmp_path: Path) -> None:
    note = '<p>Eerder<a href="#noot1"><sup>1</sup></a> in <a href="https://www.nos.nl/">nieuws</a>.</p><p id="noot1"><sup>1</sup> Kamerstuk 33279-40</p>'
    speech = "<officiele-publicatie><spreekbeurt><spreker><naam><achternaam>Jansen</achternaam></naam> (<politiek>VVD</politiek>):</spreker><al>Ja.</al></spreekbeurt></officiele-publicatie>"
    for name, markup in (("a.html", note), ("b.xml", speech), ("c.txt", "Kamerstuk 33279-40")):
        (tmp_path / name).write_text(markup)
        assert read_apart(tmp_path / name) == read(tmp_path / name)


@pytest.mark.slow
def test_a_hostile_file_that_is_read_apart_costs_nothing_but_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "forms.pdf").write_bytes(HOSTILE["forms.pdf"])
    with pytest.raises(ReadError, match=r"forms\.pdf: .*(?:crashed|took more than|failed|no text)"):
        read_apart(tmp_path / "forms.pdf", Limits(seconds=5, megabytes=700))


def test_an_error_on_our_side_ends_the_build_instead_of_hanging_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.html").write_text("<p>Kamerstuk 33279-40</p>")
    monkeypatch.setattr("graph.work.sys.executable", str(tmp_path / "no-python"))
    with pytest.raises(FileNotFoundError):
        list(work([File("a.html", str(tmp_path / "a.html"))], SMALL, NONE))
