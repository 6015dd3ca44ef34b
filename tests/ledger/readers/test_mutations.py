"""Five thousand mutated documents: each is read or refused, quickly, and none is a traceback.

`make soak` tries a hundred thousand, and more of them scans.
"""

import pytest

from tests.soak.mutations import cut, tried

TOGETHER = 1_250
SCANS = 100
"""One in so many is a scan, which takes twenty times as long to read; with eleven kinds of
mutation in turn, so that each meets each."""


@pytest.mark.parametrize("seed", [1, 2, 3, 4])
def test_a_mutated_document_is_read_or_refused_and_never_fails(seed):
    found = tried(TOGETHER, seed, seldom=SCANS)

    assert found.total() == TOGETHER
    assert not [key for key in found if key[2] == "refused without a remedy"]


def test_a_form_cut_short_is_never_read_as_if_it_were_whole():
    found = tried(50, seed=5, kinds=[cut])

    assert found["xml", "cut", "refused"]
    assert not found["xml", "cut", "otherwise, silent"]
    assert not found["scanned", "cut", "otherwise, silent"]
