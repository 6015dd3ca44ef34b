"""A ledger with something to say on every page, and a browser that asks its pages."""

import pytest

from ledger import Ledger
from tests.cli.web.browsing import Browser
from tests.projections.building import bought, filing, held, opening, plan_purchase, sold


@pytest.fixture(scope="session")
def jane(tmp_path_factory):
    """Jane Doe's ledger: a plan purchase, a slip, and a trust."""
    path = tmp_path_factory.mktemp("web") / "ledger.db"
    with Ledger.open(path) as made:
        made.record(
            [
                opening(10_000, held(4_000, how="By Family Trust")),
                filing(bought(500, 10_500), on="2024-03-01"),
                filing(sold(200, 10_420, notes=plan_purchase(120, "2024-05")), on="2024-06-03"),
                filing(sold(20, 10_040), on="2024-09-03"),
            ]
        )
    return path


@pytest.fixture(scope="session")
def browser(jane):
    """A browser on this machine."""
    return Browser(jane)
