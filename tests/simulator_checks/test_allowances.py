"""What may fairly be found although nobody erred."""

from tests.simulator.allowances import allowances
from tests.simulator.truth import Claim


def _claim(filing, difference, *causes, untold=()):
    return Claim(
        filing=filing,
        row="I.1",
        position="direct",
        true=1_000,
        claimed=1_000,
        difference=difference,
        causes=causes,
        untold=untold,
    )


def test_what_an_original_leaves_untold_its_amendment_leaves_untold():
    claims = [
        _claim("original", 40, "espp", untold=("espp",)),
        _claim("amendment", 0, "restated"),
        _claim("next", 0),
    ]

    assert [(a.filing, a.reason) for a in allowances(claims, ())] == [
        ("original", "espp"),
        ("amendment", "espp"),
    ]


def test_an_amendment_of_a_filing_that_told_everything_is_allowed_nothing():
    claims = [
        _claim("earlier", 40, "espp", untold=("espp",)),
        _claim("original", 0),
        _claim("amendment", 0, "restated"),
    ]

    assert [a.filing for a in allowances(claims, ())] == ["earlier"]


def test_what_a_total_of_the_lot_alone_hides_shows_at_the_next_one():
    claims = [
        _claim("lot", 40, "convention:lot-only", "espp", untold=("espp",)),
        _claim("next", 0),
        _claim("after that", 0),
    ]

    told = [(a.filing, a.reason) for a in allowances(claims, ()) if a.reason == "espp"]
    assert told == [("lot", "espp"), ("next", "espp")]
