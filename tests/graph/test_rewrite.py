"""Updates of strangers: written anew they do the same, and whatever hides in them, no graph changes that they do not name."""

from __future__ import annotations

import asyncio
import random
import shutil
import time
from pathlib import Path

import pyoxigraph
import pytest

from graph.asker import Unanswered
from graph.change import Update, change
from graph.guard import DEEPEST, MOST_OF_ONE, Refused
from graph.keep import verify
from graph.rewrite import Protected, rewrite
from graph.store import Store

G, OWN = "http://example.org/g", "http://example.org/own"
DATA = f"""INSERT DATA {{ GRAPH <{G}> {{ <x:a> <x:p> 1 , 2 , "drie"@nl }} GRAPH <{OWN}> {{ <x:a> <x:p> 1 , 5 }} }}"""
SAME = (
    f"INSERT DATA {{ GRAPH <{G}> {{ <x:b> a <x:C> ; <x:p> +1 , -2.5 , 1e3 , .5 , true , 'it''s'@nl . }} }}".replace("''", "\\'"),
    "PREFIX e: <http://example.org/> INSERT DATA { GRAPH e:g { e:s e:p \"\"\"a \"b\" # no comment\"\"\" , '<x:y>' , 'x'^^e:t } } # the end",
    f"PREFIX e: <{G}#> PREFIX e: <{G}/> INSERT DATA {{ GRAPH <{G}> {{ e:a\\,b e:%20c e: }} }} ;",
    f"WITH <{G}> DELETE {{ ?s ?p ?o }} INSERT {{ ?s ?p ?n }} WHERE {{ ?s ?p ?o FILTER(?o <2 || ?o>= 3) BIND(?o + 1 AS ?n) }}",
    f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o FILTER(!isNumeric(?o) && ?o != 1) }}",
    f"DELETE WHERE {{ GRAPH <{G}> {{ ?s ?p 1 }} }}",
    f"DELETE DATA {{ GRAPH <{G}> {{ <x:a> <x:p> 1 }} }}",
    f"INSERT {{ GRAPH <{G}> {{ ?s <x:q> ?n }} }} WHERE {{ {{ SELECT ?s (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s (<x:p>|^<x:p>)+ ?o }} }} GROUP BY ?s }} }}",
    f"COPY <{OWN}> TO <{G}> ; ADD SILENT GRAPH <{OWN}> TO <x:h> ; MOVE <x:h> TO <{G}>",
    f"CREATE SILENT GRAPH <x:new> ; CLEAR GRAPH <{G}> ; DROP SILENT GRAPH <x:none>",
    f"INSERT {{ GRAPH <{G}> {{ ?s <x:q> ?o }} }} USING NAMED <{OWN}> USING <{G}> WHERE {{ ?s ?p ?o MINUS {{ GRAPH ?g {{ ?s ?p ?o }} }} }}",
    "", " # nothing\n",
)  # fmt: skip
PIECES = (
    f"INSERT DATA {{ GRAPH <{G}> {{ <x:a> <x:p> 1 }} }}", f"CLEAR GRAPH <{OWN}>", "CLEAR ALL", "DROP DEFAULT", f"<{OWN}>", f"<{G}>", "GRAPH", "?g",
    "INSERT", "DELETE", "DATA", "WHERE", "WITH", "USING", "{", "}", "{ ?s ?p ?o }", "?s ?p ?o", ".", ";", ",", "(", ")", "[", "]", "<", ">", "'",
    '"', "'''", '"""', "#", "# x\n", "\n", "\r", "\\", "\\'", "FILTER(?o<?s#'>)\n", "FILTER(?o <'>' || 1>'", "<x:#'>", "x:", "_:b", "@nl", "^^", "1.", "SILENT",
    "COPY", "MOVE", "TO", f"GRAPH <{OWN}> {{ ?s ?p ?o }}", "GRAPH ?g { ?s ?p ?o }", "PREFIX x: <x:>", "PREFIX own: <http://example.org/>", "own:own",
    "BASE <http://example.org/>", "<own>", "<<", ">>", "{|", "|}", "\ufeff", "\x00", "UNION", "BIND(1 AS ?x)", "OPTIONAL", "'a'<", "SELECT * {", "VALUES ?g {",
)  # fmt: skip


