"""Drafts judged before they are filed, against what is here, and nothing recorded."""

from datetime import date
from decimal import Decimal

import pytest

from ledger import Ledger
from ledger.filing import Issuer, Signature
from projections import check, reconcile
from tests.alarms import is_alarm
from tests.projections.building import (
    ACME,
    JANE,
    JOHN,
    Note,
    bought,
    filing,
    gave,
    granted,
    held,
    kinds,
    opening,
    option,
    person,
    plan_purchase,
    sold,
    vested,
)
from tests.projections.questions.drafting import drafted, hinted, the_draft
from tests.simulator import as_xml

TRUST = {"how": "By Family Trust"}


# --- totals ------------------------------------------------------------------------------


def test_a_draft_whose_totals_follow_says_how_and_finds_nothing(told):
    draft = the_draft(told(opening(10_000)), drafted(bought(500, 10_500), sold(200, 10_300)))

    assert [(r.row, r.expected, r.difference, r.verdict) for r in draft.rows] == [
        ("I.1", 10_500, 0, "agreed"),
        ("I.2", 10_300, 0, "agreed"),
    ]
    assert [step.label for step in draft.rows[0].steps][:2] == ["Claimed", "Follows"]
    assert (draft.findings, draft.hints, draft.elsewhere) == ((), (), ())


def test_two_digits_exchanged_are_named_and_every_later_total_is_put_right(told):
    ledger = told(opening(12_485))

    draft = the_draft(ledger, drafted(bought(500, 12_895), bought(100, 12_995)))

    assert kinds(draft.findings) == ["TRANSPOSED_DIGITS"]
    assert [r.corrected_total for r in draft.rows] == [12_985, 13_085]


def test_no_row_is_told_to_say_less_than_nothing(told):
    draft = the_draft(told(opening(300)), drafted(sold(4_000, 1_200)))

    (row,) = draft.rows
    assert (row.expected, row.corrected_total) == (-3_700, None)


def test_a_total_that_its_own_note_explains_needs_no_correction(told):
    line = bought(500, 10_620, notes=plan_purchase(120, "2024-03"))

    (row,) = the_draft(told(opening(10_000)), drafted(line)).rows

    assert (row.verdict, row.corrected_total) == ("explained", None)
    assert row.explanation.code == "EXPL_PLAN_PURCHASE"


def test_a_stale_total_of_a_trust_is_told_with_what_it_must_be(told):
    ledger = told(
        opening(10_000, held(5_000, **TRUST)),
        filing(gave(1_000, 4_000, **TRUST), on="2024-03-01"),
    )

    draft = the_draft(ledger, drafted(bought(500, 10_500), held(5_000, **TRUST)))

    assert [(r.row, r.corrected_total) for r in draft.rows] == [("I.1", None), ("I.2", 4_000)]


def test_several_drafts_are_judged_one_after_the_other(told):
    first = drafted(bought(500, 10_500), sha256="a" * 64)
    second = drafted(sold(200, 10_300), on="2024-06-10", sha256="b" * 64)

    answer = check(told(opening(10_000)), second, first)

    assert [d.rows[0].verdict for d in answer.drafts] == ["agreed", "agreed"]
    assert [d.rows[0].reported for d in answer.drafts] == [10_300, 10_500]


def test_a_draft_of_an_amendment_takes_the_place_of_what_it_amends(told):
    wrong = filing(bought(500, 15_000), on="2024-03-01")
    ledger = told(opening(10_000), wrong)
    (finding,) = [f for f in reconcile(ledger).findings if is_alarm(f)]

    draft = the_draft(
        ledger,
        drafted(bought(500, 10_500), form="4/A", on="2024-03-01", original_on=wrong.filed_on),
    )

    assert draft.rows[0].verdict == "agreed"
    assert finding.id in draft.settles


def test_a_draft_that_shows_an_earlier_form_to_be_off_says_so_of_that_form(told):
    ledger = told(opening(10_000), filing(bought(500, 10_600), on="2024-03-01"))

    draft = the_draft(ledger, drafted(bought(100, 10_600)))

    assert [f.kind for f in draft.findings if is_alarm(f)] == []
    assert "ISOLATED_TOTAL_ERROR" in {f.kind for f in draft.elsewhere}


