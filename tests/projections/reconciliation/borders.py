"""Judgements at the border that a weight draws: what each of them is still good against.

Every story has one total that does not follow, and one thing that closes the difference. A
rival explanation of the same difference is put beside it, at whatever cost: `stands_against`
is the least cost of a rival at which the judgement stays what it is without one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from unittest import mock

from msgspec.structs import replace

from ledger.filing import Filing, Issuer
from projections.answers import Reconciliation
from projections.questions.reconcile import reconcile_filings
from projections.reconciliation import breaks, search
from projections.reconciliation.case import Candidate, Case
from tests.projections.building import (
    bought,
    filing,
    held,
    moved,
    note,
    opening,
    option,
    plan_purchase,
    sold,
    units,
    vested,
)

Outcome = list[tuple[str, str, str]]


def outcome(filings: Sequence[Filing]) -> Outcome:
    """Every difference as it is judged: its kind, the explanation, how sure that is."""
    return told(reconcile_filings(filings))


def told(answer: Reconciliation) -> Outcome:
    """The findings of an answer that explain something."""
    return sorted(
        (f.kind, f.explanation.code, f.explanation.confidence)
        for f in answer.findings
        if f.explanation is not None
    )


@contextmanager
def beside(cost: int) -> Iterator[None]:
    """A rival explanation of every difference, at so many tenths."""

    def weighed(case: Case, *, refuted_by: str | None = None) -> search.Verdict:
        rival = Candidate(
            shares=case.entry.residual,
            cost=cost,
            kind="told-elsewhere",
            code="EXPL_GIFT",
            source="rival",
            text="a gift that nobody reported",
            group="rival",
        )
        beside = replace(case, elsewhere=(*case.elsewhere, rival))
        return search.search(beside, refuted_by=refuted_by)

    with mock.patch.object(breaks, "search", weighed):
        yield


def stands_against(
    filings: Sequence[Filing], alone: Outcome, about: int | None = None, *, search: bool = True
) -> int | None:
    """The least cost of a rival, in tenths, beside which the judgement stays as it is alone.

    It is asked first where it is thought to be; None is told of another without a search.
    """
    low, high, asked = -60, 160, [] if about is None else [about, about - 1]
    while low + 1 < high and (asked or search):
        cost = asked.pop(0) if asked else (low + high) // 2
        if low < cost < high:
            with beside(cost):
                low, high = (low, cost) if outcome(filings) == alone else (cost, high)
    return high if low + 1 == high else None


# --- the stories -----------------------------------------------------------------------------

Story = Callable[[], list[Filing]]

TRUST = {"how": "By Trust"}
MAY = plan_purchase(500, "2024-05")


def _amount(kind: str, way: str) -> list[Filing]:
    said = note("Five hundred shares.", kind, 500, direction=way)
    owns = 10_600 if way == "acquired" else 9_600
    return [opening(), filing(bought(100, owns, notes=said), on="2024-06-03")]


def _two_holdings(*later: Filing) -> list[Filing]:
    return [
        opening(10_000, held(5_000, **TRUST)),
        filing(bought(100, 10_100), bought(100, 5_100, **TRUST), on="2024-02-01"),
        *later,
    ]


def _slip(*lines: Filing) -> list[Filing]:
    return [opening(50_000), *lines]


def _amounts(count: int) -> list[Filing]:
    notes = [note(f"Includes {n} plan shares.", "espp-purchase", n) for n in _ODD[:count]]
    owns = 10_100 + sum(_ODD[:count])
    return [opening(), filing(bought(100, owns, notes=notes), on="2024-06-03")]


_ODD = (501, 1_003, 2_011, 4_027, 8_053)


def _many_amounts(place: int) -> list[Filing]:
    sizes = [3 * n + 1 for n in range(1, place)] + [7_000]
    notes = [
        note(f"Includes {n} restricted shares.", "composition", n, direction="acquired")
        for n in sizes
    ]
    return [opening(), filing(bought(100, 17_100, notes=notes), on="2024-06-03")]


def _unquantified(kind: str, shares: int, on: str = "2024-06-03") -> list[Filing]:
    said = note("Includes some.", kind)
    return [
        opening(),
        filing(bought(100, 10_100 + shares, notes=said), on=on),
    ]


def _accrual(shares: int) -> list[Filing]:
    plan = {"how": "By 401(k) Plan"}
    return [
        opening(100, held(4_000, **plan)),
        filing(bought(10, 110), held(4_000 + shares, **plan), on="2024-06-03"),
    ]


def _fund(shares: int) -> list[Filing]:
    """A plan's fund of 4,000, and what a note on units of a plan says of it next."""
    plan = {"how": "By 401(k) Plan"}
    units = note("Based on a plan statement.", "plan-units")
    return [
        opening(100, held(4_000, **plan)),
        filing(bought(10, 110), held(shares, **plan, notes=units), on="2024-06-03"),
    ]


