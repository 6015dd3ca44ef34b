"""When two natures of ownership are one vehicle, and when they only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.identity.vehicles import names_a_vehicle, vehicle_key
from tests.projections.identity.words import WORDS

LEADS = st.sampled_from(["", "By ", "by the ", "Held by ", "In ", "Shares held by ", "Owned by "])
MARKS = st.sampled_from(["", " (1)", " ⁽²⁾", "(3)"])
HOLDERS = st.sampled_from(
    [
        "Trust",
        "Spouse",
        "GRAT",
        "Doe 2010 Family Trust",
        "Growth Fund II, L.P.",
        "401(k) Plan",
        "IRA",
    ]
)


@pytest.mark.parametrize(
    "nature",
    [
        "By Trust",
        "by trust",
        "Trust",
        "In trust",
        "Held by Trust",
        "Shares held in trust",
        "By Trust (1)",
        "By the Trust",
        "BY TRUSTS",
    ],
)
def test_a_trust_has_many_spellings(nature):
    assert vehicle_key(nature) == vehicle_key("By Trust") != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("By Grantor Retained Annuity Trust", "By GRAT"),
        ("By wife", "By Spouse"),
        ("By 401(k) Plan", "401K plan"),
        ("By Growth Fund, L.P.", "Growth Fund LP"),
        ("By Holdings L.L.C.", "By Holdings, LLC"),
        ("By Limited Liability Company", "By LLC"),
    ],
)
def test_one_vehicle_in_the_words_of_two_filings(one, other):
    assert vehicle_key(one) == vehicle_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("CZ Holdings", "CZ Holdings I"),
        ("Growth Fund I LP", "Growth Fund II LP"),
        ("Growth Fund LP", "Growth Fund (Q) LP"),
        ("By Spouse", "By Trust"),
        ("By Son", "By Daughter"),
        ("2010 Family Trust", "2012 Family Trust"),
    ],
)
def test_other_vehicles_stay_apart(one, other):
    assert vehicle_key(one) != vehicle_key(other)


@pytest.mark.parametrize(
    "nature", ["See footnote", "See Footnote (2)", "FN 2", "(2)", "see notes below", "Indirect", ""]
)
def test_words_that_only_point_to_a_note_name_nothing(nature):
    assert vehicle_key(nature) == ""


def test_a_sort_of_vehicle_is_not_the_name_of_one():
    assert not names_a_vehicle(vehicle_key("By Family Trust"))
    assert names_a_vehicle(vehicle_key("By Smith 2012 Trust"))


@given(LEADS, HOLDERS, MARKS)
def test_how_a_line_leads_to_a_vehicle_never_matters(lead, holder, mark):
    key = vehicle_key(f"{lead}{holder}{mark}")

    assert key == vehicle_key(holder) == vehicle_key(key) != ""


@given(WORDS | st.text(max_size=40))
def test_case_and_spacing_never_matter(words):
    loud = f"  {'   '.join(words.upper().split(' '))} "
    if loud.casefold().split() != words.casefold().split():
        return  # some letters have no upper case of their own
    assert vehicle_key(loud) == vehicle_key(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Associated Birch Group, Inc.", "By Associated Birch Group, Inc."),
        ("Insurance Trust", "By Insurance Trust"),
        ("ByTrust", "By Trust"),
        ("Directly held by Birch Fund II, LP", "By Birch Fund II, LP"),
        ("Indirectly owned through Byron Trust", "By Byron Trust"),
        ("Birch Trust, Ida Lund, Trustee.", "By Birch Trust, Ida Lund, Trustee"),
    ],
)
def test_the_words_that_lead_to_a_holder_are_none_of_its_name(one, other):
    assert vehicle_key(one) == vehicle_key(other) != ""
