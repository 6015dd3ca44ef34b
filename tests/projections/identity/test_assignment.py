"""Pairing lines with positions: nothing costs less than what is chosen."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from projections.identity.assignment import cheapest

costs = st.integers(1, 4).flatmap(
    lambda columns: st.lists(
        st.lists(st.integers(-3, 9), min_size=columns, max_size=columns),
        min_size=1,
        max_size=columns,
    )
)


@given(costs)
def test_no_other_pairing_is_cheaper(table):
    def price(columns):
        return sum(row[column] for row, column in zip(table, columns, strict=True))

    chosen = cheapest(table)

    every = permutations(range(len(table[0])), len(table))
    assert len(set(chosen)) == len(table)
    assert price(chosen) == min(map(price, every))


def test_of_equal_columns_a_row_takes_the_first():
    assert cheapest([[5, 2, 2, 7]]) == [1]
    assert cheapest([[5, 2, 2, 7], [9, 9, 9, 0]]) == [1, 3]
