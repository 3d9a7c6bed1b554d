"""How fast each format is read, beside plain use of the library that reads it: python -m bench.readers [FOLDER].

Each format is read over and over in one process, ours and the plain use by turns, so that both meet the same machine. Time is
that of the processor. The folder holds real papers; without one, the papers in `papers()` are made.
"""

from __future__ import annotations

import argparse
import io
import statistics
import time
import zipfile
from collections.abc import Callable, Iterable
from pathlib import Path

from bench.rows import Row, show
from graph.read import ReadError, read_bytes

BESIDE = Path(__file__).parent.parent.parent / "shared" / "corpus"
_LARGEST = 1_000_000
"""Bytes of each format that are read in a turn, so that no format takes the whole time."""
_TURNS = 3
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_LINE = "Zie Kamerstuk 33279, nr. 40 en het antwoord op vraag 3 over het Non-proliferatieverdrag. "


def plain_pdf(data: bytes) -> str:
    """All text of a PDF as pypdfium2 gives it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_range() for page in document)
    finally:
        document.close()


def plain_xml(data: bytes) -> str:
    """All text of an XML file as lxml gives it."""
    from lxml import etree

    return "".join(etree.fromstring(data).itertext())


def plain_html(data: bytes) -> str:
    """All text of a page as selectolax gives it."""
    from selectolax.lexbor import LexborHTMLParser

    body = LexborHTMLParser(data).body
    return body.text() if body else ""


def plain_zip(data: bytes) -> str:
    """All text of a Word or OpenDocument file as zipfile and lxml give it."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        part = "word/document.xml" if "word/document.xml" in file.namelist() else "content.xml"
        return plain_xml(file.read(part))


def plain_json(data: bytes) -> str:
    """A record as json gives it."""
    import json

    return str(json.loads(data))


def plain_text(data: bytes) -> str:
    """A text, decoded."""
    return data.decode("utf-8", "replace")


PLAIN: dict[str, tuple[str, Callable[[bytes], str]]] = {
    ".pdf": ("pypdfium2, text", plain_pdf),
    ".xml": ("lxml, text", plain_xml),
    ".html": ("selectolax, text", plain_html),
    ".docx": ("zipfile and lxml, text", plain_zip),
    ".odt": ("zipfile and lxml, text", plain_zip),
    ".json": ("json", plain_json),
    ".txt": ("decode", plain_text),
    ".md": ("decode", plain_text),
}
"""Suffix of a format to the plain use of its library."""


def papers(folder: Path | None = None) -> dict[str, list[bytes]]:
    """The papers of each format in a folder, with made ones for formats that it does not have."""
    found: dict[str, list[bytes]] = {}
    for path in sorted(folder.iterdir()) if folder and folder.is_dir() else ():
        suffix = ".html" if path.suffix == ".htm" else path.suffix
        if suffix in PLAIN and path.is_file():
            found.setdefault(suffix, []).append(path.read_bytes())
    for suffix, data in _made().items():
        found.setdefault(suffix, [data] * 10)
    return {suffix: list(_some(found[suffix])) for suffix in PLAIN if suffix in found}


def _some(files: Iterable[bytes]) -> Iterable[bytes]:
    total = 0
    for data in files:
        total += len(data)
        yield data
        if total > _LARGEST:
            return


def _made() -> dict[str, bytes]:
    """A paper of 500 paragraphs in each format that can be written in a few lines."""
    lines = [f"{number}. {_LINE * 3}" for number in range(500)]
    word = "".join(f"<w:p><w:r><w:t>{line}</w:t></w:r></w:p>" for line in lines)
    office = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
    words = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
    body = "".join(f"<t:p>{line}</t:p>" for line in lines)
    return {
        ".docx": _zipped({"word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{word}</w:body></w:document>'}),
        ".odt": _zipped(
            {
                "mimetype": "application/vnd.oasis.opendocument.text",
                "content.xml": f'<o:document-content xmlns:o="{office}" xmlns:t="{words}"><o:body><o:text>{body}</o:text></o:body></o:document-content>',
            }
        ),
        ".md": "\n\n".join(lines).encode(),
        ".txt": "\n\n".join(lines).encode(),
        ".html": "".join(f"<p>{line}</p>" for line in lines).encode(),
        ".xml": (
            "<officiele-publicatie><kamerstuk>"
            + "".join(f"<al>{line}</al>" for line in lines)
            + "</kamerstuk></officiele-publicatie>"
        ).encode(),
    }


def _zipped(parts: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, text)
    return out.getvalue()


def _took(read: Callable[[bytes], object], files: list[bytes]) -> float:
    start = time.process_time()
    for data in files:
        read(data)
    return time.process_time() - start


def _readable(suffix: str, files: list[bytes]) -> list[bytes]:
    """Those that our reader takes, so that both sides do the same work."""
    found = []
    for data in files:
        try:
            read_bytes(f"a{suffix}", data)
        except ReadError:
            continue
        found.append(data)
    return found


def _reader(suffix: str) -> Callable[[bytes], object]:
    return lambda data: read_bytes(f"a{suffix}", data)


def rows(folder: Path | None = BESIDE) -> list[Row]:
    """A row for each format: our time as a multiple of that of the plain use, medians of some turns; no goal but not to lose."""
    made = []
    for suffix, files in papers(folder).items():
        files = _readable(suffix, files)
        if not files:
            continue
        name, plain = PLAIN[suffix]
        turns: list[tuple[float, float]] = []
        while len(turns) < _TURNS:
            turns.append((_took(_reader(suffix), files), _took(plain, files)))
        ours, theirs = (max(1e-6, statistics.median(each)) for each in zip(*turns, strict=True))
        size = sum(map(len, files)) / 1e6
        made.append(
            Row(
                f"read {suffix.removeprefix('.')}",
                "at most what it was",
                ours / theirs,
                "times",
                f"{_speed(len(files), size, ours)}; {name}: {_speed(len(files), size, theirs)}",
            )
        )
    return made


def _speed(documents: int, megabytes: float, seconds: float) -> str:
    return f"{documents / seconds:,.0f} documents/s, {megabytes / seconds:.1f} MB/s"


def main() -> None:
    """Print the rows."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", nargs="?", type=Path, default=BESIDE)
    show("Reading, beside plain use of the library", rows(parser.parse_args().folder))


if __name__ == "__main__":
    main()
