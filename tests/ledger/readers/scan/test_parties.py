"""Who a misread page names: companies, owners and days of signing, doubted by what is around."""

from collections import Counter
from datetime import date

import pytest

from ledger.filing import Issuer, Owner, Signature
from ledger.readers.scan.chart import is_form_wording
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.parties import parties

PAGE = """
Northgate Brewing Partners and Edith Vale; Northgate Partners gave them to Vale Edith
/s/ Edith M. Vale
"""


REPORTED = (date(2004, 3, 4),)


def told(
    name="Northgate Brewing Inc",
    owner="Vale Edith",
    symbol="NOR",
    signed=None,
    page=PAGE,
    days=REPORTED,
    period=None,
):
    return parties(
        Issuer(name=name, symbol=symbol),
        [Owner(name=owner)],
        [Signature(name="Edith Vale", signed_on=signed)],
        lines_of(f"{page}\n{owner}"),
        days,
        period=period,
    )


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Northgate Brewing Inc", "Northgate Brewing Inc"),
        ("NORTHGATEINC", "NORTHGATE INC"),
        ('" | Northgate Brewing Inc', "Northgate Brewing Inc."),
        ("Northgate Brewing, ine, | NBP |", "Northgate Brewing, Inc."),
        ("Northgate Pariners", "Northgate Partners"),
        ("Vale Edith Northgate Corp", "Northgate Corp"),
        ("C/O NORTHGATE CORP 12 MILL STREET Northgate Corp", "Northgate Corp"),
        ("Northgate Corp ( NGC J", "Northgate Corp"),
        ("NORTHGATE CORP f NGC ]", "NORTHGATE CORP"),
        ("Northgate Brewing, Inc. NGC }", "Northgate Brewing, Inc."),
        ("orth gate Brewing", None),
        ("(Check ail applicable)", None),
        ("Vale Edith", None),
        ("Offi", None),
    ],
)
def test_a_company_s_name_is_told_from_what_was_misread_around_it(printed, name):
    found = told(name=printed)

    assert found.issuer.name == name
    assert bool(found.repairs) == (printed != name)


def test_an_owner_s_name_that_stands_elsewhere_with_a_letter_changed_is_unknown():
    assert told().owners[0].name == "Vale Edith"
    assert told(owner="Vaie Edith").owners[0].name is None
    assert told(owner="2 Trading Symbol or Ticker").owners[0].name is None


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("lVale Edith", "Vale Edith"),
        ("|Vale Edith", "Vale Edith"),
        ("Vale Edith 0", "Vale Edith O"),
        ("Re", None),
        ("McVale Edith", "McVale Edith"),
        ("d'Vale Edith", "d'Vale Edith"),
    ],
)
def test_a_rule_beside_an_owner_s_name_is_no_letter_of_it(printed, name):
    assert told(owner=printed).owners[0].name == name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("IVALE EDITH", "VALE EDITH"),
        ("lVale Edith", "Vale Edith"),
        ("IRVALE EDITH", "IRVALE EDITH"),
    ],
)
def test_a_line_before_an_owner_s_name_is_no_letter_where_another_place_has_none(printed, name):
    found = told(owner=printed, page=f"{PAGE}\n/s/ Edith Vale")

    assert found.owners[0].name == name


def test_a_company_that_writes_itself_small_stands():
    page = f"{PAGE}\nNotice to northgate brewing at northgate house"

    assert told(name="northgate Brewing", page=page).issuer.name == "northgate Brewing"
    assert told(name="eNorthgate Brewing").issuer.name == "eNorthgate Brewing"


def test_a_symbol_with_a_figure_in_it_is_unknown():
    assert told(symbol="N8P").issuer.symbol is None


def test_nobody_signs_before_what_is_reported_and_hardly_long_after_it():
    early, late, sound = (told(signed=date(2004, *day)) for day in ((1, 4), (7, 21), (3, 6)))

    assert early.signatures[0].signed_on is None
    assert late.signatures[0].signed_on == date(2004, 7, 21)
    effects = Counter(repair.effect for one in (early, late, sound) for repair in one.repairs)
    assert effects == {"field unknown": 1, "doubtful": 1}


