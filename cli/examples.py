"""What each command is for, as it is typed: the examples that its help begins with.

A test runs them one after the other, those of the commands that ask nobody else, with a handful
of filings in a folder.
"""

from __future__ import annotations

from inspect import cleandoc

EXAMPLES: dict[str, tuple[str, ...]] = {
    "ingest": ("ledger ingest filings/", "ledger ingest filings/ --dry-run"),
    "fetch": (
        "ledger fetch --person 0001214156 --since 2024-01-01",
        "ledger fetch --issuer AAPL --forms 3,4,5 --into edgar",
    ),
    "follow": ("ledger follow --once", "ledger follow --since 2024-06-03"),
    "events": (
        'ledger events --person "DOE JANE"',
        "ledger events --after 3 --format ndjson",
    ),
    "replay": ("ledger replay", "ledger replay --jobs 2"),
    "holdings": (
        'ledger holdings --person "DOE JANE"',
        "ledger holdings --issuer ACME --as-of 2024-05-31 --known-at 2024-06-01",
        "ledger holdings --issuer ACME -o holdings.xlsx",
    ),
    "history": (
        'ledger history --person "DOE JANE" --issuer ACME',
        'ledger history --person "DOE JANE" -o history.svg',
    ),
    "stakes": ("ledger stakes --issuer ACME", "ledger stakes --issuer ACME -o acme.svg"),
    "reconcile": (
        "ledger reconcile --severity minor",
        'ledger reconcile --person "DOE JANE" --by kind',
        "ledger reconcile --since last --fail-on critical",
    ),
    "diff": (
        "ledger diff 0001000001-24-000003",
        "ledger diff --known-at 2024-05-31 --known-at 2024-06-30",
    ),
    "check": (
        "ledger check draft/july.xml",
        "ledger check draft/july.xml --today 2024-07-03 --fail-on minor",
    ),
    "due": ("ledger due --within 10d", "ledger due --issuer ACME -o due.ics"),
    "filed": ("ledger filed --issuer ACME", 'ledger filed --person "DOE JANE" -o filed.svg'),
    "people": (
        "ledger people",
        'ledger people "DOE JANE"',
        "ledger people --issuer ACME --format csv",
    ),
    "issuers": ("ledger issuers", "ledger issuers ACME", "ledger issuers --format json"),
    "explain": (
        "ledger explain 0001000001-24-000003#I.1",
        "ledger explain BALANCE_BREAK",
    ),
    "show": ("ledger show 0001000001-24-000003", "ledger show 0001000001-24-000003#I.1"),
    "export": (
        "ledger export holdings -o holdings.csv",
        "ledger export entries --person 0001000001 -o entries.parquet",
        "ledger export panel --until 2024-06-30 -o panel.csv",
    ),
    "web": ("ledger web", "ledger web --port 8765 --allow-write"),
    "report": ('ledger report --person "DOE JANE" --issuer ACME -o jane.html',),
    "review": (
        "ledger review",
        'ledger review 1446d662 --accept --note "the plan statement agrees"',
    ),
    "retract": (
        'ledger retract 0001000001-24-000003 --why "the draft, not what was filed"',
        "ledger retract 0001000001-24-000003 --undo",
    ),
    "verify": ("ledger verify", "ledger verify --against seal.txt"),
    "seal": ("ledger seal", "ledger seal -o seal.txt"),
    "backup": ("ledger backup ledger-copy.db",),
    "stats": ("ledger stats", "ledger stats --format json"),
    "sql": ("ledger sql", "ledger sql --drop"),
    "schema": ("ledger schema holdings", "ledger schema check -o check.schema.json"),
}
"""By command, what to type first, then what else it is good for."""


def led_by_examples(name: str, said: str) -> str:
    """The help of a command: its first line, examples, then the rest of what it says."""
    first, _, rest = cleandoc(said).partition("\n\n")
    typed = "\n".join(["\b", *(f"  {line}" for line in EXAMPLES[name])])
    return "\n\n".join(filter(None, [first, typed, rest, _NAMES]))


_NAMES = (
    "`ledger --names` says how people, companies, filings, findings and days are named "
    "(docs/reference/names.md)."
)
