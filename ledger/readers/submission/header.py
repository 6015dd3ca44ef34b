"""Reads the header of an EDGAR submission: who filed what, about whom, and when.

The same facts come in two styles, often mixed: labels (`CENTRAL INDEX KEY:  0000002488`)
and tags (`<CIK>0000002488`), the latter also without line breaks in the feed. Both become
one stream of names and values here. Source: EDGAR Filer Manual and the Public
Dissemination Service's specification of the header.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime, time
from functools import lru_cache
from typing import NamedTuple

from ledger.readers.grammar import day_digits
from ledger.types import eastern, normal_accession, normal_cik

_TOKEN = re.compile(
    r"<(/?)([A-Z0-9][A-Z0-9-]*+)>([^<\r\n]*)"
    r"|^[ \t]*+([A-Z][A-Z0-9 /.&()-]*+):([^\r\n]*)\r?$",
    re.MULTILINE,
)
_MOMENT = re.compile(r"([0-9]{8})([0-9]{2})([0-9]{2})([0-9]{2})")
_MONTH_AND_DAY = re.compile(r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])")

_ISSUERS = {"ISSUER", "SUBJECT COMPANY"}
_OWNERS = {"REPORTING OWNER"}
_OTHERS = {"FILER", "FILED BY", "FILED FOR", "DEPOSITOR", "SERIAL COMPANY"}
_PARTIES = _ISSUERS | _OWNERS | _OTHERS
_SHORT = {
    "CONFORMED SUBMISSION TYPE": "TYPE",
    "CONFORMED PERIOD OF REPORT": "PERIOD",
    "FILED AS OF DATE": "FILING DATE",
    "COMPANY CONFORMED NAME": "CONFORMED NAME",
    "CENTRAL INDEX KEY": "CIK",
}
"""The labels' names, in the words of the tags."""
_TAKEN = _PARTIES | {
    *("ACCESSION NUMBER", "SEC DOCUMENT", "SEC HEADER", "ACCEPTANCE DATETIME"),
    *("TYPE", "PERIOD", "FILING DATE"),
    *("CIK", "CONFORMED NAME", "FORMER CONFORMED NAME", "FISCAL YEAR END"),
}
"""What is taken from a header, under its own or a party's name."""


class Party(NamedTuple):
    """A company or person of the header: identity, and the names it had before."""

    cik: str | None = None
    name: str | None = None
    fiscal_year_end: str | None = None
    former_names: tuple[str, ...] = ()


class Header(NamedTuple):
    """What a submission's header says; None where it does not.

    `form` is the submission type as printed, `accepted_at` EDGAR's acceptance in UTC.
    """

    accession: str | None = None
    form: str | None = None
    period: date | None = None
    filed_on: date | None = None
    accepted_at: datetime | None = None
    issuer: Party | None = None
    owners: tuple[Party, ...] = ()


def header(text: str) -> Header:
    """The facts of a header, in either style; what it does not know it leaves out."""
    said: dict[str, str] = {}
    issuers: list[dict[str, list[str]]] = []
    owners: list[dict[str, list[str]]] = []
    party: dict[str, list[str]] | None = None
    for name, value in _facts(text):
        if not value and name in _PARTIES:
            party = {}
            if name not in _OTHERS:
                (issuers if name in _ISSUERS else owners).append(party)
        elif value and party is not None:
            party.setdefault(name, []).append(value)
        elif value:
            said.setdefault(name, value)
    number = said.get("ACCESSION NUMBER") or said.get("SEC DOCUMENT") or said.get("SEC HEADER")
    return Header(
        accession=normal_accession(number or ""),
        form=said.get("TYPE"),
        period=day_digits(said.get("PERIOD", "")),
        filed_on=day_digits(said.get("FILING DATE", "")),
        accepted_at=_moment(said.get("ACCEPTANCE DATETIME", "")),
        issuer=_party(issuers[0]) if issuers else None,
        owners=tuple(_party(owner) for owner in owners),
    )


def _facts(text: str) -> Iterator[tuple[str, str]]:
    """The names and values of the header that are taken, in its order; an end tag says nothing."""
    for close, tag, said, label, value in _TOKEN.findall(text):
        if not close and (name := _named(tag or label)):
            yield name, " ".join((said if tag else value).split())


@lru_cache(maxsize=1_024)
def _named(printed: str) -> str:
    """What a label or tag names, in the words of the tags; "" where it is not taken."""
    name = printed.replace("-", " ")
    name = _SHORT.get(name, name)
    return name if name in _TAKEN else ""


def _party(said: dict[str, list[str]]) -> Party:
    year_end = said.get("FISCAL YEAR END", [""])[0]
    return Party(
        cik=normal_cik(said.get("CIK", [""])[0]),
        name=said.get("CONFORMED NAME", [None])[0],
        fiscal_year_end=year_end if _MONTH_AND_DAY.fullmatch(year_end) else None,
        former_names=tuple(dict.fromkeys(said.get("FORMER CONFORMED NAME", ()))),
    )


def _moment(text: str) -> datetime | None:
    """An acceptance time, `20230606213204` on EDGAR's clock, in UTC."""
    found = _MOMENT.fullmatch(text)
    day = day_digits(found[1]) if found else None
    if found is None or day is None:
        return None
    hour, minute, second = int(found[2]), int(found[3]), int(found[4])
    if hour > 23 or minute > 59 or second > 59:
        return None
    return eastern(datetime.combine(day, time(hour, minute, second)))
