"""The endpoint in a process of its own on loopback, as people run it, and the requests of the tests.

As a program, `python serving.py QUADS BOUNDS`: serves a folder of quads with bounds (JSON), on a free port, which it prints. It goes
over to another folder that is named on its standard input, and says so; with "unguarded" among the bounds there is no guard, and "sites"
are those whose pages may read its answers.
"""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import json
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.parse
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from pathlib import Path

from conftest import ENVIRONMENT

HERE = "http://127.0.0.1"


@dataclass(frozen=True)
class Got:
    """What came back: the status, the headers in small letters, the body, whole."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def type(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


class Requests:
    """Requests to a port of loopback, each by a connection of its own."""

    def __init__(self, port: int) -> None:
        self.port = port

    def request(self, method: str, target: str, body: bytes | None = None, seconds: float = 60, **headers: str) -> Got:
        """Send a request; names of headers are given with _ for -."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=seconds)
        with contextlib.closing(connection):
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            connection.request(method, target, body, named)
            answer = connection.getresponse()
            whole = answer.read()  # raises IncompleteRead where less comes than was said
            return Got(answer.status, {name.lower(): value for name, value in answer.getheaders()}, whole)


class Served(Requests):
    """A server that runs; `end` stops it."""

    def __init__(self, quads: Path, **bounds: float | bool | list[str]) -> None:
        self.process = subprocess.Popen(
            [sys.executable, __file__, str(quads), json.dumps(bounds)],
            env=ENVIRONMENT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line.strip().isdigit(), f"the server did not start: {line}"
        super().__init__(int(line))

    def ask(self, query: str, accept: str = "", **parameters: str) -> Got:
        """Send a query by GET."""
        target = "/sparql?" + urllib.parse.urlencode({"query": query, **parameters})
        return self.request("GET", target, **({"Accept": accept} if accept else {}))

    def post(self, query: str, accept: str = "*/*") -> Got:
        """Send a query by POST, as it is."""
        sent = query.encode("utf-8", "surrogatepass")
        return self.request("POST", "/sparql", sent, Content_Type="application/sparql-query", Accept=accept)

    def switch(self, quads: Path) -> None:
        """Go over to another folder; returns when that is done."""
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(f"{quads}\n")
        self.process.stdin.flush()
        assert self.process.stdout.readline() == "switched\n"

    def megabytes(self) -> float:
        """The memory of the server, without the processes that it keeps."""
        status = Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(status.partition("VmRSS:")[2].split()[0]) / 1000

    def handles(self) -> int:
        """How many files it has open."""
        return len(list(Path(f"/proc/{self.process.pid}/fd").iterdir()))

    def end(self) -> None:
        """Stop it as a person does."""
        self.process.terminate()
        try:
            self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
            raise
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe:
                pipe.close()


@contextlib.contextmanager
def served(quads: Path, **bounds: float | bool | list[str]) -> Iterator[Served]:
    """A server for the time of a block."""
    server = Served(quads, **bounds)
    try:
        yield server
    finally:
        server.end()


@contextlib.contextmanager
def serve_writable(folder: Path, token: str) -> Iterator[int]:
    """The command `serve` over a graph, with updates for whoever has the token; gives its port."""
    command = [sys.executable, "-m", "exports.cli", "serve", "--store", str(folder), "--port", "0", "--writable"]
    server = subprocess.Popen(command, env=ENVIRONMENT | {"KAMERGRAAF_TOKEN": token}, stderr=subprocess.PIPE, text=True)
    assert server.stderr is not None
    with server.stderr as told:
        try:
            found = re.search(r"http://127\.0\.0\.1:([0-9]+)/", told.readline())
            assert found
            port = int(found[1])
            _until_it_answers(port)
            yield port
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(30)


def _until_it_answers(port: int) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            Requests(port).request("HEAD", "/sparql")
            return
        time.sleep(0.1)
    raise TimeoutError("the server does not answer")


class Canary:
    """A listener on loopback that nobody should call; it counts who does."""

    def __init__(self) -> None:
        self.calls = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        while True:
            try:
                caller, _ = self._socket.accept()
            except OSError:
                return
            self.calls += 1
            caller.close()

    def close(self) -> None:
        self._socket.close()


def main(quads: str, bounds: str) -> None:
    import uvicorn
    from starlette.applications import Starlette
    from starlette.middleware import Middleware
    from starlette.middleware.trustedhost import TrustedHostMiddleware

    from exports.explorer import sparql
    from graph.askers import Askers, Bounds

    told = json.loads(bounds)
    sites = tuple(told.pop("sites", ()))
    unguarded = {"guard": lambda query: None} if told.pop("unguarded", False) else {}

    @contextlib.asynccontextmanager
    async def life(app: Starlette) -> AsyncIterator[None]:
        async with Askers(Path(quads), Bounds(**told), **unguarded) as askers:
            app.state.askers, app.state.sparql_page, app.state.sites = askers, lambda request: "/editor", sites
            listening = asyncio.ensure_future(follow(askers))
            yield
            listening.cancel()

    async def follow(askers: Askers) -> None:
        reader = asyncio.StreamReader()
        await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(reader), sys.stdin)
        while line := await reader.readline():
            await askers.switch(Path(line.decode().rstrip("\n")))
            print("switched", flush=True)

    app = Starlette(
        routes=sparql.routes,
        middleware=[Middleware(TrustedHostMiddleware, allowed_hosts=["127.0.0.1", "localhost"])],
        lifespan=life,
    )
    listener = socket.create_server(("127.0.0.1", 0))

    class Server(uvicorn.Server):
        async def startup(self, sockets: list[socket.socket] | None = None) -> None:
            await super().startup(sockets)
            print(listener.getsockname()[1], flush=True)

    Server(uvicorn.Config(app, log_level="warning", limit_concurrency=200)).run(sockets=[listener])


if __name__ == "__main__":
    main(*sys.argv[1:])
