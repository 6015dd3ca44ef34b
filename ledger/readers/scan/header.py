"""Which form a scan is, and what its upper boxes say: when, about whom, and by whom."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Literal, NamedTuple

from ledger.filing import Issuer, Owner, Repair
from ledger.readers.scan.boxes import (
    AMENDMENT,
    EARLIEST,
    EVENT,
    FISCAL_YEAR,
    ISSUER,
    JOINT,
    STATEMENT_DAY,
    STATEMENT_MONTH,
    Boxes,
    is_label,
)
from ledger.readers.scan.chart import is_form_wording
from ledger.readers.scan.labels import Flow, Match, distance, letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.markup import BREAK, TICKED
from ledger.readers.scan.owners import owner_of
from ledger.readers.scan.tokens import DAY, day_of

FormNumber = Literal["3", "4", "5"]

_PERIOD: dict[FormNumber, str] = {"3": EVENT, "4": EARLIEST, "5": FISCAL_YEAR}
"""The label of the period of report, by the form that prints it."""

_CHANGES = "STATEMENT OF CHANGES IN BENEFICIAL"
_EVIDENCE: tuple[tuple[str, FormNumber, int], ...] = (
    ("INITIAL STATEMENT OF BENEFICIAL OWNERSHIP", "3", 3),
    ("Form 4 Transactions Reported", "5", 2),
    ("Non-Derivative Securities Beneficially Owned", "3", 1),
    ("at end of Issuer's Fiscal Year", "5", 1),
)
_OMB: dict[str, FormNumber] = {"32350104": "3", "32350287": "4", "32350362": "5"}
_HEADING = re.compile(
    r"(?i)^\W*(?:SEC\s+)?F\s*[O0]\s*R\s*M\s+(?P<number>[345])\s*(?P<amends>/\s*A|\(?\s*amend\w*\)?)?"
    r"\W*(?:$|UNITED\s+STATES|SECURITIES|WASHINGTON|OMB\b)"
)
_SYMBOL = re.compile(r"[\[{]\s*[.|]?\s*([A-Za-z0-9][A-Za-z0-9 .,:/&^$-]{0,28}?)\s*[\]}]")
_INCORPORATED = re.compile(r"(?i)\b(inc|corp|co|ltd|l\.?p)[,;:]$")
_ROUND = re.compile(r"\(\s*(?:[A-Za-z ]+:\s*)?([A-Z][A-Z0-9.]{0,5})\s*\)\s*$")
_SLASHED = re.compile(r"/\s+([A-Z]{3,5})\s+/\s*$")
"""A symbol whose brackets were read as strokes; the state behind a name has no blanks around it: `/DE/`."""

_TICKER = re.compile(r"[A-Z][A-Z0-9.]{0,7}")


class Header(NamedTuple):
    """What the upper boxes say. A repair stands for everything they do not say plainly."""

    amends: bool
    period: date | None
    original_on: date | None
    issuer: Issuer
    owners: tuple[Owner, ...]
    not_subject_to_section16: bool | None
    form3_holdings_reported: bool | None
    form4_transactions_reported: bool | None
    plan_10b5_1: bool | None


def form_evidence(lines: Sequence[Line]) -> tuple[Counter[FormNumber], bool]:
    """How strongly a scan's fixed wording speaks for each form, and whether it says `/A`."""
    found: Counter[FormNumber] = Counter()
    amends = False
    before = ""
    for line in lines:
        heading = _HEADING.match(line.text)
        # "... Form 4 or / Form 5 / obligations may continue" is the exit box, not a heading.
        if heading and not re.search(r"(?i)\bor\W*$", before):
            number: FormNumber = heading["number"]  # type: ignore[assignment]
            found[number] += 3
            amends = amends or bool(heading["amends"])
        before = line.text
    flow = Flow(lines)
    for form, label in _PERIOD.items():
        if flow.find(label):
            found[form] += 3
    for label, form, weight in _EVIDENCE:
        if flow.find(label, tolerance=0.15):
            found[form] += weight
    for omb, form in _OMB.items():
        if omb in flow.letters.bare:
            found[form] += 3
    title = _title(flow)
    if title and found["3"] == 1:
        del found["3"]  # no Form 3 states changes; a column's heading is like the table's
    return found + title, amends


