"""Scanned forms: what the form's own structure proves, and what it leaves unknown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ledger.errors import LedgerError, NotAnOwnershipForm, ReadError
from ledger.readers.scan import reader as scanned
from ledger.types import plain

TOP = """FORM 4

STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP

OMB Number:\t3235-0287

1. Name and Address of Reporting Person* VALE EDITH M (Last) (First) (Middle) 9 QUAY ROAD (Street) BATH ME 04530 (City) (State) (Zip)\t2. Issuer Name and Ticker or Trading Symbol TIDEWATER LENS CORP [TLC]\t5. Relationship of Reporting Person(s) to Issuer (Check all applicable) <input checked="" type="checkbox"/> Director 10% Owner Officer (give title below) Other (specify below)
\t3. Date of Earliest Transaction (Month/Day/Year) 03/04/2004\t
\t4. If Amendment, Date of Original Filed (Month/Day/Year)\t6. Individual or Joint/Group Filing (Check Applicable Line) <input checked="" type="checkbox"/> Form filed by One Reporting Person
"""
TABLE_I = "Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n"
TABLE_II = "Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned\n"
NOTES = """
Explanation of Responses:

1. A gift; nothing was paid.
2. Includes 300 shares bought under the employee stock purchase plan in May 2003.
3. Held by a trust.

/s/ Edith M. Vale 03/05/2004

