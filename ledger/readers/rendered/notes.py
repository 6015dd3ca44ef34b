"""What stands around the tables of a rendered form: its name, footnotes, remarks, signatures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ledger.filing import Repair
from ledger.readers.grammar import day_us
from ledger.readers.ownership_xml.gathering import Gathering
from ledger.readers.rendered.cells import Page, cells_in, raw_lines_of, raw_words_of, rows_of

_FORM = re.compile(r"(?i)^\s*(?:sec\s+)?form\s+([345])(?:\s*/\s*(A))?\b")
_NOTES = re.compile(r"(?i)explanation of responses")
_REMARKS = re.compile(r"(?i)^remarks:?$")
_REMARKED = re.compile(r"(?i)remarks:\s*")
_REMARKED_INLINE = re.compile(r"(?<=[.;)])\s+Remarks:\s+(?=\S)")
"""Where remarks begin behind the words of a note: after its end, and under their own name."""
_NOTE = re.compile(r"\(?F?(\d{1,3})[.)]\s*")
_NONE_OWNED = re.compile(r"(?i)no securities are beneficially owned\.?")
_SIGNATURE = re.compile(r"(?i)\*{0,2}\s*signature of reporting person")


def form_of(page: Page) -> str | None:
    """The form that a page says it is, in its title or in large letters: `4`, `4/A`."""
    found = [form for words in page.begins() if (form := _FORM.match(words))]
    if not found:
        return None
    amends = any(form[2] for form in found if form[1] == found[0][1])
    return f"{found[0][1]}{'/A' if amends else ''}"


def notes_and_remarks(gathering: Gathering, page: Page) -> None:
    """Take the footnotes under the ids they have in XML, and the remarks."""
    notes: list[list[str]] = []
    remarks: list[str] | None = None
    for words in _below(page, _NOTES):
        found = _NOTE.match(words)
        if _REMARKS.match(words):
            remarks = []
        elif remarks is not None:
            remarks.append(words)
        elif _NONE_OWNED.fullmatch(words):
            gathering.put("noSecuritiesOwned", "1")
        elif found:
            notes.append([f"F{int(found[1])}", words[found.end() :]])
        elif notes:
            notes[-1][1] += f" {words}"
        elif words:
            why = "these words stand among the footnotes and have no number"
            told = Repair(field="footnotes", printed=words[:200], effect="row kept", why=why)
            gathering.repairs.append(told)
    if remarks is None and notes:
        remarks = list(_behind_the_last(notes, gathering))
    for note_id, words in notes:
        gathering.put_note(note_id, words)
    gathering.put("remarks", " ".join(filter(None, remarks or [])))


def _behind_the_last(notes: list[list[str]], gathering: Gathering) -> Iterator[str]:
    """The remarks of a page that has no line for them, off the end of its last note."""
    words, *remarks = _REMARKED_INLINE.split(notes[-1][1], maxsplit=1)
    if remarks:
        notes[-1][1] = words
        why = "these words stand behind the last footnote, under the name of the remarks"
        told = Repair(field="remarks", printed=remarks[0][:200], effect="row kept", why=why)
        gathering.repairs.append(told)
        yield from remarks


def signed(page: Page) -> bool:
    """Whether the page goes on to where the form is signed."""
    return bool(page.boxes(_SIGNATURE))


def signatures(gathering: Gathering, page: Page) -> None:
    """Take who signed and when: the lines above the words that say so.

    Joint filers may sign in a table each, and one person for several of them on one day: what
    stands there again is told once only where more sign than there are owners.
    """
    labels = page.boxes(_SIGNATURE)
    tables = dict.fromkeys(next(label.iterancestors("table"), None) for label in labels)
    shown = [found for table in tables if (found := tuple(_signed_in(table, labels)))]
    each = sum(map(len, shown)) <= len(gathering.owners)
    lists = shown if each else list(dict.fromkeys(shown))
    for name, day in (one for told in lists for one in told):
        gathering.signatures.append({})
        gathering.put("signatureName", name)
        gathering.put("signatureDate", day)
    if len(lists) < len(shown):
        why = "the same signatures stand there again; they are told once"
        again = Repair(field="signatures", printed="", effect="row kept", why=why)
        gathering.repairs.append(again)


def _signed_in(
    table: etree._Element | None, labels: list[etree._Element]
) -> Iterator[tuple[str, str]]:
    """The names and days of one table, above the words that say what they are."""
    rows = list(rows_of(table)) if table is not None else []
    labelled = [_labelled(row, labels) for row in rows]
    last = max((n for n, found in enumerate(labelled) if found), default=0)
    for row, found in zip(rows[:last], labelled, strict=False):
        said = [words for cell in cells_in(row) if (words := raw_words_of(cell))]
        if said and not found:
            day = day_us(said[-1])
            yield " ".join(said[:-1] if day else said), day.isoformat() if day else ""


def _labelled(row: etree._Element, labels: list[etree._Element]) -> bool:
    return any(cell is label for cell in row.iter("td", "th") for label in labels)


def _below(page: Page, label: re.Pattern[str]) -> Iterator[str]:
    """The words of every line under the cell that bears a label, in its table."""
    for cell in page.boxes(label):
        table = next(cell.iterancestors("table"), None)
        seen = False
        for row in rows_of(table) if table is not None else ():
            if seen:
                yield from _remarked(
                    [line for cell in cells_in(row) for line in raw_lines_of(cell)]
                )
            seen = seen or any(inner is cell for inner in row.iter("td", "th"))
        return


def _remarked(lines: list[str]) -> Iterator[str]:
    """A row's words, and apart from them the remarks that begin on a line of their own in it."""
    at = next((n for n, line in enumerate(lines) if _REMARKED.match(line)), None)
    if at is None:
        yield " ".join(filter(None, lines))
        return
    if before := " ".join(filter(None, lines[:at])):
        yield before
    yield "Remarks:"
    yield " ".join(filter(None, (_REMARKED.sub("", lines[at], count=1), *lines[at + 1 :])))
