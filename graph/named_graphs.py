"""The named graphs that are ours and hold no paper; each paper has a named graph of its own."""

from __future__ import annotations

from ontology.terms import BASE

BUILDS = f"{BASE}graph/builds"
"""What was read from which file, by which version."""
REGISTERS = f"{BASE}graph/registers"
"""Ontology, registers and rules."""
TEXTS = f"{BASE}graph/texts"
"""The text of each paper as read, to which offsets refer."""
RECORD = f"{BASE}graph/record"
"""The version of the store. It tells of this copy, not of papers, and no export has it."""
OWN_GRAPHS = (BUILDS, REGISTERS, TEXTS, RECORD)
