"""The endpoint under fire: no request stops it, none makes it call another host, and a 200 is a whole answer."""

from __future__ import annotations

import contextlib
import http.client
import json
import shutil
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph
import pytest
from hostile import CALLING, COSTLY, DEEP, HARMLESS, calling
from serving import Canary, Got, Served, served

SECONDS = 2
LATE = 5
"""Seconds after its limit by which a query must have been told that it has no answer, and within which others are answered."""
CAP = 2_000_000
QUICK_ENOUGH = {"a chain that is hard to plan", "a longer one", "a path that is hard to plan"}
"""What costs planning only, which the guard bounds: half a second to five seconds, so that a fast machine answers in time."""
ALL = "SELECT * { ?s ?p ?o }"


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    store = pyoxigraph.Store(str(folder / "live"))
    name = pyoxigraph.NamedNode
    store.extend(
        pyoxigraph.Quad(
            name(f"http://example.org/{i % 500}"), name("http://example.org/p"), pyoxigraph.Literal("x" * 40 + str(i)), name("x:g")
        )
        for i in range(3000)
    )  # fmt: skip
    store.flush()
    store.backup(str(folder / "snapshot"))
    return folder / "snapshot"


@pytest.fixture(scope="module")
def guarded(quads: Path) -> Iterator[Served]:
    with served(quads, seconds=SECONDS, bytes=CAP, megabytes=900) as server:
        yield server


@pytest.fixture(scope="module")
def unguarded(quads: Path) -> Iterator[Served]:
    """A server whose first barrier is switched off."""
    with served(quads, seconds=SECONDS, bytes=CAP, megabytes=900, unguarded=True) as server:
        yield server


@pytest.fixture
def canary() -> Iterator[Canary]:
    listener = Canary()
    yield listener
    listener.close()


class Bystander:
    """Somebody who asks a small question all the time, and notes how long each answer took."""

    def __init__(self, server: Served) -> None:
        self.took: list[float] = []
        self.got = set[int]()
        self._server, self._done = server, threading.Event()
        self._thread = threading.Thread(target=self._ask)

    def _ask(self) -> None:
        while not self._done.wait(0.1):
            begun = time.monotonic()
            self.got.add(self._server.ask("ASK { ?s ?p ?o }").status)
            self.took.append(time.monotonic() - begun)

    def __enter__(self) -> Bystander:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._done.set()
        self._thread.join()


def whole(got: Got) -> bool:
    """Whether a 200 parses to its end."""
    return got.status != 200 or isinstance(json.loads(got.body), dict)


# ---- calls to other hosts


@pytest.mark.parametrize("name", CALLING)
def test_what_would_call_another_host_is_refused(guarded: Served, canary: Canary, name: str) -> None:
    for got in (guarded.post(calling(CALLING[name], canary.port)), guarded.ask(calling(CALLING[name], canary.port))):
        assert got.status == 400
        assert "other hosts" in got.text
    assert canary.calls == 0


@pytest.mark.slow
@pytest.mark.parametrize("name", CALLING)
def test_the_second_barrier_holds_without_the_first(unguarded: Served, canary: Canary, name: str) -> None:
    unguarded.post(calling(CALLING[name], canary.port))
    assert canary.calls == 0
    assert unguarded.ask("ASK {}").status == 200


@pytest.mark.parametrize("name", HARMLESS)
def test_an_address_is_not_fetched(guarded: Served, canary: Canary, name: str) -> None:
    assert guarded.post(calling(HARMLESS[name], canary.port)).status == 200
    for parameter in ("default-graph-uri", "named-graph-uri"):
        assert guarded.ask(ALL, "", **{parameter: f"http://127.0.0.1:{canary.port}/"}).status == 200
    assert guarded.request("GET", f"/graphs?graph=http://127.0.0.1:{canary.port}/").status == 404
    assert canary.calls == 0


# ---- queries that cost too much


@pytest.mark.parametrize("name", DEEP)
def test_what_is_too_deep_is_refused(guarded: Served, name: str) -> None:
    got = guarded.post(DEEP[name])
    assert got.status == 400
    assert any(word in got.text for word in ("nested", "more than", "longer"))


def under_fire(server: Served, query: str) -> Got:
    """What comes back for a query, in time, while somebody else is answered all the time."""
    with Bystander(server) as bystander:
        time.sleep(0.3)
        begun = time.monotonic()
        got = server.post(query)
        assert time.monotonic() - begun < SECONDS + LATE
        time.sleep(0.3)
    assert bystander.got == {200}
    assert max(bystander.took) < LATE
    assert server.megabytes() < 200
    return got


@pytest.mark.slow
@pytest.mark.parametrize("name", COSTLY)
def test_what_costs_too_much_is_ended(guarded: Served, name: str) -> None:
    got = under_fire(guarded, COSTLY[name])
    if name in QUICK_ENOUGH and got.status == 200:
        assert whole(got)
        return
    assert got.status in (400, 413, 503), got.body[:100]
    assert got.type == "text/plain"


@pytest.mark.slow
@pytest.mark.parametrize("name", [*DEEP, *(pytest.param(name, marks=pytest.mark.torture) for name in COSTLY)])
def test_without_the_guard_only_the_process_ends(unguarded: Served, name: str) -> None:
    got = under_fire(unguarded, (DEEP | COSTLY)[name])
    assert got.status in (200, 400, 413, 503)
    assert whole(got)


