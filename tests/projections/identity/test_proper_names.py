"""Which holders' words name one trust or company, whoever reports it."""

import pytest

from projections.identity.proper_names import proper_name
from projections.identity.vehicles import vehicle_key


@pytest.mark.parametrize(
    "nature",
    [
        "By Larch Hollow Partners LLC",
        "Held by Larch Hollow Partners, L.L.C.",
        "by larch hollow partners",
    ],
)
def test_a_proper_name_is_one_with_its_legal_form_and_without(nature):
    assert proper_name(vehicle_key(nature), "Pemberley Tools Inc") == "larch hollow partners"


@pytest.mark.parametrize(
    "nature",
    [
        "By Trust",
        "By Family Limited Partnership",
        "By Directors' Deferred Stock Trust",
        "By Spouse",
        "By Pemberley Tools Voting Trust",
        "By Pemberley Tools 401(k) Plan",
        "By 2019 GRAT II",
        "By IRA FBO Simon Oldacre",
        "By managed account with broker",
        "By Simon Oldacre",
        "See footnote 3",
    ],
)
def test_words_that_many_holders_have_are_no_proper_name(nature):
    assert proper_name(vehicle_key(nature), "Pemberley Tools Inc") == ""
