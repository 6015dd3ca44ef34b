"""Pages strewn with specks, letters and codes at odds, and marks read as the last figures of amounts."""

from __future__ import annotations

from decimal import Decimal

import pytest

from ledger.filing import Row
from ledger.readers.scan.chart import Read, legible
from ledger.readers.scan.days import Covered
from ledger.readers.scan.doubts import doubted
from ledger.readers.scan.lines import lines_of
from tests.ledger.readers.scan.test_borne_out import line, rows
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import TOP, effects, read, why

EVER = Covered(None, None)
LABELS = """
1. Name and Address of Reporting Person 5. Relationship of Reporting Person to Issuer
3. Date of Earliest Transaction 6. Individual or Joint Filing Applicable
Ownership Beneficially Securities Derivative Conversion Derivatlve Ownersh1p
"""


def bought(shares, after, price="7.25", **said):
    told = {"security": "Common Stock", "direction": "acquired", "code": "P", **said}
    figures = {"shares": Decimal(shares), "shares_after": Decimal(after), "price": Decimal(price)}
    return Row(table="I", line=1, holding=False, **figures, **told)


def test_specks_are_lone_signs_many_to_a_page_that_was_misread_in_places():
    specks = LABELS.replace("Reporting", "Reporting . ’")
    clean = LABELS.replace("Derivatlve", "Derivative").replace("Ownersh1p", "Ownership")

    assert legible(lines_of(specks)).strewn
    assert not legible(lines_of(LABELS)).strewn
    assert not legible(lines_of(clean.replace("Reporting", "Reporting . ’"))).strewn


def test_figures_and_prices_that_nothing_confirms_are_doubtful_among_specks():
    (strewn,) = doubted([bought(8_400, 91_250)], EVER, Read(95, strewn=True))
    (clean,) = doubted([bought(8_400, 91_250)], EVER, Read(95))

    assert (strewn.shares, strewn.shares_after, strewn.price) == (8_400, 91_250, Decimal("7.25"))
    assert effects(strewn) == dict.fromkeys(("shares", "shares_after", "price"), "doubtful")
    assert not clean.repairs


def test_what_totals_or_an_equal_figure_confirm_stands_among_specks():
    first, second = doubted(
        [bought(8_400, 91_250), bought(300, 91_550)], EVER, Read(95, strewn=True)
    )

    assert not first.repairs
    assert not second.repairs
    (free,) = doubted([bought(8_400, 8_400, price=0)], EVER, Read(95, strewn=True))
    assert not free.repairs


def test_a_whole_page_of_specks_is_read_so():
    specks = (TOP + LABELS).replace(" ", " . ", 12)
    (found,) = read(line("Ss", "8,400", "D", "$7.25", "91,250"), top=specks).rows

    assert (found.shares, effects(found)["shares"]) == (8_400, "doubtful")
    assert "specks" in why(found)["shares"]


@pytest.mark.parametrize("code", ["A", "P", "M", "C"])
def test_a_code_by_which_shares_come_beside_a_letter_by_which_they_go_leaves_both_in_doubt(code):
    (found,) = rows(line(code, "8,400", "D", "$7.25", "91,250"), line("Ss", "90", "D", "$9", "77"))[
        :1
    ]

    assert (found.code, found.direction) == (code, "disposed")
    assert (effects(found)["code"], effects(found)["direction"]) == ("doubtful", "doubtful")


def test_totals_tell_that_it_is_the_code():
    _, found = rows(
        line("Ss", "300", "D", "$7.20", "91,250"), line("M", "250", "D", "$7.25", "91,000")
    )

    assert effects(found)["code"] == "doubtful"
    assert "direction" not in effects(found)


def test_a_code_of_which_a_part_is_left_is_unknown_there():
    _, found = rows(
        line("Ss", "300", "D", "$7.20", "91,250"), line("3M", "250", "D", "$7.25", "91,000")
    )

    assert (found.code, found.direction) == (None, "disposed")


@pytest.mark.parametrize("code", ["S", "F", "G", "D", "J"])
def test_codes_by_which_shares_go_beside_such_a_letter_stand(code):
    _, found = rows(
        line("Ss", "300", "D", "$7.20", "91,250"), line(code, "250", "D", "$7.25", "91,000")
    )

    assert (found.code, found.repairs) == (code, ())


