"""A tie that ended takes a vehicle off the record: by whatever words, and whose tie it was."""

import pytest

from tests.ledger.footnotes.notes import stated

ENDED = [
    ("On March 1, 2021 Birch Hill LLC was dissolved.", "Birch Hill LLC"),
    ("On 1 March 2021 Birch Hill LLC was dissolved.", "Birch Hill LLC"),
    ("The Orrin 2012 Trust terminated on March 1, 2021.", "The Orrin 2012 Trust"),
    ("The Reporting Person ceased to be trustee of the trust on March 1, 2021.", "the trust"),
    ("Effective March 1, 2021, Ms. Orrin stepped down as co-trustee of the Orrin Children's Trust.", "the Orrin Children's Trust"),
    ("Following her resignation as trustee of the Birch Trust on March 1, 2021, no shares are shown.", "the Birch Trust"),
    ("The Reporting Person is no longer serving as a trustee since March 1, 2021.", "trust"),
    ("The undersigned was removed as executor of his father's estate on March 1, 2021.", "father's estate"),
    ("First Bank succeeded the Reporting Person as trustee of the Alder Trust on March 1, 2021.", "the Alder Trust"),
    ("His term as trustee expired on March 1, 2021.", "trust"),
    ("The custodianship of the UTMA account ended on March 1, 2021.", "the UTMA account"),
    ("The Reporting Person ceased to be the managing member of Corrin Holdings LLC on March 1, 2021.", "Corrin Holdings LLC"),
    ("The Reporting Person and her husband were divorced on March 1, 2021.", "spouse"),
    ("Their marriage was dissolved on March 1, 2021.", "spouse"),
    ("The Reporting Person's father passed away on March 1, 2021.", "father"),
    ("The Reporting Person's daughter moved out of the household on March 1, 2021.", "daughter"),
    ("The son attained the age of majority on March 1, 2021.", "son"),
    ("On March 1, 2021 he sold all of his membership interest in the LLC.", "the LLC"),
    ("The Reporting Person's partnership interest was redeemed on March 1, 2021.", "partnership"),
    ("The Reporting Person withdrew from the partnership on March 1, 2021.", "partnership"),
    ("Administration of the estate was completed on March 1, 2021.", "estate"),
    ("The Larch Family Trust terminated by its terms on March 1, 2021.", "The Larch Family Trust"),
    ("The IRA was closed on March 1, 2021.", "The IRA"),
    ("The foundation gave all of its shares to a college on March 1, 2021.", "The foundation"),
    ("The trust sold all 2,700 shares on March 1, 2021.", "The trust"),
]  # fmt: skip
"""Words by which a tie ended on one day, and the vehicle they name."""

GOES_ON = [
    "The Smith Trust sold all of its bonds on May 3, 2004.",
    "The partnership distributed all of its real property in May 2004.",
    "His brother, a co-trustee, having resigned as trustee, the Reporting Person acts alone.",
    "The Reporting Person plans to resign as trustee of the trust.",
    "The Reporting Person will cease to be trustee when the youngest child is 25.",
    "If the Reporting Person is no longer a trustee, the shares go to the bank.",
    "The Reporting Person resigned as trustee on May 1, 2020, but remains a beneficiary.",
    "The Reporting Person resigned as trustee of the 401(k) plan's advisory committee.",
    "The Reporting Person ceased to be an officer of the Issuer on March 1, 2021.",
    "The Reporting Person is no longer a member of the audit committee.",
    "The Reporting Person's brother and his wife were divorced in 2021.",
    "The shares are held by the Reporting Person's divorced daughter.",
    "The Rule 10b5-1 trading plan was terminated on March 1, 2021.",
    "The Reporting Person's employment terminated on March 1, 2021.",
    "The lock-up period ended on March 1, 2021.",
    "The trust will terminate in 2030.",
    "The shares are held by a trust until the estate is closed.",
    "The trust sold 300 shares on March 1, 2021.",
    "The Reporting Person sold a portion of his membership interest in the LLC.",
    "The Reporting Person sold his equity interest in the Company.",
    "John Alder resigned as trustee of the trust on May 1, 2020.",
]
"""Words beside them by which nothing of the owner's ended."""


def left(text):
    return [one for one in stated(text) if one.kind == "reporting-withdrawal"]


@pytest.mark.parametrize(("text", "vehicle"), ENDED)
def test_a_tie_ended_on_its_day_and_with_it_what_there_was_to_report(text, vehicle):
    (said,) = left(text)

    assert (said.counterpart, said.shares) == (vehicle, None)
    if said.effective_from:
        assert str(said.effective_from) == "2021-03-01"


@pytest.mark.parametrize("text", GOES_ON)
def test_what_is_meant_what_others_were_and_what_stays_ends_no_tie(text):
    assert left(text) == []
