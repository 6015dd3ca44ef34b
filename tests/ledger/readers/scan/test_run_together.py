"""An owner's and a company's name on one line, with nothing between them but the words."""

import pytest

from ledger.filing import Issuer, Owner, Signature
from ledger.readers.scan.lines import lines_of
from ledger.readers.scan.parties import parties
from ledger.readers.scan.run_together import divided

LABELS = "1. Name and Address of Reporting Person* 2. Issuer Name and Ticker or Trading Symbol 5."


def page(line, *others, between=""):
    return lines_of("\n".join([LABELS, *filter(None, [between]), line, *others]))


def names(line, *others, signers=("/s/ Edith M. Vale",), between=""):
    found = divided(page(line, *others, between=between), signers)
    return found and (found.owner, found.company)


@pytest.mark.parametrize(
    ("line", "owner", "company"),
    [
        ("Vale Edith Northgate Lens, Inc. [ NLI ] (Check all applicable)", "Vale Edith", None),
        ("Vale Edith M Northgate Lens, Inc. [ NLI | (Check aff applicable)", "Vale Edith M", None),
        ("Vale Edith [Northgate Lens, Inc. { NLI } {Cheek all appiicable}", "Vale Edith", None),
        ("Vaie Edith Northgate Lens, Inc. NLI ]", None, None),
        ("VALE EDITH M NORTHGATE LENS, INC. ( NLI )", "VALE EDITH M", "NORTHGATE LENS, INC."),
    ],
)
def test_who_signs_is_the_owner_and_the_rest_the_company(line, owner, company):
    expected = (owner, company or "Northgate Lens, Inc.") if owner else None

    assert names(line) == expected


@pytest.mark.parametrize(
    ("line", "elsewhere"),
    [
        ("Vale Edith : Northgate Lens, Inc. [ NLI ]", ""),
        ("Vale Edith NORTHGATE LENS INC [ NLI ]", ""),
        ("VALE EDITH M Northgate Lens, Inc. [ NLI ]", ""),
        ("Vale Edith Northgate Lens, Inc. [ NLI ]", "C/O NORTHGATE LENS, INC. 12 MILL STREET"),
        ("Vale Edith O Northgate Lens, Inc. [ NLI ]", "C / O NORTHGATE LENS, INC."),
    ],
)
def test_another_signs_and_a_ruled_line_capitals_or_the_address_tell_the_names_apart(
    line, elsewhere
):
    found = names(line, elsewhere, signers=("/s/ Ada Roe, Attorney-in-Fact",))

    assert found is not None
    assert found[0].lower().startswith("vale edith")
    assert found[1].lower().startswith("northgate lens")


@pytest.mark.parametrize(
    "line",
    [
        "Vale Edith Northgate Lens, Inc. [ NLI ]",  # nothing tells where one ends
        "VALE EDITH IBM Corp [ IBM ]",  # capitals go on into the company's name
        "Vale Edith Roe NORTHGATE LENS INC [ NLI ]",  # a person has two names and an initial
        "Vale Family Trust NORTHGATE LENS INC [ NLI ]",
        "Northgate INC [ NLI ]",
        "Vale Edith Northgate Lens, Inc.",  # no symbol ends it
    ],
)
def test_names_that_nothing_divides_are_not_divided(line):
    assert names(line, signers=("/s/ Ada Roe, Attorney-in-Fact",)) is None


def test_a_line_between_the_labels_and_the_names_is_passed_over():
    line = "Vale Edith Northgate Lens, Inc. [ NLI ]"

    assert names(line, between="5. Relationship of Reporting Person(s) to Issuer") == (
        "Vale Edith",
        "Northgate Lens, Inc.",
    )


def test_both_names_are_told_as_inferred_and_a_name_that_both_make_is_unknown():
    line = "Vale Edith Northgate Lens, Inc. [ NLI ] (Check all applicable)"
    both = Issuer(name="Vale Edith Northgate Lens, Inc.", symbol="NLI")
    signed, other = (
        parties(both, [Owner()], [Signature(name=name)], page(line), ())
        for name in ("/s/ Edith Vale", "/s/ Ada Roe")
    )

    assert (signed.owners[0].name, signed.issuer.name) == ("Vale Edith", "Northgate Lens, Inc.")
    assert {one.effect for one in signed.repairs} == {"inferred"}
    assert (other.owners[0].name, other.issuer.name) == (None, None)
    assert [one.effect for one in other.repairs] == ["field unknown"]


def test_columns_that_stand_apart_are_left_as_they_were_read():
    lines = lines_of(f"{LABELS}\nVale Edith      Northgate Lens, Inc. [ NLI ]")

    assert divided(lines, ["/s/ Edith Vale"]) is None
