"""Habits and slips too rare for the simulator, each told in the fewest filings that show it.

Every rule is to fire on something that the project has: these are what the simulated filers
and the stories of the findings leave silent (`tests.firing`).
"""

from __future__ import annotations

from datetime import date

from ledger.filing import Filing, Issuer, Signature
from tests.projections.building import (
    JANE,
    JOHN,
    Note,
    bought,
    filing,
    granted,
    held,
    moved,
    note,
    opening,
    option,
    sold,
    units,
    vested,
)
from tests.projections.reconciliation.borders import STORIES

ABROAD = Issuer(cik="0002000091", name="OSTERVIK ASA", symbol="OSTV", foreign_symbol="OSTVK")
STRAY = Issuer(cik="0002000092", name="FENWOLD HOLDINGS INC", symbol="ACME")
ADS, ORDINARY = {"title": "American Depositary Shares"}, {"title": "Ordinary Shares"}
CLASS_A = {"title": "Class A Common Stock"}
FOUR = Note("Each American Depositary Share represents four ordinary shares of the issuer.")
PRICES = Note(
    "The price is a weighted average. The shares were sold at prices ranging from $20.05 to $20.90."
)
DEPOSITED = Note(
    "Ordinary shares were deposited for ADSs. Each American Depositary Share represents four ordinary shares."
)
TWO = Note("Each American Depositary Share represents two ordinary shares of the issuer.")
GRANT_OF_2100 = Note("On March 1, 2024 the reporting person was granted 2,100 restricted shares.")
HERS = Note("These shares are held by the Doe Family Trust, of which she is a trustee.")
EACH_ONE = Note("Each restricted stock unit is convertible into one share of common stock.")
NOTE_AT_TEN = {"title": "Convertible Note", "strike": 10, "expires": "2027-01-04"}
EARNED = Note("Shares earned under the performance stock units granted on March 1, 2021.")
LAPSED = note(
    "The 300 options lapsed on March 1, 2024.",
    "forfeiture",
    300,
    direction="disposed",
    effective_from="2024-03-01",
    effective_to="2024-03-01",
    precision="day",
)
DENIED = Note(
    "Due to an error, the Form 4 of February 2, 2024 reported a gift of 640 shares. No shares were gifted."
)
EXPIRY = Note("The option vests in four parts and expires on June 30, 2031.")


class Rare:
    """A small world: its filings, and the kind of finding that it raises at its last row."""

    def __init__(self, finds: str | None, *filings: Filing) -> None:
        self.finds, self.filings = finds, filings


