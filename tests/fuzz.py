"""Broken input for the readers, the scan and the rules, for as long as one likes: `make fuzz`.

With atheris the fuzzer is led by what the code does with its input; without it pieces are put together at random. What a target
may do with any bytes: give a document that is sound, or a ReadError. Anything else ends the run with the bytes in a file.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE.parent), str(HERE / "graph"), str(HERE / "graph" / "read")]
try:
    import atheris
except ImportError:
    atheris = None

import pyoxigraph  # noqa: E402  the path is set first, here and below

if atheris:
    with atheris.instrument_imports(include=["graph", "ontology"]):
        import graph.read.docx
        import graph.read.html
        import graph.read.odata
        import graph.read.odt
        import graph.read.xml
        from graph import ReadError, describe, paper
else:
    from graph import ReadError, describe, paper

from fragments import PIECES  # noqa: E402  as above
from makers import Page, pdf, zipped  # noqa: E402  as above
from test_damage import SEEDS, damaged  # noqa: E402  as above

from graph.read import read_bytes  # noqa: E402  behind what atheris looks into

DAY = date(2024, 5, 5)
LONGEST = 20_000
TARGETS = ("text", "a.txt", "a.html", "a.xml", "a.json", "a.docx", "a.odt", "document.xml", "content.xml", "a.pdf")
"""What the first byte of an input chooses from; the two without "a." are put into a sound zip file."""


def one(data: bytes) -> None:
    """Whatever the bytes are: a sound document, or a reason. Raises AssertionError or what the code raises."""
    if len(data) < 2:
        return
    target, payload = TARGETS[data[0] % len(TARGETS)], data[1 : LONGEST + 1]
    if target == "text":
        check(paper(payload.decode("utf-8", "surrogatepass" if data[0] & 128 else "replace"), DAY))
        return
    if target == "document.xml":
        target, payload = "a.docx", zipped({"[Content_Types].xml": "<Types/>", "word/document.xml": payload})
    if target == "content.xml":
        kind = "application/vnd.oasis.opendocument.text"
        target, payload = "a.odt", zipped({"mimetype": kind, "content.xml": payload})
    try:
        document = read_bytes(target, payload)
    except ReadError:
        return
    check(paper(document, DAY))


def check(found: graph.Paper) -> None:
    """Every place lies in the text and holds words, and what is said of it is RDF that the engine takes."""
    text = found.document.text
    for link in found.links:
        start, end = link.mention.span
        assert 0 <= start < end <= len(text)
        assert text[start:end].strip() or link.mention.kind == "note"
    said = describe.describe(found)
    for _ in pyoxigraph.parse("\n".join(said.lines).encode(), pyoxigraph.RdfFormat.N_TRIPLES):
        pass


def seeds() -> list[bytes]:
    """Sound inputs to begin with."""
    import io
    import zipfile

    files = {name: data for name, data in SEEDS.items() if name in TARGETS}
    for name, part in (("a.docx", "word/document.xml"), ("a.odt", "content.xml")):
        files[part.rpartition("/")[2]] = zipfile.ZipFile(io.BytesIO(SEEDS[name])).read(part)
    files["text"] = " ".join(PIECES).encode("utf-8", "replace")
    samples = [path.read_bytes() for path in sorted((HERE.parent / "graph" / "samples").glob("*.txt"))]
    return [bytes([TARGETS.index(name)]) + data for name, data in files.items()] + [b"\0" + data for data in samples]


def printed(pieces: list[str]) -> bytes:
    """A PDF of two pages with such words on them, in places and sizes that are never twice the same."""
    chance, pages = random.Random(len(pieces)), [Page(), Page()]
    for piece in pieces:
        words = piece.encode("latin-1", "replace").decode("latin-1")
        chance.choice(pages).text(
            chance.randrange(-20, 600), chance.randrange(-20, 850), words, chance.randrange(1, 30)
        )
    return pdf(*pages, info={"Title": "Brief van 2 mei 2024"})


def at_random(seconds: float) -> int:
    """Inputs put together without knowing what the code does; gives how many."""
    chance, started, count = random.Random(), time.monotonic(), 0
    begin = seeds()
    while time.monotonic() - started < seconds:
        data = chance.choice(begin)
        if chance.random() < 0.5:
            some = chance.choices(PIECES, k=chance.randrange(1, 60))
            is_pdf = TARGETS[data[0] % len(TARGETS)] == "a.pdf"
            data = data[:1] + (printed(some) if is_pdf else "".join(some).encode("utf-8", "surrogatepass"))
        data = data[:1] + damaged(data[1:], chance)
        try:
            one(data)
        except UnicodeDecodeError:
            continue
        except BaseException:
            Path("crash-random").write_bytes(data)
            raise
        count += 1
    return count


def told(data: bytes) -> None:
    try:
        one(data)
    except UnicodeDecodeError:  # bytes that are no text at all are for the readers
        return


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--random", action="store_true", help="without atheris")
    wanted = parser.parse_args()
    if atheris is None or wanted.random:
        sys.stdout.write(f"{at_random(wanted.seconds)} inputs, no crash\n")
        return
    with tempfile.TemporaryDirectory() as corpus, tempfile.NamedTemporaryFile("wb", suffix=".dict") as words:
        for number, data in enumerate(seeds()):
            (Path(corpus) / str(number)).write_bytes(data)
        for piece in PIECES:
            escaped = "".join(f"\\x{byte:02x}" for byte in piece.encode("utf-8", "surrogatepass"))
            words.write(f'"{escaped}"\n'.encode())
        words.flush()
        options = [f"-max_total_time={wanted.seconds}", f"-max_len={LONGEST}", f"-dict={words.name}", "-timeout=20"]
        atheris.Setup([sys.argv[0], *options, corpus], told)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
