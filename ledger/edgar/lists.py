"""EDGAR's lists of filings: a company's or person's own, the index of a day, the feed of the hour.

Each reader takes bytes and gives what is listed, or says why they are no such list. Nothing
of a list becomes an address but digits: an accession number and a CIK.

Source: sec.gov, "Accessing EDGAR Data" (indexes), "EDGAR Application Programming Interfaces"
(submissions by CIK).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, NamedTuple

from lxml import etree

from ledger.types import normal_accession, normal_cik

FORMS = ("3", "4", "5")
"""The forms the ledger reads; each has its amendments, `4/A`."""

_ROW = re.compile(
    rb"^(?P<form>\S+)\s.*?\s(?P<cik>\d+)\s+(?P<day>\d{4}-?\d{2}-?\d{2})\s+"
    rb"edgar/data/\d+/(?P<accession>[\d-]+)\.txt\s*$",
    re.MULTILINE,
)
_ANY_ROW = re.compile(rb"\s(\d{4}-?\d{2}-?\d{2})\s+edgar/\S+$")
_DAY = re.compile(r"form\.(\d{8})\.idx")
_IN_A_LIST = re.compile(r"CIK(\d+)-submissions-\d+\.json")
_ATOM = "{http://www.w3.org/2005/Atom}"
_IN_THE_FEED = re.compile(r"/edgar/data/(\d+)/")


class Listed(NamedTuple):
    """A filing that EDGAR lists: under whose CIK, which form, and the day of filing."""

    accession: str
    cik: str
    form: str
    filed_on: date

    @property
    def path(self) -> str:
        """Where its full submission stands on www.sec.gov."""
        folder = self.accession.replace("-", "")
        return f"/Archives/edgar/data/{int(self.cik)}/{folder}/{self.accession}.txt"


class Older(NamedTuple):
    """A further part of somebody's list, and the days of filing that it spans."""

    name: str
    first: date
    last: date


def of_forms(listed: Iterable[Listed], forms: Iterable[str]) -> dict[str, Listed]:
    """Each filing of these forms and their amendments once, by accession number."""
    wanted = {form for form in forms for form in (form, f"{form}/A")}
    found: dict[str, Listed] = {}
    for one in listed:
        if one.form in wanted:
            found.setdefault(one.accession, one)
    return found


# --- one person's, or one company's -----------------------------------------------------


def submissions_path(cik: str, part: str = "") -> str:
    """Where the list of a CIK stands on data.sec.gov, or a further part of it."""
    return f"/submissions/{part or f'CIK{cik}.json'}"


def submissions(body: bytes, cik: str) -> tuple[list[Listed], list[Older]]:
    """The newest filings of a CIK, and the parts in which the older ones stand.

    Raises:
        ValueError: It is no such list.
    """
    told = _object(body)
    if normal_cik(str(told.get("cik", cik))) != cik:
        raise ValueError(f"it is that of CIK {told['cik']}")
    filings = told.get("filings", told)
    columns = filings.get("recent", filings)
    older = [_older(each) for each in filings.get("files", ())]
    return list(_columns(columns, cik)), [one for one in older if one]


def _columns(columns: Mapping[str, Any], cik: str) -> Iterator[Listed]:
    try:
        rows = zip(columns["accessionNumber"], columns["form"], columns["filingDate"], strict=True)
    except KeyError as missing:
        raise ValueError(f"no list of filings: it has no {missing}") from None
    for accession, form, day in rows:
        if normal_accession(str(accession), bare=False) == accession:
            yield Listed(accession, cik, str(form), date.fromisoformat(day))


def _older(each: Mapping[str, Any]) -> Older | None:
    name = str(each.get("name"))
    if not _IN_A_LIST.fullmatch(name):
        return None
    first, last = (date.fromisoformat(str(each[key])) for key in ("filingFrom", "filingTo"))
    return Older(name, first, last)


TICKERS = "/files/company_tickers.json"
"""Where the companies' tickers stand on www.sec.gov."""


def tickers(body: bytes) -> dict[str, str]:
    """The CIK of each ticker.

    Raises:
        ValueError: It is no such list.
    """
    found = {}
    for each in _object(body).values():
        cik = normal_cik(str(each["cik_str"]))
        if cik:
            found[str(each["ticker"]).upper()] = cik
    return found


