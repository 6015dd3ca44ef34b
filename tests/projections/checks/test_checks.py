"""What is wrong without any balance: dates, names, notes, exits, columns."""

from datetime import date

import pytest

from ledger.filing import Issuer, Repair, Signature
from projections import explain, holdings
from projections.findings.kinds import KINDS
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    ACME,
    JANE,
    JOHN,
    MARY,
    Note,
    bought,
    filing,
    gave,
    granted,
    held,
    into_trust,
    kinds,
    moved,
    note,
    opening,
    plan_purchase,
    sold,
    the,
    units,
)


def all_kinds(*filings):
    return sorted(f.kind for f in reconcile_filings(filings).findings)


# --- exits and silence -----------------------------------------------------------------

LEFT = filing(sold(1_000, 9_000), on="2024-03-01", not_subject_to_section16=True)


def test_an_exit_ends_the_coverage_and_keeps_the_last_number(told):
    ledger = told(opening(), LEFT)

    (before,) = holdings(ledger, as_of="2024-02-29").holdings
    (after,) = holdings(ledger, as_of="2024-09-02").holdings

    assert (before.coverage, after.coverage) == ("open", "ended")
    assert after.shares == 9_000


def test_an_initial_statement_after_the_exit_opens_the_coverage_again(told):
    again = opening(500, on="2024-06-03")
    ledger = told(opening(), LEFT, again)

    coverage = [
        holdings(ledger, as_of=day).holdings[0].coverage for day in ("2024-06-02", "2024-06-03")
    ]

    assert coverage == ["ended", "open"]


def test_a_transaction_after_the_exit_is_noted_whoever_returns_later():
    after = filing(sold(100, 8_900), on="2024-05-01")
    again = opening(500, on="2024-06-03")

    assert "COVERAGE_ENDED_ACTIVITY" in all_kinds(opening(), LEFT, after, again)


def test_a_transaction_after_the_exit_is_noted():
    after = filing(sold(100, 8_900), on="2024-05-01")

    assert all_kinds(opening(), LEFT, after) == ["COVERAGE_ENDED_ACTIVITY"]


def test_a_report_after_the_exit_of_what_happened_before_it_is_not_noted():
    late = filing(gave(100, 8_900), on="2024-02-27", filed="2024-05-01")

    assert "COVERAGE_ENDED_ACTIVITY" not in all_kinds(opening(), LEFT, late)


def test_eighteen_months_without_a_report_make_a_balance_stale(told):
    ledger = told(opening(on="2024-01-02"))

    covered = {
        day: holdings(ledger, as_of=day).holdings[0].coverage
        for day in ("2025-07-03", "2025-07-04")
    }

    assert covered == {"2025-07-03": "open", "2025-07-04": "stale"}


# --- dates ---------------------------------------------------------------------------------


def test_a_transaction_after_its_own_filing_is_suspect():
    future = filing(bought(100, 10_100, on="2024-05-01"), on="2024-03-01")

    assert all_kinds(opening(), future) == ["DATE_SUSPECT"]


def test_a_transaction_a_year_before_its_filing_is_suspect_and_not_also_late():
    slip = filing(bought(100, 10_100, on="2024-01-03"), on="2025-01-03", filed="2025-01-06")

    assert all_kinds(opening(on="2023-06-01"), slip) == ["DATE_SUSPECT"]


@pytest.mark.parametrize(("filed", "late"), [("2024-03-05", False), ("2024-03-06", True)])
def test_a_form_4_is_late_after_the_second_business_day(filed, late):
    trade = filing(bought(100, 10_100), on="2024-03-01", filed=filed)

    assert all_kinds(opening(), trade) == (["LATE_FILING"] if late else [])


def test_a_row_voluntarily_early_is_never_late():
    early = filing(gave(100, 9_900, form_type="5"), on="2024-03-01", filed="2024-06-03")

    assert "LATE_FILING" not in all_kinds(opening(), early)


def test_initial_and_annual_statements_have_deadlines_of_their_own():
    late_three = opening(filed="2024-02-01")
    late_five = filing(gave(1, 9_999), on="2024-12-31", form="5", filed="2025-03-03")

    assert all_kinds(late_three) == ["LATE_FILING"]
    assert all_kinds(opening(), late_five) == ["LATE_FILING"]


# --- names ------------------------------------------------------------------------------------


