"""For every kind of finding the story that provokes it, and its innocent neighbour.

Errors come from the simulator, under a seed, and so do kinds that are no error but the
ordinary course of things. What the simulator's filers never do is written out.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from ledger import Filing
from ledger.filing import Issuer, Owner, Repair
from projections.findings.finding import Finding
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    JOHN,
    Note,
    bought,
    filing,
    gave,
    granted,
    held,
    note,
    opening,
    plan_purchase,
    sold,
    units,
    vested,
)
from tests.projections.kinds.simulated import cut, innocent
from tests.simulator import World, sequence


class Simulated(NamedTuple):
    """A seed of the simulator, and the error put in; none for an ordinary world."""

    seed: int
    error: str | None = None


class Written(NamedTuple):
    """Filings written out: those that provoke a finding, and those beside which do not.

    The finding is expected at a row (None for the whole filing) of the last filing.
    """

    filings: tuple[Filing, ...]
    innocent: tuple[Filing, ...]
    row: str | None = "I.1"


class Told(NamedTuple):
    """A story as it went: its filings, the finding, the innocent filings, and the world."""

    filings: tuple[Filing, ...]
    finding: Finding
    innocent: tuple[Filing, ...]
    world: World | None = None


def whole(kind: str) -> Sequence[Filing]:
    """The filings of a kind's story, before they are cut to those that it takes to see it."""
    story = STORIES[kind]
    if isinstance(story, Written):
        return story.filings
    return sequence(story.seed, story.error, rare=frozenset()).filings


@cache
def told(kind: str) -> Told:
    """The story of a kind, judged.

    Raises:
        LookupError: The story does not provoke the finding where it should.
    """
    story = STORIES[kind]
    if isinstance(story, Written):
        return Told(
            story.filings, _first(kind, story.filings, {story.filings[-1].id}), story.innocent
        )
    world = sequence(story.seed, story.error, rare=frozenset())
    near = set(world.error.filings) if world.error else {f.id for f in world.filings}
    finding = _first(kind, tuple(world.filings), near)
    beside = innocent(story.seed, story.error) if story.error else world
    return Told(cut(world.filings, finding), finding, tuple(beside.filings), world)


def _first(kind: str, filings: tuple[Filing, ...], near: set[str]) -> Finding:
    findings = [f for f in reconcile_filings(filings).findings if f.kind == kind]
    for finding in findings:
        if finding.filing in near:
            return finding
    raise LookupError(f"no {kind} at {sorted(near)}")


# --- what no simulated filer does ------------------------------------------------------

TRUST = {"how": "By Trust"}

EITHER = (
    note("Includes 500 restricted shares.", "composition", 500),
    note("Shares reported before: 500.", "previously-reported", 500, direction="acquired"),
)
AMBIGUOUS = Written(
    (opening(5_000), filing(sold(50, 5_450, notes=EITHER), on="2024-03-01")),
    (opening(5_000), filing(sold(50, 5_450, notes=plan_purchase(500, "2024-02")), on="2024-03-01")),
)

LATER = {"on": "2025-04-07"}
GAP = Written(
    (
        opening(10_000, on="2023-06-01"),
        filing(sold(1_000, 9_000), on="2024-02-01"),
        filing(sold(100, 16_113), **LATER),
    ),
    (
        opening(10_000, on="2023-06-01"),
        filing(sold(1_000, 9_000), on="2024-02-01"),
        filing(sold(100, 8_900), **LATER),
    ),
)

ALIKE = (held(9_686, **TRUST), held(9_686, **TRUST))
CHILDREN = tuple(
    held(9_686, **TRUST, notes=Note(f"Held by the {name} Doe 2010 Trust."), cites="nature")
    for name in ("Ann", "Ben")
)
VEHICLES = Written((opening(1_000, *ALIKE),), (opening(1_000, *CHILDREN),), "I.3")

SOLD = sold(300, 5_700)
SECOND_TOTAL = Written(
    (filing(SOLD, held(4_400), on="2024-03-01"),),
    (filing(SOLD, held(4_400, title="Class B Common Stock"), on="2024-03-01"),),
    "I.2",
)

EXERCISED = (granted(800, 12_657), sold(800, 11_857))
CONVENTION = Written(
    (filing(*EXERCISED, on="2024-03-01"),),
    (opening(11_857), filing(*EXERCISED, on="2024-03-01")),
    "I.2",
)

WHOLE = filing(sold(1_000, 9_000), sold(500, 8_500), sold(300, 700, **TRUST), on="2024-03-01")
CORRECTED = filing(
    sold(1_000, 9_000),
    sold(600, 8_400),
    on="2024-03-01",
    filed="2024-03-12",
    form="4/A",
    original_on=WHOLE.filed_on,
)
BOTH = opening(10_000, held(1_000, **TRUST))
SCOPE = Written(
    (BOTH, WHOLE, CORRECTED),
    (BOTH, WHOLE, CORRECTED, filing(sold(100, 600, **TRUST), on="2024-05-01")),
    None,
)

