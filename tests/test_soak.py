"""Ten minutes under mixed traffic; `make soak` is an hour of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from soak import Soak


@pytest.mark.torture
def test_ten_minutes_of_mixed_traffic(tmp_path: Path) -> None:
    assert Soak(tmp_path, 1).run(10).report()["wrong"] == []
