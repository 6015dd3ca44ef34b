"""A ledger with something to say on every page, and a browser that asks its pages."""

import pytest

from ledger import Ledger
from projections.sql.tables import sql
from tests.cli.web.addresses import CHROMIUM, NARROW
from tests.cli.web.browsing import Browser, Served
from tests.projections.building import bought, filing, held, opening, plan_purchase, sold


def _of_jane():
    """Jane Doe's filings: a plan purchase, a slip, and a trust."""
    return [
        opening(10_000, held(4_000, how="By Family Trust")),
        filing(bought(500, 10_500), on="2024-03-01"),
        filing(sold(200, 10_420, notes=plan_purchase(120, "2024-05")), on="2024-06-03"),
        filing(sold(20, 10_040), on="2024-09-03"),
    ]


@pytest.fixture(scope="session")
def jane(tmp_path_factory):
    """Jane Doe's ledger: a plan purchase, a slip, and a trust."""
    path = tmp_path_factory.mktemp("web") / "ledger.db"
    with Ledger.open(path) as made:
        made.record(_of_jane())
    return path


@pytest.fixture(scope="session")
def browser(jane):
    """A browser on this machine."""
    return Browser(jane)


@pytest.fixture(scope="module")
def chromium():
    """One Chromium for all tests."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        # A container has no sandbox to lend, and the pages are our own.
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])


@pytest.fixture(scope="module")
def there(tmp_path_factory):
    """Where Jane Doe's ledger lies: a plan purchase, two slips, a trust, the views for SQL."""
    path = tmp_path_factory.mktemp("chromium") / "ledger.db"
    with Ledger.open(path) as made:
        made.record([*_of_jane(), filing(sold(20, 8_040), on="2024-10-03")])
        sql(made)
    return path


@pytest.fixture(scope="module")
def served(there):
    """The pages of it, as somebody starts them who may write."""
    with Served(there, "--allow-write", "--by", "Ann") as (_, address):
        yield address.rstrip("/")


@pytest.fixture
def page(chromium, served):
    """A narrow window of that browser; what it asks of other hosts, and what is wrong, is kept."""
    window = chromium.new_page(viewport={"width": NARROW, "height": 900}, base_url=served)
    window.heard = []
    window.on("dialog", lambda one: (window.heard.append(f"dialog {one.message}"), one.dismiss()))
    window.on("pageerror", lambda one: window.heard.append(f"error {one}"))
    window.on("console", lambda one: window.heard.append(one.text) if one.type == "error" else None)
    window.on("request", lambda q: None if q.url.startswith(served) else window.heard.append(q.url))
    yield window
    window.close()
