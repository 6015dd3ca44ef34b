"""The SEC's renderings: what a browser is shown gives back what the XML says."""

import re
import time
from datetime import date
from decimal import Decimal

import pytest

from ledger.errors import NotAnOwnershipForm, ReadError
from ledger.filing import Footnote, Issuer, Owner, Signature
from ledger.readers import read, sniff
from tests.filings import filing, holding_row, row
from tests.parity import alike
from tests.simulator.renderings import LOOKS, as_html
from tests.simulator.worlds import world
from tests.simulator.writers import as_xml

OPTION = row(
    table="II",
    security="Option (right to buy)",
    exercise_price=Decimal("4.9125"),
    exercisable_on=date(2005, 1, 1),
    expires_on=date(2014, 9, 30),
    underlying="Common Stock",
    underlying_shares=Decimal(1_250),
    shares=Decimal(1_250),
    shares_after=Decimal("98765432.125"),
    price=Decimal(0),
    code="A",
)


def shown(said, look="X03"):
    """What the page of a filing is read as."""
    return read(as_html(said, LOOKS[look]), source="page.html", accession=said.accession)


@pytest.mark.parametrize("look", LOOKS)
def test_every_filing_of_a_world_reads_alike_from_its_xml_and_from_its_page(look):
    written = world(11, issuers=2, people=3, years=2).filings

    for said in written:
        page, xml = shown(said, look).filing, read(as_xml(said), source="x").filing
        assert alike(page.model_copy(update={"accession": None}), "html") == alike(xml, "html")


def test_the_format_is_told_from_the_page_itself():
    page = as_html(filing())

    assert sniff(page) == "html"
    assert read(page, source="form4.xml").filing.format == "html"


@pytest.mark.parametrize("look", LOOKS)
def test_a_raised_mark_behind_a_figure_is_never_a_digit_of_it(look):
    cited = {"shares": ("F1", "F12"), "price": ("F2",), "shares_after": ("F3",), "code": ("F4",)}
    notes = tuple(Footnote(id=f"F{n}", text=f"Note {n}.") for n in (1, 2, 3, 4, 12))
    said = filing(rows=(row(shares=Decimal(519), price=Decimal("39.52"), cited=cited),))

    (line,) = shown(said.model_copy(update={"footnotes": notes}), look).filing.rows

    assert (line.shares, line.price, line.shares_after) == (519, Decimal("39.52"), 1001)
    assert line.cited == cited


def test_a_raised_word_that_leads_to_no_note_stays_a_word():
    page = as_html(filing(rows=(row(security="Units of Acme"),)))
    page = page.replace(b"Units of Acme", b"Units<sup>TM</sup> of Acme")

    (line,) = read(page, source="x").filing.rows

    assert line.security == "UnitsTM of Acme"


def test_terms_dollars_and_days_of_options_keep_every_digit():
    fund = OPTION.model_copy(
        update={
            "line": 2,
            "shares": None,
            "value": Decimal("2500.75"),
            "underlying_shares": None,
            "underlying_value": Decimal(90_000),
            "shares_after": None,
            "value_after": Decimal("1234567.5"),
            "direction": "disposed",
            "exercise_price": None,
            "cited": {"exercise_price": ("F1",)},
        }
    )
    said = filing(rows=(OPTION, fund))

    one, other = shown(said).filing.rows

    assert (one.exercise_price, one.shares_after) == (Decimal("4.9125"), Decimal("98765432.125"))
    assert (one.expires_on, one.underlying_shares) == (date(2014, 9, 30), 1_250)
    assert (other.value, other.shares, other.direction) == (Decimal("2500.75"), None, "disposed")
    assert (other.value_after, other.underlying_value) == (Decimal("1234567.5"), 90_000)
    assert (other.exercise_price, other.cited) == (None, {"exercise_price": ("F1",)})


def test_a_voluntary_report_and_a_swap_are_told_from_beside_the_code():
    early = row(form_type="5", timeliness="E", equity_swap=True)

    (line,) = shown(filing(rows=(early,))).filing.rows

    assert (line.code, line.form_type, line.timeliness) == ("P", "5", "E")
    assert line.equity_swap is True


def test_a_line_without_day_code_and_amount_only_states_a_holding():
    rows = (row(), holding_row(2, ownership="indirect", nature="By Trust"))

    found = shown(filing(rows=rows)).filing.rows

    assert [(line.holding, line.nature) for line in found] == [(False, ""), (True, "By Trust")]


def test_a_joint_form_names_each_owner_once_and_says_how_the_first_is_related():
    owners = (
        Owner(cik="0000000003", name="DOE JANE", officer=True, officer_title="Treasurer"),
        Owner(cik="0000000004", name="DOE FAMILY TRUST", street1="1 MAIN ST", city="OMAHA"),
    )

    reading = shown(filing(owners=owners))

    assert [owner.name for owner in reading.filing.owners] == ["DOE JANE", "DOE FAMILY TRUST"]
    assert reading.filing.owners[0].officer_title == "Treasurer"
    assert reading.filing.owners[1].director is None
    assert reading.problems == ()


