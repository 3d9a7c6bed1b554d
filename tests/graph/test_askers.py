"""The processes that answer queries of strangers: what hangs, crashes or is greedy ends alone, and the next is answered."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Coroutine, Iterator
from dataclasses import astuple, replace
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
from hostile import COSTLY, DEEP, calling
from serving import Canary

from graph import Graph
from graph.answer import Question
from graph.asker import Asker
from graph.askers import Answer, Askers, Bounds, Unanswered
from graph.follow import serving

BOUNDS = Bounds(seconds=3, slice=0.2, bytes=200_000, processes=3, slow=1, waiting=3, waiting_slow=1)
ENDLESS = COSTLY["a count of all combinations"]


def made(folder: Path, number: int) -> Path:
    """A folder of quads that nobody writes."""
    store = pyoxigraph.Store(str(folder / "live"))
    name, text = pyoxigraph.NamedNode, pyoxigraph.Literal
    store.extend(pyoxigraph.Quad(name(f"x:{i}"), name("x:p"), text(str(i)), name("x:g")) for i in range(number))
    store.flush()
    store.backup(str(folder / "snapshot"))
    return folder / "snapshot"


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("many"), 5000)


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(tmp_path_factory.mktemp("few"), 7)


Ask = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(scope="module")
def run() -> Iterator[Ask]:
    with asyncio.Runner() as runner:
        yield runner.run


@pytest.fixture(scope="module")
def askers(quads: Path, run: Ask) -> Iterator[Askers]:
    """Processes without the guard, which would let the worst not come so far."""
    pool = Askers(quads, BOUNDS, guard=lambda query: None)
    run(pool.__aenter__())
    yield pool
    run(pool.close())


async def outcome(askers: Askers, query: str) -> str:
    """One word for how it went."""
    try:
        answer = await askers.ask(Question(query))
    except Unanswered as error:
        return error.why
    answer.read()
    return "answered"


def rows(answer: Answer) -> list[dict[str, Any]]:
    return json.loads(answer.read())["results"]["bindings"]


def test_an_answer_is_whole(askers: Askers, run: Ask) -> None:
    answer = run(askers.ask(Question("SELECT ?s { ?s <x:p> ?o } LIMIT 2000", rows="csv")))
    size, body = answer.size, answer.read()
    assert (answer.form, len(body), body.count(b"\r\n")) == ("csv", size, 2001)


def test_a_process_ends_amid_an_answer_that_nobody_reads(quads: Path, run: Ask) -> None:
    """What does not fit into the pipe stays there, and asyncio waits for the end of that."""

    async def amid() -> None:
        asker = await Asker.start(quads, BOUNDS.megabytes)
        task = {"question": astuple(Question("SELECT * { ?s ?p ?o }")), "seconds": 3, "bytes": 10_000_000}
        assert asker._process.stdin
        asker._process.stdin.write(json.dumps(task).encode() + b"\n")
        await asyncio.sleep(1)  # it writes what there is room for
        await asyncio.wait_for(asker.end(), 20)

    run(amid())


@pytest.mark.parametrize("number", range(4))
def test_it_ends_whatever_is_asked_just_then(quads: Path, number: int) -> None:
    """No process is started in place of one that ends with it."""

    async def ask() -> None:
        async with Askers(quads, BOUNDS) as askers:
            queries = ["SELECT * { ?s ?p ?o }"] * number + [ENDLESS]
            asked = [asyncio.create_task(outcome(askers, query)) for query in queries]
            await asyncio.sleep(number / 20)
        await asyncio.wait_for(asyncio.gather(*asked), 20)

    asyncio.run(ask())


@pytest.mark.slow
def test_what_hangs_is_ended_and_the_next_is_answered(askers: Askers, run: Ask) -> None:
    begun = time.monotonic()
    assert run(outcome(askers, ENDLESS)) == "slow"
    assert time.monotonic() - begun < BOUNDS.seconds + 5
    assert run(outcome(askers, "ASK {}")) == "answered"


@pytest.mark.parametrize("name", ["braces", "optionals in optionals"])
def test_what_crashes_ends_alone(askers: Askers, run: Ask, name: str) -> None:
    assert run(outcome(askers, DEEP[name] * 10)) == "greedy"
    assert run(outcome(askers, "ASK {}")) == "answered"


def test_an_answer_that_is_too_large_is_none(askers: Askers, run: Ask) -> None:
    with pytest.raises(Unanswered, match=r"larger than 0\.2 MB") as caught:
        run(askers.ask(Question("SELECT * { ?s ?p ?o }")))
    assert caught.value.why == "large"


@pytest.mark.slow
def test_slow_ones_leave_room_for_quick_ones(quads: Path, run: Ask) -> None:
    """Of four endless queries one is slow, one waits for its turn, the others are told so; quick ones are answered beside them."""

    async def all_at_once() -> tuple[list[str], list[str]]:
        async with Askers(quads, replace(BOUNDS, seconds=8, waiting=8)) as askers:
            slow = [asyncio.ensure_future(outcome(askers, ENDLESS)) for _ in range(4)]
            quick = []
            while not all(task.done() for task in slow):
                quick.append(await outcome(askers, "ASK {}"))
                await asyncio.sleep(0.1)
            return [task.result() for task in slow], quick

    slow, quick = run(all_at_once())
    assert sorted(slow) == ["busy", "busy", "slow", "slow"] or sorted(slow) == ["busy", "busy", "busy", "slow"]
    assert set(quick) == {"answered"}
    assert len(quick) > 3


@pytest.mark.slow
def test_what_waits_for_the_processor_is_not_slow(quads: Path, run: Ask) -> None:
    """Its process stands still for many slices, as on a machine that has other work, while there is no room for one more slow one."""

    async def held_up() -> tuple[str, float]:
        async with Askers(quads, replace(BOUNDS, seconds=20)) as askers, askers._slow:
            askers._most["slow"] = 0
            asking = asyncio.ensure_future(outcome(askers, "SELECT * { ?s ?p ?o } LIMIT 900"))
            for asker in askers._alive:
                os.kill(asker._process.pid, signal.SIGSTOP)
            begun = asyncio.get_running_loop().time()
            await asyncio.sleep(10 * BOUNDS.slice)
            for asker in askers._alive:
                os.kill(asker._process.pid, signal.SIGCONT)
            return await asking, asyncio.get_running_loop().time() - begun

    told, seconds = run(held_up())
    assert told == "answered"
    assert seconds > 8 * BOUNDS.slice


def test_the_more_wait_the_smaller_is_the_slice(quads: Path, run: Ask) -> None:
    """And no smaller than half of it."""

    async def crowd() -> tuple[list[float], list[str]]:
        async with Askers(quads, replace(BOUNDS, seconds=20, waiting=16)) as askers:
            shares, asking = [askers._share()], list[asyncio.Task[str]]()
            for query in (*[ENDLESS] * 4, *["ASK {}"] * 8):
                asking.append(asyncio.ensure_future(outcome(askers, query)))
                await asyncio.sleep(0)
                shares.append(askers._share())
            short = await asyncio.gather(*asking[4:])
            for task in asking:
                task.cancel()
            await asyncio.wait(asking)
            return [*shares, askers._share()], short

    shares, short = run(crowd())
    assert shares[0] == shares[-1] == BOUNDS.slice
    assert shares[1:-1] == sorted(shares[1:-1], reverse=True)
    assert min(shares) == pytest.approx(BOUNDS.slice / 2)
    assert short == ["answered"] * 8


def test_a_process_that_was_slow_is_replaced(askers: Askers, run: Ask) -> None:
    """It runs at low priority from then on."""

    async def slow_one() -> bool:
        async with askers._asker() as asker:
            running = asyncio.ensure_future(asker.answer(Question("ASK {}"), BOUNDS))
            await asyncio.sleep(0)
            asker.slow_down()
            (await running).read()
        return asker.fit

    assert not run(slow_one())
    assert run(outcome(askers, "ASK {}")) == "answered"


def test_the_line_is_bounded(askers: Askers, run: Ask) -> None:
    async def crowd() -> list[str]:
        return await asyncio.gather(*(outcome(askers, "SELECT * { ?s ?p ?o } LIMIT 900") for _ in range(40)))

    told = run(crowd())
    assert set(told) == {"answered", "busy"}
    assert told.count("answered") >= BOUNDS.waiting


def test_who_hangs_up_ends_the_query(askers: Askers, run: Ask) -> None:
    async def hang_up() -> bool:
        asking = asyncio.ensure_future(outcome(askers, ENDLESS))
        await asyncio.sleep(0.1)
        working = [asker for asker in askers._alive if not asker.fit]
        asking.cancel()
        await asyncio.wait({asking})
        await asyncio.sleep(0.2)
        return len(working) == 1 and working[0]._process.returncode is not None

    assert run(hang_up())
    assert run(outcome(askers, "ASK {}")) == "answered"


def test_an_answer_that_is_ready_just_when_nobody_waits_any_more_is_closed(quads: Path, run: Ask) -> None:
    """It lies in a file, since it is large."""
    question = Question("SELECT * { ?s ?p ?o . VALUES ?x { 1 2 3 4 } }")

    async def hang_up() -> Answer:
        async with Askers(quads, replace(BOUNDS, seconds=60, slice=30, bytes=9_000_000)) as askers:
            asking = asyncio.ensure_future(askers.ask(question))
            while not (working := [task for task in asyncio.all_tasks() if "Asker.answer" in repr(task.get_coro())]):
                await asyncio.sleep(0)
            working[0].add_done_callback(lambda _: asking.cancel())
            await asyncio.wait({asking})
            assert asking.cancelled()
            return working[0].result()

    answer = run(hang_up())
    assert answer.size > 1_000_000
    assert answer.file.closed


def test_without_the_guard_nothing_is_fetched_either(askers: Askers, run: Ask) -> None:
    canary = Canary()
    told = run(outcome(askers, calling("SELECT * { SERVICE %s { ?s ?p ?o } }", canary.port)))
    silent = run(outcome(askers, calling("SELECT * { SERVICE SILENT %s { ?s ?p ?o } }", canary.port)))
    canary.close()
    assert (told, silent, canary.calls) == ("broken", "answered", 0)


def test_a_process_knows_no_secrets(askers: Askers, run: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOME_TOKEN", "s3cret")

    async def started() -> bytes:
        fresh = await askers._start(askers.quads)
        environment = Path(f"/proc/{fresh._process.pid}/environ").read_bytes()
        await askers._end(fresh)
        return environment

    environment = run(started())
    assert b"PATH" in environment
    assert b"s3cret" not in environment


def test_the_guard_stands_before_the_processes(quads: Path, run: Ask) -> None:
    assert run(outcome(Askers(quads), "SELECT * { SERVICE <http://127.0.0.1:1/> { } }")) == "refused"


def test_quads_that_cannot_be_opened_are_told_and_the_old_stay(askers: Askers, run: Ask, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(Unanswered, match="cannot be opened"):
        run(askers.switch(tmp_path / "empty"))
    assert len(rows(run(askers.ask(Question("SELECT * { ?s ?p ?o } LIMIT 9"))))) == 9


def test_no_query_fails_while_it_goes_over_to_other_quads(askers: Askers, run: Ask, quads: Path, other: Path) -> None:
    async def ask_throughout() -> set[str]:
        seen = set[str]()
        switching = asyncio.ensure_future(askers.switch(other))
        while not switching.done():
            seen.add(rows(await askers.ask(Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))[0]["n"]["value"])
        await switching
        after = rows(await askers.ask(Question("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")))[0]["n"]["value"]
        await askers.switch(quads)
        return seen | {f"then {after}"}

    assert {"5000", "then 7"} <= run(ask_throughout()) <= {"5000", "7", "then 7"}
    assert len([asker for asker in askers._alive if asker.fit]) == BOUNDS.processes


def test_no_process_for_quick_queries_is_refused() -> None:
    with pytest.raises(ValueError, match="one more"):
        Bounds(processes=2, slow=2)


@pytest.mark.slow
def test_a_newer_snapshot_is_found(built: Path, run: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("graph.follow._LOOK", 0.1)
    shutil.copytree(built, tmp_path / "store")
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "brief.txt").write_text("Zie Kamerstuk 33279-40.", "utf-8")
    count = Question("SELECT (COUNT(*) AS ?n) { ?s a <https://w3id.org/kamergraaf/ontology#Document> }")

    async def numbers() -> tuple[str, str]:
        async with serving(tmp_path / "store", Bounds(processes=2, slow=1)) as askers:
            before = rows(await askers.ask(count))[0]["n"]["value"]
            quads = askers.quads
            with Graph.open(tmp_path / "store", write=True) as graph:
                graph.build([tmp_path / "new"])
            for _ in range(300):
                if askers.quads != quads:
                    break
                await asyncio.sleep(0.1)
            return before, rows(await askers.ask(count))[0]["n"]["value"]

    assert run(numbers()) == ("3", "4")
