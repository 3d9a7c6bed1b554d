"""The registers: who held which post when, how things are called, and registers of one's own."""

import re
from collections import defaultdict
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest

import ontology
from ontology.naming import squash
from ontology.registers import Entry, RegisterError, Registers, Term

REGISTERS = Registers.load()
TREATIES = [entry for entry in REGISTERS.entries if entry.kind == "treaty"]
MARKED = re.compile(r"\[\[(.+?)\|(.+?)\]\]")


def people(terms: tuple[Term, ...]) -> list[str]:
    return [term.person.iri.rpartition("/")[2] for term in terms]


def posts(terms: tuple[Term, ...]) -> set[str]:
    return {term.post.notation.removeprefix("office:") for term in terms}


@pytest.mark.parametrize(
    ("post", "day", "who"),
    [
        ("minister-buitenlandse-zaken", "2023-04-05", ["hoekstra_wb"]),
        ("minister-buitenlandse-zaken", "2023-10-01", ["bruins-slot_hgj"]),
        ("minister-buitenlandse-zaken", "2025-08-30", ["brekelmans_rp"]),
        ("minister-defensie", "2025-08-30", ["brekelmans_rp"]),
        ("minister-defensie", "2023-10-01", ["ollongren_kh"]),
        ("minister-defensie", "2026-07-10", ["yesilgoz-zegerius_d"]),
        ("minister-president", "1998-08-03", ["kok_w"]),
        ("minister-president", "2024-01-01", ["rutte_m"]),
        ("vice-minister-president", "2026-03-01", ["van-den-brink_g", "yesilgoz-zegerius_d"]),
        ("staatssecretaris-financien", "2020-06-01", ["van-huffelen_ac", "vijlbrief_ja"]),
        ("minister-defensie", "1990-01-01", []),
        ("minister-van-niets", "2020-01-01", []),
    ],
)  # fmt: skip
def test_who_held_a_post(post: str, day: str, who: list[str]) -> None:
    assert sorted(people(REGISTERS.who(f"office:{post}", date.fromisoformat(day)))) == who


def test_on_the_day_of_a_handover_both_are_found() -> None:
    assert people(REGISTERS.who("office:minister-president", date(2024, 7, 2))) == ["rutte_m", "schoof_hwm"]
    assert people(REGISTERS.who("office:minister-president", date(2024, 7, 1))) == ["rutte_m"]
    assert people(REGISTERS.who("office:minister-president", date(2024, 7, 3))) == ["schoof_hwm"]


def test_van_weel_held_three_posts_in_the_late_summer_of_2025() -> None:
    assert posts(REGISTERS.posts_of("person:van-weel", date(2025, 9, 1))) == {
        "minister-justitie-en-veiligheid",
        "minister-asiel-en-migratie",
        "minister-binnenlandse-zaken-en-koninkrijksrelaties",
    }
    assert len(REGISTERS.posts_of("person:van-weel")) == 5


def test_people_of_one_name_share_a_notation_and_not_an_address() -> None:
    assert {person.given for person in REGISTERS.people_named("Rutte")} == {"Mark", "Arno"}
    assert {person.notation for person in REGISTERS.people_named("Rutte")} == {"person:rutte"}
    assert {term.person.given for term in REGISTERS.posts_of("person:bruins")} == {"Bruno", "Eppo"}


@pytest.mark.parametrize(
    ("written", "who"),
    [
        ("Yesilgoz", "yesilgoz-zegerius_d"),
        ("Yeşilgöz-Zegerius", "yesilgoz-zegerius_d"),
        ("YESILGÖZ ZEGERIUS", "yesilgoz-zegerius_d"),
        ("drs. K.H. Ollongren", "ollongren_kh"),
        ("Hanke Bruins Slot", "bruins-slot_hgj"),
        ("H.G.J.\nBruins Slot", "bruins-slot_hgj"),
        ("Faber - Van de Klashorst", "faber_mhm"),
        ("Faber-van de Klashorst", "faber_mhm"),
        ("de heer Van Weel", "van-weel_dm"),
        ("mevrouw Gräper – Van Koolwijk", "graper-van-koolwijk_f"),
        ("van ’t Wout", "van-t-wout_b"),
        ("R.A.A. Jetten MSc", "jetten_raa"),
        ("mr.drs. H.G.J. Bruins Slot", "bruins-slot_hgj"),
        ("Boekholt-O’Sullivan", "boekholt-o-sullivan_ef"),
        ("Arno Rutte", "rutte_acl"),
        ("A.C.L. Rutte", "rutte_acl"),
        ("M. Rutte", "rutte_m"),
        ("Jan Kees de Jager", "de-jager_jc"),
    ],
)
def test_people_by_name(written: str, who: str) -> None:
    assert [person.iri.rpartition("/")[2] for person in REGISTERS.people_named(written)] == [who]


