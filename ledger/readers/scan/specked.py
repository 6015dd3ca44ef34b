"""Figures of a line in which specks lie, and such as a line of the form may lead, on pages that are clean.

A page is strewn with specks, or it is not (`chart`); one line of it may be for all that. And where
lines were read as strokes close before words and figures, one may be the first digit of a figure
of which no other row tells how wide it is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.filing import Repair, Row
from ledger.readers.scan.chart import Read
from ledger.readers.scan.doubts import FIGURES, unborne
from ledger.readers.scan.lines import Line

_SPECKS = re.compile(r"(?<!\S)[^\w\s|$()\[\]{}!/\\]{1,2}(?!\S)")
"""Signs that stand alone, and are none that a line or a letter is read as."""

_SEVERAL = 2
"""How many of them in a line say that specks lie in it."""

_CLOSE = re.compile(r"(?<!\S)[|\[\]{}](?:[A-Za-z]{2,}|\d+\b)")
"""A stroke close before a word or a figure."""

_TIGHT = 3
"""How many of them say that lines stand close before cells."""

_LED = re.compile(r"[147][1-9]\d{0,2}(?:,\d{3})+")
"""A figure that is one without its first digit, too, which a line is read as."""

_LEADS = "lines of the page are read as strokes close before words, and its first digit may be one"


def specked(rows: Sequence[Row], page: Read, lines: Sequence[Line]) -> Iterator[Row]:
    """Rows with the figures doubtful that nothing confirms, where specks or a line may be in them."""
    dirty = {
        word
        for line in lines
        if len(_SPECKS.findall(line.text)) >= _SEVERAL
        for word in line.text.split()
    }
    tight = sum(len(_CLOSE.findall(line.text)) for line in lines) >= _TIGHT
    for row, strewn in zip(rows, unborne(rows, page._replace(strewn=True)), strict=True):
        if dirty & {_printed(row, name) for name in FIGURES}:
            yield strewn
            continue
        told = [
            repair.model_copy(update={"why": _LEADS})
            for repair in strewn.repairs
            if tight and repair not in row.repairs and _is_led(row, repair)
        ]
        yield row.model_copy(update={"repairs": (*row.repairs, *told)}) if told else row


def _is_led(row: Row, told: Repair) -> bool:
    return told.field in FIGURES and bool(_LED.fullmatch(_printed(row, told.field)))


def _printed(row: Row, name: str) -> str:
    number = getattr(row, name)
    return row.printed.get(name) or ("" if number is None else f"{number:,f}")
