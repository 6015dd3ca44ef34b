"""Prints a page to PDF by the browser that is here: what its print style says is what lands on paper."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

from ledger.errors import LedgerError, UsageError

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
_PATIENCE = 300
"""Seconds that a browser may print: thousands of pages take minutes."""


def browser() -> str:
    """The browser that prints.

    Raises:
        UsageError: None is here.
    """
    found = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if found is None:
        raise UsageError(
            "no browser is here that could print a PDF",
            remedy="install Chromium, or write .html and print that from any browser",
        )
    return found


def print_page(page: str, paper: Path) -> None:
    """Print an HTML page to a PDF file.

    The page is our own and runs nothing; the browser keeps nothing of it.

    Raises:
        UsageError: No browser is here.
        LedgerError: It does not print.
    """
    with tempfile.TemporaryDirectory(prefix="ledger-print-") as folder:
        source, printed = Path(folder) / "page.html", Path(folder) / "page.pdf"
        source.write_text(page, "utf-8", "backslashreplace")
        options = [
            *("--headless", "--disable-gpu", "--no-first-run", "--no-pdf-header-footer"),
            *(f"--user-data-dir={folder}/profile", f"--print-to-pdf={printed}"),
        ]
        if getattr(os, "geteuid", lambda: 1)() == 0:
            options.append("--no-sandbox")  # which a browser has for no administrator
        try:
            subprocess.run(  # noqa: S603 - a browser by its own name, and our own page
                [browser(), *options, source.as_uri()],
                check=True,
                capture_output=True,
                timeout=_PATIENCE,
            )
            shutil.copyfile(printed, paper)
        except (OSError, subprocess.SubprocessError) as error:
            raise LedgerError(
                f"the browser here does not print: {type(error).__name__}",
                remedy="write .html and print that from any browser",
            ) from None
