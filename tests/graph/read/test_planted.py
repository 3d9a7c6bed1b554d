"""A reference planted in each construct of a format is found, once, in its words; what was deleted is not."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from makers import W, docx, odt, par, run, zipped

from graph import ReadError, paper

WORDS = "Kamerstuk 33279-40"
PLANTED = f"Zie {WORDS} daarover."


def found(name: str, data: bytes, folder: Path) -> list[tuple[str, str | None]]:
    """The words and ids of the Kamerstukken in a file."""
    (folder / name).write_bytes(data)
    read = paper(folder / name)
    return [(read.document[link.span], link.id) for link in read.links if link.kind == "kamerstuk"]


# ---- Word

NOTE = '<w:{0}s NS><w:{0} w:id="2">{1}</w:{0}></w:{0}s>'
MARKED = par("Eerder gemeld", '<w:r><w:{}Reference w:id="2"/></w:r>', " aan de Kamer.")
BOX = f'<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>{par(PLANTED)}</w:txbxContent></v:textbox></w:pict></w:r>'
ROW = f"<w:tr><w:tc>{par('stuk')}</w:tc><w:tc>{par(PLANTED)}</w:tc></w:tr>"
IN_WORD = {
    "a paragraph": docx(par(PLANTED)),
    "a word in many runs": docx(par(*(run(sign) for sign in PLANTED))),
    "a footnote": docx(MARKED.format("footnote"), parts={"word/footnotes.xml": NOTE.format("footnote", par(PLANTED))}),
    "an endnote": docx(MARKED.format("endnote"), parts={"word/endnotes.xml": NOTE.format("endnote", par(PLANTED))}),
    "a header": docx(par("Tekst."), parts={"word/header1.xml": f"<w:hdr NS>{par(PLANTED)}</w:hdr>"}),
    "a footer": docx(par("Tekst."), parts={"word/footer2.xml": f"<w:ftr NS>{par(PLANTED)}</w:ftr>"}),
    "a text box": docx(par("Tekst ", BOX)),
    "an insertion": docx(par("Zie ", f"<w:ins>{run(WORDS)}</w:ins>", " daarover.")),
    "an inserted paragraph": docx(f"<w:ins>{par(PLANTED)}</w:ins>"),
    "words moved here": docx(par("Zie ", f"<w:moveTo>{run(WORDS)}</w:moveTo>", " daarover.")),
    "a content control": docx(f"<w:sdt><w:sdtContent>{par(PLANTED)}</w:sdtContent></w:sdt>"),
    "a content control in a line": docx(par("Zie ", f"<w:sdt><w:sdtContent>{run(WORDS)}</w:sdtContent></w:sdt>", ".")),
    "a table": docx(f"<w:tbl>{ROW}</w:tbl>"),
    "a table in a table": docx(f"<w:tbl><w:tr><w:tc><w:tbl>{ROW}</w:tbl>{par('')}</w:tc></w:tr></w:tbl>"),
    "a text box in a table": docx(f"<w:tbl><w:tr><w:tc>{par('a ', BOX)}</w:tc></w:tr></w:tbl>"),
    "a note of a table": docx(
        f"<w:tbl><w:tr><w:tc>{MARKED.format('footnote')}</w:tc></w:tr></w:tbl>",
        parts={"word/footnotes.xml": NOTE.format("footnote", par(PLANTED))},
    ),
    "a link to elsewhere": docx(par("Zie ", f'<w:hyperlink r:id="r9">{run(WORDS)}</w:hyperlink>', ".")),
    "a field": docx(par("Zie ", f'<w:fldSimple w:instr="REF x">{run(WORDS)}</w:fldSimple>', ".")),
    "a smart tag": docx(par("Zie ", f"<w:smartTag>{run(WORDS)}</w:smartTag>", ".")),
    "an item of a list": docx(
        f'<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="7"/></w:numPr></w:pPr>{run(PLANTED)}</w:p>'
    ),
}


@pytest.mark.parametrize("place", IN_WORD)
def test_word(place: str, tmp_path: Path) -> None:
    assert found("a.docx", IN_WORD[place], tmp_path) == [(WORDS, "kst-33279-40")]


def test_what_was_deleted_in_word_is_not_read(tmp_path: Path) -> None:
    deleted = f"<w:del><w:r><w:delText>{WORDS}</w:delText></w:r></w:del>"
    moved = f"<w:moveFrom>{run(WORDS)}</w:moveFrom>"
    assert found("a.docx", docx(par("Tekst ", deleted, moved, " blijft.")), tmp_path) == []


# ---- OpenDocument


def styled(header: str = "", footer: str = "", body: str = "<text:p>Tekst.</text:p>") -> bytes:
    """A document whose pages have a head and a foot."""
    names = (
        'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    )
    page = f"<style:master-page><style:header>{header}</style:header><style:footer>{footer}</style:footer></style:master-page>"
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": f"<office:document-content {names}><office:body><office:text>{body}</office:text></office:body></office:document-content>",
            "styles.xml": f"<office:document-styles {names}><office:master-styles>{page}</office:master-styles></office:document-styles>",
        }
    )


P = f"<text:p>{PLANTED}</text:p>"
ODF_NOTE = '<text:p>Eerder<text:note text:note-class="{}"><text:note-citation>1</text:note-citation><text:note-body>{}</text:note-body></text:note> gemeld.</text:p>'
CELL = "<table:table-cell>{}</table:table-cell>"
TABLE = f"<table:table><table:table-row>{CELL.format('<text:p>stuk</text:p>')}{CELL.format(P)}</table:table-row></table:table>"
IN_ODT = {
    "a paragraph": odt(P),
    "a word in many spans": odt(
        f"<text:p>Zie {''.join(f'<text:span>{sign}</text:span>' for sign in WORDS.replace(' ', '_')).replace('_', ' ')}.</text:p>"
    ),
    "a footnote": odt(ODF_NOTE.format("footnote", P)),
    "an endnote": odt(ODF_NOTE.format("endnote", P)),
    "a header": styled(header=P),
    "a footer": styled(footer=P),
    "a text box": odt(f"<text:p>Tekst <draw:frame><draw:text-box>{P}</draw:text-box></draw:frame></text:p>"),
    "a text box on the page": odt(f"<draw:frame><draw:text-box>{P}</draw:text-box></draw:frame>"),
    "an insertion": odt(
        f'<text:p>Zie <text:change-start text:change-id="c1"/>{WORDS}<text:change-end text:change-id="c1"/>.</text:p>'
    ),
    "a table": odt(TABLE),
    "a table in a table": odt(f"<table:table><table:table-row>{CELL.format(TABLE)}</table:table-row></table:table>"),
    "the head of a table": odt(
        f"<table:table><table:table-header-rows><table:table-row>{CELL.format(P)}</table:table-row></table:table-header-rows></table:table>"
    ),
    "an item of a list": odt(f"<text:list><text:list-item>{P}</text:list-item></text:list>"),
    "a section": odt(f"<text:section>{P}</text:section>"),
}


@pytest.mark.parametrize("place", IN_ODT)
def test_odt(place: str, tmp_path: Path) -> None:
    assert found("a.odt", IN_ODT[place], tmp_path) == [(WORDS, "kst-33279-40")]


def test_what_was_deleted_in_odt_is_not_read(tmp_path: Path) -> None:
    gone = f"<text:tracked-changes><text:changed-region><text:deletion>{P}</text:deletion></text:changed-region></text:tracked-changes>"
    assert found("a.odt", odt(f"{gone}<text:p>Tekst<text:change/> blijft.</text:p>"), tmp_path) == []


# ---- HTML

IN_HTML = {
    "a paragraph": f"<p>{PLANTED}</p>",
    "no markup but a body": f"<body>{PLANTED}",
    "a page without a declaration": f"<html><body><p>Coördinatie in Oekraïne: {PLANTED}</p></body></html>",
    "elements 300 deep": "<div>" * 300 + PLANTED + "</div>" * 300,
    "emphasis 300 deep": "<p>Zie " + "<b>" * 300 + WORDS + "</b>" * 300,
    "a table": f"<table><tr><td>stuk</td><td>{PLANTED}</td></tr></table>",
    "a table in a table": f"<table><tr><td><table><tr><td>{PLANTED}</td></tr></table></td></tr></table>",
    "the head of a table": f"<table><thead><tr><th>{PLANTED}</th></tr></thead></table>",
    "an item of a list": f"<ul><li><ol><li>{PLANTED}</li></ol></li></ul>",
    "a word in many elements": "<p>Zie " + "".join(f"<span>{sign}</span>" for sign in WORDS) + ".",
    "a definition": f"<dl><dt>stuk<dd>{PLANTED}</dl>",
    "a fold": f"<details><summary>{PLANTED}</summary></details>",
    "a legend": f"<figure><img src=x><figcaption>{PLANTED}</figcaption></figure>",
    "character references": "<p>Zie Kamerstuk&nbsp;33279&#8209;40 daarover.</p>",
}


@pytest.mark.parametrize("place", IN_HTML)
def test_html(place: str, tmp_path: Path) -> None:
    ((words, identity),) = found("a.html", IN_HTML[place].encode(), tmp_path)
    assert unicodedata.normalize("NFKC", words).replace("\u2010", "-") == WORDS
    assert identity == "kst-33279-40"


# ---- text

ACCENTS = "Coördinatie ‘Oekraïne’ door reünisten"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"])
def test_text_in_each_encoding(encoding: str, tmp_path: Path) -> None:
    assert found("a.txt", f"{ACCENTS}. {PLANTED}".encode(encoding), tmp_path) == [(WORDS, "kst-33279-40")]


@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_accents_of_either_form_move_no_offsets(form: str, tmp_path: Path) -> None:
    text = unicodedata.normalize(form, f"{ACCENTS}. Zie artikel 5 van het Boedapest-Memorandum en {WORDS}.")
    assert found("a.txt", text.encode(), tmp_path) == [(WORDS, "kst-33279-40")]


@pytest.mark.parametrize("sign", ["\u200b", "\u200c", "\u200d", "\u2060", "\ufeff", "\u00ad"])
def test_signs_without_width_are_part_of_the_words(sign: str, tmp_path: Path) -> None:
    words = f"Kamer{sign}stuk {sign}332{sign}79{sign}-{sign}4{sign}0"
    assert found("a.txt", f"Zie {words}.".encode(), tmp_path) == [(words, "kst-33279-40")]


@pytest.mark.parametrize("blank", ["\u00a0", "\u202f", "\u2009", "\u2007"])
@pytest.mark.parametrize("hyphen", ["-", "\u2011", "\u2010", "\u2013"])
def test_blanks_and_hyphens_that_do_not_break(blank: str, hyphen: str, tmp_path: Path) -> None:
    words = f"Kamerstuk{blank}33279{hyphen}40"
    assert found("a.txt", f"Zie {words}.".encode(), tmp_path) == [(words, "kst-33279-40")]


def test_a_format_without_text_in_it_is_told(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match="no text"):
        found("a.docx", docx(f"<w:p {W}><w:pPr/></w:p>"), tmp_path)
