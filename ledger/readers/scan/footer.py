"""Below the tables: the explanation of responses, remarks, and who signed when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.filing import Footnote, Repair, Signature
from ledger.readers.scan.chart import is_form_wording
from ledger.readers.scan.headings import is_wording_line
from ledger.readers.scan.labels import contains, letters
from ledger.readers.scan.lines import Line
from ledger.readers.scan.markup import BREAK, MARK_CLOSE, MARK_OPEN
from ledger.readers.scan.tokens import DAY, day_of

EXPLANATION = "Explanation of Responses"
SIGNATURE = "Signature of Reporting Person"

_NOTE = re.compile(
    rf"^\W{{0,4}}?(?:{MARK_OPEN}(?P<raised>\d{{1,2}}){MARK_CLOSE}|\(?(?P<plain>\d{{1,2}})\s*[.):](?!\d)|"
    r"\((?P<round>\d{1,2})\))\s*(?P<text>.*)$",
    re.DOTALL,
)
_INLINE = r"(?<=[.;)”\"])\s+\(?{number}[.)]\s+(?=[A-Z“\"(])"
_SIGNING = re.compile(r"(?i)/s/|attorney|by:|\bfor\b|power of attorney|signature|trustee|as agent")
_OF_A_TRUST = re.compile(r"\w[\w.,)]*\s+(?:dated|dtd\.?|u/?[adt](?:/?[adt])?)\s*(?:as of\s+)?$")
_FIGURE = re.compile(r"(?<![\w.,])\$?(?:\d{1,3}(?:,\d{3})+|\d{3,})(?:\.\d+)?(?![\w])|\$\d[\d.,]*")
_PROSE = 12
"""Words one after the other, as no title in a table has them: the note goes on behind a gap."""

_AFTER = ("Reminder: Report on a separate line", "Intentional misstatements", "Persons who respond")


class Notes(NamedTuple):
    """Everything below the tables, and what could not be made out of it."""

    footnotes: tuple[Footnote, ...]
    remarks: str | None
    signatures: tuple[Signature, ...]
    repairs: tuple[Repair, ...]


def is_explanation(line: Line) -> bool:
    """Whether a line opens the notes."""
    return len(letters(line.text)) < 60 and contains(line.text, EXPLANATION, tolerance=0.3)


def begins_notes(line: Line) -> bool:
    """Whether a line is the first note, the remarks or a signature: no heading was legible."""
    text = _text(line)
    first = _NOTE.match(text)
    numbered = first is not None and "1" in first.group("raised", "plain", "round")
    cells = line.filled
    whole = len(cells) == 1 or (
        len(cells[0].text.split()) >= _PROSE and not any(DAY.fullmatch(one.text) for one in cells)
    )
    if first and numbered and whole and len(letters(first["text"])) > 24:
        return "nstr" not in text and not is_wording_line(line)
    return "/s/" in text or _remarks(line) is not None or _is_prose(line)


def _is_prose(line: Line) -> bool:
    """Whether a line is of a note whose number is lost: as many words in a row no title or nature has."""
    words = line.filled[0].text.split()
    small = sum(re.fullmatch(r"[a-z]{2,}[,.;:]?", word) is not None for word in words)
    return small >= _PROSE and "nstr" not in line.text and not is_wording_line(line)


def is_signature_label(line: Line) -> bool:
    """Whether a line is what the form prints under the signature, or anything after it."""
    if len(line.text) < 80 and contains(line.text, SIGNATURE, tolerance=0.25):
        return True
    return any(contains(line.text, label, tolerance=0.15) for label in _AFTER)


def notes_of(lines: Sequence[Line], cited: Iterable[str]) -> Notes:
    """The notes, remarks and signatures in the lines from the explanation's heading on."""
    end = next((i for i, line in enumerate(lines) if is_signature_label(line)), len(lines))
    body, signatures = _signed(list(lines[:end]), closed=end < len(lines))
    signatures = signatures or _signed_below(lines[end:])
    start = next((i + 1 for i, line in enumerate(body) if is_explanation(line)), 0)
    remarks_at = next((i for i, line in enumerate(body) if _remarks(line) is not None), len(body))
    remarks = " ".join(filter(None, (_remarks(line) for line in body[remarks_at : remarks_at + 1])))
    remarks = " ".join(filter(None, (remarks, *(_text(line) for line in body[remarks_at + 1 :]))))
    repairs: list[Repair] = []
    footnotes = _footnotes(body[start:remarks_at], repairs)
    unread = [mark for mark in dict.fromkeys(cited) if mark not in {n.id for n in footnotes}]
    for mark in unread:
        _unknown(repairs, f"note {mark}", "", "a row cites it, but no such note is legible")
    why = "it holds figures and stands below the signature, under no heading of a table"
    repairs += [
        Repair(field="row", printed=_text(line), effect="set aside", why=why)
        for line in lines[end + 1 :]
        if figures_on(line) > 1
    ]
    if not signatures:
        _unknown(repairs, "signature", "", "no day stands where the form is signed")
    return Notes(tuple(footnotes), remarks or None, tuple(signatures), tuple(repairs))


