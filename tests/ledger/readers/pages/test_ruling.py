"""Ruling lines: told from letters, and taken off the page before its cells are read."""

import pytest

np = pytest.importorskip("numpy")
pytest.importorskip("PIL")

from ledger.readers.pages.ruling import ruling_of  # noqa: E402  (needs numpy)


def drifting(dpi=200):
    """An upright line four pixels thick that drifts by one pixel an inch-eighth, and a letter."""
    page = np.zeros((200, 120), dtype=bool)
    for row in range(200):
        left = 40 + row // 40
        page[row, left : left + 4] = True
    page[90:104, 44:52] = True
    return page


def test_a_line_that_drifts_is_taken_off_whole_and_the_letter_that_touches_it_stays():
    page = drifting()

    rules, made = ruling_of(page, 200)

    left = page & ~made
    assert rules
    assert not any(rule.level for rule in rules)
    assert left[92:102, 48:52].all()
    left[88:106, 40:56] = False
    assert not left.any()


def test_letters_are_no_lines():
    page = np.zeros((200, 120), dtype=bool)
    page[20:38, 20:24] = page[60:78, 20:40] = True

    assert ruling_of(page, 200).rules == []
    assert not ruling_of(page, 200).ink.any()