# --- the right holding ---------------------------------------------------------------------


def test_a_row_marked_direct_that_carries_on_a_trust_is_to_be_marked_indirect(told):
    ledger = told(opening(10_485, held(3_172, **TRUST)))

    draft = the_draft(ledger, drafted(sold(500, 2_672), held(10_485)))

    first, second = draft.rows
    assert "DI_SWAP" in kinds(draft.findings)
    assert (first.corrected_ownership, first.corrected_nature) == ("indirect", "By Family Trust")
    assert (first.corrected_total, second.corrected_total) == (None, None)


def test_rows_and_hints_name_the_holder_that_a_note_names_and_not_the_way_to_the_note(told):
    def through(text):
        return {"how": "See footnote", "notes": Note(text), "cites": "nature"}

    elm = through("Held by Elm Street Holdings LLC.")
    oak = through("Held by Oak Street Holdings LLC.")
    ledger = told(opening(10_000, held(3_172, **elm), held(415, **oak)))

    draft = the_draft(ledger, drafted(bought(500, 10_500), held(3_172, **elm)))

    assert draft.rows[1].holder == "Elm Street Holdings LLC"
    assert "415 Common Stock, Oak Street Holdings LLC: the last form" in hinted(draft)["left-out"]


# --- days --------------------------------------------------------------------------------


def test_the_day_a_draft_is_due_is_the_second_business_day_of_its_first_trade(told):
    draft = the_draft(told(opening(10_000)), drafted(bought(500, 10_500), on="2024-05-24"))

    assert draft.due_on == date(2024, 5, 29)  # over a weekend and Memorial Day
    assert "LATE_FILING" not in {f.kind for f in draft.findings}


def test_a_sale_within_six_months_of_a_cheaper_purchase_is_told_before_it_is_filed(told):
    ledger = told(opening(10_000), filing(bought(500, 10_500, price=10), on="2024-03-01"))

    draft = the_draft(ledger, drafted(sold(300, 10_200, price=14)))

    assert "SHORT_SWING_CANDIDATE" in {f.kind for f in draft.findings}


def test_a_signed_draft_whose_day_is_over_is_late_by_the_day_on_which_it_would_be_filed(told):
    signed = [Signature(name="/s/ Jane Doe", signed_on=date(2024, 6, 4))]
    form = drafted(bought(500, 10_500), on="2024-06-03", signatures=signed)
    ledger = told(opening(10_000))

    def late(today):
        found = the_draft(ledger, form, today=today).findings
        return [f.message for f in found if f.kind == "LATE_FILING"]

    assert late("2024-06-05") == []
    assert late("2024-06-10") == ["due 2024-06-05, would be filed 2024-06-10"]


def test_what_is_graver_to_who_asks_is_so_in_a_draft_and_stands_first(told):
    ledger = told(opening(10_000))
    form = drafted(sold(500, 9_300), on="2024-06-03")

    def graves(**asked):
        found = the_draft(ledger, form, today="2024-06-10", **asked).findings
        return [(f.severity, f.kind) for f in found]

    assert ("minor", "LATE_FILING") in graves()
    assert graves(severities={"LATE_FILING": "info"})[-1] == ("info", "LATE_FILING")
    assert graves(severities={"LATE_FILING": "critical"})[0] == ("critical", "LATE_FILING")


# --- what may be lacking -----------------------------------------------------------------


def test_a_trust_that_the_last_form_listed_and_the_draft_leaves_out_is_asked_after(told):
    last = filing(bought(100, 10_100), held(5_000, **TRUST), on="2024-03-01")
    ledger = told(opening(10_000, held(5_000, **TRUST)), last)

    draft = the_draft(ledger, drafted(bought(500, 10_600)))

    assert "5,000 Common Stock, By Family Trust" in hinted(draft)["left-out"]
    assert draft.findings == ()


def test_a_filer_who_never_lists_the_trust_is_not_asked_after_it(told):
    ledger = told(
        opening(10_000, held(5_000, **TRUST)), filing(bought(100, 10_100), on="2024-03-01")
    )

    assert the_draft(ledger, drafted(bought(500, 10_600))).hints == ()


