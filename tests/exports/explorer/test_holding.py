"""Each request sees one state of the index, whatever is written meanwhile, and holds nothing when it is answered."""

import asyncio
import re
import shutil
import sqlite3
from pathlib import Path
from types import SimpleNamespace

import pytest
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from exports.explorer.app import PAGES, SERVICES
from exports.explorer.collection import Collection
from exports.explorer.holding import Holder, index_of


def test_a_request_sees_one_state_of_the_index_and_the_next_one_another(built: Path, tmp_path: Path) -> None:
    shutil.copytree(built, tmp_path / "store")
    collection = Collection(tmp_path / "store")
    seen = []

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        request = Request(scope)
        if scope["path"] == "/fails":
            index_of(request).number("SELECT COUNT(*) FROM paper")
            raise RuntimeError("as a page may")
        for _ in range(2):
            seen.append(index_of(request).number("SELECT MIN(number) FROM paper"))
            writing.execute("UPDATE paper SET number = number + 100")
            writing.commit()
        await Response("done")(scope, receive, send)
        seen.append(index_of(request).number("SELECT MIN(number) FROM paper"))

    async def ask() -> Message:
        return {"type": "http.request"}

    async def hear(message: Message) -> None:
        pass

    def asked(path: str) -> None:
        state = SimpleNamespace(state=SimpleNamespace(collection=collection))
        scope: Scope = {"type": "http", "method": "GET", "path": path, "headers": [], "app": state}
        asyncio.run(Holder(app)(scope, ask, hear))

    with sqlite3.connect(collection.index.file) as writing:
        asked("/")
        first = seen[0]
        assert seen == [first, first, first + 200]
        asked("/")
        assert seen[3:] == [first + 200, first + 200, first + 400]
        with pytest.raises(RuntimeError):
            asked("/fails")
        # nobody reads any more, so all that was written may go into the file itself
        assert writing.execute("PRAGMA wal_checkpoint(RESTART)").fetchone()[0] == 0
    collection.close()


def test_pages_ask_the_index_of_their_request_only() -> None:
    """Who asks the index of the collection itself may see a paper that is replaced between two questions."""
    pages = {Path(str(module.__file__)) for module in (*PAGES, *SERVICES)}
    assert [
        path.name for path in pages if re.search(r"collection(_of\(request\))?\.index", path.read_text("utf-8"))
    ] == []
