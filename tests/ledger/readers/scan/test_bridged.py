"""What totals further up and down say of one that cannot be read, or of a digit that is another."""

import pytest

from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read, why
from tests.ledger.readers.scan.test_running_totals import lines

SHRED = "a7)"


def figures(rows):
    return [(row.shares, row.shares_after) for row in rows]


def test_a_total_that_all_amounts_between_two_others_lead_over_is_told():
    rows = lines(("7,642", "1,421"), ("1,049", SHRED), ("341", "31"))

    assert rows[1].shares_after == 372
    assert "every amount between them leads from 1421 to 31" in why(rows[1])["shares_after"]
    assert all("doubtful" not in effects(row).values() for row in rows)


def test_two_totals_in_a_row_are_told_so_too():
    rows = lines(("400", "9,600"), ("250", SHRED), ("350", SHRED), ("1,000", "8,000"))

    assert [row.shares_after for row in rows] == [9_600, 9_350, 9_000, 8_000]


@pytest.mark.parametrize(
    ("amount", "last"), [("1,049", "32"), ("“anaes", "31"), ("1,049", "372"), ("1,049", "1,421")]
)
def test_a_total_is_unknown_where_those_about_it_do_not_follow(amount, last):
    rows = lines(("7,642", "1,421"), (amount, SHRED), ("341", last))

    assert rows[1].shares_after is None


def test_totals_on_both_sides_of_one_that_is_lost_contradict_nothing():
    rows = lines(("7,642", "1,421"), ("1,049", SHRED), ("341", "32"))

    assert not any("do not follow" in told for row in rows for told in why(row).values())


def test_a_line_whose_ownership_is_lost_is_one_of_the_only_position_it_may_be():
    def line(shares, left, owned="D"):
        return spaced("Common Stock", "03/04/2004", "s", shares, "D", "$19.02", left, owned)

    rows = read("\n".join([line("400", "9,600"), line("250", SHRED, "Ey)"), line("350", "9,000")]))

    assert figures(rows.rows) == [(400, 9_600), (250, 9_350), (350, 9_000)]


def test_a_total_with_one_digit_for_another_between_two_that_agree_is_put_right_and_doubtful():
    rows = lines(("400", "19,600"), ("250", "16,350"), ("350", "19,000"))

    assert rows[1].shares_after == 19_350
    assert effects(rows[1])["shares_after"] == "doubtful"


def test_an_amount_with_one_digit_for_another_between_totals_borne_out_is_put_right():
    rows = lines(("400", "96,334"), ("14", "96,320"), ("14,749", "81,601"), ("100", "81,501"))

    assert rows[2].shares == 14_719
    assert effects(rows[2])["shares"] == "doubtful"


@pytest.mark.parametrize("amount", ["14,799", "4,719", "19,714", "14,719,719"])
def test_an_amount_that_is_no_such_misreading_stands(amount):
    rows = lines(("400", "96,334"), ("14", "96,320"), (amount, "81,601"), ("100", "81,501"))

    assert rows[2].shares == int(amount.replace(",", ""))
    assert effects(rows[2])["shares"] == "doubtful"


def test_a_digit_lost_in_front_is_not_put_on_another_figure():
    rows = lines(("4,071", "739,855"), ("96,067", "143,788"))

    assert rows[1].shares_after == 143_788


@pytest.mark.parametrize(
    "title",
    [
        "Common Stock, $0.01          {}\npar value",
        "Common Stock          {}\n$0.01 par value",
        "Common Stock, $.001 par value per share     {}",
        "Common Stock          $0.01   par value     {}",
    ],
)
def test_what_a_share_is_worth_at_par_is_words_of_its_title(title):
    rest = spaced("03/04/2004", "S", "400", "D", "$19.02", "9,600", "D")
    (row,) = read(title.format(rest)).rows

    assert "par value" in row.security
    assert (row.shares, row.price, row.shares_after) == (400, row.price, 9_600)
    assert f"{row.price}" == "19.02"


@pytest.mark.parametrize("row", ["value\n$.001 per\nshare", "value\n$.001\nper share"])
def test_a_line_of_what_a_share_is_worth_at_par_is_no_row(row):
    rest = spaced("03/04/2004", "S", "400", "D", "$19.02", "9,600", "D")

    assert len(read(f"Common Stock, par      {rest}\n{row}").rows) == 1


def test_a_number_of_shares_before_par_value_is_its_row_s():
    (row,) = read(
        "Common Stock,          4,538          I          By Trust\npar value\n$.001"
    ).rows

    assert (row.shares_after, row.ownership) == (4_538, "indirect")
