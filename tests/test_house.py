"""The order of the house: imports point one way, terms are defined and used, files stay small, each dependency has a reason."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT
from rdflib import Graph, Namespace, URIRef
from rdflib.namespace import OWL, RDF, RDFS

import graph
from ontology.terms import KG as KG_IRI

KG = Namespace(KG_IRI)
PACKAGES = ("ontology", "graph", "exports")
MODULES = sorted(path for package in PACKAGES for path in (ROOT / package).rglob("*.py"))
LONGEST = 500
UNUSED = set[str]()
"""Terms that are defined and used by nothing today; one that comes into use comes off the list."""

# ---- imports

BELOW = {"ontology": {"ontology"}, "graph": {"graph", "ontology"}, "exports": {"exports", "graph", "ontology"}}

VALUES = {"fold", "model", "patterns"}
"""What every stage may know besides the ontology: the values, and how text is folded."""
STAGES = {
    # how references are written, and how they are read out of text
    "patterns": set(),
    "fold": set(),
    "display": set(),
    "model": {"corrections", "display", "fold"},
    "kinds": VALUES,
    "days": VALUES | {"kinds"},
    "known": set(),
    "filenames": set(),
    "read": VALUES | {"filenames"},
    "segment": VALUES | {"kinds"},
    "recognise": VALUES | {"kinds"},
    "define": VALUES | {"kinds"},
    "identify": VALUES | {"kinds", "days"},
    "resolve": VALUES | {"kinds", "days", "known"},
    # what people say of references
    "lookup": VALUES | {"kinds"},
    "corrections": VALUES | {"kinds", "lookup", "triples"},
    "correct": VALUES | {"corrections", "lookup", "resolve"},
    "obeyed": {"corrections", "store"},
    "sentences": {"model", "patterns"},
    "triples": set(),
    "describe": VALUES | {"kinds", "days", "sentences", "triples", "corrections"},
    "disk_full": set(),
    "lock": {"disk_full"},
    "marks": set(),
    "named_graphs": set(),
    "sums": set(),
    "arriving": {"named_graphs"},
    "snapshot": {"arriving", "disk_full", "lock", "marks"},
    "record": {"marks", "named_graphs", "triples"},
    "hold": {"arriving", "disk_full", "lock", "snapshot"},
    "patience": set(),
    "store": VALUES
    | {"arriving", "disk_full", "hold", "lock", "named_graphs", "patience", "record", "snapshot", "sums", "triples"},
    "keep": {"arriving", "disk_full", "lock", "marks", "named_graphs", "record", "snapshot", "store", "sums"},
    # the two that know the order
    "line": VALUES
    | {"correct", "corrections", "define", "lookup", "kinds", "segment", "recognise", "identify", "known", "resolve"},
    "renditions": {"store"},
    "load": {"arriving", "marks", "model", "named_graphs", "store", "triples"},
    "counts": {"named_graphs", "store", "triples"},
    "dataset": {"named_graphs", "store", "triples"},
    "gather": {"filenames", "read"},
    "report": {"corrections", "read"},
    "limits": {"gather"},
    "watch": {"read"},
    "work": {"corrections", "describe", "gather", "known", "limits", "line", "model", "read", "sandbox"},
    "apart": {"filenames", "gather", "limits", "model", "read", "sandbox"},
    "authorities": {"kinds", "known", "named_graphs", "resolve", "store", "triples"},
    "supply": {"gather", "limits", "work"},
    "survey": {"filenames", "gather", "read", "renditions", "store", "supply"},
    "plan": {
        "authorities",
        "corrections",
        "gather",
        "known",
        "limits",
        "read",
        "renditions",
        "report",
        "store",
        "supply",
        "survey",
        "work",
    },
    "build": {
        "authorities",
        "corrections",
        "dataset",
        "disk_full",
        "gather",
        "known",
        "limits",
        "load",
        "model",
        "obeyed",
        "read",
        "renditions",
        "report",
        "snapshot",
        "store",
        "supply",
        "survey",
        "work",
    },
    "shard": {"gather", "limits", "marks", "model", "read", "store", "triples", "work"},
    "shards": {
        "authorities",
        "build",
        "gather",
        "known",
        "model",
        "named_graphs",
        "read",
        "report",
        "shard",
        "store",
        "triples",
        "work",
    },
    # views of a store that is there
    "tokens": {"patterns"},
    "guard": {"tokens"},
    "sandbox": set(),
    "answer": {"guard"},
    "ask": {"answer", "guard", "sandbox", "store"},
    "answerer": {"answer", "limits", "sandbox"},
    "asker": {"answer", "answerer"},
    "askers": {"answer", "asker", "guard"},
    # updates of strangers
    "rewrite": {"guard", "tokens"},
    "change": {"answer", "asker", "guard", "limits", "lock", "named_graphs", "rewrite", "sandbox", "store"},
    "follow": {"askers", "lock", "snapshot"},
    "network": {"model", "kinds", "sentences", "store"},
    "entities": {"kinds", "lookup", "named_graphs", "store"},
    "measures": set(),
    "result": {"answer", "display"},
    "view": {"display", "network"},
    # what other programs use; graph/__init__ names it
    "find": {"corrections", "kinds", "known", "line", "model", "read"},
    "open": {
        "answer",
        "build",
        "display",
        "entities",
        "find",
        "gather",
        "guard",
        "limits",
        "lookup",
        "network",
        "report",
        "result",
        "store",
        "view",
    },
    "version": set(),
    "": {"find", "kinds", "known", "lookup", "model", "open", "read", "version"},
}


def imports(path: Path) -> Iterator[str]:
    """The modules that a file imports, also inside functions; not those for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path} imports by a relative name"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def stage(module: str) -> str:
    """The stage of a module of graph: "graph.kinds.words.ANSWER" is of kinds."""
    name = module.split(".")[1] if "." in module else ""
    return name if name in STAGES else ""


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_one_way(path: Path) -> None:
    package = path.relative_to(ROOT).parts[0]
    for module in imports(path):
        if (top := module.partition(".")[0]) in PACKAGES:
            assert top in BELOW[package], f"{name_of(path)} imports {module}"


