"""The boxes of a rendered form above and below its tables: who reports, on whom, of which day.

Each box is a cell that begins with its label. Labels are told by their words, wherever the
stylesheet of the year put them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from lxml import etree

from ledger.filing import Repair
from ledger.readers.grammar import day_us
from ledger.readers.ownership_xml.gathering import Gathering
from ledger.readers.rendered.cells import Page, cells_in, opening_of, rows_of, words_of

_NUMBERED = r"\s*(?:\d{1,2}[A-Za-z]?\s*\.)?\s*"
_OWNER = re.compile(rf"(?i){_NUMBERED}name and address of reporting person")
_ISSUER = re.compile(rf"(?i){_NUMBERED}issuer name and ticker or trading symbol")
_FOREIGN = re.compile(r"(?i)foreign trading symbol")
_RELATIONSHIP = re.compile(rf"(?i){_NUMBERED}relationship of reporting person")
_PERIOD = re.compile(
    rf"(?i){_NUMBERED}(?:date of earliest transaction|date of event requiring statement"
    r"|statement for (?:issuer.?s fiscal year ended|month))"
)
_ORIGINAL = re.compile(rf"(?i){_NUMBERED}if amendment, date (?:of )?original")
_CHECKS = {
    "notSubjectToSection16": re.compile(r"(?i).{0,40}no longer subject to section 16"),
    "aff10b5One": re.compile(r"(?i)check this box .{0,300}rule 10b5-1"),
    "form3HoldingsReported": re.compile(r"(?i)form 3 holdings reported"),
    "form4TransactionsReported": re.compile(r"(?i)form 4 transactions reported"),
}
_RELATIONS = {
    "isDirector": re.compile(r"(?i)director$"),
    "isTenPercentOwner": re.compile(r"(?i)10\s*% owner$"),
    "isOfficer": re.compile(r"(?i)officer\b"),
    "isOther": re.compile(r"(?i)other\b"),
}
_TITLES = ("officerTitle", "otherText")
_UNDER = re.compile(
    r"\(\s*(?:last|first|middle|street|city|state|zip|country|province)[^)]*\)", re.IGNORECASE
)
_PLACES = {
    "street": ("rptOwnerStreet1", "rptOwnerStreet2"),
    "city": ("rptOwnerCity",),
    "state": ("rptOwnerState",),
    "zip": ("rptOwnerZipCode",),
    "country": ("rptOwnerCountry",),
}
_CIK = re.compile(r"(?i)\bCIK=(\d+)")
_DAY = re.compile(r"\b\d{1,2}/\d{1,2}/\d{4}\b")
_SYMBOL = re.compile(r"\[([^\[\]]*)\]")
_TICK = re.compile(r"(?i)[x\u2713\u2714\u2612]")


def parties(gathering: Gathering, page: Page) -> None:
    """Take the issuer, every owner, and how the first of them is related to the issuer."""
    for box in page.boxes(_ISSUER):
        _issuer(gathering, box)
    wordless = 0
    seen: set[frozenset[tuple[str, Any]]] = set()
    for box in page.boxes(_OWNER):
        gathering.owners.append({})
        _owner(gathering, box)
        first, last = gathering.owners[0], gathering.owners[-1]
        if last is first:
            for related in page.boxes(_RELATIONSHIP):
                _relations(gathering, related)
        elif not last:
            gathering.owners.pop()
            wordless += 1
        elif last.items() <= first.items() or (told := frozenset(last.items())) in seen:
            gathering.owners.pop()  # a joint form lists its first owner again
        else:
            seen.add(told)
    if wordless:
        boxes = "the box of an owner has" if wordless == 1 else f"{wordless:,} owners' boxes have"
        why = f"{boxes} no words: compare it with the filing on EDGAR"
        told_of = Repair(field="owners", printed="", effect="field unknown", why=why)
        gathering.repairs.append(told_of)


def days_and_checks(gathering: Gathering, page: Page) -> None:
    """Take the days of the form, and the boxes at its head that are ticked."""
    for tag, label in (("periodOfReport", _PERIOD), ("dateOfOriginalSubmission", _ORIGINAL)):
        for box in page.boxes(label):
            if found := _DAY.search(words_of(box)):
                day = day_us(found[0])
                gathering.put(tag, day.isoformat() if day else found[0])
    for tag, label in _CHECKS.items():
        for box in page.boxes(label):
            before = box.getprevious()
            if before is not None and _TICK.fullmatch(opening_of(before)):
                gathering.put(tag, "1")


def _issuer(gathering: Gathering, box: etree._Element) -> None:
    _named(gathering, box, "issuerCik", "issuerName")
    said = words_of(box)
    common, *foreign = _FOREIGN.split(said)
    if found := _SYMBOL.search(common):
        gathering.put("issuerTradingSymbol", found[1].strip())
    for part in foreign:
        if found := _SYMBOL.search(part):
            gathering.put("issuerForeignTradingSymbol", found[1].strip())


def _named(gathering: Gathering, box: etree._Element, cik: str, name: str) -> str:
    """Take the party that a box's link leads to; its name."""
    for link in box.iter("a"):
        found = _CIK.search(link.get("href") or "")
        if found:
            gathering.put(cik, found[1])
            gathering.put(name, words_of(link))
            return words_of(link)
    return ""


