"""PDF: order of reading, heads and feet, notes, broken words, links; files that are locked, damaged or without text."""

from collections import Counter

import pypdf
import pytest
from conftest import ROOT
from makers import Page, pdf

from graph import paper
from graph.kinds import BY_NAME
from graph.read import ReadError, read_bytes

CORPUS = ROOT.parent / "shared/corpus"


def read(data: bytes, name: str = "paper.pdf"):
    return read_bytes(name, data)


def column(page: Page, x: float, top: float, lines: list[str], size: float = 10) -> Page:
    for index, line in enumerate(lines):
        page.text(x, top - 14 * index, line, size)
    return page


def test_lines_paragraphs_and_places() -> None:
    page = column(Page(), 70, 700, ["Een brief van de minister", "over Kamerstuk 33279-40."])
    document = read(pdf(column(page, 70, 640, ["Een tweede alinea."])))
    assert document.text == "Een brief van de minister\nover Kamerstuk 33279-40.\n\nEen tweede alinea.\n"
    assert document.place(document.text.index("33279")).startswith("page 1, box 70 ")
    assert document.format == "pdf"


def test_a_pdf_named_txt_is_read_as_pdf() -> None:
    assert read(pdf(column(Page(), 70, 700, ["tekst"])), "paper.txt").format == "pdf"


def test_heads_and_feet_that_return_are_left_out_and_told() -> None:
    pages = []
    for number in range(1, 4):
        page = column(Page(), 70, 700, [f"Tekst van bladzijde {'abc'[number]}" if number < 3 else "Slot."])
        pages.append(
            page.text(70, 30, f"Tweede Kamer, vergaderjaar 2025-2026, 33 279, nr. 40 {number}", 8).text(
                450, 820, f"Pagina {number} van 3", 8
            )
        )
    document = read(pdf(*pages))
    assert "vergaderjaar" not in document.text
    assert "Pagina" not in document.text
    assert "33 279, nr. 40" in document.metadata["running"]
    assert int(document.metadata["left_out"]) > 50


def test_headings_at_one_height_are_no_running_heads() -> None:
    pages = []
    for number in range(1, 6):
        lines = [f"Antwoord {number}", "De eerste regel van dit antwoord", "en de tweede."]
        foot = f"Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel {number}"
        pages.append(column(Page(), 220, 770, lines).text(220, 68, foot))
    document = read(pdf(*pages))
    assert [line for line in document.text.split("\n") if line.startswith("Antwoord")] == [
        f"Antwoord {number}" for number in range(1, 6)
    ]
    assert "Aanhangsel" not in document.text


@pytest.mark.parametrize("count", [2, 3, 5, 9])
@pytest.mark.parametrize("head", [True, False])
@pytest.mark.parametrize("gap", [14, 21, 25])
def test_a_sentence_that_begins_two_pages_is_no_running_head(count: int, head: bool, gap: float) -> None:
    """By chance two pages may begin, and two may end, with the same words."""
    pages = []
    for number in range(count):
        page = column(
            Page(), 56, 756 - gap, [f"Regel {'abcdefghi'[number]}{line} van het betoog." for line in range(47)]
        )
        chance = number in (0, count - 1)
        page.text(56, 756, "en gaat over tot de orde van de dag." if chance else f"Tekst {'abcdefghi'[number]}.")
        page.text(56, 77, "Zie Kamerstuk 33279, nr. 40." if chance else f"Slot {'abcdefghi'[number]}.")
        pages.append(page.text(56, 800, "Vragenuur", 8) if head else page)
    document = read(pdf(*pages))
    assert document.text.count("en gaat over tot de orde van de dag.") == 2
    assert document.text.count("Zie Kamerstuk 33279, nr. 40.") == 2
    assert ("Vragenuur" in document.metadata.get("running", "")) == head
    assert "Vragenuur" not in document.text


def test_the_imprint_beside_the_foot_of_the_first_page_cuts_no_sentence() -> None:
    """The first page of an answer has more in its foot than the others."""
    first = column(Page(), 220, 700, ["De zin begint hier", "en gaat verder"]).text(55, 81, "ah-tk-20232024-2210", 6)
    first.text(55, 75, "ISSN 0921 - 7398", 6).text(55, 68, "'s-Gravenhage 2024", 8)
    first.text(220, 68, "Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel", 8).text(530, 68, "1", 8)
    second = column(Page(), 220, 770, ["op de bladzijde hierna."])
    second.text(220, 68, "Tweede Kamer, vergaderjaar 2023-2024, Aanhangsel", 8).text(530, 68, "2", 8)
    document = read(pdf(first, second))
    assert document.text == "De zin begint hier\nen gaat verder\nop de bladzijde hierna.\n"
    assert "ah-tk-20232024-2210" in document.metadata["running"].split("\n")


