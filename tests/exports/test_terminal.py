"""Commands on a real pseudo-terminal: progress bars, tables, colours, verbosity and Ctrl-C."""

from __future__ import annotations

import re
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from conftest import ENVIRONMENT, ROOT, SAMPLES, Run
from ending import ended
from rich.cells import cell_len
from terminal import Session, run_in_terminal

from exports.named import all_queries
from graph import Graph, __version__

Terminal = Callable[..., Session]
INSTALLED = Path(sys.executable).with_name("kamergraaf")
COMMAND = [str(INSTALLED)] if INSTALLED.exists() else [sys.executable, "-m", "exports.cli"]
PAPERS = 40
"""Papers of a graph for which every command takes long enough to be interrupted, and is spread over processes."""
ENDLESS = (
    "SELECT (COUNT(*) AS ?n) { "
    + " ".join(f"VALUES ?{name} {{ {' '.join(map(str, range(60)))} }}" for name in "abcdefgh")
    + " }"
)


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    """Run the command `kamergraaf` on a pseudo-terminal, in the folder of the test."""

    def run(
        *words: object, columns: int = 80, at: str | None = None, after: float | None = None, **env: str
    ) -> Session:
        return run_in_terminal(
            [*COMMAND, *map(str, words)], cwd=tmp_path, env=ENVIRONMENT | env, columns=columns, interrupt_at=at,
            interrupt_after=after,
        )  # fmt: skip

    return run


@pytest.fixture
def store(tmp_path: Path, fresh: Path) -> Path:
    """The folder of a graph without papers, to be built in."""
    return Path(shutil.copytree(fresh, tmp_path / "store"))


