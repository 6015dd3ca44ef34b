"""Days as a calendar program takes them: iCalendar, RFC 5545, all-day events with stable UIDs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256
from typing import NamedTuple

_NO_EVENT = (
    *("BEGIN:VTIMEZONE", "TZID:Etc/UTC", "BEGIN:STANDARD", "DTSTART:19700101T000000"),
    *("TZOFFSETFROM:+0000", "TZOFFSETTO:+0000", "END:STANDARD", "END:VTIMEZONE"),
)
"""What a calendar without any event holds, for it has to hold something (3.4)."""

_OCTETS = 75
"""Octets of a line before it is folded (RFC 5545, 3.1)."""


class AllDay(NamedTuple):
    """An all-day event: `about` is what it stays the same by, whatever its words."""

    on: date
    about: tuple[str, ...]
    summary: str
    description: str


def calendar(days: Iterable[AllDay], stamp: date) -> str:
    """A calendar of all-day events, as it was made on a day."""
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//ownership-ledger//due//EN"]
    events = [line for day in days for line in _event(day, stamp)]
    lines += events or _NO_EVENT
    lines.append("END:VCALENDAR")
    return "".join(f"{part}\r\n" for line in lines for part in _folded(line))


def _event(day: AllDay, stamp: date) -> Iterator[str]:
    name = sha256("\x1f".join(day.about).encode()).hexdigest()[:32]
    yield "BEGIN:VEVENT"
    yield f"UID:{name}@ownership-ledger"
    yield f"DTSTAMP:{stamp:%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day.on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day.on + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{_escaped(day.summary)}"
    yield f"DESCRIPTION:{_escaped(day.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """A text in one line: no control characters, and what has a meaning marked (3.3.11)."""
    plain = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    for mark in ("\\", ";", ","):
        plain = plain.replace(mark, f"\\{mark}")
    return plain


def _folded(line: str) -> Iterator[str]:
    """A line in parts of at most so many octets, of which all but the first begin with a space."""
    part, size = "", 0
    for letter in line:
        octets = len(letter.encode("utf-8", "replace"))
        if size + octets > _OCTETS:
            yield part
            part, size = " ", 1
        part += letter
        size += octets
    yield part
