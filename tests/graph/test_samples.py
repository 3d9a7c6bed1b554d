"""The sample papers: everything that must come out of them, in the links and in the graph."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from pathlib import Path

import pytest
import rdflib
from conftest import SAMPLES
from markup import Marked, mark

from exports.named import query
from exports.validation import validate
from graph import Graph, Link, Paper, paper, references
from graph.network import quotes
from ontology.terms import PREFIXES

EXPECTED = Path(__file__).parent / "expected"
ANSWER, LETTER, MIXED = (
    f"{name}.txt"
    for name in ("antwoord-kernwapens-europa", "brief-kernwapens-belarus", "brief-veelsoortige-verwijzingen")
)
SITE = "https://zoek.officielebekendmakingen.nl/"
AH = f"{SITE}ah-tk-20252026-2406"


def read(name: str) -> Paper:
    return paper(SAMPLES / name)


def links(name: str, kind: str) -> list[Link]:
    return [link for link in read(name).links if link.kind == kind]


def rows(graph: Graph, sparql: str) -> list[tuple[str, ...]]:
    """The answer to a query over all papers, in order."""
    prefixes = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())
    return [tuple(cells) for cells in list(csv.reader(io.StringIO(graph.query(prefixes + sparql, "csv").decode())))[1:]]


def named(graph: Graph, name: str, **values: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(graph.query(query(name).filled(values), "csv").decode())))


@pytest.mark.parametrize("name", sorted(path.name for path in SAMPLES.glob("*.txt")))
def test_every_reference_and_no_other(name: str) -> None:
    found = read(name)
    marks = (Marked(*link.span, None, link.id) for link in found.links)
    assert mark(found.document.text, marks) == (EXPECTED / name).read_text("utf-8")


# ---- what the papers are


def test_the_answer_knows_itself_by_its_number_and_the_day_of_receipt() -> None:
    profile = read(ANSWER).profile
    assert (profile.id, profile.iri, profile.sort) == ("ah-tk-20252026-2406", AH, "answer")
    assert (profile.date, profile.date_reason) == (date(2026, 6, 29), "ontvangen")
    assert [read(ANSWER).document[span] for span in profile.own] == ["AH 2406"]


def test_the_answer_answers_its_zaak(samples: Graph) -> None:
    assert rows(samples, f"SELECT ?zaak ?years {{ <{AH}> kg:answers ?zaak ; kg:vergaderjaar ?years }}") == [
        ("https://www.tweedekamer.nl/kamerstukken/detail?id=2026Z12035", "2025-2026")
    ]


def test_the_undated_letter_lies_within_bounds_that_have_reasons() -> None:
    profile = read(LETTER).profile
    assert profile.date is None
    assert profile.period == (date(2023, 9, 5), date(2024, 7, 2))
    assert [(bound.side, bound.day.isoformat(), bound.reason) for bound in profile.evidence] == [
        ("earliest", "2023-04-26", 'the last full date that it mentions is "26 april 2023"'),
        ("earliest", "2023-09-05", "Hanke Bruins Slot, who signed as Minister van Buitenlandse Zaken, took office"),
        ("latest", "2024-07-02", "Hanke Bruins Slot, who signed as Minister van Buitenlandse Zaken, left office"),
        ("earliest", "2022-01-10", "K.H. Ollongren, who signed as Minister van Defensie, took office"),
        ("latest", "2024-07-02", "K.H. Ollongren, who signed as Minister van Defensie, left office"),
    ]


def test_the_bounds_and_their_reasons_are_in_the_graph(samples: Graph) -> None:
    (found,) = rows(
        samples,
        """SELECT ?first ?last (COUNT(DISTINCT ?since) AS ?lower) (COUNT(DISTINCT ?until) AS ?upper) {
        ?doc kg:dateInterval ?period . ?period kg:earliest ?first ; kg:latest ?last ;
            kg:earliestReason ?since ; kg:latestReason ?until } GROUP BY ?first ?last""",
    )
    assert found == ("2023-09-05", "2024-07-02", "3", "2")


# ---- dates


def test_dates_without_a_year_count_from_the_date_of_the_answer() -> None:
    found = [(read(ANSWER).document[link.span], link.id, link.rule) for link in links(ANSWER, "date")]
    assert found == [
        ("29 juni 2026", "2026-06-29", "full-date"),
        ("18 juni jl.", "2026-06-18", "last-such-day"),
        ("2 maart jl.", "2026-03-02", "last-such-day"),
        ("18 juni jl.", "2026-06-18", "last-such-day"),
        ("16 juni", "2026-06-16", "nearest-such-day"),
    ]


def test_a_date_without_a_year_in_an_undated_letter_says_why_it_is_unresolved() -> None:
    open_links = [link for link in read(LETTER).links if link.id is None]
    assert [(link.kind, link.iri, link.confidence, link.reason) for link in open_links] == [
        (kind, None, 0.0, "the year is left out, and the paper has no date to count from")
        for kind in ("letter", "date")
    ]


# ---- papers


def test_a_letter_and_the_number_beside_it_meet_in_one_node(samples: Graph) -> None:
    (letter,) = links(ANSWER, "letter")
    (numbered,) = links(ANSWER, "kamerstuk")
    assert (letter.id, numbered.id) == ("letter:2026-03-02", "kst-33279-40")
    assert letter.iri == numbered.iri == f"{SITE}kst-33279-40"
    assert rows(
        samples,
        f"""SELECT ?date ?dossier (COUNT(?mention) AS ?mentions) {{ GRAPH <{AH}> {{ ?mention oa:hasBody <{letter.iri}> .
        <{letter.iri}> a kg:Kamerstuk, kg:Letter ; dcterms:date ?date ; dcterms:isPartOf ?dossier .
        ?dossier a kg:Dossier }} }} GROUP BY ?date ?dossier""",
    ) == [("2026-03-02", f"{SITE}dossier/33279", "2")]


def test_a_zaak_that_is_called_kamerstuk_is_right_and_a_problem(samples: Graph) -> None:
    called = [link for link in links(LETTER, "zaak") if link.problem]
    assert [(link.id, link.problem, link.section and link.section.name) for link in called] == [
        ("2023Z06024", "zaak number called Kamerstuk", "note 2"),
        ("2023Z06024", "zaak number called Kamerstuk", "note 3"),
    ]
    assert [row["quote"] for row in named(samples, "problems")] == ["2023Z06024"] * 2


# ---- questions, answers, notes


def test_there_are_twelve_questions_and_as_many_answers(samples: Graph) -> None:
    for kind in ("question", "answer"):
        assert [each.number for each in read(ANSWER).sections if each.kind == kind] == list(range(1, 13))
    assert rows(samples, f"SELECT (COUNT(*) AS ?n) {{ GRAPH <{AH}> {{ ?answer kg:answersQuestion ?question }} }}") == [
        ("12",)
    ]


def test_the_letter_has_its_four_questions_with_answers() -> None:
    sections = read(LETTER).sections
    for kind in ("question", "answer"):
        assert [each.number for each in sections if each.kind == kind] == [1, 2, 3, 4]


def test_the_chain_of_answers_ends_where_the_answer_is(samples: Graph) -> None:
    final = {row["question"]: (row["final"], row["text"]) for row in named(samples, "final-answer")}
    assert {asked: number for asked, (number, _) in final.items()} == {
        "2": "1", "6": "1", "9": "1", "10": "1", "11": "1",
    }  # fmt: skip
    assert final["10"][1].startswith("Een uitgewerkt plan van de Verenigde Staten ligt er niet")
    edges = rows(samples, f"SELECT ?to {{ <{AH}#answer-10> kg:seeAnswer ?to }}")
    assert edges == [(f"{AH}#answer-9",)]


def test_notes_hang_on_their_marks_wherever_the_page_broke() -> None:
    found = read(ANSWER)
    notes = [each for each in found.sections if each.kind == "note"]
    marked = {each.number: found.document.text[each.mark.start - 14 : each.mark.end] for each in notes if each.mark}
    assert marked == {1: "erklaring uit.¹", 2: "bij consensus.²", 3: "ngen op tafel.³"}
    word = read(LETTER)
    assert [(each.number, each.mark and word.document[each.mark]) for each in word.sections if each.kind == "note"] == [
        (2, "[footnoteRef:2]"),
        (3, "[footnoteRef:3]"),
    ]


def test_a_sentence_refers_to_what_its_note_refers_to(samples: Graph) -> None:
    found = rows(
        samples,
        """SELECT ?number ?what ?sentence { GRAPH ?paper {
        ?place kg:hasNote ?note ; dcterms:references ?what ; oa:exact ?sentence . ?note kg:number ?number } }""",
    )
    by_what = {what.rpartition("/")[2].rpartition("=")[2]: (number, sentence) for number, what, sentence in found}
    assert by_what["2026-nuclear-planning-group-statement"] == (
        "1", "De ministers van Defensie deden dat op 18 juni jl. in de *Nuclear Planning Group*, en zij gaven daarna een "
        "verklaring uit.¹",
    )  # fmt: skip
    assert by_what["natos-nuclear-deterrence-policy-and-forces"] == ("2", "Het bondgenootschap besluit bij consensus.²")
    assert by_what["npt"][0] == "3"
    assert by_what["npt"][1].startswith("De afspraken over *nuclear sharing* zijn ouder")
    assert {number for number, what, _ in found if what.endswith("=2023Z06024")} == {"2", "3"}


def test_an_answer_that_a_note_interrupts_reads_on_while_offsets_stay(samples: Graph) -> None:
    found = read(ANSWER)
    (seven,) = (each for each in found.sections if each.name == "answer 7")
    assert len(seven.spans) == 2
    assert seven.read(found.document) == (
        "Van allebei. Over afspraken die samenhangen met de bescherming van het grondgebied en die tussen regeringen zijn "
        "gemaakt, kan het kabinet niets meedelen."
    )
    assert rows(samples, f"SELECT ?text {{ <{AH}#answer-7> schema:text ?text }}") == [(seven.read(found.document),)]
    assert found.document[seven.spans[1]].startswith("tussen regeringen")


# ---- people and posts


def test_ministers_of_the_answer_are_known_by_name_and_post(samples: Graph) -> None:
    assert [(link.id, link.fact("post"), link.rule) for link in links(ANSWER, "minister")] == [
        ("person:berendsen", "office:minister-buitenlandse-zaken", "person-in-post"),
        ("person:yesilgoz-zegerius", "office:minister-defensie", "person-in-post"),
    ]
    signed = rows(samples, f"SELECT ?who {{ GRAPH <{AH}> {{ <{AH}> kg:signedBy/rdfs:label ?who }} }}")
    assert {who.split()[-1] for (who,) in signed} == {"Berendsen", "Yeşilgöz-Zegerius"}


def test_each_signatory_is_paired_with_the_post_above_the_name() -> None:
    document = read(LETTER).document
    signed = [(document[link.span], link.id, link.fact("post"), link.rule) for link in links(LETTER, "minister")]
    assert signed == [
        ("Hanke Bruins Slot", "person:bruins-slot", "office:minister-buitenlandse-zaken", "signature"),
        ("K.H. Ollongren", "person:ollongren", "office:minister-defensie", "signature"),
    ]


@pytest.mark.parametrize(
    ("name", "holders"),
    [
        (ANSWER, {"office:minister-defensie": "person:yesilgoz-zegerius"}),
        (LETTER, {"office:minister-buitenlandse-zaken": "person:bruins-slot", "office:minister-defensie": "person:ollongren"}),
        (MIXED, {"office:minister-defensie": "person:brekelmans"}),
    ],
)  # fmt: skip
def test_an_office_has_its_holder_at_the_date(name: str, holders: Mapping[str, str]) -> None:
    assert {link.id: link.fact("holder") for link in links(name, "office")} == holders


def test_the_member_who_asked_is_named() -> None:
    assert {link.id for link in links(LETTER, "member")} == {"person:futselaar"}


# ---- treaties and works


def test_every_spelling_of_a_treaty_is_one_node(samples: Graph) -> None:
    found = rows(
        samples,
        """SELECT ?treaty (GROUP_CONCAT(DISTINCT ?words; separator="|") AS ?spellings) { GRAPH ?paper {
        ?m oa:hasBody ?treaty ; oa:hasTarget/oa:exact ?words . ?treaty a kg:Treaty } } GROUP BY ?treaty""",
    )
    spellings = {treaty.rpartition("/")[2]: set(words.split("|")) for treaty, words in found}
    assert spellings == {
        "npt": {"Non-Proliferatie Verdrag", "Non-proliferatie Verdrag", "Non-Proliferatie verdrag",
                "Non-Proliferatieverdrag", "NPV", "NPT"},
        "new-start": {"New START-verdrag"},
        "ctbt": {"Alomvattend Kernstopverdrag", "CTBT"},
        "budapest-memorandum": {"Boedapest Memorandum"},
        "north-atlantic-treaty": {"NAVO-verdrag"},
        "att": {"Wapenhandelsverdrag"},
    }  # fmt: skip


def test_the_bare_word_treaty_is_left_alone() -> None:
    document = read(ANSWER).document
    place = document.text.index("het verdrag in 1970")
    assert not any(link.span.start <= place + 4 < link.span.end for link in read(ANSWER).links)


def test_an_article_belongs_to_the_mention_of_its_law_or_treaty() -> None:
    told = {link.id: link.fact("article") for kind in ("law", "treaty") for link in links(MIXED, kind)}
    assert told == {"law:Wet open overheid": "12", "north-atlantic-treaty": "5", "att": None}


@pytest.mark.parametrize(
    ("words", "articles"),
    [
        ("artikelen 107 en 108 VWEU", ["107", "108"]),
        ("de artikelen 2, tweede lid, 23 en 26 van het EVRM", ["2", "23", "26"]),
        ("artikelen 5 tot en met 8 EVRM", ["5", "6", "7", "8"]),
        ("art. 4, lid 2, sub a VWEU", ["4"]),
        ("artikel 3:46 juncto artikel 4:6 van de Awb", ["3:46", "4:6"]),
        ("het EVRM", [None]),
    ],
)
def test_each_article_of_a_list_is_a_reference(words: str, articles: list[str | None]) -> None:
    assert [link.fact("article") for link in references(f"Op grond van {words} geldt dit.")] == articles


def test_a_motion_without_a_date_is_read_though_its_movers_hold_no_post() -> None:
    text = "De Kamer,\n\ngehoord de beraadslaging,\n\nen gaat over tot de orde van de dag.\n\nKnops\n"
    assert [link.id for link in references(text)] == ["person:knops"]


def test_a_cited_work_has_title_author_and_address(samples: Graph) -> None:
    works = {row["author"]: (row["title"], row["address"]) for row in named(samples, "cited-works")}
    assert works["William Alberque"] == (
        "The NPT and the origin of NATO's nuclear sharing arrangements",
        "https://www.ifri.org/en/publications/etudes-de-lifri/proliferation-papers/npt-and-origins-natos-nuclear-sharing-arrangements",
    )


# ---- the graph as a whole


def test_the_graph_conforms_to_its_shapes(samples: Graph) -> None:
    assert validate(samples.store) == []


def test_every_direct_edge_has_a_mention_of_its_target_in_the_same_paper(samples: Graph) -> None:
    evidence = {(str(q.graph_name.value), q.object.value) for q in samples.store.quads if q.predicate.value.endswith("hasBody")}  # fmt: skip
    edges = {"cites", "answers", "invokesTreaty", "invokesLaw", "linksTo", "signedBy", "askedBy", "addressedTo",
             "mentionsPerson", "mentionsPost", "mentionsCommittee", "citesWork", "citesCase", "mentionsDay",
             "seeAnswer", "hasNote"}  # fmt: skip
    direct = {
        (q.graph_name.value, q.object.value)
        for q in samples.store.quads
        if q.predicate.value.removeprefix(PREFIXES["kg"]) in edges and "#char=" not in q.subject.value
    }
    assert len(direct) > 50
    assert direct - evidence == set()


def test_the_quote_of_every_mention_is_the_text_at_its_place(samples: Graph) -> None:
    places = rows(samples, "SELECT ?p ?s ?e ?x { ?p oa:start ?s ; oa:end ?e ; oa:exact ?x } ORDER BY ?p")
    assert len(places) > 70
    for place, start, end, quote in places:
        text = samples.store.text(place.partition("#")[0])
        assert text[int(start) : int(end)] == quote


def test_rdflib_and_networkx_see_the_same_graph(samples: Graph) -> None:
    npt = "https://w3id.org/kamergraaf/treaty/npt"
    data = samples.rdflib()
    invokes = rdflib.URIRef(PREFIXES["kg"] + "invokesTreaty")
    assert rdflib.URIRef(AH) in set(data.subjects(invokes, rdflib.URIRef(npt)))
    network = samples.network()
    assert network.has_edge(AH, npt, "invokesTreaty")
    assert network.nodes[npt]["kind"] == "treaty"
    said = [told["quote"] for told in quotes(network.edges[AH, npt, "invokesTreaty"])]
    assert len(said) == 6
    assert any("ouder dan het Non-proliferatie Verdrag" in quote for quote in said)
