"""Calendars: all-day events that a calendar program takes, and knows again."""

from __future__ import annotations

from datetime import date

from cli.formats.calendar import AllDay, calendar

DAY = AllDay(
    date(2024, 7, 8), ("0001", "0002", "4"), "Form 4 due: DOE; JANE", "sold 70,\nall \\ of it"
)
STAMP = date(2024, 7, 5)


def lines(*days):
    return calendar(days, STAMP).replace("\r\n ", "").split("\r\n")


def test_an_event_is_a_whole_day_that_ends_with_the_next():
    text = lines(DAY)

    assert text[0] == "BEGIN:VCALENDAR"
    assert text[-2:] == ["END:VCALENDAR", ""]
    assert "DTSTART;VALUE=DATE:20240708" in text
    assert "DTEND;VALUE=DATE:20240709" in text
    assert "DTSTAMP:20240705T000000Z" in text


def test_words_are_escaped_and_hold_no_line_of_their_own():
    text = lines(DAY._replace(description="x\r\nBEGIN:VALARM\u2028;"))

    assert "SUMMARY:Form 4 due: DOE\\; JANE" in text
    assert "DESCRIPTION:x BEGIN:VALARM \\;" in text
    assert "DESCRIPTION:sold 70\\, all \\\\ of it" in lines(DAY)


def test_an_event_keeps_its_name_while_its_words_change_and_another_has_another():
    def names(*days):
        return [line for line in lines(*days) if line.startswith("UID:")]

    assert names(DAY) == names(DAY._replace(summary="late", on=date(2024, 7, 9)))
    assert len(set(names(DAY, DAY._replace(about=("0001", "0003", "4"))))) == 2


def test_no_line_is_longer_than_75_octets_and_none_is_lost():
    words = "é" * 200
    raw = calendar([DAY._replace(description=words)], STAMP)

    assert max(len(line.encode()) for line in raw.split("\r\n")) <= 75
    assert f"DESCRIPTION:{words}" in raw.replace("\r\n ", "")
