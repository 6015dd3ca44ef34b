"""The time a note or a scan takes grows as it does, whatever it repeats.

`python -m tests.soak.notes` prints the curve up to 64 KB, for notes, forms and scans.
"""

import pytest

from tests.soak.notes import KINDS, curve, growth, note_seconds, scan_seconds

STEEPEST = 2.6
"""How much longer a text twice as long may take; 4 would be quadratic, but for what grows beside it as the text."""


def grows_as_it_does(measure, kind, sizes):
    """Whether a text twice as long takes about twice the time, in the best of three tries."""
    return any(growth(curve(measure, kind, sizes, times=1)) < STEEPEST for _ in range(3))


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_twice_as_long_takes_about_twice_the_time(kind):
    assert grows_as_it_does(note_seconds, kind, (16_000, 32_000))


def test_a_note_of_thousands_of_dates_grows_no_faster_at_its_end():
    assert grows_as_it_does(note_seconds, "dates", (64_000, 128_000))


@pytest.mark.parametrize("kind", KINDS)
def test_a_scan_twice_as_long_takes_about_twice_the_time(kind):
    assert grows_as_it_does(scan_seconds, kind, (8_000, 16_000))


def test_a_time_that_grows_as_the_square_does_would_be_noticed():
    assert not grows_as_it_does(lambda _, size: (size / 16_000) ** 2, "digits", (8_000, 16_000))
