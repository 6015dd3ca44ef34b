"""When two names are one person or one company, and when they only look alike."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from projections.identity.names import company_key, like_symbols, person_key, symbol_key
from tests.projections.identity.words import WORDS


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


@given(WORDS | st.text("abc .,'-QJ", max_size=30))
def test_a_name_keyed_twice_is_keyed_once(words):
    for key in (person_key, company_key):
        assert key(key(words)) == key(words)


@given(st.permutations(["DOE", "JANE", "Q", "VON"]))
def test_the_order_of_a_name_never_matters(words):
    assert person_key(" ".join(words)) == person_key("DOE JANE VON")


@given(WORDS | st.text(max_size=40))
def test_case_and_spacing_never_matter(words):
    loud = f"  {'   '.join(words.upper().split(' '))} "
    if loud.casefold().split() != words.casefold().split():
        return  # some letters have no upper case of their own
    for key in (person_key, company_key):
        assert key(loud) == key(words)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("BLL", "BALL"),
        ("LCLC", "LCTC"),
        ("LGF.A", "LGF.B"),
        ("UONEK", "UONEUONEK"),
        ("GOOG", "GOOGL"),
    ],
)
def test_a_ticker_with_a_letter_wrong_or_a_class_besides_may_be_the_same(one, other):
    assert like_symbols(one, other)
    assert like_symbols(other, one)


@pytest.mark.parametrize(
    ("one", "other"), [("CR", "CXT"), ("PENS", "QFUM"), ("F", "GF"), ("T", "V")]
)
def test_other_tickers_are_other_companies(one, other):
    assert not like_symbols(one, other)


def test_the_name_of_an_exchange_is_no_ticker():
    assert symbol_key("NASDAQ") is None
    assert symbol_key("NYSE: ABC") == "ABC"
