"""When two names are one thing, and when they only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.identity.vehicles import (
    class_tokens,
    company_key,
    derivative_kind,
    entity_key,
    names_a_vehicle,
    person_key,
    same_class,
    symbol_key,
    vehicle_key,
)

COMMON = class_tokens("Common Stock")


@pytest.mark.parametrize(
    "title",
    [
        "COMMON STOCK",
        "Common Shares",
        "Common  Stock",
        "Common Stock, par value $.001",
        "Common Stock, par value $0.01 per share",
        "Common Stock ($.01 par value)",
        "Common Stock, $1 2/3 par value",
        "Common Stock, no par value",
        "Common Stock (1)",
        "Common Sotck",
        "Commom Stock",
        "Shares of Common Stock",
    ],
)
def test_common_stock_has_many_spellings(title):
    assert class_tokens(title) == COMMON


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Class A Common Stock", "ClassA Common Stock"),
        ("Class A Common Stock", "Clas A Common Stock"),
        ("Class A Common Stock", 'Class "A" Common Stock'),
        ("Class A Common Stock", "Common Stock, Class A"),
        ("Class A Common Stock", "Cl. A Common Stock"),
        ("Series C-1 Preferred Stock", "Series C-1 Preferred Shares"),
        ("Class B Common Stock, par value $0.01", "CLASS B COMMON STOCK"),
    ],
)
def test_a_letter_keeps_its_class_however_it_is_written(one, other):
    assert same_class(class_tokens(one), class_tokens(other)) is True


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Class A Common Stock", "Class B Common Stock"),
        ("Series A Preferred Stock", "Series B Preferred Stock"),
        ("Common Stock", "Preferred Stock"),
        ("Common Stock", "Series A Preferred Stock"),
        ("Series C Preferred Stock", "Series C-1 Preferred Stock"),
        ("Common Stock", "Common Stock Warrants"),
    ],
)
def test_other_classes_stay_apart(one, other):
    assert same_class(class_tokens(one), class_tokens(other)) is False


def test_a_letter_on_one_side_only_leaves_the_matter_open():
    assert same_class(COMMON, class_tokens("Class A Common Stock")) is None


def test_the_name_of_the_issuer_says_nothing_of_the_class():
    assert class_tokens("Acme Corp Common Stock", "ACME CORP") == COMMON


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Employee Stock Option (Right to Buy)", "option"),
        ("Common Stock (option to buy)", "option"),
        ("Stock Appreciation Rights", "option"),
        ("Restricted Stock Units", "rsu"),
        ("Performance Share Units", "rsu"),
        ("Phantom Stock", "rsu"),
        ("Warrant (right to purchase)", "option"),
        ("Series A Convertible Preferred Stock", "preferred"),
        ("5% Convertible Notes due 2027", "note"),
    ],
)
def test_a_derivative_shows_its_sort(title, kind):
    found = derivative_kind(title)

    assert found == kind or {found, kind} <= {"option", "warrant"}


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


@pytest.mark.parametrize(
    ("note", "holder"),
    [
        (
            "These shares are held by Growth Fund I, L.P., of which she is a partner.",
            "growth fund i",
        ),
        ("Held by the Ann Doe 2010 Trust.", "ann doe 2010 trust"),
        ("Shares are owned directly by Doe Holdings LLC.", "doe holdings"),
        ("The Doe Irrevocable Trust, of which she is a trustee.", "doe irrevocable trust"),
    ],
)
def test_a_note_names_the_holder(note, holder):
    assert holder in entity_key(note)


@pytest.mark.parametrize(
    "note",
    [
        "The Ann Doe Revocable Trust dated May 3, 2011, of which the reporting person is trustee.",
        "Ann Doe Revokable Trust dated May 3, 2011, for which the Reporting Person is the trustee.",
        "The Ann Doe Revocable Trust dated May 3, 2011.",
    ],
)
def test_a_note_that_begins_with_a_name_means_whom_it_names(note):
    assert entity_key(note) == "ann doe revocable trust dated may 3 2011"


def test_a_note_that_tells_of_a_fund_does_not_thereby_name_the_holder():
    told = "Doe Partners, Ltd. is the general partner of Growth Fund I and of Growth Fund II."

    assert entity_key(told).startswith("doe partners ltd is the general partner")


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("DOE JANE Q", "Jane Doe", True),
        ("Dr. Jane Doe", "DOE JANE", True),
        ("DOE JOHN JR", "DOE JOHN", False),
        ("DOE JOHN III", "DOE JOHN JR", False),
        ("O'NEIL PAT", "Pat O'Neil", True),
        ("DOE JANE", "DOE JOHN", False),
    ],
)
def test_a_persons_name_has_no_order_but_keeps_its_generation(one, other, same):
    assert (person_key(one) == person_key(other)) is same


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ACME CORP", "Acme Corporation"),
        ("ACME CORP /DE/", "Acme Corp."),
        ("Acme, Inc.", "ACME INC"),
        ("ACME CO LTD", "Acme Company Limited"),
    ],
)
def test_a_companys_name_has_no_legal_form(one, other):
    assert company_key(one) == company_key(other)


@pytest.mark.parametrize(
    ("printed", "symbol"),
    [("[acme]", "ACME"), ("NYSE: ACME", "ACME"), ("BRK.B", "BRK.B"), ("NONE", None), ("N/A", None)],
)
def test_a_ticker_is_one_spelling_or_none(printed, symbol):
    assert symbol_key(printed) == symbol


# --- for any words ----------------------------------------------------------------------

WORDS = st.lists(
    st.sampled_from(
        "Common Stock Class A B Series C-1 Preferred Trust by of the 2010 Doe Jane GRAT Fund II LP "
        "L.P. LLC spouse held (1) Inc, Ordinary Shares par value $.01 Restricted units see notes".split()
    ),
    max_size=7,
).map(" ".join)


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


@given(LEADS, HOLDERS, MARKS)
def test_how_a_line_leads_to_a_vehicle_never_matters(lead, holder, mark):
    key = vehicle_key(f"{lead}{holder}{mark}")

    assert key == vehicle_key(holder) == vehicle_key(key) != ""


@given(WORDS | st.text("abc .,'-QJ", max_size=30))
def test_a_name_keyed_twice_is_keyed_once(words):
    for key in (person_key, company_key):
        assert key(key(words)) == key(words)


@given(WORDS | st.text(max_size=40))
def test_case_and_spacing_never_matter(words):
    loud = f"  {'   '.join(words.upper().split(' '))} "
    if loud.casefold().split() != words.casefold().split():
        return  # some letters have no upper case of their own
    for key in (person_key, company_key, vehicle_key, class_tokens, derivative_kind):
        assert key(loud) == key(words)


@given(st.permutations(["DOE", "JANE", "Q", "VON"]))
def test_the_order_of_a_name_never_matters(words):
    assert person_key(" ".join(words)) == person_key("DOE JANE VON")


@given(WORDS, WORDS)
def test_being_one_class_is_mutual(one, other):
    first, second = class_tokens(one), class_tokens(other)

    assert same_class(first, second) is same_class(second, first)
    assert same_class(first, first) is True
