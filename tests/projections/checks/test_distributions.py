"""What a note says a trust or a fund gave to its owner, where no line takes it off the vehicle."""

from datetime import date

import pytest

from projections import holdings
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    bought,
    filing,
    held,
    into_trust,
    kinds,
    moved,
    note,
    opening,
    shown,
    sold,
    the,
)

TRUST = {"how": "By Ferrier Trust"}
GAVE = note(
    "Includes 150 shares distributed to the reporting person by the Ferrier Trust on May 2, 2024.",
    "distribution",
    150,
    direction="acquired",
    counterpart="the Ferrier Trust",
    effective_from="2024-05-02",
    effective_to="2024-05-02",
    precision="day",
)


def start(*more):
    return opening(1_000, held(400, **TRUST), *more)


def got(*beside, on="2024-06-03", notes=GAVE, **said):
    """Ten bought, and 150 in the total that came from the trust."""
    return filing(bought(10, 1_160, notes=notes), *beside, on=on, **said)


def now(ledger, **asked):
    return shown(holdings(ledger, **asked).holdings)


def test_a_trust_that_is_not_listed_has_so_much_less(told):
    ledger = told(start(), got())

    assert now(ledger)["Common Stock, By Ferrier Trust"] == "250"
    assert holdings(ledger).sums[0].shares == 1_410


def test_it_has_from_the_day_that_the_note_gives(told):
    ledger = told(start(), got())

    assert now(ledger, as_of="2024-05-01")["Common Stock, By Ferrier Trust"] == "400"
    assert now(ledger, as_of="2024-05-02")["Common Stock, By Ferrier Trust"] == "250"
    assert now(ledger, known_at="2024-06-01")["Common Stock, By Ferrier Trust"] == "400"


def test_a_row_of_what_came_does_not_count_it_twice(told):
    came = note(
        "Received in a distribution from the Ferrier Trust.",
        "distribution",
        direction="acquired",
        counterpart="the Ferrier Trust",
    )
    row = moved("J", "acquired", 150, 1_150, price=0, notes=came)
    ledger = told(start(), filing(row, on="2024-06-03"))

    assert now(ledger) == {"Common Stock, direct": "1150", "Common Stock, By Ferrier Trust": "250"}


def test_a_note_that_a_later_form_repeats_takes_nothing_more(told):
    again = filing(bought(10, 1_170, notes=GAVE), on="2024-08-05")

    assert now(told(start(), got(), again))["Common Stock, By Ferrier Trust"] == "250"


def test_what_came_to_one_partner_is_the_least_that_a_fund_gave(told):
    fund = {"how": "By Ferrier Fund II, L.P."}
    came = note(
        "Received in a pro rata distribution from Ferrier Fund II, L.P.",
        "distribution",
        direction="acquired",
        counterpart="Ferrier Fund II, L.P.",
    )
    row = moved("J", "acquired", 150, 1_150, price=0, notes=came)
    ledger = told(opening(1_000, held(4_000, **fund)), filing(row, on="2024-06-03"))

    assert now(ledger)["Common Stock, By Ferrier Fund II, L.P."] == "0..3850"


def test_of_two_trusts_nobody_says_which(told):
    words = note(
        "Includes 150 shares distributed by a trust.",
        "distribution",
        150,
        direction="acquired",
        counterpart="a trust",
    )
    ledger = told(start(held(700, how="By Children's Trust")), got(notes=words))

    assert now(ledger)["Common Stock, By Ferrier Trust"] == "400"


def test_its_own_later_line_is_what_it_has(told):
    filings = (start(), got(), filing(bought(1, 1_161), held(250, **TRUST), on="2024-07-01"))

    assert kinds(reconcile_filings(filings)) == []
    assert now(told(*filings))["Common Stock, By Ferrier Trust"] == "250"


@pytest.mark.parametrize("form", ["the same", "a later one"])
def test_a_trust_that_shows_none_gone_contradicts_the_note(form, told):
    after = held(400, **TRUST)
    filings = (
        (start(), got(after))
        if form == "the same"
        else (start(), got(), filing(bought(1, 1_161), after, on="2024-07-01"))
    )

    answer = reconcile_filings(filings)

    assert kinds(answer) == ["INDIRECT_COUNTERPART_MISSING"]
    found = the(answer, "INDIRECT_COUNTERPART_MISSING")
    assert (found.severity, found.difference) == ("minor", 150)
    assert now(told(*filings))["Common Stock, By Ferrier Trust"] == "400"


