"""The one door to every reader: bytes in, a Filing out, whatever the format.

Each name below is loaded when it is first asked for, and the readers with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from ledger.loading import on_demand

if TYPE_CHECKING:
    from ledger.readers.formats import sniff
    from ledger.readers.pieces import Part
    from ledger.readers.reader import read, read_forms
else:
    _HOMES = {
        "Part": "ledger.readers.pieces",
        "read": "ledger.readers.reader",
        "read_forms": "ledger.readers.reader",
        "sniff": "ledger.readers.formats",
    }

    __getattr__ = on_demand(__name__, _HOMES)

__all__ = ["Part", "read", "read_forms", "sniff"]
