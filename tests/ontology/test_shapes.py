"""Every shape lets a correct graph pass and catches one that breaks it."""

from functools import cache
from pathlib import Path

import pytest
from pyshacl import validate
from rdflib import Graph, Literal
from rdflib.namespace import SH
from rdflib.term import Node

import ontology

SHAPES = Graph().parse(Path(ontology.__file__).parent / "shapes.ttl")

PREFIXES = """
@base <https://w3id.org/kamergraaf/> .
@prefix kg: <https://w3id.org/kamergraaf/ontology#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix oa: <http://www.w3.org/ns/oa#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix void: <http://rdfs.org/ns/void#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""

GOOD = """
<doc> a kg:Letter ; dcterms:date "2026-07-10"^^xsd:date ; kg:datedBy "ontvangen" ; kg:vergaderjaar "2025-2026" ; kg:identifiedBy "its page feet" ; kg:answers <zaak> ;
    kg:dateInterval <doc#date> .
<doc#date> a kg:DateInterval ; kg:earliest "2026-07-01"^^xsd:date ; kg:latest "2026-07-31"^^xsd:date .
<doc#q6> a kg:Question ; kg:number 6 ; dcterms:isPartOf <doc> .
<doc#a6> a kg:Answer ; kg:number 6 ; dcterms:isPartOf <doc> ; kg:answersQuestion <doc#q6> .
<doc#m1> a kg:Mention ; oa:hasBody <zaak> ; oa:hasTarget <doc#char=10,20> ; kg:rule <rule/stated> .
<doc#char=10,20> oa:start 10 ; oa:end 20 ; oa:exact "2026Z12035" ; dcterms:isPartOf <doc#a6> .
<doc#m2> a kg:UnresolvedMention ; kg:kind "kamerstuk" ; kg:reason "the dossier is left out" ;
    oa:hasTarget <doc#char=30,35> ; kg:rule <rule/stated> .
<doc#char=30,35> oa:start 30 ; oa:end 35 ; oa:exact "nr. 7" ; dcterms:isPartOf <doc> .
<zaak> a kg:Zaak ; rdfs:label "2026Z12035" .
<doc#m1> kg:correctedBy <correction/1> .
<correction/1> a kg:Correction ; kg:corrects <doc#char=10,20> ; kg:kind "zaak" ; kg:verdict "other" ; kg:claimed <zaak> ;
    kg:meant "2026Z12053" ; dcterms:created "2026-11-25T20:00:00Z"^^xsd:dateTime .
<rule/stated> a kg:Rule ; rdfs:label "stated" ; kg:confidence 0.99 .
<kst> a kg:Kamerstuk ; dcterms:isPartOf <dossier> .
<dossier> a kg:Dossier ; rdfs:label "dossier 33279" .
<page> a kg:WebPage .
<treaty/x> a kg:Treaty ; skos:notation "x" ; skos:prefLabel "Verdrag X"@nl, "Treaty X"@en ;
    dcterms:source "trb" ;
    kg:ambiguousName <name> ; kg:event <event> .
<topic/x> a kg:Topic ; skos:notation "x" ; skos:prefLabel "X"@nl ; dcterms:source "ours" .
<name> a kg:AmbiguousName ; kg:exactName "X" ; kg:nameNeeds "wapens" .
<event> a kg:TreatyEvent ; dcterms:type "withdrawal" ; dcterms:date "2023-11-02"^^xsd:date .
<person/a> a kg:Person ; skos:prefLabel "A. Jansen" .
<person/b> a kg:MemberOfParliament ; skos:prefLabel "B. de Vries" ;
    dcterms:identifier "74b44968-d1f2-482a-a365-1fbb4cbda7f9" .
<post/m> a kg:Post ; skos:prefLabel "Minister van X"@nl ; kg:role "minister" .
<term/t> a kg:Term ; org:member <person/a> ; kg:post <post/m> ;
    schema:startDate "2020-01-01"^^xsd:date ; schema:endDate "2021-01-01"^^xsd:date .
<dataset> dcterms:title "Papers"@en ; void:triples 12 ; void:classPartition <dataset#letters> .
<file> a kg:Source ; kg:sourceName "a.docx" ;
    kg:sha256 "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855" .