def _far_apart(day: str) -> list[Filing]:
    """What left one holding and entered another, reported on days far apart."""
    return _two_holdings(
        filing(bought(100, 8_200), on="2024-02-08"),
        filing(bought(100, 5_200, **TRUST), on="2024-08-01"),
        filing(bought(100, 7_300, **TRUST), on=day),
    )


def _deposited(depositary: int, ratio: str = "") -> list[Filing]:
    """Ordinary shares that turn up as so many new depositary ones, five for each."""
    issuer = Issuer(cik="0002000091", name="NORLUND AB", symbol="NRLB", foreign_symbol="NORL")
    words = f"American Depositary Shares, {ratio} ordinary shares." if ratio else "Deposited."
    ordinary, ads = {"title": "Ordinary Shares"}, {"title": "American Depositary Shares"}
    return [
        opening(0, held(2_311, **ordinary), issuer=issuer, on="2026-03-18"),
        filing(
            sold(10, 2_301 - 5 * depositary, notes=note(words, "composition"), **ordinary),
            held(depositary, **ads),
            issuer=issuer,
            on="2026-05-05",
        ),
    ]


GONE_ANEW = note(
    "500 shares changed their form of ownership.", "form-change", 500, direction="disposed"
)
"""What went elsewhere, by words that name nobody."""