def test_an_accent_that_is_drawn_on_a_letter_joins_it() -> None:
    page = Page().pieces(70, 700, ("Minister Yes", 10, 0)).text(124.4, 700, "\u00b8").text(129, 700, "ilg\u00f6z")
    assert read(pdf(page)).text == "Minister Ye\u015filg\u00f6z\n"
    assert read(pdf(Page().text(70, 700, "een \u00b8 los"))).text == "een \u00b8 los\n"


def test_notes_above_the_foot_stay() -> None:
    pages = []
    for number in (1, 2):
        page = column(Page(), 70, 700, ["De gewone tekst van dit stuk is langer dan de kleine."])
        page.pieces(70, 600, ("Een zin", 10, 0), (str(number), 6, 4), (" hier.", 10, 0))
        page.pieces(70, 78, (str(number), 5, 3), (f" Zie Kamerstuk 33279-4{number}.", 7, 0))
        pages.append(page.text(70, 68, f"Aanhangsel {number}", 8))
    document = read(pdf(*pages))
    assert [document[note.span] for note in document.notes] == [
        "¹ Zie Kamerstuk 33279-41.", "² Zie Kamerstuk 33279-42.",
    ]  # fmt: skip


def test_the_number_of_the_paper_is_known_from_its_feet(tmp_path) -> None:
    pages = [
        column(Page(), 70, 700, ["Tekst."]).text(
            70, 30, f"Tweede Kamer, vergaderjaar 2025-2026, 33 279, nr. 40 {number}", 8
        )
        for number in (1, 2)
    ]
    path = tmp_path / "x.pdf"
    path.write_bytes(pdf(*pages))
    assert (paper(path).profile.id, paper(path).profile.id_reason) == ("kst-33279-40", "its page feet")


def test_two_columns_drawn_across_are_read_one_after_the_other() -> None:
    left = [f"De linker kolom zegt hier regel {number} van" for number in range(12)]
    right = [f"De rechter kolom zegt daar regel {number} van" for number in range(12)]
    page = Page()
    for index, (one, other) in enumerate(zip(left, right, strict=True)):
        page.text(50, 700 - 14 * index, one, 9).text(310, 700 - 14 * index, other, 9)
    assert [line for line in read(pdf(page)).text.split("\n") if line] == [*left, *right]


@pytest.mark.parametrize("corner", [(0, 0), (-100, 300)])
@pytest.mark.parametrize("rotate", [0, 90, 180, 270])
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_a_turned_page_is_read_in_order(quarters: int, rotate: int, corner: tuple[float, float]) -> None:
    """However the sheet is turned, by its content, by /Rotate or by both, its text is read as when it is upright."""

    def brief() -> Page:
        page = column(Page(), 70, 700, ["De minister verwijst naar Kamerstuk 33", "279, nr. 40 over de zorg", "en"])
        column(page, 70, 640, ["Een tweede alinea van deze brief.", "En nog een regel daarvan.", "Slot."])
        page.pieces(70, 580, ("Een zin", 10, 0), ("1", 6, 4), (" hier.", 10, 0))
        page.pieces(70, 120, ("1", 5, 3), (" De noot.", 7, 0))
        return page.text(70, 560, "Zaak").text(300, 560, "2023Z06024")

    upright = read(pdf(brief()))
    turned = read(pdf(brief().turned(quarters, rotate, corner)))
    assert "Kamerstuk 33\n279, nr. 40 over de zorg\nen\n\nEen tweede" in upright.text
    assert "Zaak\t2023Z06024" in upright.text
    assert turned.text == upright.text
    assert [note.span for note in turned.notes] == [note.span for note in upright.notes]
    assert turned.place(0) == upright.place(0)


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_running_heads_and_links_of_turned_pages_are_found(quarters: int) -> None:
    def page(words: str) -> Page:
        made = column(Page(), 70, 700, [words]).text(70, 30, "Tweede Kamer, vergaderjaar 2025-2026, 33 279, nr. 40", 8)
        return made.turned(quarters)

    document = read(pdf(page("Een bladzijde."), page("Nog een."), page("Slot.")))
    assert document.text == "Een bladzijde.\n\nNog een.\n\nSlot.\n"
    assert "33 279, nr. 40" in document.metadata["running"]


