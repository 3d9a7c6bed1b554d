"""What the page of promises names as a proof is there, and what is installed may be used under the licence of the project."""

import re
from importlib.metadata import Distribution, distributions, requires

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
    assert re.findall(r"^\| ([0-9]+) \|", PAGE, re.MULTILINE) == [str(number) for number in range(1, 21)]


def needed() -> set[str]:
    """The names of all packages that the program needs, by way of others too; what only development needs is left out."""
    found, left = set[str](), ["kamergraaf"]
    while left:
        for each in requires(left.pop()) or ():
            name = re.split(r"[^\w.-]", each)[0].lower().replace("_", "-")
            if "extra ==" not in each and name not in found and name in INSTALLED:
                found.add(name)
                left.append(name)
    return found


INSTALLED = {each.metadata["Name"].lower().replace("_", "-"): each for each in distributions()}


def licence(package: Distribution) -> str:
    """What a package says of its licence, in one line."""
    told = package.metadata
    named = [told["License-Expression"] or "", *(line for line in told.get_all("Classifier") or () if line.startswith("License"))]  # fmt: skip
    return " ".join(named) if any(named) else (told["License"] or "").partition("\n")[0]


def test_no_licence_forbids_what_ours_allows() -> None:
    said = {name: licence(INSTALLED[name]) for name in needed()}
    assert len(said) > 20
    strict = {name: text for name, text in said.items() if re.search(r"(?<!L)GPL|General Public|SSPL|Affero", text) and "Lesser" not in text}  # fmt: skip
    assert strict == {}
    assert [name for name, text in said.items() if not text] == []
