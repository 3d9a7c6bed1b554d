"""Word and OpenDocument: no text is lost in silence, numbers and links are kept, notes know their marks."""

import pytest
from makers import docx, odt, par, run, zipped

from graph import paper, references
from graph.read import ReadError, archive, read_bytes


def read(data: bytes, name: str = "paper.docx"):
    return read_bytes(name, data)


def lines(data: bytes, name: str = "paper.docx") -> list[str]:
    return [line for line in read(data, name).text.split("\n") if line]


def test_paragraphs_are_numbered_places() -> None:
    document = read(docx(par("Een brief."), par("Zie ", "Kamerstuk 33279-40.")))
    assert document.text == "Een brief.\n\nZie Kamerstuk 33279-40.\n"
    assert document.place(0) == "paragraph 1"
    assert document.place(document.text.index("33279")) == "paragraph 2"
    assert document.format == "docx"


def test_tracked_changes_are_read_as_accepted() -> None:
    body = par(
        "nr. ",
        f"<w:ins>{run('40')}</w:ins>",
        "<w:del><w:r><w:delText>12</w:delText></w:r></w:del>",
        f"<w:moveFrom>{run('weg')}</w:moveFrom>",
        " blijft",
    )
    assert lines(docx(body)) == ["nr. 40 blijft"]


def test_what_python_docx_leaves_out_is_read() -> None:
    box = f'<w:r><w:pict><v:textbox xmlns:v="urn:schemas-microsoft-com:vml"><w:txbxContent>{par("in een kader")}</w:txbxContent></v:textbox></w:pict></w:r>'
    control = f"<w:sdt><w:sdtContent>{par('in een veld')}</w:sdtContent></w:sdt>"
    header = f"<w:hdr NS>{par('boven de bladzijde')}</w:hdr>"
    footer = f"<w:ftr NS>{par('onder de bladzijde')}</w:ftr>"
    parts = {"word/header1.xml": header, "word/header2.xml": header, "word/footer1.xml": footer}
    assert lines(docx(par("een ", box), control, parts=parts)) == [
        "boven de bladzijde", "een", "in een kader", "in een veld", "onder de bladzijde",
    ]  # fmt: skip


def test_a_text_box_is_read_once_although_word_writes_it_twice() -> None:
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    both = f"<w:r><mc:AlternateContent {mc}><mc:Choice><w:txbxContent>{par('kader')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>{par('kader')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    assert lines(docx(par("tekst ", both))) == ["tekst", "kader"]


def test_tables_are_read_row_by_row() -> None:
    row = "<w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr>"
    table = "<w:tbl>" + row.format(par("33279"), par("nr. 40")) + row.format(par("a") + par("b"), par("c")) + "</w:tbl>"
    assert lines(docx(table)) == ["33279\tnr. 40", "a", "b", "c"]


def test_notes_stand_behind_their_paragraph_and_know_their_mark() -> None:
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    notes = f'<w:footnotes NS><w:footnote w:type="separator" w:id="0">{par("-")}</w:footnote><w:footnote w:id="2">{par("Kamerstuk 33279-40")}</w:footnote></w:footnotes>'
    document = read(
        docx(par("Eerder gemeld", mark, " aan de Kamer."), par("Verder."), parts={"word/footnotes.xml": notes})
    )
    assert document.text == "Eerder gemeld¹ aan de Kamer.\n\n¹ Kamerstuk 33279-40\n\nVerder.\n"
    (note,) = document.notes
    assert (note.number, document[note.span], document[note.mark]) == (1, "¹ Kamerstuk 33279-40", "¹")
    assert document.place(note.span.start + 3) == "footnote 1"


def test_links_are_references_to_what_they_point_to() -> None:
    link = f'<w:hyperlink r:id="r1">{run("de brief")}</w:hyperlink>'
    begin, middle, end = (f'<w:r><w:fldChar w:fldCharType="{step}"/></w:r>' for step in ("begin", "separate", "end"))
    field = f'{begin}<w:r><w:instrText> HYPERLINK "https://www.nos.nl/artikel/1" </w:instrText></w:r>{middle}{run("nieuws")}{end}'
    document = read(
        docx(
            par("Zie ", link, " en ", field, "."),
            links={"r1": "https://zoek.officielebekendmakingen.nl/kst-33279-40.html"},
        )
    )
    assert [(document[each.span], each.kind, each.id) for each in document.given] == [
        ("de brief", "kamerstuk", "kst-33279-40"), ("nieuws", "url", "https://www.nos.nl/artikel/1"),
    ]  # fmt: skip


def test_numbers_of_lists_are_written_out() -> None:
    level = '<w:lvl w:ilvl="{}"><w:start w:val="1"/><w:numFmt w:val="{}"/><w:lvlText w:val="{}"/></w:lvl>'
    numbering = f'<w:numbering NS><w:abstractNum w:abstractNumId="0">{level.format(0, "decimal", "Vraag %1")}{level.format(1, "lowerLetter", "%1.%2)")}</w:abstractNum><w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    numbered = (
        '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="7"/></w:numPr></w:pPr>' + run("tekst") + "</w:p>"
    )
    body = [numbered.format(depth) for depth in (0, 1, 1, 0, 1)]
    assert lines(docx(*body, parts={"word/numbering.xml": numbering})) == [
        "Vraag 1 tekst", "1.a) tekst", "1.b) tekst", "Vraag 2 tekst", "2.a) tekst",
    ]  # fmt: skip


