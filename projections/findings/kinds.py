"""The kinds of finding: what each means, and how much it says against a balance.

Severity: `info` annotates; `minor` is a slip of a known kind and size; `major` makes the
balance uncertain by an unknown amount; `critical` makes an identity or a history unusable.
A late filing says nothing against a balance, and is `minor`: it is a breach of Section 16(a) that
somebody has to answer for.
Whether a balance rests on a doubted total is no matter of the kind: a holding says so.
"""

from __future__ import annotations

from typing import Literal, NamedTuple

Severity = Literal["info", "minor", "major", "critical"]
SEVERITIES: tuple[str, ...] = ("info", "minor", "major", "critical")


class Kind(NamedTuple):
    """A kind of finding: its severity, and what it means in one sentence."""

    severity: Severity
    meaning: str


KINDS: dict[str, Kind] = {
    "BALANCE_BREAK": Kind(
        "major", "a total does not follow from what came before, and nothing explains it"
    ),
    "BALANCE_BREAK_EXPLAINED": Kind(
        "info",
        "a total does not follow from the rows alone, and stated evidence closes the difference",
    ),
    "BALANCE_BREAK_AMBIGUOUS": Kind(
        "major", "two or more explanations close the difference about equally well"
    ),
    "ISOLATED_TOTAL_ERROR": Kind(
        "minor", "a total is wrong: a later one returns to the line before it"
    ),
    "LEVEL_SHIFT_UNEXPLAINED": Kind(
        "major", "a difference without explanation persists in later totals"
    ),
    "MISSED_OWN_ROW": Kind("minor", "a total leaves out the movement of its own row"),
    "DOUBLE_APPLIED_ROW": Kind("minor", "a total applies its own row twice"),
    "PRIOR_ROW_OMITTED": Kind("minor", "a total leaves out the movement before it"),
    "PRIOR_ROW_DOUBLED": Kind("minor", "a total applies the movement before it a second time"),
    "TRANSPOSED_DIGITS": Kind("minor", "two neighbouring digits changed places"),
    "MAGNITUDE_ERROR": Kind("major", "a digit was dropped or added"),
    "CONFLICTING_TOTALS": Kind(
        "minor",
        "one direct holding, or one movement of a pool, has two totals that contradict each other",
    ),
    "LOT_ONLY": Kind("minor", "the total shows only the lot that moved, not what is owned"),
    "OPENING_INFERRED": Kind("info", "the balance before the first report is inferred from it"),
    "OPENING_MISMATCH": Kind(
        "major", "what the initial statement says is not what the first report here starts from"
    ),
    "GAP_SUSPECTED": Kind(
        "major", "a difference after a long silence, or one of several: a filing may be missing"
    ),
    "NEGATIVE_BALANCE": Kind("major", "more left than there was"),
    "STALE_BALANCE": Kind(
        "info", "no filing of this owner is here for long, and no exit was reported"
    ),
    "SPLIT_UNMODELLED": Kind(
        "major", "a difference in the ratio of a split that nothing else confirms"
    ),
    "SPLIT_INFERRED": Kind(
        "info", "several positions of the issuer changed by one ratio in one window"
    ),
    "ISSUER_SUCCESSION": Kind(
        "info", "the issuer continues another under a new CIK, and holdings carried over"
    ),
    "DI_SWAP": Kind("minor", "a line stands under the wrong form of ownership"),
    "WRONG_VEHICLE": Kind("minor", "differences cancel between two vehicles of one person"),
    "WRONG_CLASS": Kind("minor", "a line stands under the wrong class of stock"),
    "INDIRECT_COUNTERPART_MISSING": Kind("major", "shares went to a vehicle that no line reports"),
    "GIFT_OR_FORM_CHANGE_AMBIGUOUS": Kind(
        "major", "coded as a gift, described as a transfer that keeps an interest"
    ),
    "VEHICLE_AMBIGUOUS": Kind("minor", "equal or like words for vehicles that nothing tells apart"),
    "CLASS_AMBIGUOUS": Kind(
        "minor",
        "a title that may mean more than one class of this issuer, or a strike another series",
    ),
    "CONVENTION_AMBIGUOUS": Kind("info", "it cannot be told whether totals are running or final"),
    "AD_CODE_CONTRADICTION": Kind(
        "major", "the acquired or disposed letter contradicts the code or the total"
    ),
    "EXERCISE_COUNTERPART_MISSING": Kind(
        "minor", "an exercise or conversion stands in one table only"
    ),
    "EXERCISE_QUANTITY_MISMATCH": Kind(
        "minor", "the two sides of an exercise or conversion differ"
    ),
    "RSU_DOUBLE_COUNT": Kind(
        "major", "units reported as stock at grant are counted again when they vest"
    ),
    "DERIV_POST_SCOPE": Kind(
        "info", "a derivative total covers all series of the title, or one tranche"
    ),
    "DERIV_OVER_EXERCISED": Kind("major", "more of a series was exercised than was held"),
    "EXPIRED_STILL_HELD": Kind(
        "minor", "a derivative is reported as held, or exercised, after it expired"
    ),
    "PRICE_SUSPECT": Kind(
        "minor",
        "a price that is missing, looks like a number of shares, or lies outside its own note's range",
    ),
    "DATE_SUSPECT": Kind("minor", "a date after the filing, or a year off"),
    "LATE_FILING": Kind("minor", "filed after the deadline in force on the day"),
    "LATE_FORM3_HOLDING": Kind(
        "minor", "a holding that belonged on the initial statement, reported later"
    ),
    "DUPLICATE_FILING": Kind("minor", "a filing that repeats another; counted once"),
    "DUPLICATE_ROW": Kind("minor", "a row that repeats another; counted once"),
    "DOUBLE_REPORTED": Kind(
        "minor", "a transaction that an earlier filing already reported; counted once"
    ),
    "AMENDMENT_TARGET_AMBIGUOUS": Kind("major", "an amendment that may amend more than one filing"),
    "AMENDMENT_ORPHAN": Kind("info", "an amendment of a filing that is not in the ledger"),
    "AMENDMENT_SCOPE_AMBIGUOUS": Kind(
        "major", "it cannot be told whether lines an amendment leaves out still stand"
    ),
    "AMENDMENT_CHANGES_HISTORY": Kind("info", "an amendment changed what was public before"),
    "SHARED_POOL_SUSPECTED": Kind("minor", "the same shares may stand under several owners"),
    "JOINT_UNATTRIBUTED": Kind("info", "a joint filing does not say which owner holds a line"),
    "OWNER_IDENTITY_CONFLICT": Kind(
        "critical",
        "a filing that is signed for, or goes on from the balance of, another than its owner",
    ),
    "OWNER_ALIAS_SUSPECTED": Kind(
        "minor", "a name and a balance like those under another number: perhaps one person"
    ),
    "ISSUER_IDENTITY_CONFLICT": Kind(
        "critical", "the issuer's CIK, name and symbol contradict each other"
    ),
    "COVERAGE_ENDED_ACTIVITY": Kind(
        "info", "a report after the owner said it was no longer subject"
    ),
    "COLUMN_NOTE_CONFLICT": Kind("minor", "a column contradicts what its own note says"),
    "FOOTNOTE_UNUSED": Kind("info", "a note states a number that the arithmetic does not need"),
    "FOOTNOTE_UNRESOLVED_REF": Kind(
        "info", "a note is cited that does not exist, or stands there uncited"
    ),
    "FOOTNOTE_UNDATED": Kind("info", "a note states a movement without its day"),
    "REPORTING_SCOPE_CHANGE": Kind(
        "info", "shares left or entered the record by choice; their number is unknown, not zero"
    ),
    "FY_COLUMN_MISUSE": Kind("info", "a year-end column holds running totals"),
    "VALUE_BASED_POSITION": Kind("info", "a position given in dollars, not in shares"),
    "ROUNDING": Kind("info", "a difference of a fraction or of one share"),
    "SCAN_QUALITY": Kind("minor", "a scanned field had to be repaired or cannot be read"),
    "SHORT_SWING_CANDIDATE": Kind("info", "opposite trades within six months"),
}
"""Every kind of finding, by its code."""