def _title(flow: Flow) -> Counter[FormNumber]:
    """What the title says; Form 5's is Form 4's with one more word, which a scan may lose."""
    plain = flow.find(_CHANGES)
    if plain is None:
        return Counter()
    before = letters(flow.text[max(0, plain.start - 12) : plain.start])
    return Counter({"5": 3}) if distance(before, "annual") <= 2 else Counter({"4": 1})


def header_of(
    lines: Sequence[Line],
    owners: Sequence[Sequence[Line]],
    form: FormNumber,
    amends: bool,
    repairs: list[Repair],
) -> Header:
    """The upper boxes of a form; `owners` are further blocks that name joint filers."""
    boxes = Boxes(lines, repairs)
    period, original = _days(boxes, form, amends)
    named = [owner_of(boxes)]
    for block in owners:
        owner = owner_of(Boxes(block, repairs=[]))
        if owner.name is None:
            boxes.note("owner", block[0].text, "field unknown", "a further owner is not legible")
        if owner.name not in {known.name for known in named}:
            named.append(owner)
    if len(named) == 1 and _box(boxes, JOINT):
        why = "more than one person files, but one name is legible"
        boxes.note("owner", "", "field unknown", why)
    annual = form == "5"
    return Header(
        amends=amends or original is not None,
        period=period,
        original_on=original,
        issuer=_issuer(boxes),
        owners=tuple(named),
        not_subject_to_section16=_box(boxes, "Check this box if no longer subject"),
        form3_holdings_reported=_box(boxes, "Form 3 Holdings Reported") if annual else None,
        form4_transactions_reported=_box(boxes, "Form 4 Transactions Reported") if annual else None,
        plan_10b5_1=_box(boxes, "Check this box to indicate that a transaction was made"),
    )


def _box(boxes: Boxes, label: str) -> bool | None:
    return boxes.ticked(boxes.find(label, tolerance=0.1))


def _days(boxes: Boxes, form: FormNumber, amends: bool) -> tuple[date | None, date | None]:
    """The period of report and, for an amendment, the day of what it amends."""
    labels = (_PERIOD[form], STATEMENT_DAY, STATEMENT_MONTH)
    found = next((place for label in labels if (place := boxes.find(label))), None)
    period, period_print = _day(boxes, found)
    original, original_print = _day(boxes, boxes.find(AMENDMENT))
    if original is not None and _stands_once(boxes, period_print, original_print):
        period = None if amends else period
        if not amends:
            why = "the label of the amended filing stands beside the same day, which may be its own"
            boxes.note("period", period_print, "doubtful", why)
    if period is None and original is None and not amends and (free := _free_day(boxes)):
        boxes.note("period", free, "inferred", "the only day in the boxes; its label is lost")
        return day_of(free), None
    if period is None:
        why = "no day stands with its label"
        if original is not None:
            why = "the only day stands under the label of the amended filing"
            if not amends:
                original = None
                open_ = f"{why}; whether it amends cannot be told"
                boxes.note("form", original_print, "doubtful", open_)
        boxes.note("period", period_print or original_print, "field unknown", why)
    if not amends and original is None and boxes.find(AMENDMENT) is None:
        why = "whether it amends cannot be told: the label for the day of the original is lost"
        boxes.note("form", "", "inferred", why)
    if original is None and amends:
        why = "the form says that it amends, but no day stands with the label"
        boxes.note("original_on", original_print, "field unknown", why)
    return period, original


def _stands_once(boxes: Boxes, *prints: str) -> bool:
    """Whether the prints of two days are one, which stands once in the boxes: one of them is lost."""
    found = [day for line in boxes.flow.lines for day in DAY.findall(line.text)]
    return len(set(prints)) == 1 and found.count(prints[0]) == 1


def _free_day(boxes: Boxes) -> str | None:
    """The only day that stands in the boxes, as printed; None where there are several, or none."""
    days = {day for line in boxes.flow.lines for day in DAY.findall(line.text)}
    free = days.pop() if len(days) == 1 else ""
    return free if free and day_of(free) else None


