"""Tables that go on behind the signature, and rows that stand where no table does."""

from datetime import date

from tests.ledger.readers.scan.test_reader import TOP, read

HEADS = (
    "Title of Security\tTransaction Date\tCode\tV\tAmount\t(A) or (D)\tPrice\tAmount of Securities"
)
TABLE = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned"


def below(*lines):
    """A form's notes and signature, and what stands on its further sheet."""
    signed = (
        "Explanation of Responses:\n/s/ Edith M. Vale 03/06/2004\n** Signature of Reporting Person"
    )
    return "\n".join(("", signed, *lines))


def test_a_table_that_goes_on_below_the_signature_is_read_with_the_first():
    sheet = below(
        "Edith M. Vale  (continued)",
        TABLE,
        HEADS,
        "Common Stock\t03/05/2004\tS\t\t300\tD\t$2.50\t9,300\tD\t",
    )
    first = "Common Stock\t03/04/2004\tS\t\t400\tD\t$2.50\t9,600\tD\t"
    found = read(first, notes=sheet)

    assert [(row.effective_on, row.shares) for row in found.rows] == [
        (date(2004, 3, 4), 400),
        (date(2004, 3, 5), 300),
    ]
    assert [one.signed_on for one in found.signatures] == [date(2004, 3, 6)]


def test_a_list_of_trades_below_the_signature_that_no_table_heads_is_said():
    trade = "Common Stock  03/05/2004  300  $2.50"
    found = read(
        "Common Stock\t03/04/2004\tS\t\t400\tD\t$2.50\t9,600\tD\t", notes=below("Exhibit A", trade)
    )

    (said,) = [one for one in found.repairs if "below the signature" in one.why]
    assert (said.effect, said.printed.split()) == ("set aside", trade.split())


def test_a_note_that_speaks_of_table_ii_begins_no_table():
    notes = below()
    notes = notes.replace(
        "Responses:", "Responses:\n(1) Held by a trust; its options are in\nTable II below."
    )
    found = read("Common Stock\t03/04/2004\tS\t\t400\tD\t$2.50\t9,600\tD (1)\t", notes=notes)

    assert "Table II below" in found.footnotes[0].text


def test_a_row_that_was_read_among_the_boxes_above_the_tables_is_said():
    row = "Option (right to buy) $19.75 03/05/2004 A 15,000 Common Stock 15,000 15,000 D"
    found = read("Common Stock\t03/04/2004\tS\t\t400\tD\t$2.50\t9,600\tD\t", top=f"{TOP}\n{row}")

    (said,) = [one for one in found.repairs if "above the tables" in one.why]
    assert (said.effect, said.printed) == ("set aside", row)
