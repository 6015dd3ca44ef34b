"""Many long lives of a ledger beside its model: the simulation of the tests, longer than they have time.

`python -m tests.soak.simulation [LIVES] [SEED] [--processes N]` prints how many lives of how many
steps were lived. Some end before their last step, and others are then lived until the steps are as
many as LIVES whole lives would have. One that goes otherwise than its model is printed step by step,
as short as it can be.
"""

from __future__ import annotations

import logging
import sys
from collections import Counter

from hypothesis import HealthCheck, seed, settings
from hypothesis.stateful import invariant, run_state_machine_as_test

from tests.projections.views.test_simulation import Life
from tests.shares import asked, concluded, together

STEPS = 50
TOGETHER = 25
"""Lives that share a seed."""


def tried(lives, by_seed):
    """How many lives were lived, and how many steps in all: those of so many whole lives or more."""
    logging.disable(logging.WARNING)  # every reader who may not write would be told so
    lived: Counter[str] = Counter()
    while (lacking := lives * STEPS - lived["steps"]) > 0:
        lived += _lived(-(-lacking // STEPS), f"{by_seed} after {lived['steps']} steps")
    return lived


def _lived(lives, by_seed):
    """How many lives were lived, of about so many, and how many steps in all."""
    lived: Counter[str] = Counter()

    class Counted(Life):
        @invariant()
        def one_step_more(self):
            lived["steps"] += 1

        def teardown(self):
            lived["lives"] += 1
            super().teardown()

    many = settings(
        max_examples=lives,
        stateful_step_count=STEPS,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(seed(by_seed)(Counted), settings=many)
    return lived


if __name__ == "__main__":
    lived = together(tried, asked(__doc__, 2_000), size=TOGETHER)
    print(f"{lived['lives']:,} lives, {lived['steps']:,} steps, each as its model had it")
    sys.exit(concluded(lived["lives"], 0))
