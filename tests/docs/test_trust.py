"""What the page of promises names as a proof is there."""

import re

from conftest import ROOT

PAGE = (ROOT / "docs" / "trust.md").read_text("utf-8")
SOURCES = {path: path.read_text("utf-8") for path in (ROOT / "tests").rglob("*.py")}


def test_every_proof_is_there() -> None:
    files = {path.relative_to(ROOT).as_posix() for path in [*SOURCES, *(ROOT / "exports").glob("*.py"), *(ROOT / "graph").glob("*.py")]}  # fmt: skip
    named = re.findall(r"`([\w/]+\.py)[`:]", PAGE)
    assert named
    assert [name for name in named if not any(file.endswith(name) for file in files)] == []
    proofs = re.findall(r"::(test_\w+)", PAGE)
    assert len(proofs) > 20
    assert [name for name in proofs if not any(f"def {name}(" in source for source in SOURCES.values())] == []


def test_every_promise_has_a_row() -> None:
    assert re.findall(r"^\| ([0-9]+) \|", PAGE, re.MULTILINE) == [str(number) for number in range(1, 23)]
