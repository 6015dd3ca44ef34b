"""The cheapest pairing of two short lists, solved exactly (Hungarian method)."""

from __future__ import annotations

from collections.abc import Sequence


def cheapest(costs: Sequence[Sequence[int]]) -> list[int]:
    """For each row the column that together cost least; rows must not outnumber columns.

    A single row has nothing to give way to and takes its cheapest column, the first of
    equals, as the general method would.
    """
    return [costs[0].index(min(costs[0]))] if len(costs) == 1 else _augmented(costs)


def _augmented(costs: Sequence[Sequence[int]]) -> list[int]:
    """The same by potentials and augmenting paths (Kuhn, Munkres, Jonker), in O(n²m).

    On whole numbers, so that the answer is exact and the same everywhere.
    """
    n, m = len(costs), len(costs[0]) if costs else 0
    unreached = 1 << 60
    u, v = [0] * (n + 1), [0] * (m + 1)
    owner, way = [0] * (m + 1), [0] * (m + 1)
    for row in range(1, n + 1):
        owner[0], column = row, 0
        least = [unreached] * (m + 1)
        seen = [False] * (m + 1)
        while owner[column]:
            seen[column] = True
            current, delta, following = owner[column], unreached, 0
            for j in range(1, m + 1):
                if seen[j]:
                    continue
                reduced = costs[current - 1][j - 1] - u[current] - v[j]
                if reduced < least[j]:
                    least[j], way[j] = reduced, column
                if least[j] < delta:
                    delta, following = least[j], j
            for j in range(m + 1):
                if seen[j]:
                    u[owner[j]] += delta
                    v[j] -= delta
                else:
                    least[j] -= delta
            column = following
        while column:
            owner[column] = owner[way[column]]
            column = way[column]
    chosen = [0] * n
    for j in range(1, m + 1):
        if owner[j]:
            chosen[owner[j] - 1] = j - 1
    return chosen
