"""Every entry of simulated filers, who err and who do not, holds to its arithmetic."""

from tests.invariants import counted, simulated


def test_the_histories_of_simulated_filers_add_up(capsys):
    count = counted(simulated(210))

    assert count.faults == []
    assert count.entries > 10_000
    with capsys.disabled():
        print(f"\n210 sequences: {count.entries:,} entries, {count.lines:,} lines add up")