def between_stages() -> set[tuple[str, str]]:
    return {
        (own, other)
        for path in MODULES
        if path.relative_to(ROOT).parts[0] == "graph"
        for own in [stage(name_of(path))]
        for module in imports(path)
        if module.partition(".")[0] == "graph"
        for other in [stage(module)]
        if other not in STAGES[own] | {own}
    }


def test_stages_import_what_lies_below_them_and_not_each_other() -> None:
    assert between_stages() == set()


def test_names_are_imported_from_the_module_that_has_them() -> None:
    """Those of graph itself are for other programs; they come late, and from where would not be seen."""
    public = {f"graph.{name}" for name in graph.__all__}
    found = {(name_of(path), module) for path in MODULES if path.parent != ROOT / "graph" or path.stem != "__init__"
             for module in imports(path)}  # fmt: skip
    assert {(own, module) for own, module in found if module in public} == set()


def test_the_names_of_graph_come_late_and_are_all_there() -> None:
    """A process that answers queries needs nothing that reads papers."""
    script = "import graph.answerer, sys; print([name for name in sys.modules if name in ('numpy', 'graph.read', 'graph.kinds')])"
    assert subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout == "[]\n"
    assert set(graph.__all__) == set(graph._FROM) <= set(dir(graph))
    for name in graph.__all__:
        assert getattr(graph, name).__class__ is not type(graph), f"{name} is a module"
    with pytest.raises(AttributeError, match="nothing_of_that_name"):
        graph.nothing_of_that_name  # noqa: B018  looking it up is the test


def test_every_stage_is_in_the_list() -> None:
    found = {
        path.relative_to(ROOT / "graph").parts[0].removesuffix(".py")
        for path in MODULES
        if path.is_relative_to(ROOT / "graph")
    }
    assert found - {"__init__"} == set(STAGES) - {""}


# ---- terms

ONTOLOGY = Graph().parse(ROOT / "ontology/kamergraaf.ttl")
DEFINED = {
    str(term).removeprefix(KG_IRI)
    for sort in (OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty)
    for term in ONTOLOGY.subjects(RDF.type, sort)
    if isinstance(term, URIRef)
}
_PREFIXED = re.compile(r"(?<![\w/])kg:([A-Za-z]\w*)")


