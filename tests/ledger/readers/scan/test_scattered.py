"""Text whose cells stand one a line, in another order than the form prints them."""

import pytest

from ledger.filing import Issuer, Owner
from ledger.readers.scan.scattered import named
from tests.ledger.readers.scan.test_candidates import spaced
from tests.ledger.readers.scan.test_reader import effects, read

SALES = (
    ("Class A Common Stock", "03/04/2004", "S", "4,749", "D", "$68.20", "121,117", "D"),
    ("Class A Common Stock", "03/04/2004", "S", "8,337", "D", "$69.00", "112,780", "D"),
)


HEADS = (
    "3. Transaction Code (Instr. 8)",
    "4. Securities Acquired (A) or Disposed Of (D) (Instr. 3, 4 and 5)",
    "1. Title of Security (Instr. 3)",
    "2. Transaction Date (Month/Day/Year)",
    "5. Amount of Securities Beneficially Owned Following Reported Transaction(s)",
)


def down(*rows, heads=HEADS):
    """Every cell on a line of its own, as raw reading order has them."""
    return "\n\n".join(cell for row in (heads, *rows) for cell in row)


def said(filing):
    return [repair.why for repair in filing.repairs if repair.field == "text"]


def test_titles_and_natures_of_scattered_cells_are_unknown_and_the_text_says_why():
    filing = read(down(*SALES))

    assert any("-layout" in why for why in said(filing))
    assert filing.rows
    for row in filing.rows:
        assert (row.security, row.nature, row.underlying, row.ownership) == (None, "", None, None)
        if row.shares_after is not None:
            assert effects(row)["shares_after"] == "doubtful"
        if row.code is not None:
            assert effects(row)["code"] == "doubtful"


def test_the_balance_of_a_scattered_holding_is_unknown():
    holdings = [("Common Stock", "17,130,000", "I"), ("Common Stock", "2,000,000", "I")]
    filing = read(down(*SALES[:1], *holdings))

    assert said(filing)
    assert all(row.shares_after is None for row in filing.rows if row.holding)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        *(("VALE EDITH M", None), ("X Director", None), ("C/O TIDEWATER LENS", None)),
        *(("TIDEWATER LENS CORP", "TIDEWATER LENS CORP"), (None, None)),
    ],
)
def test_an_issuer_of_scattered_text_has_no_name_that_is_an_owner_s_or_the_form_s(name, kept):
    issuer, told = named(Issuer(name=name, symbol="TLC"), [Owner(name="VALE EDITH M")])

    assert issuer.name == kept
    assert [repair.printed for repair in told] == ([name] if name and not kept else [])


def test_a_name_that_no_symbol_follows_in_scattered_text_is_not_the_issuer_s():
    issuer, _ = named(Issuer(name="TIDEWATER LENS CORP"), [])

    assert issuer.name is None


@pytest.mark.parametrize(
    "table",
    [
        "\n".join(spaced(*row) for row in SALES),
        "\n".join("\t".join(row) for row in SALES),
        down(*SALES, heads=sorted(HEADS)),
        down(*SALES, heads=()),
        "\n".join(spaced("Common Stock", figure, "D") for figure in ("1,200", "3,400", "5,600")),
    ],
)
def test_rows_on_their_lines_are_in_order(table):
    filing = read(table)

    assert not said(filing)
    assert all(row.security for row in filing.rows)