STORIES: dict[str, Story] = {
    "a cited amount": lambda: [opening(), filing(bought(100, 10_600, notes=MAY), on="2024-06-03")],
    "an amount on another line": lambda: [
        opening(10_000, held(5_000, **TRUST)),
        filing(bought(100, 10_600), bought(50, 5_050, notes=MAY, **TRUST), on="2024-06-03"),
    ],
    "an amount the wrong way": lambda: [
        opening(10_000, held(5_000, how="By Heron LLC")),
        filing(bought(100, 5_600, notes=GONE_ANEW, how="By Heron LLC"), on="2024-06-03"),
    ],
    "an amount that is the row's own": lambda: [
        opening(),
        filing(bought(100, 10_200, notes=plan_purchase(100, "2024-05")), on="2024-06-03"),
    ],
    "an amount left unused": lambda: [
        opening(),
        filing(bought(100, 10_600, notes=(MAY, plan_purchase(77, "2024-04"))), on="2024-06-03"),
    ],
    "a composition": lambda: _amount("composition", "acquired"),
    "an exclusion": lambda: _amount("exclusion", "disposed"),
    "shares reported before": lambda: _amount("previously-reported", "acquired"),
    "a change of form with a note": lambda: _two_holdings(
        filing(
            bought(100, 8_200, notes=note("Some went to the trust.", "form-change")),
            bought(100, 7_200, **TRUST),
            on="2024-06-03",
        )
    ),
    "a change of form without a note": lambda: _two_holdings(
        filing(bought(100, 8_200), bought(100, 7_200, **TRUST), on="2024-06-03")
    ),
    "a change of form in two filings": lambda: _two_holdings(
        filing(bought(100, 8_200), on="2024-06-03"),
        filing(bought(100, 7_200, **TRUST), on="2024-07-05"),
    ),
    "a change of form in two filings long apart": lambda: _two_holdings(
        filing(bought(100, 8_200), on="2024-06-03"),
        filing(bought(100, 7_200, **TRUST), on="2025-02-10"),
    ),
    "a vehicle that begins": lambda: [
        opening(),
        filing(bought(100, 8_100), on="2024-06-03"),
        filing(bought(100, 2_100, **TRUST), on="2024-07-05"),
    ],
    "a vehicle that ended": lambda: [
        opening(10_000, held(5_211, **TRUST), held(2_347, how="By Daughter")),
        filing(bought(100, 7_658, **TRUST), on="2024-06-03"),
    ],
    "a total that adds a vehicle": lambda: [
        opening(10_000, held(2_347, **TRUST), held(719, how="By Daughter")),
        filing(bought(100, 12_447), held(2_347, **TRUST), on="2024-06-03"),
        filing(bought(100, 12_547), held(2_347, **TRUST), on="2024-09-03"),
    ],
    "a line that adds none": lambda: [
        opening(12_000, held(2_347, **TRUST)),
        filing(bought(100, 12_100), on="2024-12-03"),
        filing(held(9_753), on="2025-06-03"),
    ],
    "a number before it was amended": lambda: [
        opening(),
        filing(bought(100, 10_100), on="2024-03-01"),
        filing(
            bought(150, 10_150),
            on="2024-03-01",
            filed="2024-08-01",
            form="4/A",
            original_on="2024-03-03",
        ),
        filing(bought(10, 10_610, notes=MAY), on="2024-06-03"),
    ],
    "a line under the wrong holder": lambda: _two_holdings(
        filing(bought(300, 10_100), bought(200, 5_600, **TRUST), on="2024-06-03")
    ),
    "a total that goes on from another holding": lambda: [
        opening(10_340, held(4_715, **TRUST)),
        filing(sold(265, 4_450), on="2024-06-03"),
    ],
    "a total that goes on from another holding's round number": lambda: [
        opening(10_340, held(4_700, **TRUST)),
        filing(sold(265, 4_435), on="2024-06-03"),
    ],
    "a movement told elsewhere": lambda: [
        opening(10_000, option(None, 900, 900)),
        filing(option("M", 300, 600), on="2024-03-01"),
        filing(bought(100, 10_400), on="2024-06-03"),
    ],
    "a split with a note": lambda: [
        opening(9_000),
        filing(
            sold(100, 17_900, notes=note("After a 2-for-1 split.", "split", ratio="2:1")),
            on="2024-06-03",
        ),
    ],
    "a split of two positions": lambda: [
        opening(9_000, held(700, **TRUST)),
        filing(bought(100, 9_100), bought(10, 710, **TRUST), on="2024-02-01"),
        filing(bought(100, 27_400), bought(10, 2_140, **TRUST), on="2024-06-03"),
    ],
    "a fraction": lambda: [opening("10000.5"), filing(bought(100, 10_100), on="2024-06-03")],
    "a lapse": lambda: [
        filing(option("A", 500, 500, expires="2026-03-02"), on="2024-03-01"),
        filing(option(None, None, 0, expires="2026-03-02"), on="2026-06-01"),
    ],
    "a former title": lambda: [
        opening(0, held(700, how="By Growth Fund I")),
        filing(
            moved("J", "acquired", 700, 700, how="By Growth Fund I", title="Class A Common Stock"),
            on="2024-03-01",
        ),
        filing(
            sold(30, 670, how="By Growth Fund I", title="Class A Common Stock"), on="2024-06-03"
        ),
    ],
    "a note without an amount": lambda: [
        opening(),
        filing(
            bought(100, 10_400, notes=note("Includes plan shares.", "espp-purchase")),
            on="2024-06-03",
        ),
    ],
    "a standing note": lambda: [
        opening(),
        filing(
            bought(100, 10_100, notes=note("Includes plan shares.", "espp-purchase")),
            on="2024-03-01",
        ),
        filing(
            bought(100, 10_500, notes=note("Includes plan shares.", "espp-purchase")),
            on="2024-06-03",
        ),
    ],
    "accrual in a plan": lambda: [
        opening(100, held(4_000, how="By 401(k) Plan")),
        filing(bought(10, 110), held(4_321, how="By 401(k) Plan"), on="2024-06-03"),
    ],
    "results with a note": lambda: [
        filing(units("A", 900, 900, title="Performance Units"), on="2024-03-01"),
        filing(
            units(
                "M",
                1_350,
                0,
                title="Performance Units",
                notes=note("Paid out at 150% of target.", "composition"),
            ),
            on="2026-03-02",
        ),
    ],
    "results without a note": lambda: [
        filing(units("A", 900, 900, title="Performance Units"), on="2024-03-01"),
        filing(units("M", 1_350, 0, title="Performance Units"), on="2026-03-02"),
    ],
    "a habit": lambda: [
        opening(),
        filing(bought(100, 10_600, notes=MAY), on="2024-06-03"),
        filing(bought(100, 11_200), on="2024-12-03"),
    ],
    "a letter against its code": lambda: _slip(
        filing(moved("S", "disposed", 700, 49_300, marked="acquired"), on="2024-06-03")
    ),
    "a row the other way": lambda: _slip(filing(bought(700, 49_300), on="2024-06-03")),
    "a row that stands twice": lambda: _slip(
        filing(bought(700, 50_700), bought(700, 50_700), on="2024-06-03")
    ),
    "a total without its row": lambda: _slip(filing(bought(731, 50_000), on="2024-06-03")),
    "a total with its row twice": lambda: _slip(filing(bought(731, 51_462), on="2024-06-03")),
    "a total without the row before": lambda: _slip(
        filing(bought(731, 50_731), on="2024-03-01"), filing(sold(1_200, 48_800), on="2024-06-03")
    ),
    "an amount with the row before": lambda: _slip(
        filing(bought(731, 50_731), on="2024-03-01"), filing(bought(1_200, 51_200), on="2024-06-03")
    ),
    "a total with the row before again": lambda: _slip(
        filing(bought(731, 50_731), on="2024-03-01"), filing(sold(1_200, 50_262), on="2024-06-03")
    ),
    "a letter of the row before": lambda: _slip(
        filing(moved("S", "disposed", 700, 50_700, marked="acquired"), on="2024-03-01"),
        filing(bought(100, 49_400), on="2024-06-03"),
    ),
    "two digits of a total": lambda: _slip(filing(bought(731, 57_031), on="2024-06-03")),
    "two digits of an amount": lambda: [
        opening(49_950),
        filing(bought(4_310, 53_360), on="2024-06-03"),
    ],
    "two digits of an amount, refuted": lambda: [
        opening(49_950),
        filing(bought(4_310, 53_360), on="2024-06-03"),
        filing(bought(100, 54_360), on="2024-07-01"),
    ],
    "a row the other way, refuted": lambda: _slip(
        filing(bought(700, 49_300), on="2024-06-03"), filing(bought(100, 50_800), on="2024-07-01")
    ),
    "a digit of a scan": lambda: _slip(
        filing(bought(731, 56_731), on="2024-06-03", format="scanned")
    ),
    "a digit too many": lambda: _slip(filing(bought(731, 507_310), on="2024-06-03")),
    "two digits of a total that returns": lambda: _slip(
        filing(bought(731, 57_031), on="2024-06-03"), filing(bought(100, 50_831), on="2024-07-01")
    ),
    "a wrong sum carried on": lambda: _slip(
        filing(bought(731, 50_000), on="2024-06-03"), filing(bought(100, 50_100), on="2024-07-01")
    ),
    "the lot alone": lambda: [
        filing(option(None, 5_000, 5_000), on="2024-01-02"),
        filing(vested(731, 731), option("M", 731, 731), on="2024-06-03"),
    ],
    "price and shares": lambda: _slip(filing(bought(25, 50_731, price=731), on="2024-06-03")),
    "the other table": lambda: [
        opening(50_000, option(None, 900, 900)),
        filing(vested(280, 50_300), option("M", 300, 600), on="2024-06-03"),
    ],
    "depositary shares at a stated ratio": lambda: _deposited(100, "each represents five"),
    "depositary shares at a whole ratio": lambda: _deposited(100),
    "twenty depositary shares": lambda: _deposited(20),
    "nineteen depositary shares": lambda: _deposited(19),
    "four amounts": lambda: _amounts(4),
    "five amounts": lambda: _amounts(5),
    "the fourteenth amount": lambda: _many_amounts(14),
    "the fifteenth amount": lambda: _many_amounts(15),
    "dividends of a fifth": lambda: _unquantified("dividend-reinvestment", 2_000, "2024-10-01"),
    "dividends of more than a fifth": lambda: _unquantified(
        "dividend-reinvestment", 2_001, "2024-10-01"
    ),
    "a fraction without a word": lambda: _slip(filing(bought(100, "50731.25"), on="2024-06-03")),
    "plan shares of the limit": lambda: _unquantified("espp-purchase", 8_000),
    "plan shares beyond the limit": lambda: _unquantified("espp-purchase", 8_001),
    "accrual of a quarter": lambda: _accrual(676),
    "accrual of more than a quarter": lambda: _accrual(677),
    "contributions of the law's limit": lambda: _fund(16_781),
    "contributions beyond the law's limit": lambda: _fund(16_782),
    "a fund that falls by a tenth": lambda: _fund(3_600),
    "a fund that falls by more than a tenth": lambda: _fund(3_599),
    "sides as far apart as they may be": lambda: _far_apart("2025-03-10"),
    "sides farther apart": lambda: _far_apart("2025-03-16"),
    "shares put apart": lambda: [
        opening(10_000),
        filing(bought(100, 10_100), on="2024-02-01"),
        filing(
            bought(100, 8_200, notes=note("Earlier reports were wrong.", "report-correction")),
            held(2_000, **TRUST),
            on="2024-06-03",
        ),
    ],
    "a split alone": lambda: _slip(filing(sold(100, 99_900), on="2024-06-03")),
    "a split alone of a hundred": lambda: [
        opening(110),
        filing(sold(10, 200), on="2024-06-03"),
    ],
    "a split alone of fewer": lambda: [
        opening(109),
        filing(sold(10, 198), on="2024-06-03"),
    ],
}
"""What each weight is tried on."""