def test_a_table_is_read_row_by_row() -> None:
    page = Page()
    for index, (one, other) in enumerate([("Zaak", "2023Z06024"), ("Besluit", "Aangenomen"), ("Noot", "geen")]):
        page.text(70, 700 - 14 * index, one).text(300, 700 - 14 * index, other)
    assert read(pdf(page)).text == "Zaak\t2023Z06024\nBesluit\tAangenomen\nNoot\tgeen\n"


def test_notes_at_the_foot_go_behind_their_paragraph_and_know_their_mark() -> None:
    page = Page()
    page.pieces(70, 700, ("In mijn brief van 7 november 2023", 10, 0), ("1", 6, 4), (" meldde ik dit", 10, 0))
    column(page, 70, 686, ["en daarbij dat het zo is."])
    page.pieces(70, 120, ("1", 5, 3), (" Kamerstuk 33279-40 en", 7, 0)).text(70, 111, "nog een regel.", 7)
    following = column(Page(), 70, 700, ["Een nieuwe bladzijde."])
    document = read(pdf(page, following))
    assert (
        document.text
        == "In mijn brief van 7 november 2023¹ meldde ik dit\nen daarbij dat het zo is.\n\n¹ Kamerstuk 33279-40 en\nnog een regel.\n\nEen nieuwe bladzijde.\n"
    )
    (note,) = document.notes
    assert (note.number, document[note.mark], document[note.span]) == (
        1,
        "¹",
        "¹ Kamerstuk 33279-40 en\nnog een regel.",
    )


def test_a_sentence_goes_on_over_the_page_before_its_note() -> None:
    page = Page()
    page.pieces(70, 700, ("De zin begint", 10, 0), ("1", 6, 4), (" hier", 10, 0))
    page.pieces(70, 120, ("1", 5, 3), (" De noot.", 7, 0))
    assert (
        read(pdf(page, column(Page(), 70, 700, ["en eindigt daar."]))).text
        == "De zin begint¹ hier\nen eindigt daar.\n\n¹ De noot.\n"
    )


def test_small_print_without_a_mark_is_no_note() -> None:
    page = column(Page(), 70, 700, ["De gewone tekst van dit stuk is langer dan de kleine."])
    document = read(pdf(page.text(70, 120, "1 Dit is een voorwaarde.", 7)))
    assert not document.notes
    assert "1 Dit is een voorwaarde." in document.text


def test_broken_words_are_joined_only_where_the_whole_word_is_known() -> None:
    document = read(
        pdf(
            column(
                Page(),
                70,
                700,
                ["Het verdrag is een ver-", "drag, en de wet- en regel-", "geving blijft zoals zij is."],
            )
        )
    )
    # the line ends behind the word that was mended, so that it grows no longer than it was printed
    assert document.text == "Het verdrag is een verdrag,\nen de wet- en regel-\ngeving blijft zoals zij is.\n"


def test_links_are_references_of_their_words() -> None:
    page = column(Page(), 70, 700, ["Zie de brief hierover."])
    page.link((84, 697, 124, 711), "https://zoek.officielebekendmakingen.nl/kst-33279-40.html")
    page.link((0, 0, 10, 10), "https://leeg.nl/")
    document = read(pdf(page))
    assert [(document[each.span], each.id) for each in document.given] == [("de brief", "kst-33279-40")]


def test_titles_are_used_unless_they_are_junk() -> None:
    page = column(Page(), 70, 700, ["tekst"])
    assert read(pdf(page, info={"Title": "Antwoord op vragen"})).metadata["title"] == "Antwoord op vragen"
    for junk in ("Microsoft Word - brief.doc", "None", "brief.docx"):
        assert "title" not in read(pdf(page, info={"Title": junk})).metadata
    assert read(pdf(page, info={"ModDate": "D:20150327152100Z"})).metadata["made"] == "2015-03-27"


def test_pages_without_text_are_told_and_a_scan_is_refused() -> None:
    assert read(pdf(column(Page(), 70, 700, ["tekst"]), Page())).metadata["pages_without_text"] == "2"
    with pytest.raises(ReadError, match=r"no text on its 2 pages \(scanned\?\)"):
        read(pdf(Page(), Page()))


def test_a_locked_pdf_says_so(tmp_path) -> None:
    writer = pypdf.PdfWriter()
    writer.add_blank_page(200, 200)
    writer.encrypt("geheim", algorithm="RC4-128")
    path = tmp_path / "x.pdf"
    with path.open("wb") as file:
        writer.write(file)
    with pytest.raises(ReadError, match="locked with a password"):
        read(path.read_bytes())