FUND = Owner(cik="0001000011", name="OAK GROVE FUND I, L.P.", ten_percent_owner=True)
PARTNER = Owner(cik="0001000012", name="OAK GROVE PARTNERS, L.L.C.", ten_percent_owner=True)
OF_THE_FUND = Note("The shares are held by Oak Grove Fund I, L.P.")
JOINT = Written(
    (filing(sold(100_000, 900_000), on="2024-03-01", by=(FUND, PARTNER)),),
    (filing(sold(100_000, 900_000, notes=OF_THE_FUND), on="2024-03-01", by=(FUND, PARTNER)),),
)
NEXT = {"filed": "2024-03-05"}
POOL = Written(
    (
        filing(sold(100_000, 900_000), on="2024-03-01", by=FUND),
        filing(sold(100_000, 900_000, how="By Oak Grove Fund I"), on="2024-03-01", by=JOHN, **NEXT),
    ),
    (
        filing(sold(100_000, 900_000), on="2024-03-01", by=FUND),
        filing(sold(100_000, 850_000, how="By Oak Grove Fund I"), on="2024-03-01", by=JOHN, **NEXT),
    ),
)

UNUSED = Written(
    (opening(5_000), filing(sold(50, 4_950, notes=plan_purchase(500, "2024-02")), on="2024-03-01")),
    (opening(5_000), filing(sold(50, 5_450, notes=plan_purchase(500, "2024-02")), on="2024-03-01")),
)

WITHDRAWN = note(
    "Shares held by family trusts will no longer be reported.",
    "reporting-withdrawal",
    counterpart="family trusts",
)
NO_LONGER = Written(
    (
        opening(10_000, held(400, how="By Family Trust")),
        filing(bought(1, 10_001, notes=WITHDRAWN), on="2024-03-01"),
    ),
    (
        opening(10_000, held(400, how="By Family Trust")),
        filing(bought(1, 10_001), held(400, how="By Family Trust"), on="2024-03-01"),
    ),
    None,
)


def _year(first: int, second: int) -> Filing:
    gifts = (gave(100, first, on="2024-05-01"), gave(50, second, on="2024-11-01"))
    return filing(*gifts, on="2024-12-31", form="5", filed="2025-02-03")


YEAR_END = Written((opening(), _year(9_900, 9_850)), (opening(), _year(9_850, 9_850)))

DOLLARS = Written(
    (opening(10_000, held(None, how="By 401(k)", value_after="1234.56")),),
    (opening(10_000, held(310, how="By 401(k)")),),
    "I.2",
)
FRACTION = Written(
    (opening("1000.75"), filing(sold(100, "900.7"), on="2024-03-01")),
    (opening("1000.75"), filing(sold(100, "900.75"), on="2024-03-01")),
)

MENDED = Repair(
    field="shares_after",
    printed="10,1 00",
    effect="repaired",
    why="10,100, which is the total before and the 100 shares of the row",
)
PAPER = {"format": "scanned", "on": "2024-03-01"}
SCAN = Written(
    (opening(), filing(granted(100, 10_100, repairs=(MENDED,)), **PAPER)),
    (opening(), filing(granted(100, 10_100), **PAPER)),
)

HEIR = Issuer(cik="0002000009", name="ACME HOLDINGS CORP", symbol="ACME")
NEW_CIK = Written(
    (
        opening(10_000, held(3_000, how="By Trust")),
        filing(sold(1_000, 9_000), held(3_000, how="By Trust"), on="2024-06-03", issuer=HEIR),
    ),
    (
        opening(10_000, held(3_000, how="By Trust")),
        filing(sold(1_000, 5_280), held(450, how="By Trust"), on="2024-06-03", issuer=HEIR),
    ),
)

ANN = Owner(cik="0001000041", name="PEREGRINE ANN L", director=True)
ANN_LOUISE = Owner(cik="0001000042", name="PEREGRINE ANN LOUISE", director=True)
TWO_NUMBERS = Written(
    (
        opening(1_400, by=ANN),
        filing(bought(100, 1_500), on="2024-03-01", by=ANN_LOUISE, part=2),
    ),
    (
        opening(1_400, by=ANN),
        filing(bought(100, 1_650), on="2024-03-01", by=ANN_LOUISE, part=2),
    ),
    row=None,
)

_GRANT = Note("Part of an award of 900 restricted stock units.")
MORE_THAN_GRANTED = Written(
    (
        opening(5_000),
        filing(vested(950, 5_950, notes=_GRANT), units("M", 950, 0), on="2024-03-01"),
    ),
    (
        opening(5_000),
        filing(vested(850, 5_850, notes=_GRANT), units("M", 850, 50), on="2024-03-01"),
    ),
)

# --- every kind -----------------------------------------------------------------------------

