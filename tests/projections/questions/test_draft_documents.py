"""Drafts that are not as a document has to be: fields nobody can read, the wrong original, a filer missing."""

from datetime import date

import pytest

from ledger.filing import Owner
from projections import check
from tests.projections.building import JANE, JOHN, bought, filing, opening, sold
from tests.projections.questions.drafting import drafted, hinted, the_draft
from tests.simulator import as_xml

FUND = Owner(cik="0001000077", name="ROE CAPITAL LP")


@pytest.mark.parametrize(
    ("was", "typed", "says"),
    [
        ("2024-06-03", "06/03/2024", "nothing is told of it: period, I.1 effective on"),
        ("DOE JANE", "DOE & JANE", "EDGAR takes no such document"),
        ("2024-06-03", "2024-06-03", None),
    ],
)
def test_what_of_a_draft_cannot_be_read_is_said_where_nothing_is_found(
    told, tmp_path, was, typed, says
):
    paper = tmp_path / "draft.xml"
    text = as_xml(filing(bought(500, 10_500, equity_swap=False), on="2024-06-03")).decode()
    assert was in text
    paper.write_text(text.replace(was, typed))

    (draft,) = check(told(opening(10_000)), paper).drafts

    assert (says in hinted(draft)["unread"]) if says else ("unread" not in hinted(draft))


@pytest.mark.parametrize(
    ("cited", "says"),
    [
        (date(2024, 6, 5), None),
        (date(2024, 6, 6), "gives 2024-06-06 as the day of the original submission"),
        (date(2024, 6, 3), "was filed on 2024-06-05"),
        (None, "gives no day of the original submission"),
    ],
)
def test_an_amendment_with_another_day_of_the_original_is_told_the_right_one(told, cited, says):
    ledger = told(opening(10_000), filing(bought(500, 10_500), on="2024-06-03", filed="2024-06-05"))

    draft = the_draft(ledger, drafted(bought(500, 10_600), form="4/A", original_on=cited))

    assert (says in hinted(draft)["original"]) if says else ("original" not in hinted(draft))


def test_a_joint_filer_of_the_last_form_who_is_missing_is_asked_after(told):
    ledger = told(opening(10_000, by=[JANE, FUND]))

    draft = the_draft(ledger, drafted(sold(500, 9_500), by=[JANE]))

    assert hinted(draft)["owner"].startswith("ROE CAPITAL LP filed the last form")


@pytest.mark.parametrize("owners", [[JANE, FUND], [JANE, FUND, JOHN]])
def test_all_who_filed_before_are_not_asked_after(told, owners):
    ledger = told(opening(10_000, by=[JANE, FUND]))

    assert "owner" not in hinted(the_draft(ledger, drafted(sold(500, 9_500), by=owners)))


def test_who_files_alone_by_habit_is_asked_after_nobody(told):
    alone = filing(bought(100, 100, title="Preferred Stock"), on="2024-02-01", by=[JANE])
    ledger = told(opening(10_000, by=[JANE, FUND]), alone)

    assert "owner" not in hinted(the_draft(ledger, drafted(sold(500, 9_500), by=[JANE])))
