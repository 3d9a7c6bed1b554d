"""Official XML: what the publisher marked is kept with exact places; nothing outside the file is ever reached."""

import json

import pytest
from conftest import ROOT

from graph import paper
from graph.read import ReadError, read_bytes

CORPUS = ROOT.parent / "shared/corpus"


def publication(body: str, meta: str = "") -> bytes:
    return (
        f"<?xml version='1.0'?><officiele-publicatie><metadata>{meta}</metadata>{body}</officiele-publicatie>".encode()
    )


def kamerstuk(text: str, number: str = "11", dossier: str = "<dossiernr>36 455</dossiernr>") -> bytes:
    return publication(
        f"""<kamerstuk><kamerstukkop><tekstregel inhoud="vergaderjaar">Vergaderjaar 2025-2026</tekstregel>
        <tekstregel inhoud="kamernummer">2</tekstregel></kamerstukkop>
        <dossier><dossiernummer>{dossier}</dossiernummer><titel>Privacy</titel></dossier>
        <stuk><stuknr>Nr. <ondernummer kamer="2">{number}</ondernummer></stuknr><titel>MOTIE VAN HET LID WHITE</titel>
        <datumtekst>Voorgesteld <datum isodatum="2025-09-25">25 september 2025</datum></datumtekst>
        <algemeen><vrije-tekst><tekst>{text}</tekst></vrije-tekst></algemeen></stuk></kamerstuk>"""
    )


def read(data: bytes):
    return read_bytes("a.xml", data)


def given(data: bytes) -> list[tuple[str, str | None]]:
    document = read(data)
    return [(document[each.span], each.id) for each in document.given]