# --- a day's ----------------------------------------------------------------------------


def quarter_path(year: int, quarter: int, name: str = "index.json") -> str:
    """Where the days' indexes of a quarter stand on www.sec.gov, or what is in that folder."""
    return f"/Archives/edgar/daily-index/{year:04}/QTR{quarter}/{name}"


def days(body: bytes) -> dict[date, str]:
    """The days that a quarter's folder has an index of, and the index's name.

    Raises:
        ValueError: It is no such list.
    """
    items = _object(body)["directory"]["item"]
    named = (_DAY.fullmatch(str(item.get("name"))) for item in items)
    return {date.fromisoformat(found[1]): found[0] for found in named if found}


def day_index(body: bytes) -> list[Listed]:
    """The filings of a day, each under every CIK it was filed under.

    Raises:
        ValueError: It is no index.
    """
    if b"Form Type" not in body[:4096] or b"File Name" not in body[:4096]:
        raise ValueError("no index of a day: its heading is missing")
    last = body.rstrip().rpartition(b"\n")[2]
    if not body.endswith(b"\n") or not (_ANY_ROW.search(last) or set(last) == {ord("-")}):
        raise ValueError("the index of a day is cut short")
    return [one for found in _ROW.finditer(body) if (one := _row(found))]


def _row(found: re.Match[bytes]) -> Listed | None:
    accession, cik, day = (found[name].decode() for name in ("accession", "cik", "day"))
    number = normal_cik(cik)
    if normal_accession(accession, bare=False) != accession or number is None:
        return None
    return Listed(accession, number, found["form"].decode("latin-1"), date.fromisoformat(day))


# --- the hour's -------------------------------------------------------------------------

PAGE = 100
"""Entries on a page of the feed, the most that EDGAR gives."""


def feed_path(start: int) -> str:
    """Where the latest ownership filings stand on www.sec.gov, newest first."""
    asked = f"action=getcurrent&owner=only&output=atom&count={PAGE}&start={start}"
    return f"/cgi-bin/browse-edgar?{asked}"


def feed(body: bytes) -> list[Listed]:
    """The filings on a page of the feed, each under every CIK it was filed under.

    Raises:
        ValueError: It is no feed.
    """
    safe = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    if b"<!DOCTYPE" in body:
        raise ValueError("no feed: it declares a document type")
    try:
        root = etree.fromstring(body, safe)
    except etree.XMLSyntaxError as error:
        raise ValueError(f"no feed: {error}") from None
    if root.tag != f"{_ATOM}feed":
        raise ValueError("no feed: its root is another")
    return [one for entry in root.iterfind(f"{_ATOM}entry") if (one := _entry(entry))]


def _entry(entry: etree._Element) -> Listed | None:
    category, link = entry.find(f"{_ATOM}category"), entry.find(f"{_ATOM}link")
    accession = normal_accession(entry.findtext(f"{_ATOM}id", ""), bare=False)
    updated = entry.findtext(f"{_ATOM}updated", "")[:10]
    if category is None or link is None or accession is None:
        return None
    cik = _IN_THE_FEED.search(link.get("href", ""))
    number = normal_cik(cik[1]) if cik else None
    return (
        Listed(accession, number, category.get("term", ""), date.fromisoformat(updated))
        if number
        else None
    )


def _object(body: bytes) -> Mapping[str, Any]:
    """A JSON object.

    Raises:
        ValueError: It is none.
    """
    try:
        told = json.loads(body)
    except RecursionError:
        raise ValueError("lists within lists beyond any of EDGAR's") from None
    if not isinstance(told, dict):
        raise ValueError("not a list of EDGAR's")  # noqa: TRY004 - whatever is wrong with a body is one thing
    return told


# --- what is fetched --------------------------------------------------------------------

_ENDS = (b"</SEC-DOCUMENT>", b"</SUBMISSION>", b"-----END PRIVACY-ENHANCED MESSAGE-----")


def fault_of(listed: Listed, body: bytes) -> str:
    """Why bytes are not the full submission that is listed, or ""."""
    if normal_accession(body[:4096].decode("latin-1"), bare=False) != listed.accession:
        return "not the filing that is listed"
    return "" if body[-200:].rstrip().endswith(_ENDS) else "the filing is cut short"
