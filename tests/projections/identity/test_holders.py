"""Whom a note names as the holder: the whole name, and nothing besides."""

import pytest

from projections.identity.holders import entity_key, holder_as_printed, named_holder, short_names


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
    ("note", "holder"),
    [
        (
            "Held by the Carl B. Oakes Grantor Retained Annuity Trust VII. Mr. Oakes is its trustee.",
            "the Carl B. Oakes Grantor Retained Annuity Trust VII",
        ),
        (
            "Held by the Carl B. Oakes Grantor Retained Annuity Trust V. Mr. Oakes is its trustee.",
            "the Carl B. Oakes Grantor Retained Annuity Trust V",
        ),
        ("Held by Mr. Lund as co-trustee of the Ida S. Lund Trust.", "Ida S. Lund Trust"),
        ("Held by St. Brendan Trust No. 2. Each trustee disclaims.", "St. Brendan Trust No. 2"),
        ("Held by the Paul Q. Oakes, Jr. Trust.", "the Paul Q. Oakes, Jr. Trust"),
        ("Held by Paul Oakes, Jr. The owner is his father.", "Paul Oakes, Jr"),
        ("Held by J.P. Lund Trust f/b/o Ida Lund.", "J.P. Lund Trust f/b/o Ida Lund"),
        ("Held by the Ann M. van der Lund Trust.", "the Ann M. van der Lund Trust"),
        ("Held by Alder Holdings, Inc. Birch LLC is its sole owner.", "Alder Holdings, Inc"),
        ("Held by Alder Holdings, Inc. of which she is president.", "Alder Holdings, Inc."),
        ("Held by the Alder Co. Charitable Trust.", "the Alder Co. Charitable Trust"),
        ("Held by Birch Fund II, L.P. Birch GP, LLC is its partner.", "Birch Fund II, LP"),
        ("Held by Birch Fund (Parallel-A), L.P. (the “Fund”).", "Birch Fund (Parallel-A), LP"),
        ("Held by Birch Fund I. Each of the partners disclaims.", "Birch Fund I"),
        (
            "Held by the Oakes Trust, dated May 3, 2012, for the benefit of his son.",
            "the Oakes Trust, dated May 3, 2012",
        ),
        (
            "Held by the Oakes Trust u/a/d 12.1.2010. He is trustee.",
            "the Oakes Trust u/a/d 12.1.2010",
        ),
        ("The E. W. Oakes 2012 Trust, of which she is trustee.", "The E. W. Oakes 2012 Trust"),
        ("Held by (i) the Ida S. Lund Trust, and (ii) others.", "the Ida S. Lund Trust"),
    ],
)
def test_a_name_is_read_to_its_end_and_no_further(note, holder):
    assert holder_as_printed(note) == holder


def test_who_is_a_trustee_of_the_holder_is_not_the_holder():
    note = "Held by the Oakes Trust, of which Mr. Lund is co-trustee for his children."

    assert holder_as_printed(note) == "the Oakes Trust"


def test_what_then_is_called_the_trust_is_the_one_that_a_note_named():
    told = "In 2017 he contributed shares to the Ida S. Lund Trust IX. The shares held by the trust were given away."
    both = "The Ida S. Lund Trust and the Paul Lund Trust paid. The shares are held by the trust."

    assert holder_as_printed(told) == "the Ida S. Lund Trust IX"
    assert holder_as_printed(both) == "the trust"


def test_a_fund_and_its_parallel_fund_have_short_names_of_their_own():
    notes = (
        "Birch Capital Fund VIII, L.P. (“BCF VIII”) and Birch Capital Fund VIII (Parallel), L.P. (“BCF VIII (P)”).",
        "See also J. W. Alder Fund, Inc. (the “Fund”).",
    )

    assert short_names(notes) == {
        "bcf viii": "birch capital fund viii lp",
        "bcf viii p": "birch capital fund viii parallel lp",
        "fund": "j w alder fund inc",
    }


@pytest.mark.parametrize(
    ("note", "holder"),
    [
        (
            "Held by a trust for the benefit of Ida, of which she is trustee.",
            "trust for the benefit of ida",
        ),
        ("Held in a family trust f/b/o Rolf Lund.", "family trust f b o rolf lund"),
        (
            "Held by a trust for the benefit of the Reporting Person's children.",
            "trust for children",
        ),
        ("Held by a trust for the benefit of Mr. Lund's children.", "trust for children"),
        ("Held by a trust for the benefit of the Reporting Person.", "trust"),
        ("Held in a trust for the benefit of his minor daughter.", "trust for daughter"),
        ("Held by the Lund Trust for the benefit of Ida.", "lund trust"),
    ],
)
def test_a_trust_without_a_name_is_told_by_whose_benefit_it_is_for(note, holder):
    assert entity_key(note) == holder


@pytest.mark.parametrize(
    ("note", "holder"),
    [
        ("The reporting person's wife owns these shares.", "spouse"),
        ("Birch LP is the record holder of these shares.", "birch lp"),
        ("The reporting person may be deemed to beneficially own these shares.", ""),
        ("The Reporting Person does not own these shares.", ""),
        ("Neither of the reporting persons owns such shares.", ""),
        ("The reporting person directly holds these securities.", ""),
        ("She holds these shares as custodian.", ""),
    ],
)
def test_who_owns_the_shares_is_named_where_it_is_another(note, holder):
    assert named_holder(note) == holder
