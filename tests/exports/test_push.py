"""A push leaves a server with the graph that is here, whatever happens on the way, and is done once."""

from __future__ import annotations

import json
import shutil
import socket
import struct
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pyoxigraph
import pytest
from conftest import Run

from exports.push import RECORD, counts, push
from exports.remote import Remote, RemoteError
from graph import Graph
from graph.named_graphs import OWN_GRAPHS, REGISTERS
from graph.store import Store

Fault = Callable[[BaseHTTPRequestHandler], bool]
"""Does something to a request, and says whether that was all."""


class Server(ThreadingHTTPServer):
    """A SPARQL server that takes graphs and answers queries; every `every`-th request meets a fault."""

    daemon_threads = True

    def __init__(self, fault: Fault | None = None, every: int = 3) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.store, self.fault, self.every = pyoxigraph.Store(), fault, every
        self.seen: list[str] = []
        self.lock = threading.Lock()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/data"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of clients that hang up."""


class _Handler(BaseHTTPRequestHandler):
    server: Server

    def log_message(self, *_: object) -> None:
        pass

    def _serve(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        with self.server.lock:
            self.server.seen.append(self.command)
            faulty = self.server.fault is not None and len(self.server.seen) % self.server.every == 0
        if faulty and self.server.fault(self):
            return None
        graph = parse_qs(urlsplit(self.path).query).get("graph", [""])[0]
        with self.server.lock:
            if self.command == "POST":
                told = self.server.store.query(parse_qs(body.decode())["query"][0]).serialize(
                    format=pyoxigraph.QueryResultsFormat.JSON
                )
                return self.say(200, told)
            name = pyoxigraph.NamedNode(graph)
            there = self.server.store.contains_named_graph(name)
            self.server.store.remove_graph(name)
            if self.command == "PUT":
                self.server.store.load(body, pyoxigraph.RdfFormat.N_TRIPLES, to_graph=name)
                return self.say(204 if there else 201)
            return self.say(204 if there else 404)

    do_PUT = do_POST = do_DELETE = _serve

    def say(self, code: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(code)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def busy(code: int) -> Fault:
    def fault(handler: _Handler) -> bool:
        handler.say(code, b"busy", Retry_After="7")
        return True

    return fault


def drop(handler: BaseHTTPRequestHandler) -> bool:
    """End the connection hard, with nothing said."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    handler.connection.close()
    return True


def delay(handler: BaseHTTPRequestHandler) -> bool:
    """Answer later than the client waits; what was asked may be done all the same."""
    time.sleep(6)
    return False


@pytest.fixture
def serve() -> Iterator[Callable[..., Server]]:
    running: list[Server] = []

    def serve(*how: object) -> Server:
        server = Server(*how)
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        running.append(server)
        return server

    yield serve
    for server in running:
        server.shutdown()
        server.server_close()


@pytest.fixture
def mine(built: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(built, tmp_path / "store"))


def remote(address: str, waits: list[float] | None = None, seconds: float = 30) -> Remote:
    return Remote(address, ([] if waits is None else waits).append, seconds)


def here(store: Store) -> set[str]:
    return {str(quad) for quad in store.quads if quad.graph_name.value not in OWN_GRAPHS}


def there(server: Server) -> set[str]:
    return {str(quad) for quad in server.store if quad.graph_name != pyoxigraph.NamedNode(REGISTERS)}


def pushed(folder: Path, server: Server, waits: list[float] | None = None, seconds: float = 30):
    with Graph.open(folder) as graph, remote(server.address, waits, seconds) as to:
        return push(graph.store, to, to), here(graph.store)


@pytest.mark.parametrize("fault", [busy(500), busy(503), busy(429), drop], ids=["500", "503", "429", "drop"])
@pytest.mark.parametrize("every", [2, 3])
def test_the_graph_arrives_whatever_happens_on_the_way(mine: Path, serve, fault: Fault, every: int) -> None:
    server, waits = serve(fault, every), list[float]()
    report, expected = pushed(mine, server, waits)
    assert report.failed == {}
    assert there(server) == expected
    assert waits, "it was tried again"
    if fault is not drop:
        assert set(waits) == {7.0}, "for as long as the server asked to be left alone"


@pytest.mark.slow
def test_an_answer_that_comes_too_late_is_asked_for_again(mine: Path, serve) -> None:
    server = serve(delay, 3)
    report, expected = pushed(mine, server, seconds=3)
    assert report.failed == {}
    assert there(server) == expected


def test_only_what_changed_is_pushed(mine: Path, serve) -> None:
    server = serve()
    first, expected = pushed(mine, server)
    assert first.put == 1 + len({line.rpartition("<")[2] for line in expected})
    again, _ = pushed(mine, server)
    assert (again.put, again.removed, again.unchanged) == (0, 0, first.put)
    with Graph.open(mine, write=True) as graph:
        one, other = sorted(graph.store.papers())[:2]
        graph.store.put(one, ['<https://e.org/s> <https://e.org/p> "new" .'])
        graph.store.quads.remove_graph(pyoxigraph.NamedNode(other))
    server.seen.clear()
    last, expected = pushed(mine, server)
    assert (last.put, last.removed) == (1, 1)
    assert sorted(server.seen) == ["DELETE", "POST", "POST", "PUT"]
    assert there(server) == expected


def test_a_graph_that_is_not_there_as_it_was_sent_is_named_and_pushed_again(mine: Path, serve) -> None:
    def lose(handler: _Handler) -> bool:
        if handler.command == "PUT":
            handler.say(204)
        return handler.command == "PUT"

    server = serve(lose, 3)
    report, _ = pushed(mine, server)
    assert report.failed
    assert all("0 are there" in why for why in report.failed.values())
    server.fault = None
    report, expected = pushed(mine, server)
    assert report.put > 0
    assert there(server) == expected


def test_a_record_that_is_broken_means_everything_is_pushed(mine: Path, serve) -> None:
    server = serve()
    first, _ = pushed(mine, server)
    (mine / RECORD).write_text("[not json", "utf-8")
    assert pushed(mine, server)[0].put == first.put
    assert json.loads((mine / RECORD).read_text("utf-8")).keys() == {server.address}


def test_no_redirect_is_followed_and_no_other_code_is_tried_again(mine: Path, serve) -> None:
    other = serve()
    for code, says in ((301, "sends us to"), (307, "sends us to"), (404, "answers 404"), (403, "KAMERGRAAF_USER")):

        def fault(handler: _Handler, code: int = code) -> bool:
            handler.say(code, Location=other.address)
            return True

        with pytest.raises(RemoteError, match=says):
            pushed(mine, serve(fault, 1))
    assert other.seen == []


@pytest.mark.parametrize("scheme", ["Basic", "Digest"])
def test_a_password_goes_out_only_where_it_is_asked_for(
    mine: Path, serve, scheme: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KAMERGRAAF_USER", "me")
    monkeypatch.setenv("KAMERGRAAF_PASSWORD", "s3cret-pass")
    given: list[str] = []

    def guarded(handler: _Handler) -> bool:
        shown = handler.headers.get("Authorization", "")
        given.append(shown)
        if shown.startswith(scheme):
            return False
        handler.say(401, WWW_Authenticate=f'{scheme} realm="r", nonce="n", qop="auth", algorithm=MD5')
        return True

    server = serve(guarded, 1)
    report, expected = pushed(mine, server)
    assert report.failed == {}
    assert there(server) == expected
    assert {shown.partition(" ")[0] for shown in given} == {"", scheme}
    assert not any("s3cret-pass" in shown for shown in given)


@pytest.mark.parametrize("address", ["ftp://e.org/", "not an address", "http://me:secret@e.org/", "http://"])
def test_an_address_that_cannot_be_used_is_refused_without_its_password(address: str) -> None:
    with pytest.raises(RemoteError) as refused:
        Remote(address)
    assert "secret" not in str(refused.value)


def test_counts_of_what_is_no_endpoint(serve) -> None:
    def page(handler: _Handler) -> bool:
        handler.say(200, b"<html>hello</html>")
        return True

    with remote(serve(page, 1).address) as to, pytest.raises(RemoteError, match="is it a SPARQL endpoint"):
        counts(to, ["https://e.org/g"])


def test_the_commands(run: Run, mine: Path, serve) -> None:
    server = serve()
    done = run("push", "--endpoint", server.address, "--store", mine)
    assert done.returncode == 0, done.stderr
    assert "put and counted" in done.stderr
    asked = run(
        "query", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }", "--endpoint", server.address, "--format", "json"
    )
    assert int(json.loads(asked.stdout)["results"]["bindings"][0]["n"]["value"]) == len(server.store)
    server.fault, server.every = busy(404), 1
    gone = run("query", "ASK {}", "--endpoint", server.address)
    assert gone.returncode == 1
    assert "answers 404" in gone.stderr
