"""What `explain` tells of a finding: the claim, what follows, the terms, what failed."""

from datetime import date

import pytest

from ledger.errors import UnknownReference, UsageError
from projections import explain, holdings, reconcile
from projections.findings.kinds import KINDS
from projections.findings.reference import section
from projections.questions.glossary import meaning
from projections.questions.reconcile import reconcile_filings
from tests.projections.building import (
    Note,
    bought,
    filing,
    held,
    kinds,
    moved,
    note,
    opening,
    option,
    sold,
    the,
    units,
    vested,
)

ADJUSTED = note("Adjusted for changes in form exempt under Rule 16a-13.", "form-change")


def memo(told, kind, *filings):
    """A finding's story as `label shares words`, signs and sources left out."""
    ledger = told(*filings)
    finding = the(reconcile_filings(filings), kind)
    return [
        " ".join(
            str(part) for part in (line.label, line.shares, line.text) if part not in ("", None)
        )
        for line in explain(ledger, finding.id).lines
    ]


def test_a_total_that_counted_what_was_reported_later_adds_up_in_its_memo(told):
    late = filing(sold(300, 700, on="2024-02-15"), on="2024-05-01")
    early = filing(sold(100, 600, on="2024-03-01"), on="2024-03-04")

    lines = memo(told, "BALANCE_BREAK_EXPLAINED", opening(1_000), early, late)

    assert lines[:5] == [
        "Claimed 600 Common Stock, direct after 2024-03-01",
        "Follows 1000 owned on 2024-01-02",
        "-100 sale, this line",
        "900 expected; the claim is 300 lower",
        "Explained -300 reported by a later filing (2024-02-15)",
    ]
    assert "Later this filing reports what the total had counted" in lines


def test_a_first_total_of_all_series_is_told_with_what_it_comes_to_without_the_others(told):
    said = "Until now column 9 gave the total of all options held. This form gives those of the grant alone."
    since = option("M", 100, 700, strike=9, notes=Note(said, ()))
    first = filing(option("M", 200, 3_000, strike=9), on="2024-03-01")
    later = filing(since, on="2024-05-01")

    lines = memo(told, "DERIV_POST_SCOPE", first, later)

    assert lines[1:4] == [
        "Less -2200 the owner's other series",
        "800 what the total comes to without them",
        "Opens 1000 inferred: the balance before this line that its total implies",
    ]


def test_what_a_return_goes_on_from_is_the_total_that_said_so(told):
    wrong = filing(sold(100, 8_900), on="2024-03-01")
    back = filing(sold(100, 9_700), on="2024-04-01")
    ledger = told(opening(10_000), filing(sold(100, 9_900), on="2024-02-01"), wrong, back)

    told_of = explain(ledger, f"{back.id}#I.1").lines
    lines = [f"{line.label} {line.shares} {line.text}" for line in told_of]

    assert lines[1] == "Follows 9800 as expected on 2024-03-01, where 8,900 is set aside"


def test_a_note_without_an_amount_lends_its_cause_and_not_its_word(told):
    vehicle = {"how": "By Fund"}
    after = filing(held(7_500, notes=ADJUSTED, **vehicle), on="2024-03-01")

    lines = memo(told, "BALANCE_BREAK_EXPLAINED", opening(10, held(9_000, **vehicle)), after)

    assert "Explained -1500 Adjusted for changes in form exempt under Rule 16a-13." in lines
    assert (
        "Confidence low: the note gives the cause and leaves the amount open: the difference alone shows it"
        in lines
    )


def test_a_finding_that_is_no_difference_of_totals_says_what_was_found(told):
    exercise = filing(vested(2_800, 14_300), units("M", 5_000, 10_000), on="2024-03-01")

    lines = memo(told, "EXERCISE_QUANTITY_MISMATCH", exercise)

    assert lines[0].startswith("Found -2200 5,000 underlying shares given up, 2,800 received")
    assert lines[1] == "The line -5000 exercise"


def test_a_vehicle_that_ended_under_a_note_of_changed_form_is_where_the_shares_came_from():
    fund = {"how": "By Fund"}
    merged = filing(held(17_500, notes=ADJUSTED), held(400, how="By Spouse"), on="2024-03-01")
    start = opening(10_000, held(7_500, **fund), held(400, how="By Spouse"))

    found = the(reconcile_filings([start, merged]), "BALANCE_BREAK_EXPLAINED")

    assert found.explanation.terms[0].text == (
        "the whole 7,500 that was last in the indirect holding “By Fund”"
    )