def test_a_paper_knows_itself_from_its_markup(tmp_path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(
        kamerstuk(
            "<al>De Kamer,</al>", dossier="<dossiernr>36 600</dossiernr> <begrotingshoofdstuk>VII</begrotingshoofdstuk>"
        )
    )
    profile = paper(path).profile
    assert (profile.id, str(profile.date), profile.dossier, profile.chamber, profile.sort, profile.title) == (
        "kst-36600-VII-11", "2025-09-25", "36600-VII", "tk", "motion", "Privacy; MOTIE VAN HET LID WHITE",
    )  # fmt: skip


def test_the_number_in_the_metadata_wins() -> None:
    data = publication(
        "<kamerstuk><al>x</al></kamerstuk>",
        '<meta name="DC.identifier" content="kst-36455-12"/><meta name="DCTERMS.issued" content="2025-09-25"/>',
    )
    assert read(data).metadata["identifier"] == "kst-36455-12"


def test_marks_of_the_publisher_are_references_with_confidence_one(tmp_path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(
        kamerstuk(
            '<al>Zie <extref doc="kst-33279-40" soort="document">33 279, nr. 40</extref> en <dossierref dossier="21501-02">21 501-02</dossierref>.</al>'
        )
    )
    links = [link for link in paper(path).links if link.rule == "publisher"]
    assert [(link.id, link.confidence) for link in links] == [("kst-33279-40", 1.0), ("dossier-21501-02", 1.0)]
    assert not [link for link in paper(path).links if link.rule != "publisher" and link.kind == "kamerstuk"]


def test_neighbouring_marks_of_one_paper_are_one_reference() -> None:
    mark = '<extref doc="kst-30872-{}">{}</extref>'
    text = (
        f"<al>Zij krijgt nr. {mark.format(169, 169)} ({mark.format(169, 30872)}). En nr. {mark.format(170, 170)}.</al>"
    )
    assert given(kamerstuk(text)) == [("169 (30872", "kst-30872-169"), ("170", "kst-30872-170")]


def test_notes_stand_behind_their_paragraph() -> None:
    note = '<noot type="voet"><noot.nr>3</noot.nr><noot.al>Zie <extref doc="kst-33279-40">33 279, nr. 40</extref>.</noot.al></noot>'
    document = read(kamerstuk(f"<al>Eerder{note} gemeld.</al><al>Slot.</al>"))
    (found,) = document.notes
    assert (found.number, document[found.mark], document[found.span]) == (3, "³", "³ Zie 33 279, nr. 40.")
    assert [document[each.span] for each in document.given] == ["33 279, nr. 40"]
    assert "Eerder³ gemeld.\n\n³ Zie" in document.text


def test_lists_tables_and_signatures_keep_their_shape(tmp_path) -> None:
    text = (
        "<lijst><li><li.nr>1.</li.nr><al>een</al></li><li><li.nr>2.</li.nr><al>twee</al></li></lijst>"
        "<table><tgroup><tbody><row><entry><al>a</al></entry><entry><al>b</al></entry></row></tbody></tgroup></table>"
        "<ondertekening><functie>De Minister van Defensie,</functie><naam><voornaam>R.P.</voornaam> <achternaam>Brekelmans</achternaam></naam></ondertekening>"
    )
    assert "1. een\n2. twee\n\na\tb\n\nDe Minister van Defensie,\nR.P. Brekelmans\n" in read(kamerstuk(text)).text


def test_what_is_not_known_is_read_all_the_same() -> None:
    assert "nieuw element" in read(kamerstuk("<iets><anders>nieuw element</anders></iets>")).text


def test_questions_and_answers_are_sections(tmp_path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(publication(
        "<kamervragen><kamervraagnummer>100</kamervraagnummer><kamervraagomschrijving>Vragen van het lid <naam><achternaam>Van Campen</achternaam></naam></kamervraagomschrijving>"
        "<vraag><nr>Vraag 1</nr><al>Is dit zo?</al></vraag><antwoord><nr>Antwoord 1</nr><al>Ja.</al></antwoord></kamervragen>",
        '<meta name="DC.identifier" content="ah-tk-20242025-100"/>',
    ))  # fmt: skip
    found = paper(path)
    assert found.profile.id == "ah-tk-20242025-100"
    assert [section.name for section in found.sections] == ["heading", "question 1", "answer 1"]


def test_places_are_paths(tmp_path) -> None:
    document = read(kamerstuk("<al>een</al><al>twee</al>"))
    assert (
        document.place(document.text.index("twee"))
        == "/officiele-publicatie/kamerstuk/stuk/algemeen/vrije-tekst/tekst/al[2]"
    )


SPEAKER = """<spreker soort="{soort}" objectid="613b7cb2-ef05-495d-a831-dfa4b9d8d8e6"><fractie>NSC</fractie><verslagnaam>{name}</verslagnaam>
<achternaam>{name}</achternaam><functie>{post}</functie></spreker>"""


def vlos(name: str, post: str, words: str) -> bytes:
    speaker = SPEAKER.format(soort="x", name=name, post=post)
    return f"""<vlosCoreDocument xmlns="http://www.tweedekamer.nl/ggm/vergaderverslag/v1.0" status="Ongecorrigeerd"><vergadering soort="Commissie"
    objectid="ca333c74-359b-4120-a050-37d158b9507d" kamer="Tweede Kamer"><titel>MIVD</titel><datum>2025-07-02T00:00:00</datum><activiteit>
    <titel>MIVD</titel><woordvoerder>{speaker}<tekst><alinea><alineaitem>De heer <nadruk>{name}</nadruk> (NSC):</alineaitem>
    <alineaitem>{words}</alineaitem></alinea></tekst></woordvoerder></activiteit></vergadering></vlosCoreDocument>""".encode()


def test_speeches_are_sections_with_their_speakers_by_id(tmp_path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(
        vlos(
            "Kahraman",
            "lid Tweede Kamer",
            "Zie de brief (<dossiernummer>29924</dossiernummer>, nr. <stuknummer>274</stuknummer>).",
        )
    )
    found = paper(path)
    assert [section.name for section in found.sections] == ["heading", "speech 1"]
    speaker, cited = [link for link in found.links if link.rule == "publisher"]
    assert (speaker.id, speaker.fact("person_id"), speaker.section.name) == (
        "person:kahraman",
        "613b7cb2-ef05-495d-a831-dfa4b9d8d8e6",
        "speech 1",
    )
    assert (cited.id, found.document[cited.span]) == ("kst-29924-274", "29924, nr. 274")
    assert found.profile.iri.endswith("meeting/ca333c74-359b-4120-a050-37d158b9507d")
    assert str(found.profile.date) == "2025-07-02"


def test_a_minister_who_speaks_is_known_by_post(tmp_path) -> None:
    path = tmp_path / "x.xml"
    path.write_bytes(vlos("Brekelmans", "minister van Defensie", "Ja."))
    (speaker,) = [link for link in paper(path).links if link.kind == "minister"]
    assert (speaker.id, speaker.rule, speaker.fact("post")) == (
        "person:brekelmans",
        "publisher",
        "office:minister-defensie",
    )


BOMB = "<!DOCTYPE a [" + "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "lol"}">' for n in range(10)) + "]>"


@pytest.mark.parametrize("head", [
    BOMB,
    '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]>',
    '<!DOCTYPE a [<!ENTITY x SYSTEM "http://127.0.0.1:9/x">]>',
    '<!DOCTYPE a [<!ENTITY % p SYSTEM "http://127.0.0.1:9/x"> %p;]>',
])  # fmt: skip
def test_entities_are_refused_never_fetched_never_expanded(head: str) -> None:
    with pytest.raises(ReadError, match=r"entit|damaged"):
        read(f"{head}<officiele-publicatie><al>&x;&e9;</al></officiele-publicatie>".encode())


@pytest.mark.parametrize(("data", "reason"), [
    (b"<officiele-publicatie><al>half", "damaged"),
    (b"<officiele-publicatie>" + b"<al>" * 5000 + b"</al>" * 5000 + b"</officiele-publicatie>", "damaged or goes beyond"),
    (b"<iets/>", "root element iets"),
    (b"<officiele-publicatie/>", "no text"),
    (b"", "the file is empty"),
])  # fmt: skip
def test_what_cannot_be_read_is_named_with_its_reason(data: bytes, reason: str) -> None:
    with pytest.raises(ReadError, match=reason):
        read(data)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the corpus of real papers is not on this machine")
def test_the_marks_of_real_papers_are_all_found_with_exact_places() -> None:
    wanted, found = 0, 0
    for line in (CORPUS / "gold" / "publisher_gold.jsonl").read_text(encoding="utf-8").splitlines():
        told = json.loads(line)
        links = [link for link in paper(CORPUS / told["file"]).links if link.rule == "publisher"]
        text = read(  # the same file once more, for its text alone
            (CORPUS / told["file"]).read_bytes()
        ).text
        have = {(" ".join(text[link.span.start : link.span.end].split()).strip("() "), link.id) for link in links}
        for mark in told["merged"]:
            if mark["kind"] != "person":
                target = f"dossier-{mark['target']}" if mark["kind"] == "dossier" else mark["target"]
                wanted += 1
                found += (" ".join(mark["surface"].split()).strip("() "), target) in have
    assert wanted > 100
    assert found / wanted >= 0.995


def agenda(items: int) -> bytes:
    """A procedure meeting: a record of items of which nothing was said."""
    parts = "".join(
        f"""<activiteithoofd soort="Agendapunt" objectid="0"><titel>Agendapunt {number}</titel><onderwerp>Mest, deel {number}</onderwerp>
        <markeertijdbegin>2025-05-14T10:00:00</markeertijdbegin><zaken><zaak soort="Brief regering"><titel>Voortgang deel {number}</titel>
        <dossiernummer>33037</dossiernummer><stuknummer>{number}</stuknummer><sequeel/><isgewijzigd>false</isgewijzigd>
        <besluit>Voor kennisgeving aannemen.</besluit></zaak></zaken></activiteithoofd>"""
        for number in range(1, items + 1)
    )
    return f"""<vlosCoreDocument xmlns="http://www.tweedekamer.nl/ggm/vergaderverslag/v1.0"><vergadering soort="Commissie">
    <titel>Procedurevergadering</titel><zaal>Zaal 1</zaal><activiteit soort="Procedurevergadering"><titel>Procedures</titel>
    <onderwerp>Brieven</onderwerp>{parts}</activiteit></vergadering></vlosCoreDocument>""".encode()


def test_an_agenda_without_spoken_words_is_read_from_its_record() -> None:
    document = read(agenda(129))
    for number in (1, 64, 129):
        assert (
            f"Agendapunt {number}\n\nMest, deel {number}\n\nVoortgang deel {number} (33037, nr. {number})\n"
            in document.text
        )
    assert document.text.count("Voor kennisgeving aannemen.") == 129
    assert "false" not in document.text
    assert "2025-05-14" not in document.text
    assert [each.id for each in document.given] == [f"kst-33037-{number}" for number in range(1, 130)]
    assert document[document.given[63].span] == "33037, nr. 64"


def test_a_case_whose_title_has_its_number_is_not_given_it_again() -> None:
    text = read(agenda(1).replace(b"Voortgang deel 1", b"Voortgang (33 037, nr. 1)")).text
    assert text.count("nr. 1") == 1


def test_the_record_of_an_item_that_was_spoken_about_adds_nothing() -> None:
    spoken = vlos("Brekelmans", "minister van Defensie", "Ja.")
    record = b"<activiteitdeel><titel>Spreekbeurt - Brekelmans</titel><activiteititem><titel>Woordvoerder</titel>"
    with_record = spoken.replace(b"<woordvoerder", record + b"<woordvoerder").replace(
        b"</woordvoerder>", b"</woordvoerder></activiteititem></activiteitdeel>"
    )
    assert read(with_record).text == read(spoken).text


MARK = "\ufeff"
TWICE = MARK.encode().decode("cp1252")
THRICE = TWICE.encode().decode("cp1252")


@pytest.mark.parametrize("blank", ["", "\n", "\r\n\r\n", " \t\n"])
@pytest.mark.parametrize("marks", [MARK, TWICE, THRICE, MARK + TWICE, TWICE + MARK, MARK + MARK, TWICE + TWICE])
@pytest.mark.parametrize("name", ["a.xml", "a.xhtml", "a.html", "a.txt", "a.md"])
def test_byte_order_marks_at_the_front_are_no_text(name: str, marks: str, blank: str) -> None:
    """A mark that was taken for Windows-1252 and encoded again ("\u00ef\u00bb\u00bf") is a mark all the same."""
    text = {
        "a.xml": publication("<kamerstuk><al>Zie Kamerstuk 33279-40, co\u00f6rdinatie.</al></kamerstuk>").decode(),
        "a.xhtml": "<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><body><p>Zie Kamerstuk 33279-40, co\u00f6rdinatie.</p></body></html>",
        "a.html": "<!doctype html><body><p>Zie Kamerstuk 33279-40, co\u00f6rdinatie.</p></body>",
    }.get(name, "Zie Kamerstuk 33279-40, co\u00f6rdinatie.")
    for front in (
        marks + blank,
        blank + marks if name == "a.xml" else marks,
        marks + blank + (marks if name == "a.xml" else ""),
    ):
        document = read_bytes(name, (front + text).encode())
        assert document.text.strip() == "Zie Kamerstuk 33279-40, co\u00f6rdinatie."