def test_a_signature_for_somebody_else_is_a_conflict_of_identity():
    signed = [Signature(name="/s/ A. Clerk, attorney-in-fact for John Roe", signed_on=None)]
    wrong = filing(bought(1, 10_001), on="2024-03-01", signatures=signed)

    found = the(reconcile_filings([opening(), wrong]), "OWNER_IDENTITY_CONFLICT")

    assert found.severity == "critical"
    assert "John Roe" in found.message


def test_a_filing_doubted_as_a_whole_is_told_on_every_holding_it_has_a_line_in(told):
    signed = [Signature(name="/s/ A. Clerk, attorney-in-fact for John Roe", signed_on=None)]
    owned = opening(400, held(600, how="By Spouse"), units(None, None, 50, holding=True))
    wrong = filing(bought(1, 401), held(600, how="By Spouse"), on="2024-03-01", signatures=signed)
    ledger = told(owned, wrong)

    found = the(reconcile_filings([owned, wrong]), "OWNER_IDENTITY_CONFLICT")

    shown = {h.security: found.id in h.findings for h in holdings(ledger).holdings}
    assert shown == {"Common Stock": True, "Restricted Stock Units": False}
    for row in ("I.1", "I.2"):
        assert found in explain(ledger, f"{wrong.id}#{row}").findings
    assert found not in explain(ledger, f"{owned.id}#I.1").findings


@pytest.mark.parametrize(
    "name",
    [
        "/s/ Jane Doe",
        "Jane Q. Doe",
        "/s/ A. Clerk, attorney-in-fact for Jane Doe",
        "By: A. Clerk, Attorney-in-Fact",
        "/s/ A. Clerk as POA for Jane Doe, Director",
        "A. Clerk, authorized signatory",
        "A. Clerk, on behalf of herself and each other reporting person hereunder",
        "A. Clerk, Secretary, for the Board",
        "By: /s/ A. Clerk, Head of Global Securities Compliance",
        "By: A. Clerk, Managing Member of Growth Fund Advisers LLC",
        "Doe, Jane, by /s/ A. Clerk, for Ropes Legal Services",
        "/s/ A. Clerk, Attorney-in-Fact for Reporting Person",
        "/s/ A. Clerk, under power of attorney for Section 16 filings",
        "A. Clerk, Associate Counsel for Corporate Governance",
        "A. Clerk, attorney-in-fact (for and on behalf of the reporting persons)",
    ],
)
def test_the_usual_signatures_are_no_conflict(name):
    signed = [Signature(name=name, signed_on=date(2024, 3, 4))]
    fair = filing(bought(1, 10_001), on="2024-03-01", signatures=signed)

    assert all_kinds(opening(), fair) == []


@pytest.mark.parametrize(("owns", "severity"), [(102, "minor"), (60_002, "critical")])
def test_one_filing_under_another_ticker_is_doubted_unless_it_goes_on_from_here(owns, severity):
    months = [f"2024-0{n}-01" for n in range(1, 6)]
    odd = Issuer(cik=ACME.cik, name=ACME.name, symbol="OTHR")
    filings = [filing(bought(1, 100 + n), on=day) for n, day in enumerate(months)]
    filings[2] = filing(bought(1, owns), on=months[2], issuer=odd)

    found = the(reconcile_filings(filings), "ISSUER_IDENTITY_CONFLICT")

    assert (found.filing, found.severity) == (filings[2].id, severity)


def test_a_ticker_alone_over_numbers_that_nothing_here_contradicts_is_a_minor_doubt():
    months = [f"2024-0{n}-01" for n in range(1, 6)]
    odd = Issuer(cik=ACME.cik, name=ACME.name, symbol="OTHR")
    filings = [filing(bought(1, 100 + n), on=day) for n, day in enumerate(months)]
    filings[2] = filing(bought(1, 60_002), on=months[2], issuer=odd, by=JOHN)

    found = the(reconcile_filings(filings), "ISSUER_IDENTITY_CONFLICT")

    assert (found.filing, found.severity) == (filings[2].id, "minor")


def test_a_ticker_that_another_company_here_bears_is_a_grave_doubt():
    months = [f"2024-0{n}-01" for n in range(1, 6)]
    other = Issuer(cik="0002000077", name="OTHER CORP", symbol="OTHR")
    odd = Issuer(cik=ACME.cik, name=ACME.name, symbol="OTHR")
    filings = [filing(bought(1, 100 + n), on=day) for n, day in enumerate(months)]
    filings[2] = filing(bought(1, 60_002), on=months[2], issuer=odd, by=JOHN)
    theirs = filing(bought(5, 900), on="2024-01-15", issuer=other, by=MARY)

    found = the(reconcile_filings([*filings, theirs]), "ISSUER_IDENTITY_CONFLICT")

    assert (found.filing, found.severity) == (filings[2].id, "critical")
    assert "OTHER CORP" in found.message