@pytest.mark.parametrize(("shares", "underlying"), [(250, 25), (251, 25), (25, 251), (3_108, 31)])
def test_an_amount_and_its_underlying_shares_with_a_figure_behind_are_both_in_doubt(
    shares, underlying
):
    converted = bought(shares, 91_250, underlying_shares=Decimal(underlying))
    (found,) = doubted([converted.model_copy(update={"table": "II"})], EVER, Read(99))

    assert effects(found) == {"shares": "doubtful", "underlying_shares": "doubtful"}


@pytest.mark.parametrize(("shares", "underlying"), [(25, 250), (31, 3_100), (25, 75), (400, 400)])
def test_what_yields_a_round_number_of_times_as_many_stands(shares, underlying):
    converted = bought(shares, 91_250, underlying_shares=Decimal(underlying))
    (found,) = doubted([converted.model_copy(update={"table": "II"})], EVER, Read(99))

    assert not found.repairs


@pytest.mark.parametrize("printed", ["58 6,749", "50 6,749", "5 6,749"])
def test_a_code_read_as_figures_is_no_front_of_the_amount_behind_it(printed):
    (found,) = rows(f"Common Stock 03/04/2004 {printed} D $176.89 7,110 D")

    assert found.shares in {6_749, None}
    assert found.code in {"S", None}


def test_an_amount_cut_in_front_of_its_comma_is_joined_where_the_code_stands():
    found, _ = rows(
        spaced("Common Stock", "03/04/2004", "Ss", "18 6,749", "D", "$176.89", "7,110", "D"),
        line("Ss", "110", "D", "$176.90", "7,000"),
    )

    assert found.shares == 186_749


def converted(title, shares, underlying, left):
    parts = (title, "03/04/2004", "M", shares, underlying, shares, "$0", left, "D")
    return spaced(*parts)


def test_of_two_rows_of_which_one_may_yield_the_other_table_i_tells_the_way():
    pair = (
        converted("Restricted Stock Unit", "30,717", "Class C Common", "0"),
        converted("Class B Common Stock", "30,717", "Class A Common Stock", "474,432"),
    )
    unit, stock = rows(second=pair)
    _, again, either = rows(line("M", "4,100", "A", "$0", "14,310"), second=pair)

    assert (unit.direction, again.direction) == ("disposed", "disposed")
    assert (stock.direction, either.direction) == ("acquired", None)
    assert effects(either)["direction"] == "field unknown"


def test_two_grants_exercised_in_equal_parts_both_go():
    _, *found = rows(
        line("M", "10,000", "A", "$0", "14,310"),
        second=(
            converted("Stock Option", "5,000", "Common Stock", "91,000"),
            converted("Stock Right", "5,000", "Common Stock", "74,000"),
        ),
    )

    assert [row.direction for row in found] == ["disposed", "disposed"]


@pytest.mark.parametrize(("signed", "doubted_"), [("03/06/2004", False), ("03/03/2004", True)])
def test_a_form_is_signed_behind_its_period(signed, doubted_):
    top = "FORM 4\n3. Date of Earliest Transaction (Month/Day/Year)\n03/04/2004\n"
    notes = (
        f"\nExplanation of Responses:\n/s/ Edith M. Vale {signed}\n** Signature of Reporting Person"
    )
    filing = read(line("Ss", "8,400", "D", "$7.25", "91,250"), top=top, notes=notes)
    told = [repair.effect for repair in filing.repairs if repair.field == "period"]

    assert filing.period is not None
    assert told == (["doubtful"] if doubted_ else [])


def test_words_that_titles_are_made_of_are_no_misread_words_of_the_form():
    title = (
        "Variable Prepaid Share Forward, Unit of Limited Partnership Interest, Deferred Note Award"
    )
    clean = LABELS.replace("Derivatlve", "Derivative").replace("Ownersh1p", "Ownership")

    assert legible(lines_of(clean + title)).percent == 100
    assert legible(lines_of(LABELS + title)).percent < 100
