"""Letters and days of ruined rows, which nothing repeats."""

from datetime import date

from ledger.filing import Repair, Row
from ledger.readers.scan.ruined import ruined
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import read

RUIN = Repair(field="row", printed="", effect="inferred", why="so much of it is lost")


def one(day, *repairs, code="A", way="acquired"):
    return Row(
        table="I",
        line=1,
        holding=False,
        code=code,
        direction=way,
        effective_on=day,
        repairs=repairs,
    )


def told(*rows):
    return [{r.field: r.effect for r in row.repairs if r.field != "row"} for row in ruined(rows)]


def test_the_letters_of_a_ruined_row_are_doubtful_and_those_of_others_are_not():
    day = date(2013, 2, 4)
    ruin, whole = told(one(day, RUIN), one(day))

    assert (ruin, whole) == ({"code": "doubtful", "direction": "doubtful"}, {})


def test_what_is_told_of_a_letter_already_stays():
    mended = Repair(field="code", printed="Aa)", effect="repaired", why="read as A")
    (found,) = told(one(date(2013, 2, 4), RUIN, mended))

    assert found["code"] == "repaired"


def test_a_day_that_only_a_ruined_row_has_is_doubtful():
    ruin, whole = told(one(date(2013, 2, 4), RUIN), one(date(2013, 2, 5)))

    assert (ruin["effective_on"], "effective_on" in whole) == ("doubtful", False)


def test_days_that_lie_decades_apart_are_doubtful_all_of_them():
    apart = told(one(date(2013, 5, 20)), one(date(2053, 5, 20)))
    years = told(one(date(2013, 5, 20)), one(date(2016, 5, 20)))

    assert [found.get("effective_on") for found in apart] == ["doubtful", "doubtful"]
    assert years == [{}, {}]


def test_a_code_tells_no_way_of_two_rows_of_one_amount_whose_titles_are_not_legible():
    """One may be what the other is converted into; of what Table I acquired it has one direction."""
    lost = ["03/04/2004  M  30,717  30,717  $0  99,999  D"] * 2
    brought = spaced("Common Stock", "03/04/2004", "M", "9,717", "A", "$0", "41,200", "D")
    both = read("", second="\n".join(lost)).rows
    _, alone = read(brought, second=lost[0]).rows

    assert [row.direction for row in both] == [None, None]
    assert alone.direction == "disposed"


def test_two_exercises_of_other_amounts_are_disposed_of_by_their_code():
    rows = [
        spaced("Stock Option", "03/04/2004", "M", shares, "Common Stock", shares, "$0", "9", "D")
        for shares in ("30,717", "4,100")
    ]

    found = read("", second="\n".join(rows)).rows

    assert [row.direction for row in found] == ["disposed", "disposed"]