@pytest.mark.slow
def test_many_costly_queries_at_once(guarded: Served) -> None:
    """Thirty at once: each is told something in bounded time, and after them the next is answered at once."""
    told: list[int] = []
    threads = [
        threading.Thread(target=lambda query=query: told.append(guarded.post(query).status))
        for query in [*COSTLY.values(), *COSTLY.values()][:30]
    ]
    begun = time.monotonic()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert set(told) <= {200, 400, 413, 503}
    assert told.count(200) <= 2 * len(QUICK_ENOUGH)
    assert len(told) == 30
    assert time.monotonic() - begun < 60
    deadline = time.monotonic() + LATE
    while guarded.ask("ASK {}").status != 200:
        assert time.monotonic() < deadline
    assert guarded.megabytes() < 200


# ---- whole answers


def test_an_answer_of_just_under_the_most_is_whole_and_above_it_is_none(guarded: Served) -> None:
    statuses = set()
    for limit in (100, 3000, 9000, 9100, 12000, 20000):
        got = guarded.post(f"SELECT ?s ?o ?x {{ ?s ?p ?o . VALUES ?x {{ 1 2 3 4 5 6 7 }} }} LIMIT {limit}")
        statuses.add(got.status)
        if got.status == 200:
            assert len(json.loads(got.body)["results"]["bindings"]) == limit
            assert int(got.headers["content-length"]) == len(got.body) <= CAP
        else:
            assert got.status == 413
            assert "2 MB" in got.text
    assert statuses == {200, 413}


@pytest.mark.slow
def test_an_answer_that_ends_in_time_out_is_none(guarded: Served) -> None:
    """Rows come at once, then none for ever: nothing of them may be sent."""
    got = guarded.post(
        "SELECT * { { BIND(1 AS ?x) } UNION { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c = ?i && ?c != ?i) } }"
    )
    assert got.status == 503
    assert int(got.headers["retry-after"]) > 0


# ---- clients that do not behave


def test_who_hangs_up_frees_the_process(guarded: Served) -> None:
    for _ in range(12):
        with socket.create_connection(("127.0.0.1", guarded.port)) as connection:
            query = COSTLY["a count of all combinations"].encode()
            head = f"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nContent-Length: {len(query)}\r\n\r\n"
            connection.sendall(head.encode() + query)
            time.sleep(0.02)
    begun = time.monotonic()
    assert guarded.ask("ASK {}").status == 200
    assert time.monotonic() - begun < LATE


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        (b"\x00\x01\x02\r\n\r\n", 400),
        (b"GET /sparql HTTP/9.9\r\n\r\n", 400),
        (b"GET /sparql\x00 HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /sparql?query=ASK{?s?p'\xc3\xa9'} HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nHost: evil\r\n\r\n", 400),
        (b"GET /sparql HTTP/1.1\r\n\r\n", 400),
        (b"GET /" + b"a" * 200_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n", 400),
        (b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: " + b"a/b," * 10_000 + b"\r\n\r\n", 406),
        (b"GET /sparql HTTP/1.1\r\nHost: localhost\r\nAccept: \xff\xfe;q=\xb9\r\n\r\n", 200),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n", 400),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 415),
        (b"POST /sparql HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/sparql-query\r\nTransfer-Encoding: chunked\r\n\r\n"
         b"6\r\nASK {}\r\n0\r\n\r\n", 200),
    ],
    ids=["no HTTP", "another version", "a NUL", "bytes in the address", "two hosts", "no host", "a long address", "a long header",
         "a header that is no text", "a length below nothing", "two lengths", "chunks"],
)  # fmt: skip
def test_odd_requests(guarded: Served, sent: bytes, status: int) -> None:
    with socket.create_connection(("127.0.0.1", guarded.port), timeout=20) as connection:
        with contextlib.suppress(ConnectionError):  # it may have answered before it had all
            connection.sendall(sent)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        assert answer.status == status
    assert guarded.ask("ASK {}").status == 200


def test_who_does_not_fetch_an_answer_keeps_nobody_waiting(guarded: Served) -> None:
    lazy = [socket.create_connection(("127.0.0.1", guarded.port)) for _ in range(20)]
    for connection in lazy:
        connection.sendall(b"GET /sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D HTTP/1.1\r\nHost: localhost\r\n\r\n")
    begun = time.monotonic()
    assert guarded.ask("ASK {}").status == 200
    assert time.monotonic() - begun < LATE
    for connection in lazy:
        connection.close()
    assert guarded.megabytes() < 200


# ---- changing over


@pytest.mark.torture
def test_no_request_fails_while_the_server_goes_over_to_a_newer_state(quads: Path, tmp_path: Path) -> None:
    """A thousand requests during twenty changes."""
    shutil.copytree(quads, tmp_path / "other")
    with served(quads) as server:
        told: list[int] = []
        done = threading.Event()

        def ask() -> None:
            while not done.is_set() or len(told) < 1000:
                got = server.ask("SELECT ?o { ?s ?p ?o } LIMIT 50")
                told.append(got.status if len(json.loads(got.body)["results"]["bindings"]) == 50 else 0)

        threads = [threading.Thread(target=ask) for _ in range(3)]
        for thread in threads:
            thread.start()
        for turn in range(20):
            server.switch(tmp_path / "other" if turn % 2 == 0 else quads)
        done.set()
        for thread in threads:
            thread.join()
        assert set(told) == {200}
        assert len(told) >= 1000