def written_terms() -> dict[str, set[str]]:
    """The terms in code, queries and pages, with the files in which they stand."""
    from graph.describe import _CLASSES
    from graph.kinds import KINDS
    from graph.network import _EDGES

    found: dict[str, set[str]] = {}
    for path in [
        *MODULES,
        *(ROOT / "exports").rglob("*.rq"),
        ROOT / "ontology/shapes.ttl",
        *(ROOT / "ontology/registers").glob("*.ttl"),
    ]:
        for name in _PREFIXED.findall(path.read_text("utf-8")):
            found.setdefault(name, set()).add(path.name)
    # those that code puts together
    for name in (*(kind.edge for kind in KINDS), *_CLASSES.values(), *(edge for edge in _EDGES if edge != "isPartOf")):
        found.setdefault(name, set()).add("made in code")
    for name in (
        "signedBy",
        "askedBy",
        "answers",
        "addressedTo",
        "citesWork",
        "earliest",
        "latest",
        "earliestReason",
        "latestReason",
    ):
        found.setdefault(name, set()).add("graph/describe.py")
    return found


def test_every_term_that_is_used_is_defined() -> None:
    assert {name: files for name, files in written_terms().items() if name not in DEFINED} == {}


def test_every_term_that_the_graph_holds_is_defined(samples: object) -> None:
    used = {
        term.value
        for quad in samples.store.quads
        for term in (quad.predicate, quad.object)
        if term.__class__.__name__ == "NamedNode" and term.value.startswith(KG_IRI)
    }
    assert {term.removeprefix(KG_IRI) for term in used} - DEFINED - {""} == set()


def test_every_term_that_is_defined_is_used() -> None:
    """In code, queries, shapes or registers, or above, or as domain or range of, what is."""
    used, before = set(written_terms()) & DEFINED, set[str]()
    while used != before:
        before = set(used)
        for name in before:
            for relation in (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, RDFS.range, OWL.inverseOf):
                used |= {str(term).removeprefix(KG_IRI) for term in ONTOLOGY.objects(KG[name], relation) if term in KG}
    assert DEFINED - used == UNUSED


# ---- files


@pytest.mark.parametrize(
    "path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=lambda path: str(path.relative_to(ROOT))
)
def test_files_are_short_and_named_for_what_they_hold(path: Path) -> None:
    assert not set(re.split(r"[_./]", str(path.relative_to(ROOT)))) & {
        "utils",
        "util",
        "helpers",
        "helper",
        "common",
        "manager",
        "misc",
    }
    if not path.is_relative_to(ROOT / "tests"):
        long = len(path.read_text("utf-8").splitlines()) > LONGEST
        assert not long


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_nothing_prints_but_the_command(path: Path) -> None:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    prints = [node for node in calls if isinstance(node.func, ast.Name) and node.func.id == "print"]
    assert not prints or name_of(path) == "graph.ask", "the process of ask tells its parent by standard error"


def test_every_dependency_has_its_reason() -> None:
    contributing, project = ROOT / "CONTRIBUTING.md", ROOT / "pyproject.toml"
    if not contributing.exists():
        pytest.skip("CONTRIBUTING.md is not written yet")
    told = tomllib.loads(project.read_text("utf-8"))["project"]
    needed = [*told["dependencies"], *(each for group in told["optional-dependencies"].values() for each in group)]
    text = contributing.read_text("utf-8").lower()
    missing = [name for each in needed if (name := re.split(r"[^\w-]", each)[0].lower()) not in text]
    assert missing == []


@pytest.mark.parametrize(
    "package", sorted({path.parent for path in MODULES}), ids=lambda path: str(path.relative_to(ROOT))
)
def test_no_name_of_a_package_hides_a_module(package: Path) -> None:
    """A module that is imported later would take the place of the name."""
    inside = {path.stem for path in package.iterdir() if path.suffix == ".py" or (path / "__init__.py").exists()}
    imported = {
        alias.asname or alias.name
        for node in ast.walk(ast.parse((package / "__init__.py").read_text("utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module != package.name
        for alias in node.names
    }
    assert not imported & inside


@pytest.mark.parametrize("path", [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))], ids=lambda path: path.name)
def test_no_path_of_a_machine_is_in_the_code(path: Path) -> None:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Path":
            given = [each.value for each in node.args if isinstance(each, ast.Constant)]
            assert not any(str(each).startswith("/") for each in given)
