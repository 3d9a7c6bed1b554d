"""A folder of papers of all sorts, as an institution has them, and what a graph of them says, byte for byte."""

from __future__ import annotations

import io
import shutil
import zipfile
from pathlib import Path

import pyoxigraph
from conftest import SAMPLES

from bench.papers import text
from graph.named_graphs import RECORD, REGISTERS
from graph.store import Store

_KST = "kst-33279-40"
RENDITIONS = {
    "a/brief.txt": f"{_KST}\n\nGeachte voorzitter,\n\nZie Kamerstuk 31945-1.\n",
    "m/brief.html": f'<meta name="dcterms.identifier" content="{_KST}"><p>Zie Kamerstuk 31945-2.</p>',
    "z/brief.xml": f'<officiele-publicatie><metadata><meta name="DC.identifier" content="{_KST}"/></metadata>'
    "<kamerstuk><al>Zie Kamerstuk 31945-3.</al></kamerstuk></officiele-publicatie>",
}
"""One paper in three formats, far from each other in the order of their names."""


def write_mixed(folder: Path, made: int = 24) -> None:
    """Samples, generated papers, renditions and copies, zip files, and what cannot be read."""
    shutil.copytree(SAMPLES, folder / "samples")
    for name, words in RENDITIONS.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(words, "utf-8")
    papers = {f"{number:04}.txt": text(number, characters=900) for number in range(made)}
    for name, words in papers.items():
        (folder / name).write_text(words, "utf-8")
    # the same bytes far away, in another format, and in a zip file
    shutil.copy(folder / "0003.txt", folder / "z" / "copy.txt")
    shutil.copy(folder / "0005.txt", folder / "z" / "copy.md")
    letter = "Geachte voorzitter,\n\nIn de brief van 2 maart 2024 staat meer.\n"
    for name in ("a/brief van juni.txt", "z/brief van juni.txt"):
        (folder / name).write_text(letter, "utf-8")
    with zipfile.ZipFile(folder / "archive.zip", "w") as archive:
        archive.writestr("jaar/0004.txt", papers["0004.txt"])
        archive.writestr("jaar/eigen.txt", text(made + 7, characters=900))
        archive.writestr("jaar/lees mij.exe", b"MZ")
    (folder / "broken.zip").write_bytes((folder / "archive.zip").read_bytes()[:200])
    (folder / "broken.pdf").write_bytes(b"%PDF-1.7\n" + bytes(range(256)) * 20)
    (folder / "empty.txt").write_bytes(b"")
    (folder / "settings.json").write_text('{"a": 1}', "utf-8")
    (folder / "picture.svg").write_text("<svg/>", "utf-8")
    (folder / 'na"me\\ with ü.txt').write_text('Zie "Kamerstuk 31945-7" <http://x> .\n\t\\ en \u0085 .\r\n', "utf-8")


def differing(one: Path, other: Path) -> list[bytes]:
    """What only one of two graphs says, some of it: quads as N-Quads, and sources. Nothing where they are the same."""
    return sorted(_facts(one) ^ _facts(other))[:20]


def _facts(store: Path) -> set[bytes]:
    """All that a graph says; not how many changes that took, which the record counts."""
    with Store(store) as graph:
        registers = pyoxigraph.NamedNode(REGISTERS)
        named = pyoxigraph.Dataset(graph.quads.quads_for_pattern(None, None, None, registers))
        # nodes without an address have other names each time
        named.canonicalize(pyoxigraph.CanonicalizationAlgorithm.RDFC_1_0)
        others = (quad for quad in graph.quads if quad.graph_name.value not in (RECORD, REGISTERS))
        out = io.BytesIO()
        pyoxigraph.serialize([*named, *others], out, pyoxigraph.RdfFormat.N_QUADS)
        return {*out.getvalue().split(b"\n"), *(repr(source).encode() for source in graph.sources().values())}
