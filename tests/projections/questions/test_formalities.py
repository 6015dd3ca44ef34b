"""What is not as a form has it in a draft: the form itself, its days, names, letters and digits."""

from datetime import date

from ledger.filing import Issuer
from tests.projections.building import ACME, JANE, bought, gave, held, kinds, opening, sold
from tests.projections.questions.drafting import drafted, hinted, the_draft
from tests.simulator import as_xml


def test_a_sale_and_a_gift_of_today_are_no_matter_of_a_form_5(told):
    def year(row, on):
        return the_draft(told(opening(10_000)), drafted(row, on=on, form="5"), today="2025-01-02")

    sale = year(sold(300, 9_700, on="2024-06-03", form_type="5"), "2024-12-31")
    gift = year(gave(300, 9_700, on="2024-06-03", form_type="5"), "2024-12-31")
    received = year(
        gave(300, 10_300, on="2024-06-03", form_type="5", marked="acquired"), "2024-12-31"
    )

    for draft in (sale, gift):
        (due,) = draft.dues
        assert (due.form, due.due_on, due.late, due.rows) == ("4", date(2024, 6, 5), True, ("I.1",))
        assert "is for Form 4, due 2024-06-05" in hinted(draft)["form"]
        assert {f.kind for f in draft.findings} == {"LATE_FILING"}
    assert [(due.form, due.late) for due in received.dues] == [("5", False)]
    assert (hinted(received), received.findings) == ({}, ())


def test_every_trade_of_a_draft_has_its_own_day_and_a_late_one_is_called_so(told):
    rows = sold(300, 9_700, on="2024-06-03"), sold(300, 9_400, on="2024-06-10")

    draft = the_draft(told(opening(10_000)), drafted(*rows), today="2024-06-11")

    assert [(due.due_on, due.late, due.rows) for due in draft.dues] == [
        (date(2024, 6, 5), True, ("I.1",)),
        (date(2024, 6, 12), False, ("I.2",)),
    ]
    assert {f.kind for f in draft.findings} == {"LATE_FILING"}


def test_a_draft_of_a_trade_to_come_is_told_so_by_the_day_on_which_it_is_checked(told):
    draft = drafted(sold(300, 9_700), on="2024-06-10")

    assert kinds(the_draft(told(opening(10_000)), draft, today="2024-06-03").findings) == [
        "DATE_SUSPECT"
    ]


def test_a_period_of_report_is_the_day_of_the_earliest_trade(told):
    ledger = told(opening(10_000))
    early = bought(5, 10_005, on="2024-06-03", form_type="5")

    def periods(*rows, of):
        return hinted(the_draft(ledger, drafted(*rows, period=of))).get("period")

    sale = sold(300, 9_700, on="2024-06-05")
    assert periods(sale, of="2024-06-03").endswith("the earliest transaction is of 2024-06-05")
    assert periods(sale, of="2024-06-05") is None
    for day in ("2024-06-03", "2024-06-05"):  # what may wait for Form 5 need not set it
        assert periods(early, sold(300, 9_705, on="2024-06-05"), of=day) is None


def test_the_period_of_a_form_5_ends_a_fiscal_year(told):
    june = Issuer(**ACME.model_dump() | {"fiscal_year_end": "0630"})
    gift = gave(300, 10_300, on="2024-05-03", form_type="5", marked="acquired")

    def period(of):
        draft = drafted(gift, on=of, form="5", issuer=june)
        return hinted(the_draft(told(opening(10_000)), draft)).get("period", "")

    assert "the fiscal year ends on 06-30" in period("2024-12-31")
    assert "a transaction is of 2024-05-03" in period("2023-06-30")
    assert [period(of) for of in ("2024-06-30", "2024-06-28")] == ["", ""]


def test_a_trade_of_a_day_without_trading_is_asked_after_and_a_gift_is_not(told):
    ledger = told(opening(10_000))

    def closed(row, on):
        return hinted(the_draft(ledger, drafted(row, on=on))).get("closed", "")

    assert "is a Saturday" in closed(sold(300, 9_700), "2024-06-08")
    assert "is a holiday" in closed(sold(300, 9_700), "2024-03-29")
    assert closed(gave(300, 9_700), "2024-06-08") == closed(sold(300, 9_700), "2024-10-14") == ""


def test_a_name_that_is_not_that_of_its_number_is_asked_after(told):
    ledger = told(opening(10_000))

    def called(name):
        by = JANE.model_copy(update={"name": name})
        return hinted(the_draft(ledger, drafted(bought(500, 10_500), by=by))).get("owner", "")

    assert f"the filings of CIK {JANE.cik} say “DOE JANE”" in called("DEO JANE")
    assert [called(name) for name in ("Jane Q. Doe", "DOE JANE ANNA")] == ["", ""]


def test_digits_that_edgar_does_not_take_are_told_with_what_they_are_read_as(told, tmp_path):
    paper = tmp_path / "draft.xml"
    words = as_xml(drafted(sold(2_600, 7_400))).replace(b">2600<", b">2,600<")
    paper.write_bytes(words)

    draft = the_draft(told(opening(10_000)), paper)

    assert hinted(draft)["number"].startswith("shares “2,600” is read as 2600")
    assert draft.rows[0].verdict == "agreed"


def test_a_sale_that_is_marked_acquired_is_told_its_letter(told):
    wrong, later = sold(300, 9_700, marked="acquired"), sold(100, 9_500)

    draft = the_draft(told(opening(10_000)), drafted(wrong, later))

    assert [row.corrected_direction for row in draft.rows] == ["disposed", None]
    assert [row.corrected_total for row in draft.rows] == [None, 9_600]
    (finding,) = [f for f in draft.findings if f.kind == "AD_CODE_CONTRADICTION"]
    assert finding.message.endswith(
        "the total falls by 300, and the row is marked acquired: it should be disposed"
    )


def test_a_hint_never_cites_a_row_of_the_draft_itself(told):
    trusts = [held(700, how="By Spouse"), held(5, how="By Child")]

    draft = the_draft(told(opening(10_000)), drafted(bought(500, 10_500), *trusts))

    assert len([hint for hint in draft.hints if hint.kind == "new-holding"]) == 2
    assert not any(hint.source.startswith(draft.filing) for hint in draft.hints)