def _day(boxes: Boxes, label: Match | None) -> tuple[date | None, str]:
    """The day that stands with a label, and its print where that is no day."""
    if label is None:
        return None, ""
    for text in boxes.candidates(label):
        days = list(DAY.finditer(text))
        if len(days) == 1:
            return day_of(days[0].group()), days[0].group()
        if days or re.search(r"\d\s*/\s*\d|/\s*\d{4}", text):
            return None, text
    return None, ""


def _issuer(boxes: Boxes) -> Issuer:
    """The company and its symbol, behind their label or known by the symbol's brackets."""
    label = boxes.find(ISSUER)
    found = boxes.candidates(label) if label else ()
    for text in found:
        if named := _named(text, _SYMBOL) or _named(text, _ROUND) or _named(text, _SLASHED):
            return _told_apart(boxes, named) if label and boxes.shared(label) else named
    for line in boxes.flow.lines:
        for cell in line.filled:
            named = _named(cell.text, _SYMBOL)
            if (
                named
                and not is_form_wording(f"{named.name}")
                and not is_label(f"({named.symbol})")
                and re.search("[A-Z]", f"{named.symbol}")
            ):
                why = "it does not stand with its label; known by the symbol in brackets behind it"
                boxes.note("issuer", cell.text, "inferred", why)
                return named
    if label is not None and found and TICKED not in found[0]:
        return _unbracketed(boxes, found[0], label)
    boxes.note("issuer", "", "field unknown", "neither its label nor a symbol is legible")
    return Issuer()


def _named(text: str, symbol: re.Pattern[str]) -> Issuer | None:
    found = symbol.search(text)
    if found is None:
        return None
    name = re.split(rf"[{BREAK}:]", text[: found.start()].strip(f" {BREAK}"))[-1]
    name = re.sub(r"\s+", " ", name).strip(" *|_-‘'").lstrip("[{( ")
    name = _INCORPORATED.sub(r"\1.", re.sub(r"^l(?=[A-Z][a-z])", "", name))  # a line of its box
    return Issuer(name=name, symbol=found.group(1).strip()) if len(letters(name)) > 1 else None


def _told_apart(boxes: Boxes, named: Issuer) -> Issuer:
    """The issuer of a line in which another name runs before it: it stands elsewhere again."""
    name = named.name or ""
    at = boxes.repeated(name)
    if at:
        why = "names run together; the issuer's is the one that stands elsewhere too"
        boxes.note("issuer", name, "inferred", why)
        return named.model_copy(update={"name": " ".join(name.split()[at:])})
    boxes.note("issuer", name, "field unknown", "another name runs together with the issuer's")
    return named.model_copy(update={"name": None})


def _at_margin(boxes: Boxes, text: str, label: Match) -> bool:
    """Whether a text is the first of several on its line, and a label is not the first of its own."""
    found = boxes.find(text, after=label.end, tolerance=0)
    if found is None:
        return False
    own, value = (boxes.flow.place(place.start) for place in (label, found))
    cells = boxes.flow.lines[value.line].filled
    first = boxes.flow.lines[own.line].filled[0]
    at_margin = len(cells) > 1 and cells[0].start == 0 and cells[0].text.strip() == text.strip()
    return at_margin and boxes.flow.lines[own.line].cells[own.cell] is not first


def _unbracketed(boxes: Boxes, text: str, label: Match) -> Issuer:
    """A name whose symbol stands on the next line, or is not legible."""
    name, _, symbol = text.partition(BREAK)
    if not symbol:
        place = boxes.find(text, after=label.end, tolerance=0)
        symbol = next(iter(boxes.candidates(place)), "") if place else ""
    symbol = symbol.strip(f" {BREAK}")
    company = re.sub(r"\s+", " ", name.split("[")[0]).strip(" *") or None
    if company and not symbol and _at_margin(boxes, text, label):
        why = "what is nearest to its label stands at the margin, where the owner's box is"
        boxes.note("issuer", text, "field unknown", why)
        company = None
    if _TICKER.fullmatch(symbol) and not is_label(symbol):
        return Issuer(name=company, symbol=symbol)
    boxes.note(
        "issuer symbol", text, "field unknown", "no symbol in brackets stands behind the name"
    )
    if company and " " not in company:
        why = "it is one word and no symbol shows where it ends; more of it may be lost"
        boxes.note("issuer", text, "doubtful", why)
    return Issuer(name=company)
