"""The time a note takes grows as the note does, whatever it repeats.

`python -m tests.soak.notes` prints the curve up to 64 KB, for notes, forms and scans.
"""

import pytest

from tests.soak.notes import KINDS, curve, growth, note_seconds

STEEPEST = 3
"""How much longer a text twice as long may take; 4 would be quadratic."""


@pytest.mark.parametrize("kind", KINDS)
def test_a_note_twice_as_long_takes_about_twice_the_time(kind):
    assert growth(curve(note_seconds, kind, (16_000, 32_000))) < STEEPEST