@pytest.mark.parametrize("look", ["X01", "X05"])
def test_a_person_who_is_no_officer_keeps_the_words_of_another_relation(look):
    owner = Owner(cik="0000000003", name="DOE JANE", other=True, other_text="Trustee of a plan")

    (found,) = shown(filing(owners=(owner,)), look).filing.owners

    assert (found.other, found.other_text, found.officer_title) == (True, "Trustee of a plan", None)


def test_an_amendment_is_told_from_the_title_or_from_the_day_it_amends():
    amended = filing(form="4/A", original_on=date(2004, 10, 5))
    page = as_html(amended)

    assert read(page, source="x").filing.form == "4/A"
    untitled = page.replace(b"SEC FORM \n   4/A", b"A page")
    assert read(untitled, source="x").filing.form == "4/A"
    assert read(untitled, source="x").filing.original_on == date(2004, 10, 5)


def test_nothing_owned_is_said_apart_from_a_remark_of_the_same_words():
    nothing = filing(form="3", rows=(), no_securities_owned=True)
    remark = filing(form="3", rows=(), remarks="No securities are beneficially owned.")

    assert shown(nothing).filing.no_securities_owned is True
    assert shown(remark).filing.no_securities_owned is None
    assert shown(remark).filing.remarks == "No securities are beneficially owned."


def test_a_foreign_symbol_and_an_address_abroad_are_read():
    abroad = Owner(
        cik="0000000003",
        name="DOE JANE",
        director=True,
        city="Toronto",
        state_description="Ontario",
        zip_code="M5J 2T3",
        country="CANADA",
    )
    issuer = Issuer(cik="0000000002", name="EXAMPLE PLC", symbol="EXMP", foreign_symbol="EXA.L")

    found = shown(filing(owners=(abroad,), issuer=issuer), "X06").filing

    assert (found.issuer.symbol, found.issuer.foreign_symbol) == ("EXMP", "EXA.L")
    (owner,) = found.owners
    assert (owner.state, owner.state_description, owner.country) == (None, "Ontario", "CANADA")


def test_a_page_that_a_browser_saved_says_which_filing_it_is():
    page = as_html(filing(7), LOOKS["saved"])

    assert read(page, source="form4.html").filing.accession == "0000000001-04-000007"


def test_every_signature_stands_with_its_day():
    signed = tuple(Signature(name=f"/s/ Owner {n}", signed_on=date(2004, 10, n)) for n in (4, 5))

    assert shown(filing(signatures=signed)).filing.signatures == signed


def test_a_cell_that_cannot_be_read_is_unknown_and_said():
    page = as_html(filing(rows=(row(shares=Decimal(4321)),))).replace(b"4,321", b"4,3Z1")

    reading = read(page, source="x.html")

    (line,) = reading.filing.rows
    assert (line.shares, line.printed["shares"]) == (None, "4,3Z1")
    assert any("shares" in problem.place for problem in reading.problems)


def test_a_cell_over_two_columns_moves_no_figure_under_another_heading():
    page = as_html(filing(rows=(row(shares=Decimal(4321)),)))
    apart = (
        b'<td><span class="FormData">4,321</span></td>\n<td><span class="FormData">A</span></td>'
    )
    assert apart in page

    (line,) = read(page.replace(apart, b"<td colspan='2'>4,321 A</td>"), source="x").filing.rows

    assert (line.shares, line.direction) == (None, None)
    assert (line.price, line.shares_after) == (row().price, row().shares_after)


GRANT = OPTION.model_copy(update={"line": 1, "cited": {"exercisable_on": ("F1",)}})
BOUGHT = row(price=Decimal("4.91"), ownership="indirect", nature="By Trust")
EARLY = row(code="S", direction="disposed", form_type="5", timeliness="E")
KEPT = holding_row(ownership="indirect", nature="By Spouse")
FIELDS_OF_A_ROW = [
    *("security", "effective_on", "deemed_execution_on", "code", "timeliness", "shares", "value"),
    *("price", "direction", "exercise_price", "exercisable_on", "expires_on", "underlying"),
    *("underlying_shares", "shares_after", "value_after", "ownership", "nature"),
]
DAMAGE = {
    "lost": lambda cells, at: [*cells[:at], *cells[at + 1 :]],
    "blank gained": lambda cells, at: [*cells[:at], b"<td></td>", *cells[at:]],
    "word gained": lambda cells, at: [*cells[:at], b"<td>77</td>", *cells[at:]],
    "twice": lambda cells, at: [*cells[:at], cells[at], *cells[at:]],
    "lost, and a blank at the end": lambda cells, at: [
        *cells[:at],
        *cells[at + 1 :],
        b"<td>&nbsp;</td>",
    ],
    "cut off": lambda cells, at: cells[:at],
    "two lost": lambda cells, at: [*cells[: at - 2], *cells[at - 1 : at], *cells[at + 1 :]],
}


