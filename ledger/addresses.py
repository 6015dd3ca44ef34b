"""Where a filing and its notes are found: on sec.gov, and by which names here.

Addresses are built from identifiers that are what they should be.
"""

from __future__ import annotations

from ledger.types import normal_accession, normal_cik

ARCHIVES = "https://www.sec.gov/Archives/edgar/data"


def address_of(filing: str | None, cik: str | None) -> str | None:
    """The index page of a filing, from its name and the CIK of its issuer or an owner.

    None where the accession number is unknown, as of a scan, or where either is no identifier:
    an address is built from digits alone, never from a filer's words.
    """
    number = normal_accession(filing) if filing else None
    company = normal_cik(cik) if cik else None
    if number is None or number != filing or company is None:
        return None
    return f"{ARCHIVES}/{int(company)}/{number.replace('-', '')}/{number}-index.htm"


def stream_of(filing: str) -> str:
    """The event stream of a filing named by accession number or `sha256:...`."""
    if filing.startswith("sha256:"):
        return filing
    year = int(filing[11:13])
    return f"{(1900 if year >= 93 else 2000) + year}/{filing}"


def note_ref(note: str, number: int, of: int) -> str:
    """How one of a note's statements is named: `note.2`, or `note.2.1` where it has several."""
    plain = note[1:] if note[:1] == "F" and note[1:].isdigit() else note
    return f"note.{plain}" if of == 1 else f"note.{plain}.{number}"
