"""Where a filing is found on sec.gov, built from identifiers that are what they should be."""

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
