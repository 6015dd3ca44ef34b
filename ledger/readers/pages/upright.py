"""Which way a scanned page is up, told by how surely its words are read.

Of a page that lies straight, character recognition is sure of nearly every word. Of one that lies
on its side or upside down it is sure of none: then it is asked which way the letters stand, and
the page is turned and read again. Whichever reading is the surest stands.
"""

from __future__ import annotations

from ledger.readers.pages import engine
from ledger.readers.pages.engine import Seen
from ledger.readers.pages.pictures import Sheet

_SURE = 60
"""Of a hundred letters, how many are sure where a page is the right way up; turned, under 20."""


def read_upright(sheet: Sheet) -> tuple[int, Seen]:
    """By how many quarters of a turn, clockwise, a page is upright, and its words then."""
    seen = engine.page_words(sheet.grey, sheet.dpi)
    if seen.percent >= _SURE or not sheet.ink.any():
        return 0, seen
    told = engine.turned(sheet.grey, sheet.dpi)
    best = 0, seen
    for turns in (1, 2, 3) if told is None else {told} - {0}:
        other = engine.page_words(sheet.turned(turns).grey, sheet.dpi)
        if other.sure > best[1].sure:
            best = turns, other
    return best
