"""How a note is cut into sentences, and which of them a statement is quoted with."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.footnotes.text import plain, quoted, sentences

PLAN = "employee stock purchase plan"


def quote(note, words):
    start = note.index(words)
    return quoted(note, start, start + len(words))


@pytest.mark.parametrize(
    "note",
    [
        f"On Jan. 9, 2006 she bought 410 shares under the {PLAN} and on Feb. 8, 2006 she sold 35.",
        f"Shares of Doe Bros. Inc. bought under the {PLAN}.",
        f"Held as of Dec. 31, 2009 in the U.S. part of the {PLAN}; none was sold since.",
        f"Dr. Doe, not Mr. Roe, bought 410 shares under the {PLAN} of No. 4 Corp. in Sept. 2006.",
    ],
)
def test_an_abbreviation_ends_no_sentence_that_is_quoted(note):
    assert quote(note, PLAN) == note


def test_a_statement_is_quoted_with_its_own_sentence_and_no_other():
    note = f"The price is an average. Includes 410 shares of the {PLAN}. The trust is hers."

    assert quote(note, "410 shares") == f"Includes 410 shares of the {PLAN}."


def test_words_over_two_sentences_are_quoted_with_both():
    note = "The price is an average. On May 3 she gave 40 shares. Hers remain 900. All is said."

    assert quote(note, "40 shares. Hers remain 900") == (
        "On May 3 she gave 40 shares. Hers remain 900."
    )


def test_a_note_is_quoted_as_filed_but_for_its_blanks():
    note = "The  price\tis “odd”.\nOn “May  3” he gave 40\xa0shares – all of them. The end."

    assert quote(note, "40\xa0shares") == "On “May 3” he gave 40 shares – all of them."


@given(st.text("ab.; ’\\\n", max_size=60), st.data())
def test_every_word_of_a_note_stands_in_its_quotation(note, data):
    words = [i for i, letter in enumerate(note) if letter in "ab"]
    if not words:
        return
    at = data.draw(st.sampled_from(words))

    assert note[at] in quoted(note, at, at + 1)
    assert " ".join(quoted(note, 0, len(note)).split()) == quoted(note, 0, len(note))


@given(st.text("Ab. ", max_size=60))
def test_sentences_leave_nothing_out_but_the_blanks_between_them(note):
    text, _ = plain(note)

    assert "".join(s.words for s in sentences(text)).replace(" ", "") == text.replace(" ", "")
