"""Ten minutes under mixed traffic; `make soak` is an hour of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak import PAGES as ASKED
from soak import Soak

from exports.explorer import judging
from exports.explorer.app import PAGES


def test_every_page_is_in_the_traffic() -> None:
    paths = ["/" + address.partition("?")[0].lstrip("/").partition("/")[2] for address in ASKED]
    # what judging has is there only where `serve` was given a file of corrections
    routes = [route for module in PAGES if module is not judging for route in module.routes]
    assert [route.path for route in routes if not any(route.path_regex.match(path) for path in paths)] == []


@pytest.mark.torture
def test_ten_minutes_of_mixed_traffic(tmp_path: Path) -> None:
    assert Soak(tmp_path, 1).run(10).report()["wrong"] == []
