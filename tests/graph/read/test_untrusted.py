"""Files that want to harm who reads them, each built among good ones: named with the reason, and all else is read."""

from __future__ import annotations

import io
import os
import shutil
import socketserver
import threading
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pypdf
import pytest
from makers import Page, W, docx, par, pdf

from graph import Graph
from graph.limits import Limits
from graph.read import LARGEST
from graph.report import Report

PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + b"\0" * 60
LOL = "".join(f'<!ENTITY a{level} "{f"&a{level - 1};" * 10}">' for level in range(1, 10))


@pytest.fixture
def folder(tmp_path: Path, fresh: Path) -> Path:
    """A folder with good papers of several formats, and a store beside it."""
    shutil.copytree(fresh, tmp_path / "store")
    papers = tmp_path / "papers"
    papers.mkdir()
    for name, data in GOOD.items():
        (papers / name).write_bytes(data)
    return papers


GOOD = {
    "good.txt": b"Zie Kamerstuk 33279-1.",
    "good.html": b"<p>Zie Kamerstuk 33279-2.</p>",
    "good.docx": docx(par("Zie Kamerstuk 33279-3.")),
    "good.pdf": pdf(Page().text(70, 700, "Zie Kamerstuk 33279-4.")),
    "good.xml": b"<officiele-publicatie><kamerstuk><al>Zie Kamerstuk 33279-5.</al></kamerstuk></officiele-publicatie>",
}


def build(papers: Path, **limits: int) -> Report:
    with Graph.open(papers.parent / "store", write=True) as graph:
        return graph.build([papers], limits=Limits(**{"seconds": 20, "megabytes": 1200, "workers": 2, **limits}))


def reasons(report: Report) -> dict[str, str]:
    """Reason by name of what failed; all that is good was built."""
    assert {f"papers/{name}" for name in GOOD} <= set(report.built)
    return {each.name.removeprefix("papers/"): each.reason for each in report.failed}


