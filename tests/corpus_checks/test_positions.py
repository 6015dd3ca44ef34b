"""Every two positions of one person, class and form of ownership that are held at once."""

from collections import Counter
from datetime import date
from itertools import combinations

import pytest

from ledger import Ledger
from projections.positions.origins import beside, why_apart
from projections.questions.subject import judged_issuers, subject
from tests.corpus import CORPUS, needs_corpus

pytestmark = needs_corpus


@pytest.fixture(scope="module")
def pairs(tmp_path_factory):
    """Each such pair, later one first."""
    with Ledger.open(tmp_path_factory.mktemp("pairs") / "ledger.db") as ledger:
        ledger.ingest(CORPUS / "ownership_xml", CORPUS / "submissions")
        return [
            (later, earlier)
            for judged in judged_issuers(ledger, subject(ledger), known_at=None)
            for earlier, later in combinations(judged.folded.book.positions, 2)
            if later in beside(earlier, [later]) and held_at_once(earlier, later)
        ]


def held_at_once(one, other):
    """Whether there is a day on which something of both is held, as far as they tell."""
    begins = max(held_since(one), held_since(other))
    return begins <= min(held_until(one), held_until(other))


def held_since(position):
    return next((e.day or date.min for e in position.entries if e.balance), date.max)


def held_until(position):
    return date.max if position.balance else position.entries[-1].day or date.max


def test_each_is_held_for_a_reason(pairs, capsys):
    reasons = Counter(why_apart(later, earlier) for later, earlier in pairs)
    with capsys.disabled():
        print(f"\n{len(pairs):,} pairs of positions held at once:")
        for reason, count in reasons.most_common():
            print(f"{count:6,}  {reason}")

    assert len(pairs) > 100
    assert reasons[None] == 0


def test_no_one_has_two_direct_holdings_of_stock_that_nothing_tells_apart(pairs):
    plain = [
        (later.entries[0].dossier.id, later.security)
        for later, earlier in pairs
        if later.table == "I" and later.form == "direct" and len(later.owners) == 1
        if why_apart(later, earlier) == "one form lists both"
        and later.entries[0].dossier.base_form != "3"
        and not later.entries[0].line.notes_of("security")
    ]

    assert plain == []