@pytest.mark.parametrize("reported", [{}, {"days": (), "period": date(2004, 3, 4)}])
def test_a_day_of_signing_beyond_any_on_which_it_can_have_been_is_unknown(reported):
    beyond = told(signed=date(2064, 3, 5), **reported)
    a_digit_off = told(signed=date(2004, 8, 5), **reported)
    years_late = told(signed=date(2007, 11, 23), **reported)

    assert [one.signatures[0].signed_on for one in (beyond, a_digit_off)] == [None, None]
    assert [one.repairs[0].effect for one in (beyond, a_digit_off)] == ["field unknown"] * 2
    assert years_late.signatures[0].signed_on == date(2007, 11, 23)
    assert years_late.repairs[0].effect == "doubtful"


def test_an_initial_statement_may_be_signed_before_its_event():
    early = told(signed=date(2004, 3, 1), days=(), period=date(2004, 3, 4))

    assert early.signatures[0].signed_on == date(2004, 3, 1)
    assert early.repairs == ()


@pytest.mark.parametrize(
    "words",
    [
        "2 esver Name and Ticker or Trading Symbol",
        "Relationship of Repoting Person",
        "Ownership Form",
    ],
)
def test_words_that_the_form_prints_are_nobodys_name(words):
    assert is_form_wording(words)


@pytest.mark.parametrize(
    "name", ["Vireo Trading Partners LLC", "Common, Ada", "First Heron Securities Fund", "Ito Bo"]
)
def test_a_name_with_a_word_of_the_form_in_it_is_a_name(name):
    assert not is_form_wording(name)


@pytest.mark.parametrize(
    ("printed", "effects"),
    [
        ("Vale Edith |", ["doubtful"]),
        ("Vale Edith ©", ["doubtful"]),
        ("Vale Edith M |", ["repaired"]),
    ],
)
def test_a_sign_behind_a_name_may_be_an_initial_where_none_stands_there(printed, effects):
    assert [repair.effect for repair in told(owner=printed).repairs] == effects


@pytest.mark.parametrize(
    ("symbol", "effect"), [("NBGI", None), ("NGB", None), ("NBK", "doubtful"), ("nbx", "doubtful")]
)
def test_a_symbol_with_a_letter_that_its_company_s_name_lacks_is_doubtful(symbol, effect):
    found = told(symbol=symbol)

    assert found.issuer.symbol == symbol
    assert {r.field: r.effect for r in found.repairs}.get("issuer symbol") == effect


@pytest.mark.parametrize(("title", "effect"), [("Chief Brewer", None), (None, "doubtful")])
def test_an_officer_of_whom_no_title_is_legible_may_be_none(title, effect):
    owner = Owner(name="Vale Edith", officer=True, officer_title=title)
    found = parties(Issuer(), [owner], [], lines_of(PAGE), REPORTED)

    assert found.owners[0].officer is True
    assert {r.field: r.effect for r in found.repairs}.get("relationship") == effect


@pytest.mark.parametrize(
    ("company", "name", "effect"),
    [
        ("Ingletonia Holdings", "Ingletonia Holdings", "doubtful"),
        ("Ingletania Holdings", "Ingletania Holdings", None),
        ("Inglewood Holdings", "Inglewood Holdings", None),
    ],
)
def test_a_company_of_whose_name_the_page_has_another_print_is_doubtful(company, name, effect):
    page = f"{PAGE}\nC/O Ingletania 9 Quay Road\n2. Issuer {company}"
    found = told(name=company, symbol=None, page=page)

    assert found.issuer.name == name
    assert {r.field: r.effect for r in found.repairs}.get("issuer") == effect


@pytest.mark.parametrize(
    ("signed", "effect"),
    [
        (date(2004, 3, 15), "doubtful"),
        (date(2004, 3, 5), None),
        (date(2004, 3, 12), None),
        (date(2004, 4, 20), None),
    ],
)
def test_a_late_signature_in_all_but_a_digit_a_day_in_time_is_doubtful(signed, effect):
    found = told(signed=signed)

    assert found.signatures[0].signed_on == signed
    assert {r.field: r.effect for r in found.repairs}.get("signature") == effect


def test_a_small_letter_alone_behind_an_owner_is_none_of_the_name():
    assert told(owner="Vale Edith é").owners[0].name == "Vale Edith"
    assert told(owner="Vale Edith M").owners[0].name == "Vale Edith M"


@pytest.mark.parametrize(("name", "effect"), [("Northga!e Inc", "doubtful"), ("Yahoo! Inc", None)])
def test_an_exclamation_mark_in_a_company_s_name_may_be_a_letter(name, effect):
    found = told(name=name, symbol=None)

    assert {r.field: r.effect for r in found.repairs}.get("issuer") == effect