@pytest.mark.parametrize("damage", DAMAGE)
@pytest.mark.parametrize(
    ("form", "said"), [("3", KEPT), ("4", BOUGHT), ("4", EARLY), ("4", KEPT), ("5", GRANT)]
)
def test_a_row_with_a_cell_too_few_or_too_many_never_speaks_with_anothers_figure(
    form, said, damage
):
    page = as_html(filing(form=form, rows=(said,)))
    (right,) = read(page, source="x").filing.rows
    line = re.search(rb"<tbody>(<tr>.*?</tr>)", page, re.DOTALL)[1]
    cells = re.findall(rb"<td.*?</td>", line, re.DOTALL)

    for at in range(2 if damage == "two lost" else 1, len(cells)):
        broken = b"<tr>" + b"".join(DAMAGE[damage](cells, at)) + b"</tr>"
        reading = read(page.replace(line, broken), source="x")
        (found,) = reading.filing.rows
        unknown = {p.place.rpartition(" ")[2] for p in reading.problems}
        for field in FIELDS_OF_A_ROW:
            told, meant = getattr(found, field), getattr(right, field)
            assert told == meant or (not told and field in unknown), (field, at, told)


def test_a_price_that_is_lost_leaves_what_stood_before_it_and_says_what_is_open():
    said = row(shares=Decimal(4_321), price=Decimal("4.91"), shares_after=Decimal(1_001))
    page = as_html(filing(rows=(said,)))
    lost = re.sub(rb'<td><span class="FormData">\$4.91</span></td>\s*', b"", page)

    reading = read(lost, source="x.html")

    (line,) = reading.filing.rows
    assert (line.shares, line.direction) == (4_321, "acquired")
    assert (line.price, line.shares_after, line.ownership) == (None, None, None)
    told = {one.place: one for one in reading.problems if one.effect == "field unknown"}
    assert {"I.1 price", "I.1 shares_after", "I.1 ownership", "I.1 nature"} <= set(told)
    assert "10 cells under 11 columns" in told["I.1 price"].problem


def test_a_blank_cell_behind_the_last_column_changes_nothing():
    page = as_html(filing(rows=(BOUGHT,)))
    wide = page.replace(b"</td>\n</tr>", b"</td>\n<td></td></tr>")
    assert wide != page

    (line,) = read(wide, source="x").filing.rows

    assert (line.shares_after, line.ownership, line.nature) == (1_001, "indirect", "By Trust")


def test_a_cell_over_two_columns_goes_to_the_one_that_can_hold_it():
    page = as_html(filing(rows=(row(),)))
    code = rb'<td><span class="FormData">P</span></td>\s*<td><span class="FormData"></span></td>'
    last = rb'<td><span class="FormData">D</span></td>\s*<td><span class="FormData"></span></td>'

    wide = re.sub(code, b"<td colspan=2>P</td>", page)
    wide = re.sub(last, b"<td colspan=2>By Trust</td>", wide)

    (line,) = read(wide, source="x").filing.rows
    assert (line.code, line.ownership, line.nature) == ("P", None, "By Trust")


def test_blanks_beside_a_code_cost_no_time():
    page = as_html(filing(rows=1)).replace(b">P<", b">P" + b" " * 20_000 + b"#<")

    begun = time.process_time()
    read(page, source="x")

    assert time.process_time() - begun < 5


@pytest.mark.parametrize("opening", [b"<style>", b"<script>", b"<!-- "])
def test_a_saved_page_with_more_style_than_words_is_a_page_all_the_same(opening):
    ending = {b"<style>": b"</style>", b"<script>": b"</script>", b"<!-- ": b"-->"}[opening]
    page = as_html(filing()).replace(b"<head>", b"<head>" + opening + b"x" * 90_000 + ending)

    assert sniff(page) == "html"
    assert read(page, source="x").filing.rows


def test_a_script_that_only_speaks_of_the_form_makes_no_page_of_it():
    words = b"Name and Address of Reporting Person <th>1. Title of Security</th>"
    page = b"<html><head><script>" + b"x" * 70_000 + words + b"</script></head>A page</html>"

    assert sniff(page) is None


def test_many_openings_of_scripts_cost_no_time():
    page = b"<html>" + b"<script><style>" * 100_000

    begun = time.process_time()
    sniff(page)

    assert time.process_time() - begun < 2