@pytest.mark.parametrize("written", ["", "de heer", "Jan Rutte", "X. Bruins Slot", "Onbekend", "Slot"])
def test_names_of_nobody(written: str) -> None:
    assert REGISTERS.people_named(written) == ()


@pytest.mark.parametrize(
    ("role", "portfolio", "post"),
    [
        ("minister", "Buitenlandse Zaken", "minister-buitenlandse-zaken"),
        ("MINISTERS", "BUITENLANDSE  ZAKEN", "minister-buitenlandse-zaken"),
        ("Staatsse-cretaris", "Buitenlandse\nZaken", "staatssecretaris-buitenlandse-zaken"),
        ("minister", "Onderwijs, Cultuur\u00a0en Wetenschap", "minister-onderwijs-cultuur-en-wetenschap"),
        ("minister", "OCW", "minister-onderwijs-cultuur-en-wetenschap"),
        ("staatssecretaris", "VWS", "staatssecretaris-volksgezondheid-welzijn-en-sport"),
        ("minister", "IenW", "minister-infrastructuur-en-waterstaat"),
        ("minister", "J&V", "minister-justitie-en-veiligheid"),
        ("staatssecretaris", "Financien", "staatssecretaris-financien"),
        ("minister", "Algemene Zaken", "minister-president"),
        ("Minister President", "", "minister-president"),
        ("premier", "", "minister-president"),
        ("Vice Minister President", "", "vice-minister-president"),
    ],
)
def test_posts_by_role_and_portfolio(role: str, portfolio: str, post: str) -> None:
    found = REGISTERS.post_for(role, portfolio)
    assert found is not None
    assert found.notation == f"office:{post}"


@pytest.mark.parametrize(
    ("role", "portfolio"), [("minister", "Tovenarij"), ("burgemeester", "Defensie"), ("minister", "")]
)
def test_posts_that_do_not_exist(role: str, portfolio: str) -> None:
    assert REGISTERS.post_for(role, portfolio) is None


def test_no_minister_holds_one_post_twice_at_a_time() -> None:
    held = defaultdict(list)
    for term in REGISTERS.terms:
        held[term.person.iri, term.post.iri].append(term)
    for terms in held.values():
        for one, next_one in pairwise(terms):
            assert one.end is not None
            assert one.end <= next_one.start


def examples() -> list[tuple[str, Entry]]:
    text = (Path(__file__).parents[2] / "ontology/registers/treaties.ttl").read_text("utf-8")
    sentences = re.findall(r'skos:example\s+"((?:[^"\\]|\\.)+)"', text)
    assert len(sentences) == len(TREATIES)
    by_notation = {entry.notation: entry for entry in TREATIES}
    return [(sentence, by_notation[MARKED.findall(sentence)[0][1]]) for sentence in sentences]


@pytest.mark.parametrize(("sentence", "entry"), examples(), ids=lambda value: getattr(value, "notation", ""))
def test_the_example_of_a_treaty_holds_one_of_its_names(sentence: str, entry: Entry) -> None:
    ((written, _),) = MARKED.findall(sentence)
    words = MARKED.sub(r"\1", sentence).lower()
    assert any(
        (name.text == written if name.exact else squash(name.text) == squash(written))
        and (not name.needs or any(word in words for word in name.needs))
        for name in entry.names
    )


@pytest.mark.parametrize(
    ("kind", "notation", "name"),
    [
        ("treaty", "npt", "Non-proliferatieverdrag"),
        ("treaty", "echr", "Europese Verdrag tot bescherming van de rechten van de mens"),
        (
            "treaty",
            "ltbt",
            "Treaty banning nuclear weapon tests in the atmosphere, in outer space and under water",
        ),
        ("treaty", "north-atlantic-treaty", "NAVO-verdrag"),
        ("law", "law:Algemene wet bestuursrecht", "Awb"),
        ("law", "law:Reglement van Orde van de Tweede Kamer der Staten-Generaal", "Reglement van Orde"),
        ("law", "law:Algemene verordening gegevensbescherming", "AVG"),
        ("committee", "committee:buitenlandse-zaken", "vaste commissie voor Buitenlandse Zaken"),
        ("committee", "committee:rijksuitgaven", "commissie voor de Rijksuitgaven"),
        (
            "ministry",
            "ministry:economische-zaken-en-klimaat",
            "Ministerie van Economische Zaken, Landbouw en Innovatie",
        ),
        ("party", "party:groenlinks-pvda", "GL-PvdA"),
    ],
)
def test_entries_have_their_names(kind: str, notation: str, name: str) -> None:
    entry = REGISTERS.entry(kind, notation)
    assert entry is not None
    assert name in {each.text for each in entry.names}