def test_the_last_form_before_a_succession_under_another_name_is_doubted():
    holding = Issuer(cik="0002000077", name="ACME HOLDING CORP", symbol="ACME")
    odd = Issuer(cik=ACME.cik, name="ZEBRA FOODS INC", symbol="ZBRA")
    lines = held(300, how="By Trust")
    filings = [
        filing(bought(1, 101), lines, on="2024-02-01"),
        filing(bought(1, 102), lines, on="2024-03-01"),
        filing(bought(1, 103), lines, on="2024-04-01", issuer=odd),
        filing(bought(1, 104), lines, on="2024-05-01", issuer=holding),
        filing(bought(1, 105), lines, on="2024-06-03", issuer=holding),
    ]

    found = the(reconcile_filings(filings), "ISSUER_IDENTITY_CONFLICT")

    assert (found.filing, found.severity) == (filings[2].id, "minor")


def test_an_issuer_that_takes_another_ticker_for_good_is_no_conflict():
    months = [f"2024-0{n}-01" for n in range(1, 6)]
    new = Issuer(cik=ACME.cik, name="ACME HOLDINGS INC", symbol="NEWT")
    filings = [
        filing(bought(1, 100 + n), on=day, **({"issuer": new} if n >= 3 else {}))
        for n, day in enumerate(months)
    ]

    assert kinds(reconcile_filings(filings)) == []


def test_a_class_named_once_among_lines_of_another_is_a_slip():
    filings = [
        filing(bought(30, 531, title="Class A Common Stock"), on="2024-02-01"),
        filing(bought(40, 571, title="Class B Common Stock"), on="2024-03-01"),
        filing(bought(11, 582, title="Class A Common Stock"), on="2024-04-01"),
    ]

    assert kinds(reconcile_filings(filings)) == ["WRONG_CLASS"]


# --- notes and columns --------------------------------------------------------------------------


def test_a_cited_note_that_is_not_there_is_named():
    loose = filing(bought(1, 10_001, notes=Note("Here.")), on="2024-03-01", footnotes=[])

    assert all_kinds(opening(), loose) == ["FOOTNOTE_UNRESOLVED_REF"]


def test_shares_that_leave_the_report_are_unknown_and_not_zero(told):
    words = note("Shares held by family trusts will no longer be reported.", "reporting-withdrawal")
    left = filing(bought(1, 10_001, notes=words), on="2024-03-01")
    filings = (opening(10_000, held(400, how="By Family Trust")), left)

    answer = reconcile_filings(filings)
    kept = {h.nature: h.shares for h in holdings(told(*filings)).holdings}

    assert "REPORTING_SCOPE_CHANGE" in [f.kind for f in answer.findings]
    assert kept["By Family Trust"] == 400


def test_movements_that_notes_give_without_a_day_are_said_to_be_undated():
    notes = (plan_purchase(500, "2024-02"), into_trust(100))
    gift = filing(gave(100, 10_400, notes=notes), on="2024-03-01")

    undated = [f for f in reconcile_filings([opening(), gift]).findings if "UNDATED" in f.kind]

    assert [f.message for f in undated] != []
    assert len(undated) == 2


def test_a_note_on_a_row_of_its_amount_has_the_rows_day():
    words = note("The fund distributed 900 shares to its members.", "distribution", 900)

    def distributed(cites):
        row = moved("J", "disposed", 900, 9_100, notes=words, cites=cites)
        found = reconcile_filings([opening(), filing(row, on="2024-03-01")]).findings
        return [f.message for f in found if f.kind == "FOOTNOTE_UNDATED"]

    assert distributed("code") == []
    assert distributed("shares_after") == [
        "900 shares, no day given; I.1 moves as many on 2024-03-01"
    ]


def test_a_total_in_dollars_is_not_a_number_of_shares():
    fund = held(None, how="By 401(k)", value_after="1234.5")

    answer = reconcile_filings([opening(10_000, fund)])

    assert [f.kind for f in answer.findings] == ["VALUE_BASED_POSITION"]
    assert answer.totals.opening == 2, "the shares and the dollars, each of their own"


def test_running_totals_under_a_year_end_heading_are_noted():
    year = filing(
        gave(100, 9_900, on="2022-05-02"),
        gave(50, 9_850, on="2022-11-01"),
        on="2022-12-30",
        form="5",
        filed="2023-02-03",
    )

    assert all_kinds(opening(on="2022-01-03"), year) == ["FY_COLUMN_MISUSE"]


