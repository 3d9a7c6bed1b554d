"""Updates by the SPARQL 1.1 Protocol: whoever has the token changes graphs of their own, in one step, and none that were built."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conftest import ENVIRONMENT, SAMPLES, Run
from serving import Canary, Got, Requests, serve_writable

from graph import Graph
from graph.keep import backup, verify
from graph.named_graphs import BUILDS, OWN_GRAPHS
from graph.store import Store

E = "http://example.org/"
MINE = f"{E}mine"
TOKEN = "token-of-the-tests-0123456789"
DIRECT, FORM = "application/sparql-update", "application/x-www-form-urlencoded"
ONE = f'INSERT DATA {{ GRAPH <{MINE}> {{ <{E}a> <{E}p> "een" }} }}'


class Writable(Requests):
    """A server that takes updates, and the folder of its graph."""

    def __init__(self, port: int, folder: Path) -> None:
        super().__init__(port)
        self.folder = folder

    def update(self, text: str, token: str | None = TOKEN, **parameters: str) -> Got:
        told = {} if token is None else {"Authorization": f"Bearer {token}"}
        return self.request("POST", f"/sparql?{urlencode(parameters)}", text.encode(), Content_Type=DIRECT, **told)

    def rows(self, query: str) -> list[dict[str, str]]:
        got = self.request("GET", f"/sparql?{urlencode({'query': query})}")
        found = json.loads(got.body)["results"]["bindings"]
        return [{name: term["value"] for name, term in row.items()} for row in found]

    def holds(self, graph: str = MINE) -> set[str]:
        return {row["o"] for row in self.rows(f"SELECT ?o {{ GRAPH <{graph}> {{ ?s ?p ?o }} }}")}


@pytest.fixture(scope="module")
def server(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Writable]:
    folder = Path(shutil.copytree(built, tmp_path_factory.mktemp("writable") / "store"))
    with serve_writable(folder, TOKEN) as port:
        yield Writable(port, folder)


@pytest.fixture
def paper(server: Writable) -> str:
    with Store(server.folder) as store:
        return min(store.papers())


def all_but_mine(folder: Path) -> set[str]:
    with Store(folder) as store:
        return {str(quad) for quad in store.quads if quad.graph_name.value in {*OWN_GRAPHS[:3], *store.papers()}}


# ---- who may, and how


@pytest.mark.slow
def test_an_update_is_whole_on_disk_and_seen_by_the_next_query(server: Writable) -> None:
    told = {"Authorization": f"Bearer {TOKEN}"}
    assert server.update(f"DROP SILENT GRAPH <{MINE}>").status == 204
    with Store(server.folder) as store:
        others = set(store.added())
    assert server.update(ONE).status == 204
    assert server.holds() == {"een"}
    by_form = urlencode({"update": f'INSERT DATA {{ GRAPH <{MINE}> {{ <{E}b> <{E}p> "é+&=" }} }}'}).encode()
    assert server.request("POST", "/sparql", by_form, Content_Type=FORM, **told).status == 204
    assert server.holds() == {"een", "é+&="}
    with Store(server.folder) as store:
        assert set(store.added()) == others | {MINE}
    assert verify(server.folder) == []


@pytest.mark.slow
@pytest.mark.parametrize(
    ("told", "status", "challenge"),
    [
        ({}, 401, "Bearer"),
        ({"Authorization": "Basic dG9rZW4="}, 401, "Bearer"),
        ({"Authorization": "Bearer"}, 401, "invalid_token"),
        ({"Authorization": f"Bearer {TOKEN}x"}, 401, "invalid_token"),
        ({"Authorization": f"Bearer {TOKEN[:-1]}"}, 401, "invalid_token"),
        ({"Authorization": "Bearer \xe9"}, 401, "invalid_token"),
    ],
)
def test_who_has_no_token_is_told_so(server: Writable, told: dict[str, str], status: int, challenge: str) -> None:
    before = server.holds()
    for body, sort in ((ONE.encode(), DIRECT), (urlencode({"update": ONE}).encode(), FORM)):
        got = server.request("POST", "/sparql", body, Content_Type=sort, **told)
        assert got.status == status
        assert challenge in got.headers["www-authenticate"]
    assert server.holds() == before


@pytest.mark.slow
def test_what_is_no_update_by_the_protocol_is_refused(server: Writable) -> None:
    told = {"Authorization": f"Bearer {TOKEN}"}
    two = urlencode([("update", ONE), ("update", ONE)]).encode()
    both = urlencode([("update", ONE), ("query", "ASK {}")]).encode()
    for method, target, body, sort, status in (
        ("GET", f"/sparql?{urlencode({'update': ONE})}", None, FORM, 400),
        ("POST", "/sparql", two, FORM, 400),
        ("POST", "/sparql", both, FORM, 400),
        ("POST", f"/sparql?{urlencode({'update': ONE})}", ONE.encode(), DIRECT, 400),
        ("POST", "/sparql", ONE.encode(), "text/plain", 415),
        ("POST", "/sparql", ONE.encode("utf-16"), f"{DIRECT}; charset=utf-16", 415),
        ("POST", "/sparql", b"INSERT DATA { GRAPH <x:g> { <x:s> <x:p> '\xe9' } }", DIRECT, 400),
        ("POST", "/sparql", b"x" * ((1 << 20) + 1), DIRECT, 413),
        ("PUT", "/sparql", ONE.encode(), DIRECT, 405),
        ("PUT", f"/graphs?graph={MINE}", b"", "text/turtle", 405),
    ):
        assert server.request(method, target, body, Content_Type=sort, **told).status == status, (method, target)


@pytest.mark.slow
def test_the_graphs_of_a_request_stand_in_place_of_using(server: Writable) -> None:
    copy = f"{E}copy"
    insert = f"INSERT {{ GRAPH <{copy}> {{ ?s ?p ?o }} }}"
    set_up = [f'INSERT DATA {{ GRAPH <{E}{name}> {{ <{E}s> <{E}p> "{name}" }} }}' for name in ("one", "two")]
    assert server.update(" ; ".join(set_up)).status == 204
    for parameters, where, found in (
        ({}, f"USING <{E}one> WHERE {{ ?s ?p ?o }}", {"one"}),
        ({"using-graph-uri": f"{E}one"}, "WHERE { ?s ?p ?o }", {"one"}),
        ({"using-named-graph-uri": f"{E}two"}, "WHERE { GRAPH ?g { ?s ?p ?o } }", {"two"}),
        ({"using-named-graph-uri": f"{E}two"}, "WHERE { ?s ?p ?o }", set()),
    ):
        assert server.update(f"DROP SILENT GRAPH <{copy}> ; {insert} {where}", **parameters).status == 204
        assert server.holds(copy) == found
    for text in (
        f"{insert} USING <{E}one> WHERE {{ ?s ?p ?o }}",
        f"WITH <{copy}> DELETE {{ ?s ?p ?o }} WHERE {{ ?s ?p ?o }}",
    ):
        got = server.update(text, **{"using-graph-uri": f"{E}two"})
        assert (got.status, "using-graph-uri" in got.text) == (400, True)
    assert server.update(ONE, **{"using-graph-uri": "not one"}).status == 400


# ---- what may be changed


@pytest.mark.torture
def test_what_was_built_is_not_changed(server: Writable, paper: str) -> None:
    before = all_but_mine(server.folder)
    triple, every = f"<{E}a> <{E}p> 1", "?s ?p ?o"
    for graph in (*OWN_GRAPHS, paper):
        for text in (
            f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} }} }}", f"DELETE WHERE {{ GRAPH <{graph}> {{ {every} }} }}",
            f"CLEAR GRAPH <{graph}>", f"DROP SILENT GRAPH <{graph}>", f"COPY <{MINE}> TO <{graph}>", f"MOVE <{graph}> TO <{MINE}>",
            f"ADD GRAPH <{MINE}> TO GRAPH <{graph}>", f"WITH <{graph}> DELETE {{ {every} }} WHERE {{ {every} }}",
            f"PREFIX x: <{graph[:-3]}> CLEAR GRAPH x:{graph[-3:]}", f"{ONE} ; CLEAR GRAPH <{graph}>",
        ):  # fmt: skip
            got = server.update(text)
            assert (got.status, graph in got.text) == (403, True), text
    for text in (
        "CLEAR ALL", "DROP ALL", "CLEAR NAMED", "DROP SILENT NAMED", "CLEAR DEFAULT", "DROP DEFAULT", f"COPY DEFAULT TO <{MINE}>",
        f"MOVE <{MINE}> TO DEFAULT", f"INSERT DATA {{ {triple} }}", f"DELETE WHERE {{ {every} }}", f"DELETE WHERE {{ GRAPH ?g {{ {every} }} }}",
        f"DELETE {{ GRAPH ?g {{ {every} }} }} WHERE {{ GRAPH ?g {{ {every} }} }}", f"INSERT {{ {triple} }} USING <{BUILDS}> WHERE {{}}",
    ):  # fmt: skip
        assert server.update(text).status == 403, text
    assert all_but_mine(server.folder) == before
    assert verify(server.folder) == []


@pytest.mark.slow
def test_no_host_is_called(server: Writable) -> None:
    canary = Canary()
    address = f"http://127.0.0.1:{canary.port}/x"
    for text in (f"LOAD <{address}>", f"load silent <{address}> INTO GRAPH <{MINE}>", f"{ONE} ; LOAD <{address}>",
                 f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} WHERE {{ SERVICE <{address}> {{ ?s ?p ?o }} }}"):  # fmt: skip
        got = server.update(text)
        assert (got.status, "other hosts" in got.text) == (400, True)
    assert canary.calls == 0
    canary.close()


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere there is no such filter")
@pytest.mark.parametrize("closes", [True, False])
def test_without_the_guard_no_host_is_called_either(server: Writable, tmp_path: Path, closes: bool) -> None:
    """The process of an update cannot make sockets; with that left out as well it would call."""
    canary = Canary()
    address = f"<http://127.0.0.1:{canary.port}/x>"
    open_gates = [
        "import sys; from pathlib import Path; from graph import change; from graph.rewrite import Change",
        f"change.rewrite = lambda text, *more: Change(text, frozenset(['{MINE}']))",
        *([] if closes else ["change.close_network = lambda: None"]),
        "print(change._change(Path(sys.argv[1]), change.Update(sys.argv[2]), 1500, 30))",
    ]
    folder = shutil.copytree(server.folder, tmp_path / "store")
    where = f"WHERE {{ SERVICE SILENT {address} {{ ?s ?p ?o }} }}"
    told = []
    for text in (f"LOAD {address} INTO GRAPH <{MINE}>", f"INSERT {{ GRAPH <{MINE}> {{ ?s ?p ?o }} }} {where}"):
        command = [sys.executable, "-c", "\n".join(open_gates), folder, text]
        done = subprocess.run(command, env=ENVIRONMENT, capture_output=True, text=True, check=False, timeout=60)
        told.append(done.stdout or done.stderr.splitlines()[-1])
    assert ("not permitted" in told[0]) is closes
    assert told[1] == "changed\n{}\n"
    assert (canary.calls == 0) is closes
    canary.close()


@pytest.mark.slow
def test_an_update_that_wants_too_much_memory_ends_alone(server: Writable) -> None:
    before = server.holds()
    doubled = " ".join(f"BIND(CONCAT(?s{i}, ?s{i}) AS ?s{i + 1})" for i in range(40))
    where = f"{{ BIND('xxxxxxxxxxxxxxxx' AS ?s0) {doubled} }}"
    got = server.update(f"INSERT {{ GRAPH <{MINE}> {{ <{E}a> <{E}p> ?s40 }} }} WHERE {where}")
    assert (got.status, "memory" in got.text) == (503, True), got.text
    assert server.holds() == before
    assert server.update(f"DROP SILENT GRAPH <{MINE}> ; {ONE}").status == 204
    assert server.holds() == {"een"}
    assert verify(server.folder) == []


@pytest.mark.slow
def test_an_update_that_fails_half_way_did_nothing(server: Writable) -> None:
    assert server.update(f"DROP SILENT GRAPH <{MINE}>").status == 204
    got = server.update(f"{ONE} ; CREATE GRAPH <{MINE}>")
    assert (got.status, got.text) == (400, f"The graph <{MINE}> already exists\n")
    assert server.update(f"{ONE} ; INSERT DATA {{ GRAPH <{MINE}> {{ <{E}a> }} }}").status == 400
    assert server.holds() == set()
    assert server.update(ONE).status == 204


@pytest.mark.slow
def test_while_somebody_writes_an_update_is_told_to_wait(server: Writable) -> None:
    with Store(server.folder, write=True):
        got = server.update(ONE)
    assert (got.status, "in use by process" in got.text) == (503, True)
    assert got.headers["retry-after"]


@pytest.mark.slow
def test_builds_and_copies_keep_what_updates_wrote(server: Writable, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(server.folder, tmp_path / "store"))
    with Graph.open(folder, write=True) as graph:
        graph.store.update(ONE)
        papers = set(graph.store.papers())
        graph.build([SAMPLES])
        assert MINE in set(graph.store.added())
        assert set(graph.store.papers()) == papers
    assert verify(folder) == []
    backup(folder, tmp_path / "copy")
    with Store(tmp_path / "copy") as store:
        assert MINE in set(store.added())


@pytest.mark.slow
def test_the_service_says_that_it_takes_updates(server: Writable) -> None:
    got = server.request("GET", "/sparql", Accept="application/n-triples")
    assert "#SPARQL11Update" in got.text


@pytest.mark.slow
def test_the_token_is_on_no_command_line_and_none_is_no_token(run: Run, built: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text("short\n")
    for words, told in (
        (["--writable"], "KAMERGRAAF_TOKEN"), (["--writable", "--token-file", "none"], "No such file"),
        (["--writable", "--token-file", "token"], "at least 16"), (["--token-file", "token"], "--writable"),
    ):  # fmt: skip
        done = run("serve", "--store", built, "--port", 0, *words)
        assert (done.returncode, told in done.stderr) == (2, True), done.stderr
    assert "--token " not in subprocess.run([sys.executable, "-m", "exports.cli", "serve", "--help"], env=ENVIRONMENT, capture_output=True, text=True, check=True).stdout  # fmt: skip