STORIES: dict[str, Simulated | Written] = {
    "BALANCE_BREAK": Simulated(17, "filing-missing"),
    "BALANCE_BREAK_EXPLAINED": Simulated(1),
    "BALANCE_BREAK_AMBIGUOUS": AMBIGUOUS,
    "ISOLATED_TOTAL_ERROR": Simulated(17, "isolated-total"),
    "LEVEL_SHIFT_UNEXPLAINED": Simulated(0, "level-shift"),
    "MISSED_OWN_ROW": Simulated(5, "missed-own-row"),
    "DOUBLE_APPLIED_ROW": Simulated(2, "double-applied-row"),
    "PRIOR_ROW_OMITTED": Simulated(4, "prior-row-omitted"),
    "PRIOR_ROW_DOUBLED": Simulated(2, "prior-row-doubled"),
    "TRANSPOSED_DIGITS": Simulated(3, "transposed-total"),
    "MAGNITUDE_ERROR": Simulated(8, "amount-digit-added"),
    "CONFLICTING_TOTALS": SECOND_TOTAL,
    "LOT_ONLY": Simulated(1, "lot-instead-of-total"),
    "OPENING_INFERRED": Simulated(13),
    "OPENING_MISMATCH": Simulated(12, "opening-misstated"),
    "GAP_SUSPECTED": GAP,
    "NEGATIVE_BALANCE": Simulated(5, "more-sold-than-owned"),
    "STALE_BALANCE": Simulated(25),
    "SPLIT_UNMODELLED": Simulated(3, "split-forgotten"),
    "SPLIT_INFERRED": Simulated(129),
    "ISSUER_SUCCESSION": NEW_CIK,
    "DI_SWAP": Simulated(8, "wrong-ownership"),
    "WRONG_VEHICLE": Simulated(3, "totals-exchanged"),
    "WRONG_CLASS": Simulated(10, "wrong-class"),
    "INDIRECT_COUNTERPART_MISSING": Simulated(11, "vehicle-never-reported"),
    "GIFT_OR_FORM_CHANGE_AMBIGUOUS": Simulated(11, "vehicle-never-reported"),
    "VEHICLE_AMBIGUOUS": VEHICLES,
    "CLASS_AMBIGUOUS": Simulated(15, "wrong-class"),
    "CONVENTION_AMBIGUOUS": CONVENTION,
    "AD_CODE_CONTRADICTION": Simulated(7, "letter-wrong"),
    "EXERCISE_COUNTERPART_MISSING": Simulated(20, "exercise-counterpart-left-out"),
    "EXERCISE_QUANTITY_MISMATCH": Simulated(7, "exercise-sides-differ"),
    "RSU_DOUBLE_COUNT": Simulated(17, "units-counted-twice"),
    "DERIV_POST_SCOPE": Simulated(97),
    "DERIV_OVER_EXERCISED": Simulated(11, "over-exercised"),
    "EXPIRED_STILL_HELD": Simulated(1, "expired-still-listed"),
    "PRICE_SUSPECT": Simulated(2, "price-of-zero"),
    "DATE_SUSPECT": Simulated(0, "day-to-come"),
    "LATE_FILING": Simulated(3, "filed-late"),
    "LATE_FORM3_HOLDING": Simulated(0, "holding-left-off-form-3"),
    "DUPLICATE_FILING": Simulated(11, "filing-repeated"),
    "DUPLICATE_ROW": Simulated(0, "row-repeated"),
    "DOUBLE_REPORTED": Simulated(1, "reported-twice"),
    "AMENDMENT_TARGET_AMBIGUOUS": Simulated(4, "amendment-of-two"),
    "AMENDMENT_ORPHAN": Simulated(4, "amendment-of-nothing"),
    "AMENDMENT_SCOPE_AMBIGUOUS": SCOPE,
    "AMENDMENT_CHANGES_HISTORY": Simulated(20),
    "SHARED_POOL_SUSPECTED": POOL,
    "JOINT_UNATTRIBUTED": JOINT,
    "OWNER_IDENTITY_CONFLICT": Simulated(16, "wrong-owner"),
    "OWNER_ALIAS_SUSPECTED": TWO_NUMBERS,
    "ISSUER_IDENTITY_CONFLICT": Simulated(15, "wrong-issuer"),
    "COVERAGE_ENDED_ACTIVITY": Simulated(0, "active-after-exit"),
    "COLUMN_NOTE_CONFLICT": MORE_THAN_GRANTED,
    "FOOTNOTE_UNUSED": UNUSED,
    "FOOTNOTE_UNRESOLVED_REF": Simulated(0, "note-without-text"),
    "FOOTNOTE_UNDATED": Simulated(19),
    "REPORTING_SCOPE_CHANGE": NO_LONGER,
    "FY_COLUMN_MISUSE": YEAR_END,
    "VALUE_BASED_POSITION": DOLLARS,
    "ROUNDING": FRACTION,
    "SCAN_QUALITY": SCAN,
    "SHORT_SWING_CANDIDATE": Simulated(1),
}
"""A story for every kind, in the order in which `KINDS` lists them."""
