"""When two titles are one class, and when they only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.identity.securities import class_tokens, derivative_kind, same_class
from tests.projections.identity.words import WORDS

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


@given(WORDS, WORDS)
def test_being_one_class_is_mutual(one, other):
    first, second = class_tokens(one), class_tokens(other)

    assert same_class(first, second) is same_class(second, first)
    assert same_class(first, first) is True


@given(WORDS | st.text(max_size=40))
def test_case_and_spacing_never_matter(words):
    loud = f"  {'   '.join(words.upper().split(' '))} "
    if loud.casefold().split() != words.casefold().split():
        return  # some letters have no upper case of their own
    for key in (class_tokens, derivative_kind):
        assert key(loud) == key(words)