def test_abbreviations_and_ordinary_words_count_only_as_written() -> None:
    for entry in TREATIES:
        for name in entry.names:
            if not name.exact:
                assert len(squash(name.text)) >= 8, name
                assert squash(name.text) not in {
                    "hetverdrag",
                    "boedapest",
                    "istanbul",
                    "wassenaar",
                    "klimaatakkoord",
                }


def test_a_name_of_two_things_says_what_settles_it() -> None:
    bearers = defaultdict(list)
    for entry in REGISTERS.entries:
        if entry.kind in ("treaty", "law"):
            for name in entry.names:
                bearers[name.text if name.exact else squash(name.text)].append((entry.notation, name))
    for shared in bearers.values():
        if len({notation for notation, _ in shared}) > 1:
            assert all(name.needs for _, name in shared), shared


def test_addresses_and_notations_are_of_one_thing() -> None:
    keys = [(entry.kind, entry.notation) for entry in REGISTERS.entries]
    iris = [entry.iri for entry in REGISTERS.entries]
    assert len(set(keys)) == len(keys)
    assert len(set(iris)) == len(iris)
    assert len({post.notation for post in REGISTERS.posts}) == len(REGISTERS.posts)


def test_a_law_without_a_certain_number_has_an_address_of_ours_and_no_page() -> None:
    laws = [entry for entry in REGISTERS.entries if entry.kind == "law"]
    assert len(laws) >= 150
    for law in laws:
        assert (law.page is None) == law.iri.startswith("https://w3id.org/kamergraaf/law/")


TOPIC = """
@base <https://w3id.org/kamergraaf/> .
@prefix kg: <https://w3id.org/kamergraaf/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
"""


def test_a_register_of_ones_own_adds_and_overrides(tmp_path: Path) -> None:
    (tmp_path / "own.ttl").write_text(
        TOPIC + '<treaty/npt> a kg:Treaty ; skos:notation "npt" ; skos:prefLabel "Atoompact"@nl ;'
        ' kg:exactName "AP" ; dcterms:source "ours" .\n'
        '<treaty/own> a kg:Treaty ; skos:notation "own" ; skos:prefLabel "Verdrag van Hier"@nl ;'
        ' dcterms:source "ours" .\n',
        "utf-8",
    )
    for place in (tmp_path, tmp_path / "own.ttl"):
        mine = Registers.load(place)
        npt, own = mine.entry("treaty", "npt"), mine.entry("treaty", "own")
        assert npt is not None
        assert own is not None
        assert (npt.label_nl, npt.label_en) == ("Atoompact", "Atoompact")
        assert [(name.text, name.exact) for name in npt.names] == [("AP", True), ("Atoompact", False)]
        assert own.page is None
        assert len(mine.entries) == len(REGISTERS.entries) + 1


@pytest.mark.parametrize(
    ("stanza", "place", "problem"),
    [
        ('<x> a kg:Treaty ; skos:prefLabel "X"@nl .', "stanza <", "skos:notation is missing"),
        ('<x> a kg:Treaty ; skos:notation "x" .', "stanza <https", "in Dutch is missing"),
        ('<x> a kg:Law ; skos:notation "x" ; skos:prefLabel "X"@nl ; kg:ambiguousName [ kg:exactName "Y" ] .',
         "stanza <", "which words settle it"),
        ('<t> a kg:Term .', "stanza <https://w3id.org/kamergraaf/t>", "org:member is missing"),
        ('<p> a kg:Post ; skos:notation "p" ; skos:prefLabel "P"@nl .', "stanza <", "kg:role is missing"),
        ('<x> a kg:Treaty ; skos:notation "x" ; skos:prefLabel "X"@nl .', "stanza <https", "has a source"),
        ('<x> a kg:Topic ; skos:notation "X Y" ; skos:prefLabel "X"@nl ; dcterms:source "s" .', "stanza <https",
         "in lower case with hyphens"),
        ('<x> a kg:Topic ; skos:notation "x" ; skos:prefLabel "X"@nl ; dcterms:source "s" ;'
         ' kg:ambiguousName [ a kg:AmbiguousName ; kg:nameNeeds "y" ] .', "stanza <https", "written in some way"),
        ('<x> a kg:Topick ; skos:notation "x" .', "stanza <https", "no word kg:Topick"),
        ('<x> a kg:Topic ; skos:notation "x" ; skos:prefLabel "X"@nl ; kg:altName "Y" .', "stanza <", "no word kg:alt"),
        ('<x> skos:notation "x" ; skos:prefLabel "X"@nl .', "stanza <", "does not say what it is"),
        ('<x> a kg:Treaty\n<y>', "line 7", "not Turtle"),
        ('<x> a onbekend:Ding .', "line 6", "not Turtle"),
    ],
)  # fmt: skip
def test_a_broken_register_is_named_with_the_place(tmp_path: Path, stanza: str, place: str, problem: str) -> None:
    path = tmp_path / "broken.ttl"
    path.write_text(TOPIC + stanza, "utf-8")
    with pytest.raises(RegisterError) as caught:
        Registers.load(path)
    assert caught.value.path == path
    assert caught.value.place.startswith(place)
    assert problem in caught.value.problem
    assert str(path) in str(caught.value)


