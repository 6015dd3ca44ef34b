"""Every entry of simulated filers, who err and who do not, holds to its arithmetic."""

from tests.invariants import counted, simulated
from tests.samples import size


def test_the_histories_of_simulated_filers_add_up(capsys):
    sequences = size(210, 540)
    count = counted(simulated(sequences))

    assert count.faults == []
    assert count.entries > 10_000 / 210 * sequences
    with capsys.disabled():
        print(f"\n{sequences} sequences: {count.entries:,} entries, {count.lines:,} lines add up")
