"""Stories told otherwise in a way that means nothing, and what is then judged otherwise.

Filers put the number of a note on the title, the holder, the code, the amount or the total, number their
notes as they like, or write into the remarks what is of their only row, print titles in capitals, and list
their holdings in any order. They give each holding a form of its own, tell a trade lot by lot, with the
total after all of it on each, and list what has no part in anything.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache

from projections.questions.reconcile import judged_filings
from tests.alarms import is_alarm
from tests.stories.asking import Asked
from tests.stories.telling import Story, story_of

Lines = list[str]

_MARKS = re.compile(r"\[(\d+(?:,\d+)*)\]")
_MOVABLE = re.compile(rf"(?<!@){_MARKS.pattern}")
"""A mark that may stand elsewhere: one in the place of a price is all that the price has."""
_TITLE = re.compile(
    r"(?P<table>(?:II )?)(?P<title>.*?)(?P<terms>(?: at \S+)?(?: from \d\S+)?(?: to \d\S+)?)(?P<holder>, (?:By|Through|Held|\?|[A-Z]).*)?"
)
_PLACES = {
    "code": re.compile(r"(?<=^ [A-Z])(?= [+-])"),
    "amount": re.compile(r"(?<=[+-])[\d,.]+"),
    "total": re.compile(r"= ?[\d,.]+\s*$"),
}
"""Where a mark goes in what stands behind the bar of a row: behind what is found."""


def _is_row(line: str) -> bool:
    return "|" in line and not line.startswith(("note ", "remarks ", "? "))


def _unmarked(row: str) -> tuple[str, str]:
    """A row without its marks, and all of them as one: `[1,3]`."""
    numbers = [n for found in _MARKS.findall(row) for n in found.split(",")]
    bare = _MOVABLE.sub("", row)
    return bare, f"[{','.join(dict.fromkeys(numbers))}]" if numbers else ""


def _marked_at(place: str) -> Callable[[Lines], Lines]:
    """All marks of each row on one column, where the row has it."""

    def retell(lines: Lines) -> Lines:
        return [_moved(line, place) if _is_row(line) else line for line in lines]

    return retell


def _moved(row: str, place: str) -> str:
    bare, mark = _unmarked(row)
    head, _, rest = bare.partition("|")
    if not mark:
        return row
    if place in ("title", "holder"):
        found = _TITLE.fullmatch(head.strip())
        assert found is not None
        holder = found["holder"] or ""
        if place == "holder":
            return f"{head.rstrip()}{mark} |{rest}" if holder else row
        return f"{found['table']}{found['title']}{mark}{found['terms']}{holder} |{rest}"
    where = _PLACES[place].search(rest)
    return f"{head}|{rest[: where.end()]}{mark}{rest[where.end() :]}" if where else row


def _renumbered(lines: Lines) -> Lines:
    """The notes of each filing numbered from the last to the first."""
    return [line for filing in _filings(lines) for line in _notes_renumbered(filing)]


def _notes_renumbered(filing: Lines) -> Iterator[str]:
    numbers = [int(line.split(" ", 2)[1]) for line in filing if line.startswith("note ")]
    pairs = zip(sorted(numbers), sorted(numbers, reverse=True), strict=True)
    new = {str(old): str(number) for old, number in pairs}

    def cited(mark: re.Match[str]) -> str:
        return f"[{','.join(new.get(n, n) for n in mark[1].split(','))}]"

    for line in filing:
        if line.startswith("note "):
            word, number, text = line.split(" ", 2)
            yield f"{word} {new[number]} {text}"
        else:
            yield _MARKS.sub(cited, line) if _is_row(line) else line


def _as_remarks(lines: Lines) -> Lines:
    """The only note of a form that has one row, and cites it there, as the remarks."""
    return [line for filing in _filings(lines) for line in _remarked(filing)]


def _remarked(filing: Lines) -> Iterator[str]:
    rows = [line for line in filing if _is_row(line)]
    told = [line for line in filing if line.startswith(("note ", "remarks "))]
    alone = (
        len(rows) == len(told) == 1
        and told[0].startswith("note ")
        and _MOVABLE.search(rows[0])
        and "@[" not in rows[0]
    )
    for line in filing:
        if not alone:
            yield line
        elif line in told:
            yield f"remarks {line.split(' ', 2)[2]}"
        else:
            yield _MARKS.sub("", line) if line in rows else line


def _beside_others(lines: Lines) -> Lines:
    """Preferred stock that nobody touches, listed last among the stock of every form."""
    return [line for filing in _filings(lines) for line in _with_more(filing)]


_MORE = "Series Z Preferred Stock | = 7,777"


def _with_more(filing: Lines) -> Lines:
    places = [at for at, x in enumerate(filing) if _is_row(x) and not x.startswith("II ")]
    if not places or "/A " in filing[0] or " of B" in filing[0] or " exit" in filing[0]:
        return filing
    return [*filing[: places[-1] + 1], _MORE, *filing[places[-1] + 1 :]]


def _in_capitals(lines: Lines) -> Lines:
    """Every title in capital letters, but for those with a comma: a capital behind it begins a holder."""
    return [_shouted(line) if _is_row(line) else line for line in lines]


def _shouted(row: str) -> str:
    head, _, rest = row.partition("|")
    found = _TITLE.fullmatch(head.strip())
    assert found is not None
    title = found["title"] if "," in found["title"] else found["title"].upper()
    return f"{found['table']}{title}{found['terms']}{found['holder'] or ''} |{rest}"


def _in_another_order(lines: Lines) -> Lines:
    """The holdings of each table from the last to the first, the rows of each as they stood."""
    out: Lines = []
    for filing in _filings(lines):
        rows = [line for line in filing if _is_row(line)]
        holdings = list(dict.fromkeys(map(_holding, rows)))[::-1]
        holdings.sort(key=lambda holding: holding.startswith("II "))
        out.append(filing[0])
        out += [row for holding in holdings for row in rows if _holding(row) == holding]
        out += [line for line in filing[1:] if not _is_row(line)]
    return out


def _form_by_form(lines: Lines) -> Lines:
    """Each holding of a Form 4 or 5 on a form of its own, of the same day, with the notes it cites."""
    return [line for filing in _filings(lines) for line in _taken_apart(filing)]


def _taken_apart(filing: Lines) -> Lines:
    rows = [line for line in filing if _is_row(line)]
    if filing[0].startswith("3") or "/A " in filing[0]:
        return filing
    holdings = list(dict.fromkeys(map(_holding, rows)))
    first, others = holdings[:1], holdings[1:]
    notes = [line for line in filing if line.startswith("note ")]
    out, rest = [filing[0]], [x for x in filing[1:] if x not in rows and x not in notes]
    for form in (first, others):
        mine = [row for row in rows if _holding(row) in form]
        cited = {n for row in mine for found in _MARKS.findall(row) for n in found.split(",")}
        out += [*mine, *(note for note in notes if note.split(" ", 2)[1] in cited)]
        out += rest if form is first else []
        out += [filing[0]] if form is first and others else []
    return out


_TRADE = re.compile(r"(?P<before>.*\| [SP] (?P<sign>[+-]))(?P<shares>[\d,]+)(?P<more>.*= ?[\d,.]+)")


def _lot_by_lot(lines: Lines) -> Lines:
    """Each purchase and sale without a mark in two lots, both with the total after the second."""
    return [lot for line in lines for lot in (_lots(line) if _is_row(line) else [line])]


def _lots(row: str) -> Lines:
    found = _TRADE.fullmatch(row)
    shares = int(found["shares"].replace(",", "")) if found and "[" not in row else 0
    if found is None or shares < _DIVIDED:
        return [row]
    parts = shares // 3, shares - shares // 3
    return [f"{found['before']}{part:,}{found['more']}" for part in parts]


_DIVIDED = 10
"""Fewer shares than these are told in one lot."""


def _holding(row: str) -> str:
    return _unmarked(row)[0].partition("|")[0].strip()


def _filings(lines: Lines) -> list[Lines]:
    found: list[Lines] = []
    for line in lines:
        if re.match(r"[345](?:/A)? \d{4}-", line):
            found.append([])
        found[-1].append(line)
    return found


CHANGES: dict[str, Callable[[Lines], Lines]] = {
    **{f"marks on the {place}": _marked_at(place) for place in ("title", "holder", *_PLACES)},
    "notes as remarks": _as_remarks,
    "notes renumbered": _renumbered,
    "titles in capitals": _in_capitals,
    "holdings in another order": _in_another_order,
}
"""By name, the ways to tell a story otherwise that mean nothing."""

INNOCENT_CHANGES: dict[str, Callable[[Lines], Lines]] = {
    "a form for each holding": _form_by_form,
    "trades lot by lot": _lot_by_lot,
    "preferred stock beside": _beside_others,
}
"""Those that leave what is in order so, while a fault may show as another one, or on another form."""

_OTHER_ROWS = ("holdings in another order",)
"""Changes after which a row stands elsewhere: answers name it by another number."""


def told_otherwise(change: str, title: str, lines: Lines) -> list[str]:
    """What is judged otherwise of a story after a change; nothing where it changes nothing."""
    new = CHANGES[change](lines)
    if new == lines:
        return []
    told = story_of(title, new)
    if told.asked and change not in _OTHER_ROWS:
        asked = Asked(told)
        return [f"{question}: {said}" for question in told.asked if (said := asked.wrong(question))]
    rows = change not in _OTHER_ROWS
    was, now = _before(title, tuple(lines), rows=rows), _alarms(told, rows=rows)
    return [] if was == now else [f"{was} before, {now} now"]


def accused(change: str, title: str, lines: Lines) -> str:
    """What is found of an innocent story after a change; nothing where it had findings before."""
    new = INNOCENT_CHANGES[change](lines)
    if new == lines or _before(title, tuple(lines), rows=False):
        return ""
    found = _alarms(story_of(title, new), rows=False)
    return f"{found}" if found else ""


@cache
def _before(title: str, lines: tuple[str, ...], *, rows: bool) -> Sequence[tuple[str, ...]]:
    """What is found of a story as it stands, judged once for all its changes."""
    return _alarms(story_of(title, list(lines)), rows=rows)


def _alarms(story: Story, *, rows: bool) -> Sequence[tuple[str, ...]]:
    """What is found of a story above a remark: kinds and severities, and where, if `rows` stand as they stood."""
    return sorted(
        (f.kind, f.severity, *((f.filing, f.row or "") if rows else ()))
        for judged in judged_filings(story.filings, None)
        for f in judged.findings
        if is_alarm(f)
    )
