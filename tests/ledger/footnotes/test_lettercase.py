"""Patterns that overlook capitals find in small letters what Python finds in the text as it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules

import pytest

from ledger import footnotes
from ledger.footnotes.lettercase import Caseless, in_small_letters, pattern
from tests.ledger.footnotes.wordings import alternatives

_MOST = 40
"""Texts of each pattern that are tried."""


def caseless() -> Iterator[tuple[str, Caseless]]:
    for module in iter_modules(footnotes.__path__):
        for name, cue in vars(import_module(f"{footnotes.__name__}.{module.name}")).items():
            if isinstance(cue, Caseless):
                yield f"{module.name}.{name}", cue


@pytest.mark.parametrize(("name", "cue"), [pytest.param(*one, id=one[0]) for one in caseless()])
def test_what_is_found_in_small_letters_is_found_in_any(name, cue):
    whole = re.compile(cue.pattern, re.IGNORECASE)
    texts = [text for one in alternatives(cue) for text in one][:_MOST]

    for text in (*texts, *(text.upper() for text in texts), f"A gift. {'; '.join(texts[:5])}."):
        assert [m.span() for m in cue.finditer(text, 3)] == [
            m.span() for m in whole.finditer(text, 3)
        ]
        assert (cue.match(text) is None) == (whole.match(text) is None), name


def test_capitals_of_a_pattern_are_letters_all_the_same():
    held = pattern(r"\bR[SP]Us?\b\s(?P<what>\S+)", re.IGNORECASE)

    found = held.search("500 rsu AWARDS")
    assert found is not None
    assert (found.span(), found["what"]) == ((4, 14), "awards")
    assert held.sub("x", "500 RSUs Granted Here") == "500 x Here"


def test_a_pattern_that_tells_capitals_apart_is_left_as_it_is():
    named = pattern(r"\bby\s(?-i:[A-Z]\w+)", re.IGNORECASE)

    assert named.search("BY Alder") is not None
    assert named.search("by alder") is None
    assert pattern(r"Alder").search("alder") is None


@pytest.mark.parametrize(
    "letter", ["\u0130", "\u0131", "\u017f", "\u212a", "\u00c9", "\u1e9e", "\u03a3"]
)
def test_a_text_in_small_letters_is_as_long_as_it_was(letter):
    text = f"Trust {letter} {letter}"

    assert len(in_small_letters(text)) == len(text)
    ours = re.compile("[a-z]", re.IGNORECASE)
    assert [m.start() for m in re.finditer("[a-z]", in_small_letters(text))] == [
        m.start() for m in ours.finditer(text)
    ]


def test_a_long_text_is_made_small_as_a_short_one_is():
    long = "Gift of 500 SHARES. " * 400

    assert in_small_letters(long) == long.lower()
