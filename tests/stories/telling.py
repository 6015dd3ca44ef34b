"""How a story is told: the filings as a filer would list them, then what must be answered.

    # exclusion-note: the next total goes back
    3 2018-05-01
     Common Stock | = 1,000
     Common Stock, By Spouse | = 6,000
    4 2018-11-06 filed 2018-11-08 by 1
     Common Stock | P +100 @22 = 1,100
     Common Stock, By Spouse | = 5,300[1]
     note 1 Excludes 700 shares held by an adult child.
    ? finds b I.2
    ? held 2019-01-01 Spouse = 6,000

A filing begins with its form and period; `filed`, `by` (numbers of people, or `nobody`), `of` (A or B),
`amends` (a day), `symbol`, `signs "name"` and `exit` may follow. A line is the title, the holder after
a comma (`?` for an indirect one without a name), then code, signed shares, price, day and
total; `II` begins a line of Table II, whose title takes `at` strike, `from` the day on which it
may be exercised and `to` expiry; it may end `over` so many `of` a title. `[1]`
cites a note from the field it stands on. What is asked is described in `asking`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

from ledger import Filing
from ledger.readers import read
from tests.documents import holding, owner, ownership_xml, transaction

PEOPLE = {
    1: ("0001000001", "WETHERBY JOAN K"),
    2: ("0001000002", "OLDACRE SIMON"),
    3: ("0001000003", "WETHERBY JOAN KATHLEEN"),
    4: ("0001000004", "PYM LUCY"),
    5: ("0001000005", "KENSALL JOAN K"),
    6: ("0001000006", "OLDACRE SIMON JR"),
    7: ("0001000007", "KENSALL SIMON"),
    8: ("0001000008", "MARLOW FAMILY TRUST"),
    9: ("0001000009", "HARROW PARTNERS LP"),
}
COMPANIES = {
    "A": ("0002000001", "PEMBERLEY TOOLS INC", "PMBT"),
    "B": ("0002000002", "QUORN CHEMICAL CORP", "QRNC"),
}
_FREE = frozenset("MAGJCD")
"""Codes of movements for which nothing is paid."""

_FILING = re.compile(r"(?P<form>[345](?:/A)?) (?P<period>\d{4}-\d\d-\d\d)(?P<more>.*)")
_MORE = re.compile(
    r'(?P<word>filed|by|of|amends|symbol|signs) (?:"(?P<quoted>[^"]*)"|(?P<plain>\S+))'
)
_CITES = re.compile(r"\[(\d+(?:,\d+)*)\]")
_HOLDER = re.compile(r", (?=By|Through|Held|\?|[A-Z])")
_SERIES = re.compile(
    r"(?P<title>.*?)(?: at (?P<strike>\S+))?(?: from (?P<begins>\d\S+))?(?: to (?P<expires>\d\S+))?"
)
_TERMS = {"exercise_price": "strike", "exercisable_on": "begins", "expires_on": "expires"}
_MOVED = re.compile(
    r"\s*(?:(?P<code>[A-Z](?:\[[\d,]+\])?) (?P<shares>[+-]\S+)(?: @(?P<price>\S+))?(?: on (?P<on>\S+))?)?"
    r"\s*(?:= ?(?P<after>\S*))?(?: over (?P<under>\S+))?(?: of (?P<of>.+?))?\s*"
)


class Story(NamedTuple):
    """A story: its title, its filings in the order told, and what is asked of them."""

    title: str
    filings: tuple[Filing, ...]
    asked: tuple[str, ...]


class Document(NamedTuple):
    """A filing of a story as it would be filed, with its accession number."""

    accession: str
    payload: bytes

    def read(self) -> Filing:
        """The filing that it reads as."""
        return read(self.payload, source=self.accession, accession=self.accession).filing


class Written(NamedTuple):
    """A story before its filings are read."""

    title: str
    documents: tuple[Document, ...]
    asked: tuple[str, ...]


def stories(path: Path) -> Iterator[Story]:
    """The stories of a file."""
    for one in written(path):
        yield _read(one)


def written(path: Path) -> Iterator[Written]:
    """The stories of a file, each filing as a document."""
    for title, said in texts(path):
        yield _written(title, said)


def texts(path: Path) -> Iterator[tuple[str, list[str]]]:
    """The stories of a file as they are told: each title, and its lines."""
    for told in re.split(r"^# ", path.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]:
        title, *lines = told.splitlines()
        yield title, [line.strip() for line in lines if line.strip()]


def story_of(title: str, said: list[str]) -> Story:
    """A story by the lines that tell it."""
    return _read(_written(title, said))


def _read(one: Written) -> Story:
    return Story(one.title, tuple(document.read() for document in one.documents), one.asked)


def _written(title: str, said: list[str]) -> Written:
    asked = tuple(line[2:] for line in said if line.startswith("? "))
    return Written(title, tuple(_documents(said)), asked)


def _documents(said: list[str]) -> Iterator[Document]:
    begun: list[tuple[re.Match[str], list[str]]] = []
    for line in said:
        found = _FILING.fullmatch(line)
        if found:
            begun.append((found, []))
        elif not line.startswith("? "):
            begun[-1][1].append(line)
    for number, (head, lines) in enumerate(begun, start=1):
        yield _document(head, lines, number)


def _document(head: re.Match[str], lines: list[str], number: int) -> Document:
    more = {m["word"]: m["quoted"] or m["plain"] for m in _MORE.finditer(head["more"])}
    unread = [_MORE.sub("", head["more"].removesuffix(" exit")), *filter(_is_nothing, lines)]
    assert not "".join(unread).strip(), f"a story says what nobody reads: {unread}"
    form, period = head["form"], head["period"]
    filed = more.get("filed") or str(date.fromisoformat(period) + timedelta(days=2))
    by = more.get("by", "1")
    people = [] if by == "nobody" else [PEOPLE[int(one)] for one in by.split(",")]
    cik, name, symbol = COMPANIES[more.get("of", "A")]
    notes = dict(_note(line) for line in lines if line.startswith("note "))
    remarks = [line.removeprefix("remarks ") for line in lines if line.startswith("remarks ")]
    rows = [_row(line, form, period) for line in lines if "|" in line]
    boxes = {"dateOfOriginalSubmission": more["amends"]} if "amends" in more else {}
    if head["more"].endswith(" exit"):
        boxes["notSubjectToSection16"] = "1"
    if form == "3" and not rows:
        boxes["noSecuritiesOwned"] = "1"  # as EDGAR itself ticks it
    last, *first = people[0][1].title().split() if people else ("Illegible",)
    document = ownership_xml(
        rows,
        form=form,
        period=period,
        issuer={
            "issuerCik": cik,
            "issuerName": name,
            "issuerTradingSymbol": more.get("symbol", symbol),
        },
        owners=[owner(*one) for one in people],
        footnotes=notes,
        remarks=remarks[0] if remarks else None,
        signatures=((more.get("signs") or " ".join(["/s/", *first, last]), filed),),
        boxes=boxes,
    )
    return Document(f"0009000001-{filed[2:4]}-{number:06d}", document)


def _is_nothing(line: str) -> bool:
    """Whether a line is neither a note, nor remarks, nor a row."""
    return "|" not in line and not line.startswith(("note ", "remarks "))


def _note(line: str) -> tuple[str, str]:
    _, number, text = line.split(" ", 2)
    return f"F{number}", text


def _row(line: str, form: str, period: str) -> str:
    title, _, moved = line.partition("|")
    table, title = ("II", title[3:]) if title.startswith("II ") else ("I", title)
    said: dict[str, Any] = {"cites": {}, "ownership": "D"}
    title, *held = _HOLDER.split(title.strip(), maxsplit=1)
    if held:
        said["ownership"] = "I"
        if held[0] != "?":
            _put(said, "nature", held[0])
    if table == "II":
        series = _SERIES.fullmatch(title)
        assert series is not None
        title = series["title"]
        for field, term in _TERMS.items():
            if series[term]:
                _put(said, field, series[term])
        said["underlying"] = "Common Stock"
    _put(said, "security", title)
    found = _MOVED.fullmatch(moved)
    assert found is not None, line
    if found["after"] is not None:
        _put(said, "after", found["after"], "shares_after")
    if found["of"]:
        _put(said, "underlying", found["of"])
    if found["under"]:
        _put(said, "underlying_shares", found["under"])
    if found["code"] is None:
        return holding(
            table, **({"underlying_shares": said["after"]} if table == "II" else {}) | said
        )
    _put(said, "code", found["code"])
    said["direction"] = "A" if found["shares"][0] == "+" else "D"
    _put(said, "shares", found["shares"][1:])
    _put(said, "price", found["price"] or ("0" if said["code"] in _FREE else "12.5"))
    _put(said, "on", found["on"] or period, "effective_on")
    said["form_type"] = "5" if form.startswith("5") else "4"
    if table == "II":
        said.setdefault("underlying_shares", said["shares"])
    return transaction(table, **said)


def _put(said: dict[str, Any], field: str, text: str, cited: str = "") -> None:
    """A field's value, without its thousands separators, and the notes that it cites."""
    found = _CITES.search(text)
    value = _CITES.sub("", text).strip()
    number = re.fullmatch(r"[\d,]+(?:\.\d+)?", value)
    said[field] = value.replace(",", "") if number else value
    if found:
        said["cites"][cited or field] = tuple(f"F{n}" for n in found[1].split(","))