@pytest.mark.parametrize(
    ("counterpart", "direction", "text"),
    [
        ("the trust", "acquired", "Includes 150 shares received from the trust."),
        (
            "the reporting person",
            "disposed",
            "The trust distributed 150 of its shares to the reporting person.",
        ),
    ],
)
def test_the_trust_of_which_a_note_speaks_is_the_one_of_that_sort(counterpart, direction, text):
    words = note(text, "distribution", 150, direction=direction, counterpart=counterpart)
    beside = (held(90, how="By GRAT"), held(400, how="By Trust"))
    filings = [
        opening(1_000, *beside),
        filing(bought(10, 1_160, notes=words), *beside, on="2024-06-03"),
    ]

    found = the(reconcile_filings(filings), "INDIRECT_COUNTERPART_MISSING")

    assert (found.row, found.difference) == ("I.3", 150)


def test_another_trust_that_is_as_before_contradicts_nothing():
    filings = [start(held(70, how="By Larkin Trust")), got(held(70, how="By Larkin Trust"))]

    assert kinds(reconcile_filings(filings)) == []


def test_an_amendment_that_repeats_the_note_asks_for_nothing_more():
    gone = held(250, **TRUST)
    again = got(
        on="2024-06-03", part=2, form="4/A", original_on=date(2024, 6, 5), filed="2024-06-10"
    )
    filings = [start(), got(gone), again, filing(bought(1, 1_161), gone, on="2024-07-01")]

    assert "INDIRECT_COUNTERPART_MISSING" not in kinds(reconcile_filings(filings))


def test_a_trust_that_ended_is_the_one_that_gave_and_none_beside_it():
    ended = note(
        "Includes 90 shares distributed on the dissolution of a trust.",
        "distribution",
        90,
        direction="acquired",
        counterpart="a trust",
    )
    beside = (held(90, how="By GRAT"), held(400, how="By Trust"))
    after = (held(0, how="By GRAT"), held(400, how="By Trust"))
    last = filing(bought(10, 1_100, notes=ended), *after, on="2024-06-03")

    assert kinds(reconcile_filings([opening(1_000, *beside), last])) == []


MOVED = note(
    "On May 2, 2024 all 1,000 shares held directly were contributed to the Ferrier Trust.",
    "trust-contribution",
    1_000,
    direction="disposed",
    counterpart="the Ferrier Trust",
    effective_from="2024-05-02",
    effective_to="2024-05-02",
    precision="day",
)


@pytest.mark.parametrize("cites", ["the trust's line", "the direct line"])
def test_shares_that_went_into_a_vehicle_whole_and_stay_listed_are_listed_twice(cites):
    row = sold(100, 900, notes=MOVED if cites == "the trust's line" else (), **TRUST)
    line = held(1_000, notes=MOVED if cites == "the direct line" else ())

    answer = reconcile_filings([opening(1_000), filing(row, line, on="2024-06-03")])

    assert kinds(answer) == ["COLUMN_NOTE_CONFLICT"]
    assert the(answer, "COLUMN_NOTE_CONFLICT").row == "I.2"


def test_a_direct_line_of_nothing_after_all_went_into_a_vehicle_contradicts_no_note():
    moved_on = filing(sold(100, 900, notes=MOVED, **TRUST), held(0), on="2024-06-03")

    assert kinds(reconcile_filings([opening(1_000), moved_on])) == []


def test_a_vehicle_that_begins_with_as_much_by_chance_contradicts_no_note():
    spouse = held(1_000, how="By Spouse")

    answer = reconcile_filings([opening(1_000), filing(held(1_000), spouse, on="2024-06-03")])

    assert "COLUMN_NOTE_CONFLICT" not in kinds(answer)


ENDED = note(
    "Includes 400 shares received on June 1, 2024 from a trust that ended.",
    "distribution",
    400,
    direction="acquired",
    counterpart="trust",
    effective_from="2024-06-01",
    effective_to="2024-06-01",
    precision="day",
)
FUNDED = into_trust(400, "a grantor retained annuity trust")


@pytest.mark.parametrize(
    ("vehicle", "beside", "missing"),
    [
        pytest.param(None, (), [], id="no-vehicle-of-theirs-is-known"),
        pytest.param("By Trust", (held(900, how="By Trust"),), [], id="the-other-is-as-it-was"),
        pytest.param("By Trust", (), ["INDIRECT_COUNTERPART_MISSING"], id="another-may-have-ended"),
    ],
)
def test_what_went_into_a_trust_and_came_back_from_it_is_missing_nowhere(vehicle, beside, missing):
    before = (held(900, how=vehicle),) if vehicle else ()
    both = filing(bought(10, 1_010, notes=(FUNDED, ENDED)), *beside, on="2024-06-03")

    assert kinds(reconcile_filings([opening(1_000, *before), both])) == missing


def test_what_only_went_into_a_trust_is_missing_there():
    gone = filing(bought(10, 610, notes=FUNDED), on="2024-06-03")

    assert kinds(reconcile_filings([opening(1_000), gone])) == ["INDIRECT_COUNTERPART_MISSING"]