"""

BROKEN = [
    ('kg:datedBy "ontvangen"', 'kg:datedBy "ontvangen", "given"', "A document says in at most one way how its date"),
    (
        'kg:identifiedBy "its page feet"',
        'kg:identifiedBy "its page feet", "x"',
        "A document says in at most one way how its number",
    ),
    # what is taken out, what is put in its place, what the report says in English
    ("oa:hasTarget <doc#char=10,20> ; kg:rule", "kg:rule", "exactly one place of a text"),
    (
        "oa:hasTarget <doc#char=10,20>",
        "oa:hasTarget <doc#char=10,20>, <doc#char=30,35>",
        "exactly one place of a text",
    ),
    ("oa:start 30 ;", "", "The place of a mention has a start"),
    (
        "oa:hasTarget <doc#char=10,20> ; kg:rule <rule/stated>",
        "oa:hasTarget <doc#char=10,20>",
        "exactly one rule",
    ),
    ("kg:Mention ; oa:hasBody <zaak> ;", "kg:Mention ;", "refers to exactly one thing"),
    ("oa:hasBody <zaak>", "oa:hasBody <zaak>, <dossier>", "refers to exactly one thing"),
    ("kg:UnresolvedMention ;", "kg:UnresolvedMention ; oa:hasBody <zaak> ;", "refers to nothing"),
    ('kg:reason "the dossier is left out" ;', "", "why it was not resolved"),
    ('kg:kind "kamerstuk" ;', "", "of which kind it is"),
    ("oa:start 10 ; oa:end 20", 'oa:start "10" ; oa:end 20', "starts at one place"),
    ("oa:start 10 ; oa:end 20", "oa:start -1 ; oa:end 9", "starts at one place"),
    ("oa:start 10 ; oa:end 20", "oa:start 10", "ends at one place"),
    ("oa:start 10 ; oa:end 20", "oa:start 20 ; oa:end 10", "starts before it ends"),
    ('oa:exact "2026Z12035" ;', "", "quotes its words"),
    ('oa:exact "2026Z12035"', 'oa:exact "2026Z1203"', "as long as the place"),
    ('"nr. 7" ; dcterms:isPartOf <doc>', '"nr. 7"', "part of a section, sentence or document"),
    ("kg:answers <zaak>", "kg:answers <zaak> ; kg:cites <kst>", "no mention in it says so"),
    ("kg:answers <zaak>", "kg:answers <zaak> ; kg:invokesTreaty <treaty/x>", "no mention in it says so"),
    ("kg:answers <zaak>", "kg:answers <zaak> ; kg:signedBy <person/a>", "no mention in it says so"),
    (
        '"2026Z12035" ; dcterms:isPartOf <doc#a6>',
        '"2026Z12035" ; dcterms:isPartOf <other>',
        "no mention in it says so",
    ),
    (
        "kg:answersQuestion <doc#q6>",
        "kg:answersQuestion <doc#q6> ; kg:seeAnswer <doc#q6>",
        "no mention in it says so",
    ),
    ("kg:corrects <doc#char=10,20> ;", "", "about exactly one place"),
    ("kg:corrects <doc#char=10,20> ;", "kg:corrects <doc#a6> ;", "The place that a correction is about quotes"),
    ('kg:kind "zaak" ;', "", "of which kind the reference is"),
    ('kg:verdict "other"', 'kg:verdict "bad"', "has one verdict"),
    ('"2026-11-25T20:00:00Z"^^xsd:dateTime', '"gisteren"', "when it was made"),
    ("kg:claimed <zaak>", "kg:claimed <zaak>, <dossier>", "at most one address"),
    ('kg:verdict "other"', 'kg:verdict "wrong"', "What is right names what was claimed"),
    (
        'kg:verdict "other" ; kg:claimed <zaak> ;\n    kg:meant "2026Z12053"',
        'kg:verdict "right"',
        "What is right names",
    ),
    ("kg:confidence 0.99", "kg:confidence 1.2", "from 0 to 1"),
    ("; kg:confidence 0.99", "", "from 0 to 1"),
    ('kg:Rule ; rdfs:label "stated" ;', "kg:Rule ;", "A rule has a label"),
    ("<page> a", "[] a", "A web page is known by its address"),
    ("<doc> a kg:Letter ;", "[] a kg:Motion . <doc> a kg:Letter ;", "A document has an address"),
    ('dcterms:date "2026-07-10"^^xsd:date', 'dcterms:date "10 juli 2026"', "at most one date"),
    ("<doc#date> a kg:DateInterval ;", "<doc#date>", "which is a kg:DateInterval"),
    ('"2025-2026"', '"2025/26"', "written as 2022-2023"),
    ("kg:Kamerstuk ; dcterms:isPartOf <dossier>", "kg:Kamerstuk", "part of a dossier"),
    (
        "kg:Kamerstuk ; dcterms:isPartOf <dossier>",
        "kg:Kamerstuk ; dcterms:isPartOf <zaak>",
        "part of a dossier",
    ),
    ("dcterms:isPartOf <doc> ; kg:answersQuestion", "kg:answersQuestion", "exactly one document"),
    (
        "dcterms:isPartOf <doc> ; kg:answersQuestion",
        "dcterms:isPartOf <doc>, <kst> ; kg:answersQuestion",
        "exactly one document",
    ),
    ("kg:Answer ; kg:number 6 ;", "kg:Answer ;", "has its number"),
    ("kg:answersQuestion <doc#q6>", "kg:answersQuestion <zaak>", "belongs to a question"),
    ('kg:Dossier ; rdfs:label "dossier 33279"', "kg:Dossier", "has a label"),
    ('skos:notation "x" ;', "", "one notation, in lower case"),
    ('skos:notation "x" ;', 'skos:notation "Verdrag X" ;', "one notation, in lower case"),
    ('skos:notation "x" ;', 'skos:notation "x", "y" ;', "An entry of a register has one notation"),
    ('"Verdrag X"@nl, ', "", "label in Dutch"),
    ('"Verdrag X"@nl, ', '"Verdrag X"@nl, "Het verdrag X"@nl, ', "one preferred label in each language"),
    ('dcterms:source "trb" ;', "", "has a source"),
    ('kg:Topic ; skos:notation "x"', 'kg:Topic ; skos:notation "X & Y"', "A topic has a notation in lower case"),
    ("kg:answers <zaak>", "kg:answers <zaak> ; kg:mentionsTopic <topic/x>", "no mention in it says so"),
    ('kg:exactName "X" ;', "", "written in some way"),
    ('; kg:nameNeeds "wapens"', "", "which words settle it"),
    ('dcterms:type "withdrawal" ;', "", "says what happened"),
    ('; dcterms:date "2023-11-02"^^xsd:date', "", "A treaty event has a date"),
    ('"74b44968-', '"7-', "the number that the open data"),
    ('kg:role "minister"', 'kg:role "premier"', "The role of a post"),
    ("org:member <person/a> ;", "", "exactly one person"),
    ("org:member <person/a>", "org:member <zaak>", "exactly one person"),
    ("kg:post <post/m> ;", "", "exactly one post"),
    ('schema:startDate "2020-01-01"^^xsd:date ;', "", "starts on one day"),
    ('"2021-01-01"^^xsd:date', '"2021"', "ends on at most one day"),
    ('"2021-01-01"^^xsd:date', '"2019-01-01"^^xsd:date', "A term starts before it ends"),
    (
        'kg:earliest "2026-07-01"^^xsd:date ; kg:latest "2026-07-31"^^xsd:date',
        "",
        "an earliest or a latest day",
    ),
    ('"2026-07-31"^^xsd:date', '"2026-06-30"^^xsd:date', "not after the latest"),
    (
        'kg:latest "2026-07-31"^^xsd:date',
        'kg:latest "2026-07-31"^^xsd:date, "2026-07-30"^^xsd:date',
        "at most one latest day",
    ),
    ('dcterms:title "Papers"@en ;', "", "A dataset has a title"),
    ("void:triples 12", 'void:triples "12"', "how many statements"),
    ('"e3b0c44', '"E3B', "64 hexadecimal characters"),
    ('kg:sourceName "a.docx" ;', "", "has a name"),
    ('kg:sourceName "a.docx" ;', 'kg:sourceName "a.docx" ; kg:staleReason "empty", "locked" ;', "has one reason"),
]


def language(text: Node) -> str | None:
    """The language of a piece of text."""
    return text.language if isinstance(text, Literal) else None


@cache
def report(turtle: str) -> tuple[bool, str]:
    """Whether a graph is correct, and the report on it."""
    conforms, _, text = validate(Graph().parse(data=PREFIXES + turtle, format="turtle"), shacl_graph=SHAPES)
    return conforms, text


def test_a_correct_graph_passes() -> None:
    conforms, text = report(GOOD)
    assert conforms, text


@pytest.mark.parametrize(("old", "new", "says"), BROKEN, ids=lambda part: part[:40])
def test_a_broken_graph_is_caught(old: str, new: str, says: str) -> None:
    broken = GOOD.replace(old, new, 1)
    assert broken != GOOD, "the case changes nothing"
    conforms, text = report(broken)
    assert not conforms
    assert says in text


def test_every_message_is_given_by_some_case() -> None:
    seen = " ".join(report(GOOD.replace(old, new, 1))[1] for old, new, _ in BROKEN)
    messages = {str(text) for text in SHAPES.objects(None, SH.message) if language(text) == "en"}
    assert {text for text in messages if text not in seen} == set()


def test_messages_are_in_english_and_dutch() -> None:
    for shape in SHAPES.subjects(SH.message, None):
        assert {language(text) for text in SHAPES.objects(shape, SH.message)} == {"en", "nl"}


def test_our_registers_are_correct() -> None:
    registers = Graph()
    for path in (Path(ontology.__file__).parent / "registers").glob("*.ttl"):
        registers.parse(path)
    conforms, _, text = validate(registers, shacl_graph=SHAPES)
    assert conforms, text
