"""When the public could know of a filing, by the best that it says of that."""

from datetime import UTC, date, datetime

import pytest

from ledger.knowledge import known

ACCEPTED = datetime(2024, 5, 8, 1, 30, tzinfo=UTC)
FILED, SIGNED, PERIOD = date(2024, 5, 8), date(2024, 5, 7), date(2024, 5, 6)


@pytest.mark.parametrize(
    ("said", "basis", "on"),
    [
        ((ACCEPTED, FILED, SIGNED, PERIOD), "acceptance", date(2024, 5, 7)),
        ((None, FILED, SIGNED, PERIOD), "filing-date", FILED),
        ((None, None, SIGNED, PERIOD), "signature", SIGNED),
        ((None, None, SIGNED, None), "signature", SIGNED),
        ((None, None, PERIOD, PERIOD), "signature", PERIOD),
        ((None, None, None, PERIOD), "period", PERIOD),
        ((None, None, None, None), "unknown", None),
    ],
)
def test_the_best_that_a_filing_says_dates_it(said, basis, on):
    moment = known(*said)

    assert (moment.basis, moment.on) == (basis, on)


@pytest.mark.parametrize("signed", [date(2024, 5, 5), date(2023, 5, 7)])
def test_nothing_is_known_before_the_day_that_the_form_is_about(signed):
    moment = known(None, None, signed, PERIOD)

    assert (moment.basis, moment.on) == ("period", PERIOD)
    assert known(None, FILED, signed, PERIOD).basis == "filing-date"