@pytest.mark.parametrize(
    ("dates", "problem"),
    [
        ('schema:startDate "2020-13-01"', "write a date as"),
        ('schema:startDate "2020-02-01" ; schema:endDate "2020-01-01"', "before it starts"),
        ('schema:endDate "2020-01-01"', "needs a schema:startDate"),
        ('schema:startDate "2020-01-01" ; kg:post <post/nothing>', "in no register of posts"),
    ],
)
def test_a_broken_term_is_named(tmp_path: Path, dates: str, problem: str) -> None:
    post = "" if "kg:post" in dates else "kg:post <post/minister-defensie> ;"
    path = tmp_path / "terms.ttl"
    path.write_text(
        TOPIC + "@prefix org: <http://www.w3.org/ns/org#> . @prefix schema: <https://schema.org/> .\n"
        f"<term/t> a kg:Term ; org:member <person/rutte_m> ; {post} {dates} .",
        "utf-8",
    )
    with pytest.raises(RegisterError, match=problem) as caught:
        Registers.load(path)
    assert "term/t" in caught.value.place


def test_a_register_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="cannot be read"):
        Registers.load(tmp_path / "missing.ttl")


def test_a_folder_without_registers_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(RegisterError, match="no files that end in"):
        Registers.load(tmp_path)


def test_a_register_of_ones_own_may_speak_of_people_and_posts_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "terms.ttl"
    path.write_text(
        TOPIC + "@prefix org: <http://www.w3.org/ns/org#> . @prefix schema: <https://schema.org/> .\n"
        "@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n"
        "<term/own> a kg:Term ; org:member <person/rutte_m> ; kg:post <post/minister-defensie> ;\n"
        '  schema:startDate "2030-01-01"^^xsd:date .',
        "utf-8",
    )
    assert people(Registers.load(path).who("office:minister-defensie", date(2030, 1, 2)))[-1:] == ["rutte_m"]


@pytest.mark.parametrize("post", ["office:minister-defensie", "minister van Defensie", " Minister  van\nDefensie"])
def test_who_held_a_post_by_notation_or_words(post: str) -> None:
    assert people(ontology.who(" ".join(post.split()), date(2023, 10, 1))) == ["ollongren_kh"]


def test_who_held_a_post_without_a_ministry_or_one_that_is_not() -> None:
    assert people(ontology.who("premier", date(2024, 1, 1))) == ["rutte_m"]
    assert people(ontology.who("minister voor Klimaat en Energie", date(2023, 1, 1))) == ["jetten_raa"]
    assert ontology.who("minister van Tovenarij", date(2023, 1, 1)) == ()


def test_the_posts_of_a_person_by_notation_or_name() -> None:
    assert posts(ontology.posts("Mark Rutte", date(2024, 1, 1))) == {"minister-president"}
    assert {term.person.given for term in ontology.posts("person:rutte")} == {"Mark", "Arno"}
    assert len(ontology.posts("Van Weel")) == 5
    assert ontology.posts("Niemand") == ()


def test_members_are_found_by_name_and_apart_from_the_government() -> None:
    (helder,) = REGISTERS.members_named("mr. Lilian Helder")
    assert helder.notation == "person:helder"
    assert {person.given for person in REGISTERS.people_named("Helder")} == {"Conny"}
    assert len(REGISTERS.members) >= 200


def test_a_member_who_held_a_post_is_one_person() -> None:
    (member,) = REGISTERS.members_named("Sophie Hermans")
    assert member in REGISTERS.people_named("Sophie Hermans")
    addresses = [person.iri for person in REGISTERS.members]
    assert len(set(addresses)) == len(addresses)