def figures_on(line: Line) -> int:
    """How many figures of three digits and more, amounts of money and days a line holds.

    None where it is one that the form prints.
    """
    text = _text(line)
    if any(contains(text, label, tolerance=0.2) for label in _AFTER) or is_form_wording(text):
        return 0
    return len(_FIGURE.findall(DAY.sub(" ", text))) + len(DAY.findall(text))


def _unknown(repairs: list[Repair], field: str, printed: str, why: str) -> None:
    repairs.append(Repair(field=field, printed=printed, effect="field unknown", why=why))


def _remarks(line: Line) -> str | None:
    found = re.match(r"(?i)\W*re?ma?rks\s*:?\s*\**\s*(.*)$", _text(line), re.DOTALL)
    return found.group(1) if found and (":" in line.text[:14] or not found.group(1)) else None


def _text(line: Line) -> str:
    text = " ".join(cell.text for cell in line.filled).replace(BREAK, " ")
    return re.sub(r" {2,}", " ", text).strip()


def _footnotes(lines: Sequence[Line], repairs: list[Repair]) -> list[Footnote]:
    """Notes by their numbers, which run upwards; what has no number goes on from before."""
    found: list[tuple[int, list[str]]] = []
    for line in lines:
        text = _text(line)
        opened = _NOTE.match(text)
        number = int(next(filter(None, opened.group("raised", "plain", "round")))) if opened else 0
        last = found[-1][0] if found else 0
        if opened and last < number <= last + (3 if found else 9):
            found.append((number, [opened["text"]]))
        elif found:
            found[-1][1].append(text)
        elif letters(text):
            found.append((0, [text]))
        if line.typeset and found:
            why = "it was set as a formula; only the typesetter's marks are left out"
            field = f"note {found[-1][0]}"
            repairs.append(Repair(field=field, printed=line.typeset, effect="repaired", why=why))
    notes: list[Footnote] = []
    for number, parts in found:
        text = _joined(parts)
        if number:
            notes += _split(number, text)
        else:
            why = "it stands before the first numbered note and has no number"
            _unknown(repairs, "note", text, why)
    numbers = [int(note.id) for note in notes]
    for lost in sorted(set(range(1, max(numbers, default=0))) - set(numbers)):
        why = "its number is missing between the others; its words may stand in the note before"
        _unknown(repairs, f"note {lost}", "", why)
    return notes


def _split(number: int, text: str) -> list[Footnote]:
    """One paragraph, and the following notes where they run on in it."""
    notes = []
    while parted := re.search(_INLINE.format(number=number + 1), text):
        notes.append(Footnote(id=str(number), text=text[: parted.start()].strip()))
        text, number = text[parted.end() :], number + 1
    return [*notes, Footnote(id=str(number), text=text.strip())]