def test_a_line_that_disposes_of_just_what_a_trust_held_is_about_the_trust():
    """The owner's own preferred is converted first, so nothing is left to convert directly."""
    preferred = {"title": "Series A Preferred", "strike": None, "expires": None}
    trust = {"how": "By Retirement Trust", "ownership": "indirect"}
    start = opening(
        10, option(None, None, 1_200, **preferred), option(None, None, 1_500, **preferred, **trust)
    )
    both = filing(
        moved("C", "acquired", 1_200, 1_210, price=0),
        moved("C", "acquired", 1_500, 1_500, price=0, **trust),
        option("C", 1_200, 0, **preferred),
        option("C", 1_500, 0, **preferred, price=1),
        on="2024-03-01",
    )

    assert kinds(reconcile_filings([start, both])) == ["DI_SWAP"]


def test_the_share_that_fractions_made_up_is_quoted_where_a_note_states_it():
    words = note("Includes 1 share from accumulated fractional shares.", "composition", 1)
    first = filing(units("A", 100, 100), on="2024-03-01")
    plain = filing(units("A", 10, 111), on="2024-06-03")
    noted = filing(units("A", 10, 111, notes=words), on="2024-06-03")

    told, guessed = (
        the(reconcile_filings([first, later]), "ROUNDING").explanation for later in (noted, plain)
    )

    assert (told.terms[0].source, told.explicit) == (f"{noted.id}#note.1", True)
    assert (guessed.terms[0].text, guessed.explicit) == ("fractions rounded", False)


@pytest.mark.parametrize(
    "said",
    [
        "On Jan. 9, 2024 she bought 250 shares under the stock purchase plan; none on Feb. 6, 2024",
        "She bought 250 shares of Doe Bros. Inc. under the stock purchase plan of Roe Corp. again",
        "Under the stock purchase plan, as told in Note No. 4 of St. Roe, she bought 250 shares",
        "The U.S. part of the stock purchase plan of D. R. Doe Co. bought her 250 shares in the U.K.",
        "Bought, approx. 250 shares, by Mr. J. Roe Jr. for her under the stock purchase plan",
    ],
)
def test_a_note_is_quoted_in_whole_sentences_whatever_its_abbreviations(told, said):
    whole = f"The price is an average. {said}. She lives in Oslo."
    at = whole.index("stock purchase")
    words = note(whole, "espp-purchase", 250, start=at, end=at + len("stock purchase plan"))
    later = filing(sold(100, 1_150, notes=words), on="2024-03-01")

    lines = memo(told, "BALANCE_BREAK_EXPLAINED", opening(1_000), later)

    assert f"Explained 250 {said}." in lines


# --- what does not stand any more ------------------------------------------------------------

SALES = filing(sold(100, 900), sold(250, 650), on="2024-03-01")
AMENDS = {"on": "2024-03-01", "filed": "2024-03-20", "form": "4/A", "original_on": date(2024, 3, 3)}
WORDS = "The sale of 250 shares was reported in error and is deleted."
MENDED = filing(sold(100, 900, notes=Note(WORDS)), **AMENDS)


def became(ledger, ref, **asked):
    """What is told of lines that stand no more: label, words, source."""
    labels = ("Taken back", "Restated", "Counted once")
    lines = explain(ledger, ref, **asked).lines
    return [(n.label, n.text, n.source) for n in lines if n.label in labels]


def test_a_line_taken_back_names_the_filing_that_did_so_and_its_words(told):
    ledger = told(opening(1_000), SALES, MENDED)
    taken = ("Taken back", f"I.2: “{WORDS}”", f"{MENDED.id}#note.1")

    assert became(ledger, SALES.id) == [
        ("Restated", "I.1, with the lines of this filing", MENDED.id),
        taken,
    ]
    assert became(ledger, f"{SALES.id}#I.2") == [taken]
    assert became(ledger, SALES.id, known_at="2024-03-19") == []


