"""Ten mutated documents of paper: each is read or refused, quickly, and none is a traceback.

`make soak` tries ten thousand.
"""

import pytest

for library in ("pdfminer", "numpy", "PIL"):
    pytest.importorskip(library)

from tests.soak.paper import tried  # noqa: E402  (needs them)


def test_mutated_paper_is_read_or_refused_and_never_fails():
    found = tried(10, seed=1)

    assert found.total() == 10
    assert {came for _, came in found} <= {"read", "read in part", "refused"}