def test_totals_that_do_not_follow_at_all_are_no_running_totals():
    year = filing(
        gave(100, 10_100, on="2022-05-02"),
        gave(50, 10_150, on="2022-11-01"),
        on="2022-12-30",
        form="5",
        filed="2023-02-03",
    )

    assert "FY_COLUMN_MISUSE" not in all_kinds(opening(on="2022-01-03"), year)


def test_year_end_totals_under_their_heading_are_not():
    year = filing(
        gave(100, 9_850, on="2022-05-02"),
        gave(50, 9_850, on="2022-11-01"),
        on="2022-12-30",
        form="5",
        filed="2023-02-03",
    )

    assert all_kinds(opening(on="2022-01-03"), year) == []


def test_a_scanned_number_that_was_mended_is_worth_a_look():
    mended = Repair(
        field="shares_after", printed="10,1 00", effect="repaired", why="equals 10,000 and 100"
    )
    scan = filing(
        granted(100, 10_100, repairs=(mended,)), on="2024-03-01", format="scanned", accession=None
    )

    assert all_kinds(opening(), scan) == ["SCAN_QUALITY"]


def test_a_break_on_a_scanned_figure_that_nothing_confirms_is_one_step_milder_and_says_so():
    why = "the totals do not follow; a digit of one may be misread"
    doubt = Repair(field="shares_after", printed="47,100", effect="inferred", why=why)

    def broken(*repairs):
        scan = filing(
            granted(100, 47_100, repairs=repairs),
            on="2024-03-01",
            format="scanned",
            accession=None,
        )
        answer = reconcile_filings([opening(), scan])
        (found,) = (one for one in answer.findings if one.difference)
        return found

    sure, doubtful = broken(), broken(doubt)

    assert (sure.severity, doubtful.severity) == ("major", "minor")
    assert sure.id == doubtful.id
    assert "scanned figure" in doubtful.message
    assert "47,100" in doubtful.message


def unread(owns, **said):
    """A conversion on paper of which only the total can be read."""
    lost = [
        Repair(field=name, printed="", effect="field unknown", why="nothing legible stands there")
        for name in ("shares", "direction")
    ]
    return moved("C", None, None, owns, repairs=tuple(lost), **said)


PAPER = {"on": "2024-03-01", "format": "scanned", "accession": None}


@pytest.mark.parametrize(
    ("rows", "severity"),
    [
        ((unread(47_100),), "minor"),
        ((unread(None), sold(1_000, 46_100)), "minor"),
        ((unread(10_000), sold(1_000, 46_100)), "major"),
    ],
    ids=["the row itself", "a row before it without a total", "a row before it with a total"],
)
def test_a_break_after_a_scanned_row_whose_amount_is_lost_is_one_step_milder(rows, severity):
    answer = reconcile_filings([opening(), filing(*rows, **PAPER)])

    (broken,) = (one for one in answer.findings if one.difference)

    assert broken.severity == severity
    assert ("how much I.1 moved cannot be read" in broken.message) == (severity == "minor")


# --- findings themselves --------------------------------------------------------------------------


def test_findings_come_worst_first_and_know_whom_they_are_about():
    signed = [Signature(name="attorney-in-fact for John Roe", signed_on=None)]
    wrong = filing(sold(100, 900, price=0), on="2024-03-01", filed="2024-06-03", signatures=signed)

    findings = reconcile_filings([opening(1_000), wrong]).findings

    assert [f.severity for f in findings] == ["critical", "minor", "minor"]
    assert {(f.person["name"], f.issuer["symbol"]) for f in findings} == {("DOE JANE", "ACME")}


def test_a_finding_keeps_its_name_whatever_else_becomes_known():
    broken = [opening(), filing(sold(100, 3_113), on="2024-03-01")]
    more = [opening(500, by=MARY), filing(bought(7, 507), on="2024-02-01", by=MARY)]

    (alone,) = reconcile_filings(broken).findings
    (among,) = reconcile_filings([*more, *broken]).findings

    assert alone.id == among.id
    assert len(alone.id) == 8


def test_every_kind_of_finding_has_a_severity_and_a_meaning():
    assert {kind.severity for kind in KINDS.values()} == {"info", "minor", "major", "critical"}
    assert all(kind.meaning and kind.meaning[0].islower() for kind in KINDS.values())
    assert JANE.cik != JOHN.cik
