"""Notes that divide the shares of a line between several holders."""

from decimal import Decimal

import pytest

from projections.identity.divided import parts_told


@pytest.mark.parametrize(
    ("note", "parts"),
    [
        (
            "Includes 1,200 shares held by Alder U.S. Fund V, L.P. (AUF V), 30 shares held by Alder V Principals Fund, L.P. (AUF V PF) and 4 shares held by Alder V Co. Holdings.",
            {"Alder U.S. Fund V, LP": 1_200, "Alder V Principals Fund, LP": 30, "Alder V Co": 4},
        ),
        (
            "Of these, (i) 1,000 are held directly by Birch I, L.P.; and (ii) 250 by Birch LLC.",
            {"Birch I, LP": 1_000, "Birch LLC": 250},
        ),
        (
            "Includes 70.5 shares of Class B stock held in the Vale Family Trust and 9 held in an IRA.",
            {"Vale Family Trust": "70.5", "IRA": 9},
        ),
        ("These options are owned as follows: 24 by Rose B Vale and 6 by R. Otto Vale.",
         {"Rose B Vale": 24, "R. Otto Vale": 6}),
    ],
)  # fmt: skip
def test_a_note_names_each_holder_with_a_number(note, parts):
    wanted = {name: Decimal(number) for name, number in parts.items()}

    assert dict(parts_told(note, sum(wanted.values()))) == wanted


@pytest.mark.parametrize(
    "note",
    [
        "Includes 500 shares acquired under the purchase plan on June 30, 2020.",
        "500 options that vest in June 2024 are exercisable.",
        "The 500 shares may be deemed to be owned by each reporting person.",
        "Includes 400 shares held by Alder I, L.P. and 50 by Alder II, L.P.",
    ],
)
def test_other_numbers_in_a_note_are_no_parts(note):
    assert parts_told(note, Decimal(500)) == ()