RARE: dict[str, Rare] = {
    "a plan purchase in a total that goes on from a number before it was amended": Rare(
        "BALANCE_BREAK_EXPLAINED", *STORIES["a number before it was amended"]()
    ),
    "a sale told again with its price, before any later report": Rare(
        "DOUBLE_REPORTED",
        opening(900),
        filing(sold(100, 800, price="12.50", effective_on="2024-03-01"), on="2024-03-04"),
        filing(sold(100, 700, price="12.50", effective_on="2024-03-01"), on="2024-03-06"),
    ),
    "units of one expiry of which no total runs on from another": Rare(
        "DERIV_POST_SCOPE",
        filing(
            units("M", 210, 1_050),
            units("M", 280, 1_420),
            vested(490, 490),
            on="2024-03-01",
        ),
    ),
    "a grant whose total is of other series too": Rare(
        "DERIV_POST_SCOPE",
        filing(option("A", 300, 900), on="2024-03-01"),
    ),
    "a series first seen as some of it left, in a total of all series": Rare(
        "DERIV_POST_SCOPE",
        filing(option("A", 300, 900), on="2024-03-01"),
        filing(option("M", 100, 800, strike=8, expires="2029-05-01"), on="2024-06-03"),
        filing(option("M", 70, 730, strike=8, expires="2029-05-01"), on="2024-09-03"),
    ),
    "units whose results a note tells, which paid in stock": Rare(
        "EXERCISE_COUNTERPART_MISSING",
        opening(900),
        filing(units("A", 400, 400, title="Performance Stock Units"), on="2021-03-01"),
        filing(granted(380, 1_280, notes=EARNED), on="2024-03-01"),
    ),
    "a second direct total of a form, beside a vehicle": Rare(
        "CONFLICTING_TOTALS",
        filing(
            held(900),
            held(50, how="By Trust"),
            held(700),
            held(None, how="By 401(k) plan", value_after=1_200),
            on="2024-03-01",
            form="5",
        ),
    ),
    "a price outside the range that its note gives": Rare(
        "PRICE_SUSPECT",
        opening(900),
        filing(sold(100, 800, price="12.50", notes=PRICES, cites="price"), on="2024-03-01"),
    ),
    "an expiration that is not the one of its note": Rare(
        "COLUMN_NOTE_CONFLICT",
        filing(
            option("A", 300, 300, expires="2034-03-01", notes=EXPIRY, cites="expires_on"),
            on="2024-03-01",
        ),
    ),
    "a sale with the letter of a purchase, which the next form counts as a sale": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(900),
        filing(moved("S", "acquired", 100, 1_000), on="2024-03-01"),
        filing(bought(50, 850), on="2024-05-01"),
    ),
    "an option that went when it lapsed": Rare(
        "BALANCE_BREAK_EXPLAINED",
        filing(option("A", 300, 300, expires="2024-03-01"), on="2023-03-01"),
        filing(option(None, None, 0, expires="2024-03-01"), on="2024-06-03"),
    ),
    "stock that a new title acquires": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(0, held(700, how="By Growth Fund I")),
        filing(
            moved("J", "acquired", 700, 700, how="By Growth Fund I", **CLASS_A), on="2024-03-01"
        ),
        filing(sold(30, 670, how="By Growth Fund I", **CLASS_A), on="2024-06-03"),
    ),
    "a sale from no named holder, at a level that the one vehicle nearly had": Rare(
        "VEHICLE_AMBIGUOUS",
        opening(0, held(700, how="By Growth Fund I")),
        filing(sold(100, 550, how="See remarks"), on="2024-03-01"),
    ),
    "a trust named anew": Rare(
        "VEHICLE_AMBIGUOUS",
        opening(10, held(400, how="By Doe Family Trust")),
        filing(bought(50, 90, how="By Doe Family Irrevocable Trust"), on="2024-06-03"),
    ),
    "a company that sells from just what a trust held": Rare(
        "VEHICLE_AMBIGUOUS",
        opening(10, held(400, how="By Doe Family Trust")),
        filing(sold(50, 350, how="By Ferrier LLC"), on="2024-06-03"),
    ),
    "a family's shares, shared with a trust that only a note names, and a total in doubt": Rare(
        "OPENING_MISMATCH",
        opening(1_000, held(400, how="See footnote", notes=HERS, cites="nature"), by=(JANE, JOHN)),
        filing(sold(70, 877), on="2024-03-01", by=(JANE, JOHN)),
    ),
    "a total as of its filing": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(100),
        filing(bought(50, 150), on="2024-03-20"),
        filing(sold(10, 140), on="2024-03-15", filed="2024-04-20"),
    ),
    "nothing owned, and then a first total that starts from shares": Rare(
        "OPENING_MISMATCH",
        filing(on="2024-01-02", form="3", no_securities_owned=True),
        filing(bought(100, 350), on="2024-03-01"),
    ),
    "a first total with two digits in each other's place": Rare(
        "TRANSPOSED_DIGITS",
        filing(granted(1_320, 1_230), on="2024-03-01"),
    ),
    "a first total below what was just acquired": Rare(
        "BALANCE_BREAK", filing(granted(900, 640), on="2024-03-01")
    ),
    "depositary shares given back for ordinary ones": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(
            0,
            held(300, notes=FOUR, **ADS),
            held(2_000, **ORDINARY),
            issuer=ABROAD,
            on="2026-03-18",
        ),
        filing(
            sold(10, 190, notes=FOUR, **ADS),
            held(2_400, **ORDINARY),
            issuer=ABROAD,
            on="2026-04-06",
        ),
    ),
    "one side of an exercise larger than the other": Rare(
        "EXERCISE_QUANTITY_MISMATCH",
        opening(500, units(None, None, 400)),
        filing(vested(100, 600), units("M", 140, 260), on="2024-03-01"),
    ),
    "a vehicle that ended, whole": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(500, held(300, how="By Doe Family LLC"), held(200, how="By spouse")),
        filing(bought(10, 510, how="By spouse"), on="2024-06-03"),
    ),
    "units that paid out more than their target": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(500, units(None, None, 400, title="Performance Stock Units")),
        filing(
            units("M", 520, 0, title="Performance Stock Units"), vested(520, 1_020), on="2024-03-01"
        ),
    ),
    "a plan that is named without the day it was adopted": Rare(
        None,
        opening(900),
        filing(
            sold(100, 800, notes=Note("Sold under a Rule 10b5-1 trading plan.")), on="2024-03-01"
        ),
    ),
    "two corrections in one sentence": Rare(
        None,
        opening(900),
        filing(
            sold(
                100,
                800,
                notes=Note(
                    "The last report overstated the direct holding by 25 shares in error and "
                    "understated the indirect holding by 85 shares in error."
                ),
            ),
            on="2024-03-01",
        ),
    ),
    "a correction whose right figure stands in a sentence of its own": Rare(
        None,
        opening(900),
        filing(
            sold(
                100,
                800,
                notes=Note(
                    "The report of February 2024 incorrectly stated that 600 shares were sold. "
                    "In fact 500 were sold."
                ),
            ),
            on="2024-03-01",
        ),
    ),
    "a gift that an earlier form told, and a sentence of its own denies": Rare(
        "PRIOR_ROW_OMITTED",
        opening(1_000),
        filing(moved("G", "disposed", 640, 360), on="2024-02-01"),
        filing(bought(10, 1_010, notes=DENIED), on="2024-03-01"),
    ),
    "shares left out of a total, nobody says how many": Rare(
        None,
        opening(900),
        filing(
            sold(100, 800, notes=Note("Excludes shares held by the reporting person's spouse.")),
            on="2024-03-01",
        ),
    ),
    "a first total that shows its lot alone": Rare(
        "LOT_ONLY",
        filing(bought(40, 40), on="2024-01-03"),
        filing(sold(140, 860), on="2024-03-01"),
    ),
    "more sold than there was, and no total": Rare(
        "NEGATIVE_BALANCE",
        opening(300),
        filing(sold(420), on="2024-03-01"),
    ),
    "a sale marked as acquired, which the next total shows": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(500),
        filing(sold(100, marked="acquired"), on="2024-03-01"),
        filing(bought(50, 450), on="2024-04-01"),
    ),
    "a note of which another number is converted under another price": Rare(
        "CLASS_AMBIGUOUS",
        filing(option("P", 500, 500, marked="acquired", **NOTE_AT_TEN), on="2024-01-03"),
        filing(option("C", 420, 0, **NOTE_AT_TEN | {"strike": 8}), on="2024-03-01"),
    ),
    "two options exercised, and the stock of one of them": Rare(
        "EXERCISE_COUNTERPART_MISSING",
        filing(
            vested(500, 700),
            option("M", 500, 0, strike=8),
            option("M", 300, 400, strike=9, expires="2033-05-02"),
            on="2024-03-01",
        ),
    ),
    "an option that a note on stock says lapsed, and that the next form lists as none": Rare(
        "BALANCE_BREAK_EXPLAINED",
        opening(500, option(None, 300, 300)),
        filing(
            sold(50, 450, notes=LAPSED, cites="security"),
            on="2024-03-04",
        ),
        filing(option(None, None, 0), held(450), on="2024-06-03"),
    ),
    "an option that its own note says lapsed, and that is listed as before": Rare(
        "COLUMN_NOTE_CONFLICT",
        opening(500, option(None, 900, 900)),
        filing(sold(20, 480), option(None, None, 900), on="2024-02-01"),
        filing(
            sold(30, 450), option(None, None, 900, notes=LAPSED, cites="security"), on="2024-03-04"
        ),
    ),
    "an exercise under a strike that its option does not have": Rare(
        "CLASS_AMBIGUOUS",
        opening(500, option(None, None, 900, strike=8)),
        filing(
            moved("M", "acquired", 250, 750, price=8),
            option("M", 250, 650, strike=80),
            on="2024-03-01",
        ),
    ),
    "the stock of an exercise, coded as a purchase at its price": Rare(
        "EXERCISE_COUNTERPART_MISSING",
        opening(500),
        filing(bought(200, 700, price=8), option("M", 200, 600, strike=8), on="2024-03-01"),
    ),
    "units listed with the total of another line, and fewer shares under them": Rare(
        "COLUMN_NOTE_CONFLICT",
        filing(
            units(None, 820, 820, notes=Note("Vests in May 2026.")),
            units(None, 95, 820, notes=EACH_ONE, cites="exercise_price"),
            on="2024-03-01",
        ),
    ),
    "two awards of equal terms, each with a total of its own": Rare(
        "DERIV_POST_SCOPE",
        filing(units("A", 300, 300), units("A", 200, 200), on="2024-03-01"),
    ),
    "a trade in a form that another person signs, as that person's next total shows": Rare(
        "OWNER_IDENTITY_CONFLICT",
        opening(10_000, by=JOHN),
        opening(400),
        filing(
            bought(500),
            on="2024-03-01",
            signatures=[Signature(name="/s/ John Roe", signed_on=date(2024, 3, 4))],
        ),
        filing(bought(100, 10_600), on="2024-06-03", by=JOHN),
    ),
    "an account that only the note on a direct line names, and a trust that may be another": Rare(
        "VEHICLE_AMBIGUOUS",
        opening(
            400,
            held(70, notes=Note("Held in an IRA."), cites="ownership"),
            held(90, how="By Ferrier LLC"),
            option(None, 60, 60, strike=None, expires=None, title="Class B Common Stock"),
            option(
                None,
                30,
                30,
                strike=None,
                expires=None,
                title="Class B Common Stock",
                how="By Ferrier LLC",
            ),
        ),
        filing(bought(10, 410), sold(20, 70, how="By Larkin Trust"), on="2024-03-01"),
    ),
    "a trust that by a note gave shares away, and is listed with all of them": Rare(
        "INDIRECT_COUNTERPART_MISSING",
        opening(1_000, held(400, how="By Ferrier Trust")),
        filing(
            bought(
                10,
                1_160,
                notes=note(
                    "Includes 150 shares distributed to the reporting person by the Ferrier Trust.",
                    "distribution",
                    150,
                    direction="acquired",
                    counterpart="the Ferrier Trust",
                ),
            ),
            held(400, how="By Ferrier Trust"),
            on="2024-06-03",
        ),
    ),
    "a grant of another size than its note's, and the total follows the row": Rare(
        "COLUMN_NOTE_CONFLICT",
        opening(900),
        filing(granted(1_400, 2_300, notes=GRANT_OF_2100, cites="shares"), on="2024-03-01"),
    ),
    "a grant of another size than its note's, by which the total moves": Rare(
        "COLUMN_NOTE_CONFLICT",
        opening(900),
        filing(granted(1_700, 3_000, notes=GRANT_OF_2100, cites="shares"), on="2024-03-01"),
    ),
    "depositary shares sold that ordinary shares became, which no row shows gone": Rare(
        "EXERCISE_COUNTERPART_MISSING",
        filing(held(900, **ORDINARY), on="2024-01-02", form="3"),
        filing(sold(25, 200, notes=DEPOSITED, **ADS), on="2024-03-01"),
    ),
    "all ordinary shares become depositary shares beside a purchase": Rare(
        "EXERCISE_COUNTERPART_MISSING",
        filing(held(800, **ORDINARY), held(300, **ADS), on="2024-01-02", form="3"),
        filing(bought(25, 525, notes=FOUR, cites="security", **ADS), on="2024-03-01"),
    ),
    "ordinary shares that went for depositary ones, which no row shows": Rare(
        "EXERCISE_COUNTERPART_MISSING",
        filing(held(900, **ORDINARY), on="2024-01-02", form="3"),
        filing(moved("J", "disposed", 400, 500, notes=DEPOSITED, **ORDINARY), on="2024-03-01"),
    ),
    "ordinary shares exchanged for depositary ones at another ratio than the note's": Rare(
        "EXERCISE_QUANTITY_MISMATCH",
        filing(held(900, **ORDINARY), on="2024-01-02", form="3"),
        filing(
            moved("J", "disposed", 400, 500, **ORDINARY),
            moved("J", "acquired", 200, 200, notes=DEPOSITED, **ADS),
            on="2024-03-01",
        ),
    ),
    "a depositary share of half as many shares as before": Rare(
        "COLUMN_NOTE_CONFLICT",
        filing(held(900, notes=FOUR, **ADS), on="2024-01-02", form="3"),
        filing(sold(25, 875, notes=TWO, **ADS), on="2024-03-01"),
    ),
    "a daughter and a son who are listed together from then on": Rare(
        "VEHICLE_AMBIGUOUS",
        opening(1_000, held(110, how="By Daughter"), held(130, how="By Son")),
        filing(bought(10, 1_010), held(290, how="By Children"), on="2024-03-01"),
    ),
    "an option listed again with another expiry": Rare(
        "CLASS_AMBIGUOUS",
        opening(1_000, option(None, None, 700, expires="2029-01-04")),
        filing(bought(10, 1_010), option(None, None, 700, expires="2029-04-01"), on="2024-03-01"),
    ),
    "a sale under another company's number, with this one's symbol": Rare(
        "ISSUER_IDENTITY_CONFLICT",
        opening(1_000),
        filing(bought(200, 1_200), on="2024-02-01"),
        filing(sold(300, 900), on="2024-03-01", issuer=STRAY),
        filing(sold(50, 850), on="2024-04-01"),
    ),
}
"""By what happens in it, one small world."""