def _joined(parts: Sequence[str]) -> str:
    text = " ".join(part for part in parts if part)
    text = re.sub(rf"{MARK_OPEN}(\d+){MARK_CLOSE}", r"(\1)", text)
    return re.sub(r"\s+", " ", text).strip()


def _signed_below(lines: Sequence[Line]) -> list[Signature]:
    """A signature under its label, as older forms have it: the name, then the day."""
    words: list[str] = []
    for line in lines[1:7]:
        text = _text(line)
        if any(contains(text, label, tolerance=0.15) for label in _AFTER):
            return []
        days = list(DAY.finditer(text))
        if days:
            before = re.sub(r"(?i)\bdate\b\W*", "", " ".join([*words, text[: days[0].start()]]))
            name = re.sub(r"\s+", " ", before).strip(" ,|*")
            return [Signature(name=name or None, signed_on=day_of(days[0].group()))]
        words.append(text)
    return []


def _signed(body: list[Line], *, closed: bool) -> tuple[list[Line], list[Signature]]:
    """Cuts the signatures off the end: each is a day, and the words before and around it."""
    signatures: list[Signature] = []
    while body:
        at = next(
            (
                i
                for i in range(len(body) - 1, max(-1, len(body) - 5), -1)
                if _signs(body, i, closed)
            ),
            None,
        )
        if at is None:
            break
        first, signature = _signature(body, at)
        signatures.insert(0, signature)
        body, closed = body[:first], False
    return body, signatures


def _signs(body: Sequence[Line], at: int, closed: bool) -> bool:
    """Whether the day in a line is one of signing and not a note's."""
    text = _text(body[at])
    days = _days(text)
    if not days or (_NOTE.match(text) and not DAY.match(text.strip())):
        return False
    rest = (text[: days[-1].start()] + text[days[-1].end() :]).strip(" ,.;:")
    if closed and len(rest) < 90:
        return True
    if not rest:
        before = _text(body[at - 1]) if at else ""
        return bool(_SIGNING.search(before)) or (at == len(body) - 1 and len(before) < 60)
    return bool(re.search(r"(?i)/s/|attorney|by:", rest)) and len(rest) < 240


def _days(text: str) -> list[re.Match[str]]:
    """The days in a text that may be one of signing: none by which the signer's trust is named."""
    return [day for day in DAY.finditer(text) if not _OF_A_TRUST.search(text[: day.start()])]


def _signature(body: Sequence[Line], at: int) -> tuple[int, Signature]:
    """The signature around a day, and the first line that belongs to it."""
    text = _text(body[at])
    found = _days(text)[-1]
    before, after = text[: found.start()].strip(), text[found.end() :].strip()
    behind = [_text(line) for line in body[at + 1 :]]
    ends = next((i for i, words in enumerate(behind) if words[:1] in "*\\"), len(behind))
    after = " ".join([after, *behind[:ends]]).strip()
    first = at
    while first > 0 and (not letters(before) or _runs_on(body, first)):
        previous = _text(body[first - 1])
        if (
            is_explanation(body[first - 1])
            or _NOTE.match(previous)
            or _remarks(body[first - 1]) is not None
        ):
            break
        before, first = f"{previous} {before}".strip(), first - 1
        if not _runs_on(body, first):
            break
    name = re.sub(r"\s+", " ", f"{before} {after}").strip(" ,|")
    name = re.sub(r"(?<=\w)- (?=[a-z])", "-", name)
    return first, Signature(
        name=name if len(letters(name)) > 1 else None, signed_on=day_of(found.group())
    )


def _runs_on(body: Sequence[Line], first: int) -> bool:
    """Whether the line above a signature's first one is its beginning."""
    if first == 0 or body[first].number - body[first - 1].number > 1:
        return False
    above = _text(body[first - 1])
    return (
        bool(re.search(r"(?i)/s/|\bfor$|attorney[\s-]*in?-?$|\bby$|[,-]$", above))
        and len(above) < 80
    )
