"""What the five filings of the worked example must come to, whatever text tells them."""

from __future__ import annotations

from ledger import Ledger
from projections import holdings, reconcile
from projections.answers import Holding
from projections.questions.events import records

DIRECTOR = "ROGERS GARY A"

EVENTS = {
    ("5", "2004-02-12", "gift", "1180", "1230544", "2003-12-04", "2003-12-04"),
    ("5", "2004-02-12", "espp-purchase", "2500", None, "2003-07-01", "2003-07-31"),
    ("5", "2004-02-12", "composition", None, None, None, None),
    ("5", "2004-02-12", "reporting-withdrawal", None, None, None, None),
    ("5", "2005-02-04", "gift", "250000", "985544", "2004-09-09", "2004-09-09"),
    ("5", "2005-02-04", "gift", "1550", "983994", "2004-11-19", "2004-11-19"),
    ("5", "2005-02-04", "espp-purchase", "2500", None, "2004-01-01", "2004-01-31"),
    ("5", "2005-02-04", "espp-purchase", "2500", None, "2004-07-01", "2004-07-31"),
    ("5", "2005-02-04", "trust-contribution", "250000", None, None, None),
    ("4", "2004-09-22", "grant", "150000", "150000", "2004-09-20", "2004-09-20"),
    ("4", "2004-09-22", "grant", "550000", "550000", "2004-09-20", "2004-09-20"),
    ("4", "2005-09-12", "grant", "150000", "150000", "2005-09-09", "2005-09-09"),
    ("4", "2004-09-22", "vesting-schedule", None, None, None, None),
    ("4", "2005-09-12", "vesting-schedule", None, None, None, None),
}
"""Each statement of the filings: form, day known, event, shares, total, first and last day."""

GOLDEN = {
    "2003-06-30": None,
    "2003-07-15": (1_229_224, 1_231_724, "inferred"),
    "2003-08-01": (1_231_724, 1_231_724, "inferred"),
    "2003-12-03": (1_231_724, 1_231_724, "inferred"),
    "2003-12-04": (1_230_544, 1_230_544, "reported"),
    "2003-12-31": (1_230_544, 1_230_544, "reported"),
    "2004-01-01": (1_230_544, 1_233_044, "derived"),
    "2004-01-31": (1_230_544, 1_233_044, "derived"),
    "2004-02-01": (1_233_044, 1_233_044, "derived"),
    "2004-06-30": (1_233_044, 1_233_044, "derived"),
    "2004-07-01": (1_233_044, 1_235_544, "derived"),
    "2004-07-31": (1_233_044, 1_235_544, "derived"),
    "2004-08-01": (1_235_544, 1_235_544, "derived"),
    "2004-09-08": (1_235_544, 1_235_544, "derived"),
    "2004-09-09": (985_544, 985_544, "reported"),
    "2004-11-18": (985_544, 985_544, "reported"),
    "2004-11-19": (983_994, 983_994, "reported"),
    "2004-12-31": (983_994, 983_994, "reported"),
    "2005-06-01": (983_994, 983_994, "reported"),
}
"""The director's common stock held directly: lowest, highest, and on what basis."""

FINDINGS = {
    "INDIRECT_COUNTERPART_MISSING": "major",
    "GIFT_OR_FORM_CHANGE_AMBIGUOUS": "major",
    "SCAN_QUALITY": "minor",
    "BALANCE_BREAK_EXPLAINED": "info",
    "FY_COLUMN_MISUSE": "info",
    "FOOTNOTE_UNDATED": "info",
    "REPORTING_SCOPE_CHANGE": "info",
    "OPENING_INFERRED": "info",
}
"""Every kind of finding, and how grave it is."""


def events(ledger: Ledger) -> list[tuple[str | None, ...]]:
    """Every event but the filings themselves, as `EVENTS` has them."""
    return [
        (
            r["form"],
            r["known_at"],
            r["event"],
            r["shares"],
            r["shares_after"],
            r["effective_from"],
            r["effective_to"],
        )
        for r in records(ledger)
        if r["event"] != "filing"
    ]


def held(ledger: Ledger, **asked: str) -> list[Holding]:
    """The director's common stock, not the options."""
    found = holdings(ledger, person=DIRECTOR, **asked).holdings
    return [h for h in found if h.table == "I"]


def check_events(ledger: Ledger) -> None:
    """Exactly the events listed, two vestings of one day among them, and nothing else."""
    told = events(ledger)
    assert set(told) == EVENTS
    assert len(told) == len(EVENTS) + 1


def check_days(ledger: Ledger) -> None:
    """The golden table, day by day."""
    for day, expected in GOLDEN.items():
        direct = [h for h in held(ledger, as_of=day) if h.ownership == "direct"]
        told = [(h.shares_low, h.shares_high, h.basis) for h in direct]
        assert told == ([expected] if expected else []), day
    assert {h.coverage for h in held(ledger, as_of="2005-12-31")} == {"open"}
    assert "stale" in {h.coverage for h in held(ledger, as_of="2006-12-31")}


def check_knowledge(ledger: Ledger) -> None:
    """One day, as the public could know it at four moments."""

    def direct(known_at: str) -> list[int]:
        found = held(ledger, as_of="2004-10-01", known_at=known_at)
        return [int(h.shares) for h in found if h.shares is not None]

    assert direct("2004-02-11") == []
    assert direct("2004-02-12") == [1_230_544]
    assert direct("2004-12-31") == [1_230_544]
    assert direct("2005-02-04") == [985_544]


def check_trust(ledger: Ledger) -> None:
    """The vehicle that no line shows holds from nothing to all of what went there."""
    for day in ("2004-09-09", "2004-12-31"):
        (unseen,) = (h for h in held(ledger, as_of=day) if h.ownership == "indirect")
        assert (unseen.shares, unseen.shares_low, unseen.shares_high) == (None, 0, 250_000)
        assert unseen.basis == "never reported"
    assert all(h.ownership == "direct" for h in held(ledger, as_of="2004-09-08"))


def check_findings(ledger: Ledger) -> None:
    """Each kind that a careful analyst would raise, and no other."""
    answer = reconcile(ledger)
    assert {f.kind: f.severity for f in answer.findings} == FINDINGS
    totals = answer.totals
    assert (totals.opening, totals.checked) == (4, 2)
    assert (totals.agreed, totals.explained, totals.unexplained) == (1, 1, 0)


def check_explanation(ledger: Ledger) -> None:
    """The 5,000 are two purchases of 2,500; the trust's 250,000 are the gift's own shares."""
    (found,) = reconcile(ledger, kinds=["BALANCE_BREAK_EXPLAINED"]).findings
    assert (found.expected, found.reported, found.difference) == (980_544, 985_544, 5_000)
    told = found.explanation
    assert told is not None
    assert (told.code, told.confidence, told.explicit) == ("EXPL_PLAN_PURCHASE", "high", True)
    assert [(t.kind, t.shares) for t in told.terms] == [
        ("espp-purchase", 2_500),
        ("espp-purchase", 2_500),
        ("same-shares", 0),
    ]
    assert all("#note.2" in t.source for t in told.terms if t.shares)
    tried = {(r.predicted, r.residual) for r in told.rejected}
    assert (735_544, 250_000) in tried, "the trust counted besides the gift"
    assert (980_544, 5_000) in tried, "the plan purchases left out"


CHECKS = (
    check_events,
    check_days,
    check_knowledge,
    check_trust,
    check_findings,
    check_explanation,
)
"""Everything that must hold."""
