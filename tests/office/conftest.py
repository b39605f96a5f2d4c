"""What the tests of the office share."""

from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def written_by_another_test(drawn_once: None) -> None:
    """What a batch makes of a sample was mostly made by another one before."""