@pytest.mark.parametrize(
    ("last", "asked"),
    [
        ([option("A", 50, 150), held(5_000, **TRUST)], True),
        ([option("A", 50, 150), held(10_000), held(5_000, **TRUST)], True),
        # the form had to list the trust, for stock of the class moved on it
        ([option("A", 50, 150), bought(100, 10_100), held(5_000, **TRUST)], False),
        # its filer does not list what did not move
        ([option("A", 50, 150)], False),
    ],
)
def test_a_trust_listed_beside_options_by_habit_is_asked_after(told, last, asked):
    first = opening(10_000, held(5_000, **TRUST), option(None, 100, 100))
    ledger = told(first, filing(*last, on="2024-03-01"))

    draft = the_draft(ledger, drafted(option("A", 60, 210)))

    words = hinted(draft).get("left-out", "")
    assert ("5,000 Common Stock, By Family Trust" in words) is asked


def test_plan_purchases_that_notes_used_to_tell_of_are_missed_after_longer_than_ever(told):
    def month(owns, of):
        return filing(bought(100, owns, notes=plan_purchase(50, of)), on=f"{of}-20")

    ledger = told(
        opening(10_000),
        month(10_150, "2024-02"),
        month(10_300, "2024-03"),
        month(10_450, "2024-04"),
    )

    late = the_draft(ledger, drafted(bought(100, 10_550), on="2024-09-03"))
    soon = the_draft(ledger, drafted(bought(100, 10_550), on="2024-05-20"))

    assert (
        "shares bought under an employee stock purchase plan up to 2024-04-30"
        in hinted(late)["plan"]
    )
    assert "plan" not in hinted(soon)


def test_a_row_that_goes_on_from_nothing_is_shown_what_it_may_go_on_from(told):
    ledger = told(opening(10_000))

    draft = the_draft(ledger, drafted(bought(500, 700, how="By Spouse")))

    assert "10,000 Common Stock, direct" in hinted(draft)["new-holding"]


def test_the_first_shares_of_somebody_new_are_no_new_holding(told):
    draft = the_draft(told(opening(0)), drafted(granted(500, 500), by=JOHN))

    assert "new-holding" not in hinted(draft)


def test_a_company_under_another_number_than_its_name_here_is_asked_after(told):
    issuer = Issuer(cik="0002999999", name=ACME.name, symbol=ACME.symbol)

    draft = the_draft(told(opening(10_000)), drafted(bought(500, 10_500), issuer=issuer))

    assert f"ACME CORP has CIK {ACME.cik}" in hinted(draft)["issuer"]


def test_a_person_under_another_number_than_here_is_asked_after(told):
    other = person(77, JANE.name)

    draft = the_draft(told(opening(10_000)), drafted(bought(500, 10_500), by=other))

    assert hinted(draft)["owner"] == f"{JANE.name} reports here as CIK {JANE.cik}, not {other.cik}"


def test_a_number_under_another_companys_name_is_asked_after_and_legal_forms_are_not(told):
    ledger = told(opening(10_000))

    def named(name):
        issuer = Issuer(cik=ACME.cik, name=name, symbol=ACME.symbol)
        return hinted(the_draft(ledger, drafted(bought(500, 10_500), issuer=issuer)))

    assert named("Harrow Lane Foods")["issuer"] == (
        f"“Harrow Lane Foods”, and so far the filings about CIK {ACME.cik} say “ACME CORP, ACME”"
    )
    assert "issuer" not in named("Acme Corporation")


def test_a_row_of_stock_under_another_title_is_asked_after_and_a_par_value_is_not(told):
    ledger = told(opening(10_000))

    def titled(title):
        return hinted(the_draft(ledger, drafted(bought(500, 10_500, title=title))))

    assert titled("Class B Common Stock")["title"] == (
        "“Class B Common Stock”, and so far “Common Stock”"
    )
    assert "title" not in titled("Common Stock, par value $.01 per share")


