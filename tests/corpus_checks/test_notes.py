"""What the notes of the corpus state is read, and little that they do not state."""

from tests.corpus import CORPUS, needs_corpus
from tests.note_accuracy import facts, readings, score

RECALL, PRECISION, DAYS = 0.93, 0.99, 0.99


@needs_corpus
def test_three_hundred_notes_say_what_a_person_read_in_them():
    told = facts()
    result = score(told, readings(CORPUS))

    assert len(told) >= 300
    assert result.recall >= RECALL, result.missed
    assert result.precision >= PRECISION, result.false
    assert result.days_right >= DAYS * result.found, result.days_wrong
