"""Footnotes: shares that change their holder within one person's own, and who got how many."""

from __future__ import annotations

import pytest

from tests.ledger.footnotes.notes import kinds, only, stated


def moved(text):
    """What is stated but that the tie to a vehicle ended, which is told beside the rest."""
    return [said for said in stated(text) if said.kind != "reporting-withdrawal"]


@pytest.mark.parametrize(
    ("text", "kind", "to"),
    [
        (
            "In April 2023 the shares in the sole name of the reporting person were re-registered in joint tenancy with his wife.",
            "form-change",
            "joint tenancy",
        ),
        (
            "On May 2, 2023 the reporting person placed his 12,345 shares in joint tenancy with his spouse.",
            "form-change",
            "joint tenancy",
        ),
        (
            "All shares held directly were retitled on May 2, 2023 as community property with the spouse.",
            "form-change",
            "community property",
        ),
        (
            "On April 3, 2023 Trust A and Trust B were combined into the Larch Family Trust.",
            "trust-contribution",
            "the Larch Family Trust",
        ),
        (
            "In May 2023 the Marl Trust was split into three trusts for the settlor's children.",
            "trust-contribution",
            "three trusts",
        ),
        (
            "The trust ended and its 8,200 shares were divided equally between trusts for a son and a daughter.",
            "trust-contribution",
            "trusts",
        ),
        (
            "Shares of the 2010 Trust were decanted into the 2023 Trust on May 1, 2023.",
            "trust-contribution",
            "the 2023 Trust",
        ),
        (
            "On his death the shares of the revocable trust were allocated to the Marital Trust.",
            "trust-contribution",
            "the Marital Trust",
        ),
        (
            "The spouse rolled her 401(k) account over into an individual retirement account on March 31, 2023.",
            "form-change",
            "individual retirement account",
        ),
    ],
)
def test_what_becomes_of_a_holding_is_a_change_of_form(text, kind, to):
    (told,) = moved(text)

    assert (told.kind, told.direction, told.counterpart) == (kind, "disposed", to)


def test_what_the_grantor_takes_back_by_substitution_came_from_the_trust():
    told = only(
        "On April 3, 2023 the reporting person reacquired 1,000 shares from the trust by substituting other assets."
    )

    assert (told.direction, told.shares) == ("acquired", 1000)


@pytest.mark.parametrize(
    "text",
    [
        "On April 3, 2023 Kestrel LLC was liquidated and distributed the 9,000 shares it held pro rata to its members, of which the reporting person received 6,000.",
        "Kestrel LLC distributed all of its 9,000 shares to its members; 6,000 of these shares went to the reporting person.",
        "Kestrel LP distributed 9,000 shares to its partners, including 6,000 shares received by the reporting person.",
    ],
)
def test_of_what_is_given_to_several_the_owners_part_came(text):
    told = [(s.kind, s.shares, s.direction) for s in moved(text)]

    assert told == [("distribution", 9000, "disposed"), ("distribution", 6000, "acquired")]


def test_what_is_received_when_a_company_is_wound_up_came_from_it():
    told = only("Includes 4,000 shares received upon the liquidation of Pellin LLC on May 1, 2023.")

    assert (told.kind, told.direction, told.counterpart) == (
        "distribution",
        "acquired",
        "Pellin LLC",
    )


@pytest.mark.parametrize(
    "text",
    [
        "On May 1, 2023 Target Inc. was merged into the issuer and its shares were converted.",
        "The award was divided into three tranches.",
        "The accounts were consolidated into the issuer's trust department.",
        "The option was rolled over into an option of the issuer.",
        "Shares allocated to the reporting person's account in the ESOP trust.",
        "Includes 4,000 shares received upon the termination of the reporting person's employment.",
        "The agreement provides for termination of the voting trust in 2030.",
        "The trusts may be combined into one trust in 2030.",
        "No shares were placed in joint tenancy.",
    ],
)
def test_words_of_something_else_change_no_holder(text):
    assert not {"form-change", "trust-contribution", "distribution"} & set(kinds(text))