def test_the_finding_on_a_withdrawal_names_whose_rows_and_quotes_the_words(told):
    finding = the(reconcile_filings([opening(1_000), SALES, MENDED]), "AMENDMENT_CHANGES_HISTORY")
    ledger = told(opening(1_000), SALES, MENDED)

    evidence = [n.text for n in explain(ledger, finding.id).lines if n.label == "Evidence"]

    assert finding.message.endswith(f"takes back I.2 of {SALES.id}")
    assert evidence == [
        "Form 4 of DOE JANE about ACME CORP",
        "Common Stock, S 250",
        WORDS,
    ]


def test_the_words_of_remarks_are_quoted_too(told):
    withdrawn = filing(
        remarks="The Form 4 filed on March 3, 2024 was filed in error and is withdrawn.", **AMENDS
    )

    ((label, words, source),) = became(told(opening(1_000), SALES, withdrawn), SALES.id)

    assert (label, source) == ("Taken back", f"{withdrawn.id}#note.remarks")
    assert words.startswith("I.1, I.2: “The Form 4 filed on March 3")


def test_a_repeated_filing_names_the_one_it_is_counted_with(told):
    again = filing(sold(100, 900), sold(250, 650), on="2024-03-01", filed="2024-03-04")
    ledger = told(opening(1_000), SALES, again)

    assert became(ledger, again.id) == [
        ("Counted once", "I.1, I.2, with the lines of this filing", SALES.id)
    ]
    assert became(ledger, SALES.id) == []


def test_a_filing_that_stands_tells_of_nothing_that_became_of_it(told):
    later = filing(bought(50, 700), on="2024-05-01")

    assert became(told(opening(1_000), SALES, later), SALES.id) == []


@pytest.mark.parametrize("asked", ["BALANCE_BREAK", "balance_break", "Balance-Break"])
def test_a_kind_is_told_with_its_rule_an_example_what_to_do_and_how_many_are_here(told, asked):
    ledger = told(opening(1_000), filing(sold(100, 950), on="2024-03-01"))
    story = explain(ledger, asked)
    here = len(reconcile(ledger, kinds=["BALANCE_BREAK"]).findings)
    lines = {line.label: line.text for line in story.lines}

    assert story.ref == "BALANCE_BREAK"
    assert [*lines] == ["Weight", "Rule", "Example", "To do", "Here"]
    assert lines["Here"].startswith(f"{here} in this ledger")


def test_the_letter_of_a_transaction_code_is_told(told):
    story = explain(told(opening(1_000)), "f")

    assert (
        story.title == "Transaction code F: shares withheld or delivered for tax or exercise price"
    )
    assert [(line.label, line.text) for line in story.lines] == [
        ("Table I", "disposed of, as a rule"),
        ("Table II", "disposed of, as a rule"),
        ("16(b)", "not matched: exempt on its face, or in doubt"),
    ]


def test_a_letter_that_is_no_code_names_nothing(told):
    with pytest.raises(UnknownReference, match="'T' is no kind of finding"):
        explain(told(opening(1_000)), "T")


@pytest.mark.parametrize("word", ["LATE_FILING", "EXPL_SPLIT", "P"])
def test_what_a_word_means_is_the_same_without_a_ledger(told, word):
    bare, asked = meaning(word), explain(told(opening(1_000)), word)

    assert bare is not None
    assert [*bare.lines] == [line for line in asked.lines if line.label != "Here"]


def test_every_kind_has_a_rule_an_example_and_what_to_do():
    for kind in KINDS:
        rule, example, to_do = section(kind)
        assert rule, kind
        assert example, kind
        assert to_do, kind


@pytest.mark.parametrize(
    ("asked", "near"), [("LATE", "LATE_FILING"), ("balence_braek", "BALANCE_")]
)
def test_a_mistyped_kind_is_answered_with_the_nearest(told, asked, near):
    ledger = told(opening(1_000))

    for refused in (lambda: explain(ledger, asked), lambda: reconcile(ledger, kinds=[asked])):
        with pytest.raises((UnknownReference, UsageError), match=near):
            refused()


def test_a_holding_is_told_by_its_name(told):
    ledger = told(opening(1_000), filing(sold(100, 950), on="2024-03-01"))
    (held_,) = holdings(ledger).holdings
    story = explain(ledger, held_.position)

    assert story.title == "DOE JANE at ACME CORP: Common Stock, direct"
    assert (story.lines[0].label, story.lines[0].shares) == ("Held", held_.shares)
    assert {finding.id for finding in story.findings} == {*held_.findings}
    with pytest.raises(UnknownReference, match="no holding is called"):
        explain(ledger, held_.position + "0")
