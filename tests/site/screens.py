"""The pages of `ledger web` in pictures, taken anew by a browser whenever the site is built."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import quote

from ledger import Ledger
from projections import reconcile

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "docs" / "examples" / "worked-example"
ABOUT = """\
# Pages in pictures

The pages of [`ledger web`](../how-to/look-in-a-browser.md) about the worked example, in a wide window and in
one of 400 pixels."""
WITHOUT = (
    "This copy of the site was built where no browser is: `make web` shows the pages themselves."
)
WIDE, NARROW = (1200, 760), (400, 760)


class Shot(NamedTuple):
    """A picture: what it is called and shows, the address, and the size of the window."""

    name: str
    shows: str
    address: str
    size: tuple[int, int] = WIDE


def shots(ledger: Ledger) -> list[Shot]:
    """The pictures to take; their days are said, so that they are the same on every day."""
    explained = reconcile(ledger, kinds=["BALANCE_BREAK_EXPLAINED"]).findings[0]
    person, issuer = (
        quote(one["cik"] or one["name"] or "") for one in (explained.person, explained.issuer)
    )
    together = f"/people/{person}/at/{issuer}?as_of=2005-03-01"
    return [
        Shot("home", "What is here, and what is open", "/"),
        Shot("together", "A person at a company: what is held, a range as a range", together),
        Shot("history", "The same over the years, drawn", f"{together}#history"),
        Shot("over-time", "Who holds how much", f"/issuers/{issuer}/over-time"),
        Shot("filed", "What came late, and what closes", f"/issuers/{issuer}/over-time#filed"),
        Shot("finding", "A finding as a memo", f"/findings/{explained.id}"),
        Shot("filing", "A filing as a form", f"/filings/{explained.filing}"),
        Shot("narrow", "A narrow window", together, NARROW),
    ]


def browser() -> str | None:
    """The browser that is here, with what drives it and what serves the pages."""
    if not all(map(find_spec, ("playwright", "starlette", "jinja2", "uvicorn"))):
        return None
    return shutil.which("chromium") or shutil.which("chromium-browser")


def screens(folder: Path) -> None:
    """Write screens.md and its pictures into a folder; without a browser, the page that says so."""
    program, parts = browser(), [WITHOUT]
    if program is not None:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415  (not everywhere)

        (folder / "screens").mkdir()
        with sync_playwright() as playwright:
            chromium = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
            parts = list(taken(chromium, folder / "screens"))
    (folder / "screens.md").write_text("\n\n".join([ABOUT, *parts]) + "\n", "utf-8")


def taken(chromium: Browser, pictures: Path) -> Iterator[str]:
    """Take each picture; what the page says of it."""
    from tests.cli.web.browsing import Served  # noqa: PLC0415  (needs what serves pages)

    with tempfile.TemporaryDirectory() as there:
        path = Path(there) / "ledger.db"
        with Ledger.open(path) as ledger:
            ledger.ingest(EXAMPLE)
            asked = shots(ledger)
        with Served(path) as (_, address):
            for shot in asked:
                width, height = shot.size
                window = chromium.new_page(viewport={"width": width, "height": height})
                answer = window.goto(address.rstrip("/") + shot.address)
                assert answer is not None, shot
                assert answer.ok, shot
                window.screenshot(path=pictures / f"{shot.name}.png", animations="disabled")
                window.close()
                yield f"## {shot.shows}"
                yield f"![{shot.shows}](screens/{shot.name}.png)"