def locked(data: bytes) -> bytes:
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(data))
    writer.encrypt("geheim", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def expanding(parts: dict[str, int]) -> bytes:
    """A zip of parts of so many MB of zeros."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as file:
        for name, megabytes in parts.items():
            with file.open(name, "w", force_zip64=True) as part:
                for _ in range(megabytes):
                    part.write(bytes(1_000_000))
    return out.getvalue()


def test_locked_broken_and_disguised_files_are_named_with_their_reason(folder: Path) -> None:
    whole = GOOD["good.pdf"]
    bad = {
        "locked.pdf": (locked(whole), "locked with a password"),
        "head.pdf": (whole[:9], ""),
        "half.docx": (GOOD["good.docx"][:300], "damaged"),
        "picture.txt": (PNG, "not a text file: it is a PNG picture"),
        "picture.pdf": (PNG, "not a pdf file: it is a PNG picture"),
        "zeros.txt": (b"\0" * 10_000, ""),
        "zeros.xml": (b"\0" * 10_000, ""),
        "zeros.json": (b"\0" * 10_000, ""),
        "locked.doc.txt": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office file"),
    }
    for name, (data, _) in bad.items():
        (folder / name).write_bytes(data)
    for part in (3, 2):
        (folder / f"truncated-{part}.pdf").write_bytes(whole[: len(whole) // part])
    (folder / "nuls.txt").write_bytes(b"Zie Kamer\0stuk 33279-6 en Kamerstuk 33279-7.\0")
    told = reasons(report := build(folder))
    assert told.keys() == bad.keys() | {"truncated-3.pdf", "truncated-2.pdf"}
    for name, (_, reason) in bad.items():
        assert reason in told[name]
        assert told[name]
    assert "papers/nuls.txt" in report.built
    assert ("papers/nuls.txt", {"replaced": "2"}) in report.partial


def test_html_nested_a_hundred_thousand_deep_is_read_whole(folder: Path) -> None:
    (folder / "deep.html").write_bytes(b"<div>" * 100_000 + b"Kamerstuk 33279-40 " + b"</div>" * 100_000)
    (folder / "deep.xml").write_bytes(b"<kamerstuk>" + b"<al>" * 100_000 + b"x")
    (folder / "deep.json").write_bytes(b"[" * 100_000)
    told = reasons(report := build(folder))
    assert told.keys() == {"deep.xml"}
    assert "goes beyond what is safe" in told["deep.xml"]
    assert "papers/deep.html" in report.built
    assert [name for name, _ in report.skipped] == ["papers/deep.json"]


@pytest.mark.slow
def test_a_zip_bomb_of_a_gigabyte_is_not_unpacked(folder: Path) -> None:
    one, many = expanding({"word/document.xml": 1000}), expanding({f"word/{number}.xml": 16 for number in range(20)})
    assert len(one) < 6_000_000
    (folder / "one.docx").write_bytes(one)
    (folder / "many.docx").write_bytes(many)
    (folder / "part.odt").write_bytes(expanding({"mimetype": 0, "content.xml": 100}))
    (folder / "whole.zip").write_bytes(expanding({"line.txt": 100}))
    # a header that lies about the size
    lying = bytearray(expanding({"word/document.xml": 70}))
    directory = lying.rindex(b"PK\x01\x02")
    lying[directory + 24 : directory + 28] = (1000).to_bytes(4, "little")
    (folder / "lying.docx").write_bytes(bytes(lying))
    told = reasons(build(folder, megabytes=700))
    assert told.keys() == {"one.docx", "many.docx", "part.odt", "whole.zip/line.txt", "lying.docx"}
    for name in ("one.docx", "many.docx", "part.odt"):
        assert "MB" in told[name], told[name]
    assert not any("crashed" in reason for reason in told.values())


@pytest.mark.slow
def test_a_line_of_200_mb_is_refused_and_a_long_one_is_read(folder: Path) -> None:
    with (folder / "long.txt").open("wb") as file:
        for _ in range(200):
            file.write(b"woord " * 166_667)
    for suffix in ("html", "json"):
        os.link(folder / "long.txt", folder / f"long.{suffix}")
    (folder / "less.txt").write_bytes(b"woord " * 300_000 + b"Kamerstuk 33279-40")
    told = reasons(report := build(folder))
    assert told.keys() == {"long.txt", "long.html", "long.json"}
    assert all(f"files up to {LARGEST // 1_000_000} MB are read" in reason for reason in told.values())
    assert "papers/less.txt" in report.built


@pytest.mark.slow
def test_files_that_hang_or_crash_their_reader_cost_themselves_alone(folder: Path) -> None:
    """Very many pages take longer than the limit, and a long page more memory; to read a pipe is to wait for ever."""
    numbers = range(5, 150_005)
    pages = b"".join(b"%d 0 obj\n<< /Type /Page /Parent 2 0 R >>\nendobj\n" % number for number in numbers)
    kids = b" ".join(b"%d 0 R" % number for number in numbers)
    drawn = b"BT /F1 10 Tf 50 700 Td (Kamerstuk 33279-40) Tj ET"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /MediaBox [0 0 595 842] /Contents 4 0 R /Count 150000 /Kids [%s] >>" % kids,
        b"null",
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(drawn), drawn),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    (folder / "hangs.pdf").write_bytes(b"%PDF-1.4\n" + body + pages + b"trailer << /Root 1 0 R >>\n%%EOF")
    wide = "<p>" + "Zie Kamerstuk 33279-40 en het NPV. " * 1_500_000
    (folder / "swells.html").write_text(wide)
    # a stream of a gigabyte that is packed twice: the engine of PDF ends the process when memory is out
    packer = zlib.compressobj(9)
    once = b"".join(packer.compress(b" " * 10_000_000) for _ in range(100)) + packer.flush()
    twice = zlib.compress(once)
    objects[1:] = [
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>",
        b"<< /Length %d /Filter [/FlateDecode /FlateDecode] >>\nstream\n%s\nendstream" % (len(twice), twice),
    ]
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % pair for pair in enumerate(objects, 1))
    (folder / "crashes.pdf").write_bytes(b"%PDF-1.4\n" + body + b"trailer << /Root 1 0 R >>\n%%EOF")
    if hasattr(os, "mkfifo"):
        os.mkfifo(folder / "waits.txt")
    told = reasons(build(folder, seconds=2, megabytes=350))
    assert told.keys() == {"hangs.pdf", "swells.html", "crashes.pdf"}
    assert "more than 2 seconds" in told["hangs.pdf"]
    assert "too much memory" in told["swells.html"]
    assert "its reader crashed" in told["crashes.pdf"]


def test_bytes_that_one_suffix_refuses_are_read_by_another(folder: Path) -> None:
    for name in ("a.json", "a.txt", "b.json", "b.txt"):
        (folder / name).write_text('{"text": "Zie Kamerstuk 33279-6."}')
    report = build(folder)
    assert not reasons(report)
    assert [name for name, _ in report.skipped] == ["papers/a.json", "papers/b.json"]
    assert "papers/a.txt" in report.built
    assert report.twins == [("papers/b.txt", "papers/a.txt")]


class _Listening(socketserver.BaseRequestHandler):
    asked = 0

    def handle(self) -> None:
        type(self).asked += 1


@pytest.fixture
def listening() -> Iterator[int]:
    """The port of a server that counts who connects."""
    _Listening.asked = 0
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), _Listening) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def test_entities_are_never_fetched_and_never_expanded(folder: Path, listening: int, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("GEHEIM Kamerstuk 33279-99")
    site, file = f"http://127.0.0.1:{listening}/x", (tmp_path / "secret").as_uri()
    heads = {
        "fetch": f'<!DOCTYPE k [<!ENTITY x SYSTEM "{site}">]>',
        "file": f'<!DOCTYPE k [<!ENTITY x SYSTEM "{file}">]>',
        "type": f'<!DOCTYPE k SYSTEM "{site}">',
        "parameter": f'<!DOCTYPE k [<!ENTITY % p SYSTEM "{site}"> %p;]>',
        "bomb": f'<!DOCTYPE k [<!ENTITY a0 "lol">{LOL}<!ENTITY x "&a9;">]>',
        "square": f'<!DOCTYPE k [<!ENTITY x "{"a" * 50_000}">]>',
    }
    for name, head in heads.items():
        uses = "&x;" * (20_000 if name == "square" else 1)
        (folder / f"{name}.xml").write_text(f"{head}<kamerstuk><al>Zie Kamerstuk 33279-8 {uses}</al></kamerstuk>")
        word = f"{head}<w:document {W}><w:body>{par(uses)}</w:body></w:document>"
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as packed:
            packed.writestr("word/document.xml", word)
        (folder / f"{name}.docx").write_bytes(out.getvalue())
    # an inclusion is no entity, and is as little followed
    (folder / "include.xml").write_text(
        f'<kamerstuk xmlns:xi="http://www.w3.org/2001/XInclude"><al>Kamerstuk 33279-8</al><xi:include href="{file}" parse="text"/></kamerstuk>'
    )
    told = reasons(build(folder))
    assert told.keys() == {f"{name}.{suffix}" for name in heads for suffix in ("xml", "docx")}
    assert all("entit" in reason or "XML" in reason for reason in told.values())
    assert _Listening.asked == 0
    with Graph.open(folder.parent / "store") as graph:
        assert not any("GEHEIM" in graph.store.text(paper) for paper in graph.store.papers())
