"""Which findings say that something is wrong with a holding, to whoever counts alarms.

A late filing is `minor`, for somebody has to answer for it, and says nothing against a balance:
where a life is simulated, or a filer's own totals are held against each other, it is no alarm.
"""

from __future__ import annotations

from typing import Protocol


class Judged(Protocol):
    """What is found: of which kind, and how grave."""

    @property
    def kind(self) -> str: ...
    @property
    def severity(self) -> str: ...


_SAYS_NOTHING_OF_A_BALANCE = "LATE_FILING"


def is_alarm(finding: Judged) -> bool:
    """Whether a finding is graver than a remark, and about more than the day of its filing."""
    return finding.severity != "info" and finding.kind != _SAYS_NOTHING_OF_A_BALANCE