def test_odt_has_tables_notes_links_and_no_deleted_text() -> None:
    note = "<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>Kamerstuk 33279-40</text:p></text:note-body></text:note>"
    body = (
        "<text:tracked-changes><text:p>weg</text:p></text:tracked-changes>"
        f'<text:h>Kop</text:h><text:p>Eerder{note} zie <text:a xlink:href="https://www.nos.nl/x">nieuws</text:a>.</text:p>'
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row></table:table>"
    )
    document = read(odt(body), "paper.odt")
    assert document.text == "Kop\n\nEerder¹ zie nieuws.\n\n¹ Kamerstuk 33279-40\n\na\tb\n"
    assert [(document[each.span], each.id) for each in document.given] == [("nieuws", "https://www.nos.nl/x")]
    assert [document[each.span] for each in document.notes] == ["¹ Kamerstuk 33279-40"]


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = zipped({"word/document.xml": b"\0" * (archive.LARGEST_PART + 1)})
    assert len(bomb) < 1_000_000
    with pytest.raises(ReadError, match="unpacks to more than 64 MB"):
        read(bomb)
    many = zipped({f"word/{number}.xml": b"\0" * 60_000_000 for number in range(5)} | {"word/document.xml": "<a/>"})
    with pytest.raises(ReadError, match="would unpack to 300 MB"):
        read(many)


def test_a_broken_or_locked_file_is_named_with_its_reason() -> None:
    whole = docx(par("tekst " * 500))
    for data, reason in (
        (whole[: len(whole) // 2], "damaged"),
        (zipped({"word/other.xml": "<a/>"}), "no part word/document.xml"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "old Office file"),
        (docx(par("")), "no text"),
    ):
        with pytest.raises(ReadError, match=reason):
            read(data)


@pytest.mark.parametrize("declaration", ['<!ENTITY x "y">', '<!ENTITY x SYSTEM "file:///etc/hostname">'])
def test_entities_are_refused_in_office_files_too(declaration: str) -> None:
    body = f'<!DOCTYPE d [{declaration}]><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&x;</w:t></w:r></w:p></w:body></w:document>'
    with pytest.raises(ReadError, match="entities"):
        read(zipped({"word/document.xml": body}))


def test_a_linked_paper_is_one_reference_by_rule_link(tmp_path) -> None:
    link = f'<w:hyperlink r:id="r1">{run("Kamerstuk 33279, nr. 40")}</w:hyperlink>'
    path = tmp_path / "a.docx"
    path.write_bytes(docx(par("Zie ", link, "."), links={"r1": "https://zoek.officielebekendmakingen.nl/kst-33279-40"}))
    assert [(each.id, each.rule) for each in references(path)] == [("kst-33279-40", "link")]


MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'


def box(text: str) -> str:
    return f"<w:txbxContent>{par(text)}</w:txbxContent>" if text else "<w:drawing/>"


@pytest.mark.parametrize("where", ["header", "footer", "body", "cell"])
@pytest.mark.parametrize(("choice", "fallback"), [("kader", "kader"), ("kader", ""), ("", "kader")])
def test_a_text_box_with_an_alternative_is_read_once_wherever_it_stands(where: str, choice: str, fallback: str) -> None:
    """Word writes a text box as a drawing and again as VML for old programs."""
    both = f"<w:r><mc:AlternateContent {MC}><mc:Choice>{box(choice)}</mc:Choice><mc:Fallback>{box(fallback)}</mc:Fallback></mc:AlternateContent></w:r>"
    anchor = par(both)
    if where == "body":
        data = docx(par("tekst"), anchor)
    elif where == "cell":
        data = docx(par("tekst"), f"<w:tbl><w:tr><w:tc>{anchor}</w:tc></w:tr></w:tbl>")
    else:
        parts = {f"word/{where}{number}.xml": f"<w:hdr NS>{anchor}</w:hdr>" for number in (1, 2)}
        data = docx(par("tekst"), parts=parts)
    assert sorted(lines(data)) == ["kader", "tekst"]


@pytest.mark.parametrize(
    "stale", ["Datum 11 april 2024", "Den Haag, 11 april 2024", "(ontvangen 11 april 2024)", "Datum: 11 april 2024"]
)
@pytest.mark.parametrize("own", ["Datum 16 mei 2024", "Den Haag, 16 mei 2024", "Voorgesteld 16 mei 2024"])
@pytest.mark.parametrize("kind", ["default", "even", "first"])
@pytest.mark.parametrize("title", ["<w:titlePg/>", '<w:titlePg w:val="0"/>', ""])
def test_the_date_in_the_body_wins_from_a_stale_one_in_a_header(
    tmp_path, stale: str, own: str, kind: str, title: str
) -> None:
    path = tmp_path / "brief.docx"
    section = f'<w:sectPr><w:headerReference w:type="{kind}" r:id="r1"/>{title}</w:sectPr>'
    headers = {"word/header1.xml": f"<w:hdr NS>{par(stale)}</w:hdr>"}
    path.write_bytes(docx(par("Aan de Voorzitter"), par(own), section, parts=headers, links={"r1": "header1.xml"}))
    letterhead = kind == "first" and title == "<w:titlePg/>"
    if not letterhead:
        assert str(paper(path).profile.date) == "2024-05-16"
    document = read(path.read_bytes())
    first = letterhead or (kind == "default" and title != "<w:titlePg/>")
    assert document.text.startswith(stale if first else "Aan de Voorzitter")
    path.write_bytes(docx(par("Zonder dag"), section, parts=headers, links={"r1": "header1.xml"}))
    assert str(paper(path).profile.date) == "2024-04-11"