def state(text: str) -> set[str]:
    """What two graphs hold after an update."""
    store = pyoxigraph.Store()
    store.update(DATA)
    store.update(text)
    return {str(quad) for quad in store}


@pytest.mark.parametrize("update", SAME)
def test_an_update_does_the_same_when_written_anew(update: str) -> None:
    assert state(rewrite(update).text) == state(update)


@pytest.mark.slow
def test_whatever_is_put_together_changes_no_graph_that_is_not_named() -> None:
    chance, run = random.Random(7), 0
    for _ in range(20_000):
        parts = chance.choices(PIECES, k=chance.randrange(1, 9))
        if chance.random() < 0.7:  # something sound around what is not
            parts = [f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o ", *parts, " }"]
        try:
            found = rewrite(chance.choice(["", " "]).join(parts))
        except Refused:
            continue
        if OWN in found.targets:
            continue
        store = pyoxigraph.Store()
        store.update(DATA)
        try:
            store.update(found.text)
        except (SyntaxError, RuntimeError):
            continue
        run += 1
        own = store.quads_for_pattern(None, None, None, pyoxigraph.NamedNode(OWN))
        assert {quad.object.value for quad in own} == {"1", "5"}, found
        assert {str(graph).strip("<>") for graph in store.named_graphs()} <= {G, OWN, *found.targets}, found
        assert not list(store.quads_for_pattern(None, None, None, pyoxigraph.DefaultGraph())), found
    assert run > 100


@pytest.mark.parametrize(
    ("update", "why"),
    [
        (f"INSERT DATA {{ GRAPH <{G}> {{ <x:a> <x:p> 1 }} }} }} ; CLEAR ALL", "cannot be read at line 1, at: } ; CLEAR ALL"),
        (f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o", "where it ends"),
        ("INSERT DATA { GRAPH <x:g> { <x:a> <x:p> '\\u0041' } }", "escape"),
        ("BASE <http://example.org/> CLEAR GRAPH <own>", "BASE"),
        ("CLEAR GRAPH <own>", "absolute"),
        ("CLEAR GRAPH no:g", "the prefix no:"),
        ("SELECT * {}", "cannot be read"),
        ("INSERT DATA { GRAPH <x:g> { GRAPH <x:h> { <x:a> <x:p> 1 } } }", "cannot be read"),
        ("INSERT DATA { GRAPH <x:g> { <x:a> <x:p> " + "[ <x:p> " * 4000 + "]" * 4000 + " } }", f"more than {DEEPEST} deep"),
        (f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ " + "?a ?b ?c . " * 500 + "}", f"more than {MOST_OF_ONE} times"),
        (f"WITH <{G}> DELETE {{ ?s ?p ?o }} WHERE {{ FILTER(1" + "".join(f"+{i}" for i in range(900)) + ") }", "times +"),
    ],
    ids=lambda text: text[:40],
)  # fmt: skip
def test_what_cannot_be_read_or_run_is_refused(update: str, why: str) -> None:
    with pytest.raises(Refused) as raised:
        rewrite(update)
    assert why in str(raised.value)
    assert not isinstance(raised.value, Protected)


def test_data_may_have_many_statements() -> None:
    text = f"INSERT DATA {{ GRAPH <{G}> {{ " + "".join(f"<x:{i}> <x:p> {i} . " for i in range(5000)) + "} }"
    assert len(state(rewrite(text).text)) == 5005


@pytest.mark.slow
def test_an_update_that_takes_too_long_is_ended_and_did_nothing(fresh: Path, tmp_path: Path) -> None:
    folder = tmp_path / "store"
    shutil.copytree(fresh, folder)
    own = "https://w3id.org/kamergraaf/graph/registers"
    endless = f"INSERT {{ GRAPH <{G}> {{ ?a ?b ?f }} }} USING <{own}> WHERE {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?i && ?c != ?i) }}"
    begun = time.monotonic()
    with pytest.raises(Unanswered, match="ended after 1 seconds") as raised:
        asyncio.run(change(folder, Update(endless), seconds=1))
    assert raised.value.why == "slow"
    assert time.monotonic() - begun < 40
    asyncio.run(change(folder, Update(f"INSERT DATA {{ GRAPH <{G}> {{ <x:a> <x:p> 1 }} }}")))
    with Store(folder) as store:
        assert list(store.added()) == [G]
    assert verify(folder) == []