** Signature of Reporting Person Date
"""


def read(first="", second="", notes=NOTES, top=TOP):
    text = f"{top}\n{TABLE_I}\n{first}\n\n{TABLE_II}\n{second}\n{notes}"
    return scanned.read(text.encode(), source="scan.txt").filing


def row(first="", second="", **said):
    (found,) = read(first, second, **said).rows
    return found


def effects(row):
    return {repair.field: repair.effect for repair in row.repairs}


def why(row):
    return {repair.field: repair.why for repair in row.repairs}


def test_the_boxes_of_the_form_are_read_by_their_labels():
    filing = read()
    (owner,) = filing.owners

    assert (filing.form, filing.period) == ("4", date(2004, 3, 4))
    assert (filing.issuer.name, filing.issuer.symbol) == ("TIDEWATER LENS CORP", "TLC")
    assert (owner.name, owner.street1, owner.city) == ("VALE EDITH M", "9 QUAY ROAD", "BATH")
    assert (owner.state, owner.zip_code) == ("ME", "04530")
    assert (owner.director, owner.officer, owner.other) == (True, None, None)
    assert filing.signatures[0].name == "/s/ Edith M. Vale"
    assert filing.signatures[0].signed_on == date(2004, 3, 5)
    assert filing.format == "scanned"
    assert filing.rows == ()


def test_labels_that_lost_letters_still_say_which_box_is_which():
    top = TOP.replace("Date of Earliest Transaction", "Dae of Earlist Trnsaction")
    top = top.replace("Name and Address of Reporting", "Nane and Adress of Repoting")

    assert read(top=top).period == date(2004, 3, 4)
    assert read(top=top).owners[0].name == "VALE EDITH M"


def test_two_lone_letters_in_a_row_are_direction_and_ownership():
    found = row("Common Stock\t03/04/2004\t\tS\t\t400\tA\t\\$2.50\t900\tI\tBy Spouse")

    assert (found.direction, found.ownership, found.nature) == ("acquired", "indirect", "By Spouse")
    assert (found.shares, found.price, found.shares_after) == (400, Decimal("2.50"), 900)
    assert found.repairs == ()


@pytest.mark.parametrize(
    "printed", ["900(2)(3)", "900 <sup>(2)(3)</sup>", "900 ⁽²⁾⁽³⁾", "900 (2, 3)", "900 $^{(2)(3)}$"]
)
def test_a_footnote_mark_is_the_same_in_every_form_a_scan_gives_it(printed):
    found = row(f"Common Stock\t03/04/2004\t\tG\t\t400\tD\t(1)\t{printed}\tD\t")

    assert found.shares_after == 900
    assert found.cited == {"price": ("1",), "shares_after": ("2", "3")}


def test_a_price_given_only_by_a_footnote_is_no_number():
    found = row("Common Stock\t\t03/04/2004\t\tG\t\t\t400\t\tD\t(1)\t(1)\t\t900\t\tD\t")

    assert found.price is None
    assert found.cited == {"price": ("1",)}


GRANT = (
    "Stock Option\t\\$4.10\t03/04/2004\t\tA\t\t12,000\t\t"
    "03/04/2005 ⁽¹\t1)\t03/04/2014\tCommon Stock"
)


def test_a_split_total_is_joined_where_one_join_is_a_number_and_says_what_proves_it():
    proven = row(second=f"{GRANT}\t12,000\t\\$0\t12,00\t00\tD\t")
    alone = row(second=f"{GRANT}\t11,000\t\\$0\t12,00\t00\tD\t")

    assert (proven.shares_after, alone.shares_after) == (12_000, 12_000)
    assert "underlying" in why(proven)["shares_after"]
    assert "only number" in why(alone)["shares_after"]
    assert alone.printed["shares_after"] == "12,00 00"


def test_a_split_total_is_joined_when_the_lines_around_it_run_through_it():
    lines = (
        "Common Stock\t03/04/2004\tS\t400\tD\t\\$2.50\t12,600\tD\n"
        "Common Stock\t03/05/2004\tS\t400\tD\t\\$2.50\t12,2\t00\tD\n"
    )
    first, second = read(lines).rows

    assert (first.shares_after, second.shares_after) == (12_600, 12_200)
    assert effects(second) == {"shares_after": "repaired"}


def test_a_number_printed_whole_is_never_corrected():
    found = row(second=f"{GRANT}\t12,000\t\\$0\t12,700\tD\t")

    assert found.shares_after == 12_700
    assert "shares_after" not in effects(found)


def test_a_lone_number_that_may_be_price_or_total_is_neither():
    found = row("Common Stock\t03/04/2004\tS\t400\tD\t25.50\tD")

    assert (found.price, found.shares_after) == (None, None)
    assert effects(found)["price"] == effects(found)["shares_after"] == "field unknown"


def test_a_point_that_may_be_a_comma_is_not_taken_for_either():
    found = row("Common Stock\t03/04/2004\tS\t400\tD\t$2.50\t12.600\tD")

    assert found.shares_after is None
    assert found.printed["shares_after"] == "12.600"


def test_a_figure_with_a_letter_in_it_is_the_only_number_it_can_be_and_says_so():
    found = row("Common Stock\t03/04/2004\tS\t4OO\tD\t$2.50\t12,600\tD")

    assert found.shares == 400
    assert effects(found) == {"shares": "repaired"}
    assert found.printed["shares"] == "4OO"


def test_the_only_number_a_print_can_be_is_the_claim_though_the_filers_own_sum_is_off():
    lines = (
        "Common Stock\t03/04/2004\tS\t400\tD\t\\$2.50\t52,600\tD\n"
        "Common Stock\t03/05/2004\tS\t20,30O\tD\t\\$2.50\t32,200\tD\n"
    )
    _, second = read(lines).rows

    assert second.shares == 20_300


def test_a_letter_that_is_lost_in_table_i_is_inferred_where_the_form_knows_one_way():
    sold = row("Common Stock\t03/04/2004\tS\t400\t\t$2.50\t12,600\tD")
    given = row("Common Stock\t03/04/2004\tG\t400\t\t$0\t12,600\tD")

    assert (sold.shares, sold.shares_after, sold.ownership) == (400, 12_600, "direct")
    assert (sold.direction, given.direction) == ("disposed", None)
    assert effects(sold) == {"direction": "inferred"}
    assert effects(given) == {"direction": "field unknown"}


def test_a_direction_of_table_ii_is_inferred_only_where_the_code_has_one():
    either = GRANT.replace("\tA\t", "\tJ\t").replace("\t12,000\t", "\t12,000\t\t", 1)
    found = row(second=f"{either}\t12,000\t\\$0\t12,000\tD\t")

    assert found.code == "J"
    assert found.direction is None
    assert effects(found)["direction"] == "field unknown"


def test_the_column_for_acquired_or_disposed_says_the_direction_and_that_it_does():
    columns = "Stock Option\t$4.10\t03/04/2004\t\tJ\t\t\t500\t03/04/2005\t03/04/2014"
    found = row(second=f"{columns}\tCommon Stock\t500\t$0\t700\tD\t")

    assert found.direction == "disposed"
    assert effects(found) == {"direction": "inferred"}


def test_one_day_of_two_is_unknown_where_the_columns_have_moved():
    found = row(
        second="Stock Option\t$4.10\t03/04/2004\tA\t500\t03/04/2014\tCommon Stock\t500\t$0\t500\tD"
    )

    assert (found.exercisable_on, found.expires_on) == (None, None)
    assert effects(found)["expires_on"] == "field unknown"


def test_words_for_a_day_are_kept_as_printed():
    found = row(
        second="Stock Option\t$4.10\t03/04/2004\tA\t500\tImmediately\t03/04/2014\t"
        "Common Stock\t500\t$0\t500\tD"
    )

    assert (found.exercisable_on, found.expires_on) == (None, date(2014, 3, 4))
    assert found.printed["exercisable_on"] == "Immediately"


def test_a_holding_has_no_date_and_no_code():
    found = row("Common Stock\t\t\t\t\t\t\t\t7,500\tI\tBy Trust (3)")

    assert found.holding
    assert (found.shares_after, found.nature) == (7_500, "By Trust")
    assert found.cited == {"nature": ("3",)}


def test_an_indirect_holding_without_a_legible_nature_says_so():
    found = row("Common Stock\t7,500\tI")

    assert found.nature == ""
    assert effects(found) == {"nature": "field unknown"}


def test_a_row_wrapped_over_two_lines_is_one_row():
    found = row("Common Stock 03/04/2004 S\n400 D $2.50 12,600 D")

    assert (found.shares, found.price, found.shares_after) == (400, Decimal("2.50"), 12_600)


def test_a_row_with_one_cell_a_line_is_one_row():
    cells = ["Common Stock", "03/04/2004", "S", "400", "D", "$2.50", "12,600", "I", "By Trust"]
    found = row("\n".join(cells))

    assert (found.code, found.direction, found.shares_after) == ("S", "disposed", 12_600)
    assert (found.ownership, found.nature) == ("indirect", "By Trust")


def test_the_day_of_an_amended_filing_makes_it_an_amendment():
    top = TOP.replace(
        "Original Filed (Month/Day/Year)", "Original Filed (Month/Day/Year) 03/01/2004"
    )
    filing = read(top=top)

    assert (filing.form, filing.original_on) == ("4/A", date(2004, 3, 1))


def test_an_only_day_under_the_amendments_label_is_no_period_and_no_original():
    top = TOP.replace("(Month/Day/Year) 03/04/2004", "(Month/Day/Year)")
    top = top.replace(
        "Original Filed (Month/Day/Year)", "Original Filed (Month/Day/Year) 03/04/2004"
    )
    filing = read(top=top)

    assert (filing.form, filing.period, filing.original_on) == ("4", None, None)
    assert "period" in {repair.field for repair in filing.repairs}


def test_the_only_day_of_the_boxes_is_the_period_though_its_label_is_lost():
    filing = read(top=TOP.replace("3. Date of Earliest Transaction (Month/Day/Year)", "Lo of Frt"))

    assert filing.period == date(2004, 3, 4)
    assert {r.field: r.effect for r in filing.repairs}["period"] == "inferred"


def test_the_day_a_trust_is_named_by_is_not_the_day_of_signing():
    signed = "/s/ Edith M. Vale, trustee of the Vale Trust dated May 9, 1998 03/05/2004"
    filing = read(notes=NOTES.replace("/s/ Edith M. Vale 03/05/2004", signed))
    turned = signed.replace(" 03/05/2004", "").replace("/s/ Edith", "/s/ 03/05/2004 Edith")
    again = read(notes=NOTES.replace("/s/ Edith M. Vale 03/05/2004", turned))

    assert [one.signed_on for one in filing.signatures] == [date(2004, 3, 5)]
    assert [one.signed_on for one in again.signatures] == [date(2004, 3, 5)]


def test_form_3_counts_derivatives_by_what_they_yield():
    top = (
        "FORM 3\nINITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES\n"
        "1. Name and Address of Reporting Person*\nVALE EDITH M\n(Last) (First) (Middle)\n"
        "2. Date of Event Requiring Statement (Month/Day/Year)\n03/04/2004\n"
        "3. Issuer Name and Ticker or Trading Symbol\nTIDEWATER LENS CORP [ TLC ]\n"
    )
    first, second = read(
        "Common Stock\t7,500\tD\t",
        "Stock Option\t03/04/2005\t03/04/2014\tCommon Stock\t500\t$4.10\tD\t",
        top=top,
    ).rows

    assert (first.holding, first.shares_after) == (True, 7_500)
    assert (second.holding, second.shares_after, second.underlying_shares) == (True, None, 500)
    assert second.exercise_price == Decimal("4.10")


def test_boilerplate_that_names_form_5_does_not_make_a_form_4_one():
    top = TOP.replace("FORM 4", "Section 16. Form 4 or\nForm 5\nobligations may continue")

    assert read(top=top).form == "4"


def test_a_note_wrapped_over_lines_is_one_note():
    notes = NOTES.replace(
        "in May 2003.", "in\nMay 2003, of which\n\n150 were bought on 05/09/2003."
    )

    assert [note.id for note in read(notes=notes).footnotes] == ["1", "2", "3"]
    assert read(notes=notes).footnotes[1].text.endswith("of which 150 were bought on 05/09/2003.")


def test_a_cited_note_that_is_not_legible_is_reported():
    filing = read("Common Stock\t03/04/2004\tG\t400\tD\t(7)\t900\tD")

    assert ("note 7", "field unknown") in {(r.field, r.effect) for r in filing.repairs}


def test_every_unknown_names_its_place_among_the_problems():
    text = f"{TOP}\n{TABLE_I}\nCommon Stock\t03/04/2004\tS\t4OO\tD\t$2.50\t12,600\tD\n{NOTES}"
    problems = scanned.read(text.encode(), source="scan.txt").problems

    assert "scan.txt:I.1 shares" in " ".join(str(problem) for problem in problems)


@pytest.mark.parametrize(
    "payload", [b"", b"%PDF-1.4 binary", b"\xff\xfe\x00", b"A letter to the board"]
)
def test_what_is_no_ownership_form_is_refused(payload):
    with pytest.raises(NotAnOwnershipForm):
        scanned.read(payload, source="other.txt")


def test_a_text_that_claims_to_be_two_forms_at_once_is_an_error():
    text = TOP.replace("FORM 4", "FORM 5").replace("STATEMENT OF", "ANNUAL STATEMENT OF")
    text = text.replace("OMB Number:\t3235-0287", "").replace("\nFORM 5", "\n")
    text = "FORM 4\nFORM 5\n1. Name and Address of Reporting Person* VALE EDITH M\n" + TABLE_I

    with pytest.raises(ReadError, match="Form 4 and Form 5"):
        scanned.read(text.encode(), source="scan.txt")


WHOLE = (
    f"{TOP}\n{TABLE_I}\nCommon Stock\t03/04/2004\t\tS\t\t400\tD\t\\$2.50\t900\tI\tBy Spouse\n"
    f"{TABLE_II}\n{GRANT}\t12,000\t\\$0\t12,00\t00\tD\t\n{NOTES}"
)
CELLS = st.sampled_from(
    ["", "D", "A", "I", "1,00", "00", "(1)", "⁽¹", "$", "03/0", "||", "<td>", "\\"]
)


def survives(text):
    """Reads it or refuses it in the ledger's own words; a Decimal is never negative."""
    try:
        filing = scanned.read(text.encode("utf-8", "replace"), source="cut.txt").filing
    except LedgerError:
        return
    for found in filing.rows:
        for number in (found.shares, found.price, found.shares_after, found.underlying_shares):
            assert number is None or (number >= 0 and plain(number))


@settings(max_examples=50, deadline=None)
@given(st.integers(0, len(WHOLE)), st.integers(0, len(WHOLE)))
def test_a_scan_cut_anywhere_is_read_or_refused(start, end):
    survives(WHOLE[:end])
    survives(WHOLE[start:])


@settings(max_examples=50, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.tuples(st.integers(0, 200), st.sampled_from(["drop", "double", "put"]), CELLS),
        max_size=8,
    )
)
def test_a_scan_whose_cells_are_lost_doubled_or_replaced_is_read_or_refused(changes):
    cells = WHOLE.split("\t")
    for place, change, cell in changes:
        at = place % len(cells)
        if change == "drop" and len(cells) > 1:
            del cells[at]
        elif change == "double":
            cells.insert(at, cells[at])
        else:
            cells[at] = cell
    survives("\t".join(cells))


@settings(max_examples=40, deadline=None)
@given(st.text(alphabet="ABDI09,.$()/⁽¹ \t\n|<>td/\\", max_size=400))
def test_noise_in_the_tables_never_ends_in_a_traceback(noise):
    survives(f"{TOP}\n{TABLE_I}\n{noise}\n{TABLE_II}\n{noise}\n{NOTES}")