def _owner(gathering: Gathering, box: etree._Element) -> None:
    """Take an owner's name and address: values stand over their labels, in the same order."""
    named = _named(gathering, box, "rptOwnerCik", "rptOwnerName")
    values: list[str] = []
    labels: list[str] = []
    for said in [*[*_leaves(box)][1:], ""]:
        if _UNDER.fullmatch(said):
            labels.append(said.strip("() ").split()[0].split("/")[0].lower())
            continue
        if labels:
            if "last" in labels and not named:
                gathering.put("rptOwnerName", " ".join(filter(None, values)))
            _address(gathering, values, labels)
            values, labels = [], []
        values.append(said)


def _address(gathering: Gathering, values: list[str], labels: list[str]) -> None:
    tags = [tag for label in labels for tag in _PLACES.get(label, ())]
    for tag, said in zip(tags, values, strict=False):
        whole = tag == "rptOwnerState" and len(said) > 2
        gathering.put("rptOwnerStateDescription" if whole else tag, said)


def _leaves(box: etree._Element) -> Iterator[str]:
    """The words of a box piece by piece: of each innermost cell, and of what stands outside one."""
    for node in box.iter("td", "th", "span"):
        if node is box or node.find(".//table") is not None:
            continue
        within = next(node.iterancestors("td", "th"))
        if node.tag != "span" or within is box:
            yield words_of(node)


def _relations(gathering: Gathering, box: etree._Element) -> None:
    """Take the ticked relations, and the title or words below them."""
    titled: list[str] | None = None
    for table in box.iter("table"):
        for row in rows_of(table):
            cells = cells_in(row)
            said = [words_of(cell) for cell in cells]
            labelled = [_relation(words) for words in said]
            for before, tag in zip(said, labelled[1:], strict=False):
                if tag and _TICK.fullmatch(before):
                    gathering.put(tag, "1")
            if "isOfficer" in labelled:
                titled = []
            elif titled is not None and not titled:
                titled = _titles(cells)
    for tag, words in zip(_TITLES, titled or (), strict=False):
        gathering.put(tag, words)


def _relation(words: str) -> str | None:
    return next((tag for tag, label in _RELATIONS.items() if label.match(words)), None)


def _titles(cells: list[etree._Element]) -> list[str]:
    """The officer's title and the words for another relation, from the line that has them."""
    if len(cells) == 1:
        return [words_of(part) for part in cells[0].iter("span")] or [words_of(cells[0])]
    return [words_of(cell) for cell in cells[1::2]]