def test_a_signature_of_nobody_known_is_asked_after_and_an_attorneys_is_not(told):
    others = filing(
        bought(5, 5), on="2024-02-01", by=JOHN, signatures=[signed("/s/ Nora P. Quill")]
    )
    ledger = told(opening(10_000), others)

    def by(name):
        draft = drafted(bought(500, 10_500), signatures=[signed(name)])
        return hinted(the_draft(ledger, draft))

    assert "“/s/ Ivo T. Marsh”" in by("/s/ Ivo T. Marsh")["signer"]
    for known in ("/s/ Jane Doe", "/s/ Nora P. Quill", "/s/ Ivo T. Marsh, attorney-in-fact"):
        assert "signer" not in by(known)


def signed(name):
    """A signature of the day."""
    return Signature(name=name, signed_on=date(2024, 6, 4))


def test_two_totals_in_each_others_place_are_named(told):
    ledger = told(opening(8_000, held(3_000, **TRUST)))

    draft = the_draft(ledger, drafted(sold(500, 3_000), held(7_500, **TRUST)))

    assert kinds(draft.findings) == ["DI_SWAP"]
    assert [row.corrected_total for row in draft.rows] == [7_500, 3_000]


def test_all_of_one_holding_that_went_to_an_empty_one_is_no_exchange(told):
    ledger = told(opening(8_000, held(0, **TRUST)))

    draft = the_draft(ledger, drafted(sold(500, 0), held(7_500, **TRUST)))

    assert "DI_SWAP" not in kinds(draft.findings)


# --- what is recorded --------------------------------------------------------------------


def test_nothing_of_a_draft_is_recorded_and_no_byte_of_the_ledger_changes(tmp_path):
    path, paper = tmp_path / "ledger.db", tmp_path / "draft.xml"
    with Ledger.open(path) as ledger:
        ledger.record([opening(10_000)])
        reconcile(ledger)
    paper.write_bytes(as_xml(filing(bought(500, 10_400), on="2024-06-03")))
    before = path.read_bytes()

    with Ledger.open(path, read_only=True) as ledger:
        draft = the_draft(ledger, paper)

        assert draft.rows[0].corrected_total == 10_500
        assert len(ledger.streams()) == 1
    assert path.read_bytes() == before


def test_a_filing_that_is_here_is_judged_again_as_a_draft_and_said_to_be_here(told):
    form = filing(bought(500, 10_600), on="2024-03-01")
    ledger = told(opening(10_000), form)

    draft = the_draft(ledger, form)

    assert draft.findings == tuple(f for f in reconcile(ledger).findings if f.filing == form.id)
    assert "recorded" in hinted(draft)


def test_the_xml_of_a_filing_that_is_here_under_its_number_is_said_to_be_here_once(told, tmp_path):
    form, paper = filing(bought(500, 10_600), on="2024-03-01"), tmp_path / "sent.xml"
    paper.write_bytes(as_xml(form))

    draft = the_draft(told(opening(10_000), form), paper)

    assert [(h.kind, h.source) for h in draft.hints if h.kind in ("recorded", "told")] == [
        ("recorded", form.id)
    ]


def test_another_trade_of_the_same_size_is_no_filing_that_is_here(told, tmp_path):
    form, paper = filing(bought(500, 10_500), on="2024-03-01"), tmp_path / "sent.xml"
    paper.write_bytes(as_xml(filing(bought(500, 11_000), on="2024-03-05")))

    assert "recorded" not in hinted(the_draft(told(opening(10_000), form), paper))


def test_a_draft_is_held_against_what_was_known_at_a_moment(told):
    ledger = told(opening(10_000), filing(bought(500, 10_500), on="2024-03-01"))
    draft = drafted(vested(200, 10_200))

    assert the_draft(ledger, draft, known_at="2024-02-01").rows[0].verdict == "agreed"
    assert the_draft(ledger, draft).rows[0].corrected_total == Decimal(10_700)


def test_a_document_that_is_no_form_is_told_with_what_to_do(told, tmp_path):
    paper = tmp_path / "letter.txt"
    paper.write_text("Dear Sir or Madam")

    answer = check(told(opening(10_000)), paper)

    assert answer.drafts == ()
    assert [p["effect"] for p in answer.problems] == ["set aside"]
