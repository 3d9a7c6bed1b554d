"""The collector of garbage waits, and is then as it was before."""

from __future__ import annotations

import gc
from contextlib import suppress

import pytest

from ontology.collecting import uncollected


@pytest.mark.parametrize("collects", [True, False])
def test_the_collector_waits_and_is_as_it_was_before_whatever_happens(collects: bool) -> None:
    (gc.enable if collects else gc.disable)()
    try:
        with uncollected(), uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() == collects
        with suppress(LookupError), uncollected():
            raise LookupError
        assert gc.isenabled() == collects
    finally:
        gc.enable()