@pytest.fixture(scope="module")
def papers(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with many papers, which build reads in workers since they are HTML."""
    folder = tmp_path_factory.mktemp("many") / "papers"
    folder.mkdir()
    for number in range(1, PAPERS + 1):
        lines = (f"<p>Zie Kamerstuk 33279-{number} en het antwoord op vraag {line}.</p>" for line in range(3))
        (folder / f"{number:03}.html").write_text("".join(lines), "utf-8")
    return folder


@pytest.fixture(scope="module")
def large(papers: Path, fresh: Path) -> Path:
    """The folder of a graph of these papers, for reading only."""
    store = Path(shutil.copytree(fresh, papers.parent / "store"))
    with Graph.open(store, write=True) as made:
        assert not made.build([papers]).failed
    return store


@pytest.fixture
def server() -> Iterator[str]:
    """The address of a SPARQL server that answers queries and never takes a graph."""
    hold = threading.Event()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = b'{"head": {}, "boolean": true}'
            self.send_response(200)
            self.send_header("Content-Type", "application/sparql-results+json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_PUT(self) -> None:
            hold.wait(60)

        do_GET = do_POST

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        listening.daemon_threads = True
        threading.Thread(target=listening.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{listening.server_port}/data"
        hold.set()
        listening.shutdown()


def fine(done: Session, code: int = 0) -> Session:
    """Assert that a command ended as it should, and left the terminal as it was."""
    assert done.code == code, done.text
    assert "Traceback" not in done.text
    assert done.cursor_visible
    return done


# ---- progress


def test_build_shows_count_rate_and_file(terminal: Terminal, store: Path) -> None:
    done = fine(terminal("build", SAMPLES, "--store", store))
    assert re.search(r"reading ━+ 3/3  [\d.]+/s.*brief-veelsoortige-verwijzingen\.txt", done.text)
    assert done.text.endswith("3 papers built with 82 mentions, 0 unchanged, 0 failed\n")


@pytest.mark.slow
@pytest.mark.parametrize("columns", [80, 200])
@pytest.mark.parametrize("words", [("demo",), ("rebuild", SAMPLES), ("build", SAMPLES, "--store", "other")], ids=str)
def test_every_build_shows_its_progress(terminal: Terminal, words: tuple[object, ...], columns: int) -> None:
    assert re.search(r"reading ━+ 3/3 ", fine(terminal(*words, columns=columns)).text)


@pytest.mark.parametrize("form", ["turtle", "trig", "graphml", "gexf", "csv", "rdfxml"])
def test_export_shows_its_progress(terminal: Terminal, built: Path, form: str) -> None:
    done = fine(terminal("export", "--format", form, "-o", "out", "--store", built))
    assert re.search(r"exporting ━+ 3/3  [\d.]+/s.*ah-tk-20252026-2406", done.text)


def test_export_to_the_terminal_itself_has_no_bar(terminal: Terminal, built: Path) -> None:
    assert "exporting" not in fine(terminal("export", "--store", built)).text


def test_validate_shows_its_progress(terminal: Terminal, built: Path) -> None:
    done = fine(terminal("validate", "--store", built))
    assert re.search(r"validating ━+ 5/5 ", done.text)
    assert done.text.endswith("the graph conforms to its shapes\n")


@pytest.mark.slow
def test_validate_in_several_processes_shows_its_progress(terminal: Terminal, large: Path) -> None:
    assert re.search(rf"validating ━+ \d+/{PAPERS + 2} ", fine(terminal("validate", "--store", large)).text)


def test_serve_shows_the_progress_of_its_index(terminal: Terminal, built: Path, tmp_path: Path) -> None:
    store = shutil.copytree(built, tmp_path / "served", ignore=shutil.ignore_patterns("index.sqlite*"))
    done = fine(terminal("serve", "--port", 0, "--store", store, at="stop with Ctrl-C"), 130)
    assert re.search(r"preparing search ━+ 3/3 ", done.text)
    assert done.text.endswith("stopped\n")


@pytest.mark.parametrize(
    ("words", "env"),
    [(("--quiet", "build"), {}), (("build", "--quiet"), {}), (("build", "-q"), {}), (("build",), {"TERM": "dumb"})],
    ids=str,
)
def test_no_bar_when_quiet_or_on_a_dumb_terminal(
    terminal: Terminal, store: Path, words: tuple[str, ...], env: dict[str, str]
) -> None:
    done = fine(terminal(*words, SAMPLES, "--store", store, **env))
    assert "\x1b" not in done.output
    assert done.text == ("" if not env else "3 papers built with 82 mentions, 0 unchanged, 0 failed\n")


def test_nothing_of_a_bar_without_a_terminal(run: Run, store: Path) -> None:
    for more in ({}, {"FORCE_COLOR": "1"}):
        assert "reading" not in run("build", SAMPLES, "--store", store, **more).stderr
        assert run("export", "-o", "out", "--store", store, **more).stderr == "out: 1,241 statements\n"


def test_no_color_leaves_no_colour(terminal: Terminal, store: Path) -> None:
    done = fine(terminal("build", SAMPLES, "--store", store, NO_COLOR="1"))
    assert "3/3" in done.text
    assert not re.search(r"\x1b\[[0-9;]*\b(?:3[0-9]|38;5;\d+|9[0-7])\b[0-9;]*m", done.output)


@pytest.mark.parametrize("columns", [20, 40, 80, 200])
def test_a_bar_never_takes_more_than_a_line(terminal: Terminal, store: Path, tmp_path: Path, columns: int) -> None:
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / f"{'漢字' * 40}.txt").write_text("Zie Kamerstuk 33279-1.", "utf-8")
    done = fine(terminal("build", "papers", "--store", store, columns=columns))
    shown = [line for line in re.split(r"[\r\n]|\x1b\[2K", done.text) if line.startswith("reading")]
    assert shown
    assert all(cell_len(line) <= columns for line in shown)


# ---- verbosity


def test_verbose_tells_of_each_file_and_the_time(run: Run, store: Path, tmp_path: Path) -> None:
    papers = shutil.copytree(SAMPLES, tmp_path / "papers")
    (papers / "picture.png").touch()
    for words in (("--verbose", "build"), ("build", "-v")):
        done = run(*words, "papers", "--store", store)
        ended(done, 0)
        for name in SAMPLES.glob("*.txt"):
            assert re.search(rf"^reading [123]/3 papers/{name.name}$", done.stderr, re.MULTILINE)
        assert "skipped: papers/picture.png: " in done.stderr
        assert re.search(r"^took \d+\.\d seconds$", done.stderr, re.MULTILINE)


def test_quiet_leaves_errors(run: Run, store: Path, tmp_path: Path) -> None:
    (tmp_path / "empty.txt").touch()
    done = run("build", "empty.txt", "--store", store, "--quiet")
    ended(done, 1)
    assert done.stderr == "kamergraaf: failed: empty.txt: the file is empty\n"
    assert run("-q", "info", "--store", "nope").stderr.startswith("kamergraaf: there is no graph in nope")


# ---- tables


def unbroken(text: str, *names: str) -> None:
    for name in names:
        assert name in text, text


@pytest.mark.parametrize("columns", [40, 80, 200])
def test_no_table_breaks_a_name(terminal: Terminal, built: Path, columns: int) -> None:
    ids = (
        "committee:buitenlandse-zaken",
        "office:minister-buitenlandse-zaken",
        "budapest-memorandum",
        "Kernstopverdrag",
    )
    found = terminal("references", SAMPLES / "brief-kernwapens-belarus.txt", columns=columns)
    unbroken(fine(found).text, *ids)
    listing = fine(terminal("query", "--list", columns=columns))
    unbroken(listing.text, *(name for each in all_queries() for name in (each.name, *each.parameters)))
    papers = terminal("query", "papers", "--store", built, columns=columns)
    unbroken(fine(papers).text, "document/brief-veelsoortige-verwijzingen-a917f87a", "2026-06-29")
    info = terminal("info", "--store", built, columns=columns)
    unbroken(fine(info).text, "tractatenblad", "unresolved")
    measured = terminal("measure", "--store", built, columns=columns)
    unbroken(fine(measured).text, "Non-proliferatieverdrag", "21501-02")


def test_a_long_address_is_shown_whole(terminal: Terminal, built: Path) -> None:
    address = "https://www.example.org/" + "-".join(map(str, range(60)))
    done = fine(terminal("query", f"SELECT (IRI('{address}') AS ?where) (1 AS ?n) {{}}", "--store", built))
    assert address in done.text


@pytest.mark.parametrize("columns", [60, 80, 100, 200])
def test_a_table_fits_the_terminal(terminal: Terminal, built: Path, columns: int) -> None:
    for words in (("query", "--list"), ("info", "--store", built), ("query", "final-answer", "--store", built)):
        for line in fine(terminal(*words, columns=columns)).text.splitlines():
            assert cell_len(line) <= columns, line


# ---- Ctrl-C


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "says"),
    [(("build", "PAPERS", "--store", "new"), "what was read is kept"), (("rebuild", "PAPERS", "--store", "new"), "what was read is kept"),
     (("export", "--format", "graphml", "-o", "out", "--store", "LARGE"), "interrupted"),
     (("validate", "--store", "LARGE"), "interrupted"), (("push", "--endpoint", "SERVER", "--store", "LARGE"), "interrupted"),
     (("draw", "--store", "LARGE"), "interrupted")],
    ids=str,
)  # fmt: skip
def test_an_interrupt_in_the_middle_is_a_sentence(
    terminal: Terminal, papers: Path, large: Path, server: str, words: tuple[str, ...], says: str, tmp_path: Path
) -> None:
    places = {"PAPERS": str(papers), "LARGE": str(large), "SERVER": server}
    done = fine(terminal(*(places.get(word, word) for word in words), at="━"), 130)
    assert done.text.rstrip().splitlines()[-1].startswith("kamergraaf: ")
    assert says in done.text.rstrip().splitlines()[-1]
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_an_interrupt_of_a_query_is_a_sentence(terminal: Terminal, built: Path) -> None:
    done = terminal("query", ENDLESS, "--store", built, after=2)
    assert fine(done, 130).text.rstrip().endswith("kamergraaf: interrupted")


@pytest.mark.slow
def test_a_watch_is_ended(terminal: Terminal, store: Path) -> None:
    done = fine(terminal("build", SAMPLES, "--watch", "--store", store, at="Ctrl-C ends it"))
    assert re.search(r"reading ━+ 3/3 ", done.text)
    assert done.text.endswith("ended\n")


# ---- conventions


def test_the_version_is_that_of_the_project(run: Run) -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert __version__ == project["version"]
    done = run("--version")
    ended(done, 0)
    assert done.stdout == f"kamergraaf {__version__}\n"


def test_the_shell_completes_commands_and_options(run: Run) -> None:
    def completed(words: str, place: int) -> list[str]:
        asked = {"_KAMERGRAAF_COMPLETE": "complete_bash", "COMP_WORDS": f"kamergraaf {words}", "COMP_CWORD": str(place)}
        return run(**asked).stdout.split()

    assert completed("que", 1) == ["query"]
    assert "--format" in completed("export --fo", 2)
    assert "--install-completion" in run("--help").stdout


@pytest.mark.slow
def test_serving_to_others_is_told(terminal: Terminal, built: Path, tmp_path: Path) -> None:
    told = "everyone who can reach this machine over the network can read this graph, without a password"
    store = shutil.copytree(built, tmp_path / "served")
    for host, others in (("0.0.0.0", True), ("127.0.0.1", False)):
        done = fine(terminal("serve", "--host", host, "--port", 0, "--store", store, at="Ctrl-C).\r\n"), 130)
        assert (told in done.text.replace("\n", " ")) == others