@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 3], lambda data: data[:9], lambda data: b"%PDF-1.7\n" + b"\xff" * 500]
)
def test_a_damaged_pdf_says_so(damage) -> None:
    with pytest.raises(ReadError, match=r"damaged|no pages|no text") as told:
        read(damage(pdf(column(Page(), 70, 700, ["tekst " * 10]))))
    assert "PDFium" not in told.value.reason
    assert "Success" not in told.value.reason


@pytest.mark.slow
@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real papers is not on this machine")
def test_a_pdf_and_its_text_layer_have_the_same_references() -> None:
    """Marks of notes are left out: the text layer shows few of them."""
    shared = differs = 0
    for path in sorted(CORPUS.glob("*.pdf")):
        both = [
            Counter((link.kind, link.id) for link in paper(each).links if BY_NAME[link.kind].listed and link.id and link.kind != "note" and link.rule != "link")
            for each in (path, path.with_name(path.stem + ".pdftext.txt"))
        ]  # fmt: skip
        shared += 2 * (both[0] & both[1]).total()
        differs += (both[0] - both[1]).total() + (both[1] - both[0]).total()
    assert shared > 300
    assert shared / (shared + differs) >= 0.97


@pytest.mark.parametrize("shape", ["one line", "three lines", "three cells"])
@pytest.mark.parametrize("count", [1, 2, 5])
@pytest.mark.parametrize(
    ("chamber", "day", "identity", "written"),
    [("TK", "16 april 2024", "h-tk-20232024-65-4", "2024-04-16"), ("EK", "3 oktober 2023", "h-ek-20232024-65-4", "2023-10-03")],
)  # fmt: skip
def test_the_foot_of_handelingen_tells_day_and_number(
    tmp_path, shape: str, count: int, chamber: str, day: str, identity: str, written: str
) -> None:
    pages = []
    for number in range(1, count + 1):
        page = column(
            Page(), 70, 700, [f"De minister antwoordt op blad {'abcdef'[number]}.", "Ik schreef dat in een brief."]
        )
        parts = [day, f"{chamber} 65", f"65-4-{number}"]
        if shape == "one line":
            page.text(70, 40, " ".join(parts), 8)
        for index, part in enumerate(parts if shape != "one line" else []):
            across = shape == "three cells"
            page.text(70 + 200 * index if across else 480, 40 if across else 50 - 10 * index, part, 8)
        pages.append(page)
    path = tmp_path / "verslag.pdf"
    path.write_bytes(pdf(*pages))
    profile = paper(path).profile
    assert (profile.id, str(profile.date)) == (identity, written)
    assert profile.chamber == chamber.lower()


@pytest.mark.parametrize(
    "words", ["Op 16 april 2024 zei TK 65 dat 66-4-1 geldt.", "Zie TK 65 van 16 april 2024.", "16 april 2024, 65-4-1"]
)
def test_words_that_look_like_a_foot_of_handelingen_are_none(tmp_path, words: str) -> None:
    path = tmp_path / "verslag.pdf"
    path.write_bytes(pdf(column(Page(), 70, 700, [words, "Meer tekst."])))
    assert paper(path).profile.id is None


@pytest.mark.parametrize("corner", [(0, 0), (0, -842), (0, 842)])
@pytest.mark.parametrize("each", [1, 2, 3, 10])
@pytest.mark.parametrize(
    "lines",
    [["{}. Agendapunt"], ["Brief regering {}"], ["{}. Agendapunt", "Zaak: Brief regering", "Voorstel: Aannemen."]],
)
def test_an_agenda_of_many_like_items_is_read_in_full(lines: list[str], each: int, corner: tuple[float, float]) -> None:
    """Items with the same words at the same height on every page, however few there are on one."""
    pages = []
    for first in range(0, 129, each):
        items = range(first + 1, min(first + each, 129) + 1)
        words = [line.format(number) for number in items for line in lines]
        pages.append(column(Page(), 70, 790, words).turned(0, 0, corner))
    found = read(pdf(*pages)).text.split("\n")
    for line in lines:
        wanted = {line.format(number) for number in range(1, 130)}
        assert len([each for each in found if each in wanted]) == 129


def test_a_hash_in_a_margin_is_a_sign_like_any_other() -> None:
    pages = [column(Page(), 70, 700, [f"Tekst {number} van het stuk."]).text(70, 30, "Stuk #40", 8) for number in "abc"]
    document = read(pdf(*pages))
    assert "#" not in document.text
    assert document.metadata["running"] == "Stuk #40"
