"""The addresses of every kind of page of the ledger that is looked at in a browser."""

import shutil

from ledger import Ledger
from projections import history, reconcile

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
JANE, ACME = "0001000001", "0002000001"
TOGETHER = f"/people/{JANE}/at/{ACME}"
NARROW = 400


def first(there):
    """The gravest finding of the ledger."""
    with Ledger.open(there) as ledger:
        return reconcile(ledger).findings[0]


def every_page(there):
    """An address of each kind of page, what is asked amiss among them, with the status that it has."""
    found = first(there)
    with Ledger.open(there) as ledger:
        row = next(entry.row for one in history(ledger).positions for entry in one.entries)
    filed, whom = f"/filings/{found.filing}", f"person={JANE}&issuer={ACME}"
    there = (
        *("/", "/people", f"/people?issuer={ACME}", "/issuers", f"/issuers?person={JANE}"),
        *("/findings", "/findings?severity=major", "/findings?kind=LATE_FILING&status=all"),
        *("/due", f"/due?{whom}", "/check", "/search", "/search?q=doe", "/search?q=nobody"),
        *(TOGETHER, f"{TOGETHER}?as_of=2024-04-01&known_at=2024-05-01"),
        *(f"/people/{JANE}", f"/people/{JANE}/over-time"),
        *(f"/issuers/{ACME}", f"/issuers/{ACME}/over-time"),
        *(filed, f"{filed}/told", f"{filed}/told/{row}", f"/findings/{found.id}"),
        *("/changes", f"/changes?{whom}&from=2024-02-01&to=2024-12-01"),
        *(
            "/sql",
            "/sql?sql=SELECT+*+FROM+findings",
            "/sql?sql=SELECT+1+WHERE+0",
        ),
    )
    amiss = (
        ("/nope", 404),
        ("/people/9999999999", 404),
        ("/sql?sql=nothing", 400),
        (f"{TOGETHER}?as_of=never", 400),
    )
    return [*((address, 200) for address in there), *amiss]