def test_many_owners_cost_no_time_and_each_is_kept():
    owners = tuple(
        Owner(cik=f"{number:010}", name=f"FUND {number}", street1=f"{number} MAIN ST")
        for number in range(1, 1_001)
    )
    page = as_html(filing(owners=owners))

    begun = time.process_time()
    reading = read(page, source="x")

    assert time.process_time() - begun < 5
    assert len(reading.filing.owners) == 1_000


def test_an_owners_box_without_words_is_said_and_the_rest_kept():
    named = (Owner(cik="0000000003", name="DOE JANE", director=True),)
    page = as_html(filing(owners=(*named, *(Owner(name="") for _ in range(60)))))
    page = re.sub(rb'<a href="[^"]*CIK=None"></a>', b"", page)

    reading = read(page, source="x")

    assert [owner.name for owner in reading.filing.owners] == ["DOE JANE"]
    assert reading.filing.rows
    (problem,) = [one for one in reading.problems if one.place == "owners"]
    assert (problem.effect, "60 owners' boxes" in problem.problem) == ("field unknown", True)


def test_remarks_in_the_cell_of_the_last_note_are_remarks():
    note = Footnote(id="F1", text="Held by a trust. See Remarks: they say more.")
    page = as_html(filing(footnotes=(note,), remarks="Jane Doe is a director by deputization."))
    apart = re.search(rb"</td></tr>\n<tr><td><b>Remarks:</b></td></tr>\n<tr><td[^>]*>", page)[0]

    found = read(page.replace(apart, b"<br><b>Remarks:</b><br>"), source="x").filing

    assert found.footnotes == (note,)
    assert found.remarks == "Jane Doe is a director by deputization."


def test_a_code_with_v_in_one_cell_was_reported_early():
    page = as_html(filing(rows=1)).replace(b">P<", b">P V<")

    (line,) = read(page, source="x").filing.rows

    assert (line.code, line.form_type, line.timeliness) == ("P", "5", "E")


def test_brackets_without_end_behind_a_name_cost_no_time():
    page = as_html(filing()).replace(b" [ <span>", b" [" * 25_000 + b" <span>")

    begun = time.process_time()
    read(page, source="x")

    assert time.process_time() - begun < 5


def test_the_same_table_of_signatures_again_names_nobody_twice():
    signed = tuple(Signature(name=f"/s/ Owner {n}", signed_on=date(2004, 10, 4)) for n in (4, 4, 5))
    page = as_html(filing(signatures=signed))
    table = re.search(
        rb"<table(?:(?!<table).)*?Signature of Reporting Person.*?</table>", page, re.DOTALL
    )[0]

    reading = read(page.replace(table, table + table), source="x")

    assert reading.filing.signatures == signed
    assert any("told once" in problem.problem for problem in reading.problems)


def test_one_who_signs_for_two_joint_filers_in_a_table_each_is_named_for_each():
    signed = (Signature(name="/s/ Nora Quill, attorney-in-fact", signed_on=date(2004, 10, 4)),)
    owners = tuple(Owner(cik=f"000000000{n}", name=f"FUND {n}") for n in (3, 4))
    page = as_html(filing(owners=owners, signatures=signed))
    table = re.search(
        rb"<table(?:(?!<table).)*?Signature of Reporting Person.*?</table>", page, re.DOTALL
    )[0]

    assert read(page.replace(table, table * 2), source="x").filing.signatures == signed * 2
    assert read(page.replace(table, table * 3), source="x").filing.signatures == signed


def test_those_who_sign_below_the_first_are_named_too():
    signed = Signature(name="/s/ Owner 4", signed_on=date(2004, 10, 4))
    page = as_html(filing(signatures=(signed,)))
    table = re.search(
        rb"<table(?:(?!<table).)*?Signature of Reporting Person.*?</table>", page, re.DOTALL
    )[0]
    second = table.replace(b"Owner 4", b"Owner 5")

    found = read(page.replace(table, table + second), source="x").filing.signatures

    assert [one.name for one in found] == ["/s/ Owner 4", "/s/ Owner 5"]


def test_a_column_that_nobody_knows_is_said_and_its_words_kept():
    page = as_html(filing(rows=1)).replace(b"<th>Price</th>", b"<th>Mood</th>")

    (line,) = read(page, source="x").filing.rows

    assert line.price is None
    assert [repair.printed for repair in line.repairs] == ["$4.91"]


def test_a_page_that_ends_before_the_signature_is_refused():
    page = as_html(filing())

    with pytest.raises(ReadError, match="cut short"):
        read(page[: page.index(b"** Signature")], source="x")


def test_a_page_about_the_form_is_no_form():
    page = (
        b"<!DOCTYPE html><html><body><p>Name and Address of Reporting Person</p><table><tr>"
        b"<th>1. Title of Security</th><th>How to fill it in</th></tr></table></body></html>"
    )

    with pytest.raises(NotAnOwnershipForm):
        read(page, source="x")
