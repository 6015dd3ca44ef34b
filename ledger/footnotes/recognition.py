"""Recognises what footnotes and remarks state about shares, in the filer's own words.

Most amounts that make a total differ from its rows stand only in a note: plan purchases,
reinvested dividends, contributions to trusts, corrections of earlier reports. A statement
says what the note says and where; whether it moves a balance is not decided here. What is
not recognised with certainty is left unsaid: a wrong amount is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from ledger.filing import Footnote, Statement
from ledger.footnotes.notes import settled
from ledger.footnotes.remembered import remembered
from ledger.footnotes.sentences import Reading, read
from ledger.footnotes.text import Stated, as_spelt, plain, sentences
from ledger.footnotes.topics import themes, touched


def statements(footnotes: Sequence[Footnote], remarks: str | None) -> tuple[Statement, ...]:
    """Everything the notes of one filing state, in the order of the notes and of their words.

    Args:
        footnotes: The filing's notes as printed. `start` and `end` of a statement cut its
            words out of the note's text.
        remarks: The filing's remarks, whose statements have the note `remarks`.

    Returns:
        One statement for each amount of shares, and one for each thing said without an
        amount. Where a note gives a total and its parts, the parts carry the total in
        `group_total` and the total has no statement of its own.
    """
    result: list[Statement] = []
    for footnote in footnotes:
        result += _numbered(footnote.id, footnote.text)
    if remarks:
        result += _numbered("remarks", remarks)
    return tuple(result)


@remembered(16_384)  # and under the same numbers, as a form is filled in from the last
def _numbered(note: str, text: str) -> tuple[Statement, ...]:
    found = _stated(text)
    return tuple(
        Statement(note=note, number=number, of=len(found), **stated._asdict())
        for number, stated in enumerate(found, start=1)
    )


@remembered(16_384)  # filers repeat their notes for years
def _stated(text: str) -> tuple[Stated, ...]:
    """What one note states, in the order of its words."""
    note, places = plain(text)
    told = touched(note)
    readings: list[Reading] = []
    for sentence in sentences(note):
        subjects = themes(sentence, told)
        readings.append(read(sentence, subjects, readings) if subjects else Reading(sentence))
    return tuple(
        stated._replace(
            start=places[stated.start],
            end=places[stated.end - 1] + 1,
            counterpart=as_spelt(stated.counterpart, text),
        )
        for stated in settled(note, readings)
    )
