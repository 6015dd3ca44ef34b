"""Numbers in words, as notes write them: how many, and which."""

from __future__ import annotations

CARDINALS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    " fifteen sixteen seventeen eighteen nineteen twenty"
).split()
"""The words for nought to twenty; the place of each is what it says."""

TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
"""Those for twenty to ninety."""

ORDINALS = "zeroth first second third fourth fifth sixth seventh eighth ninth tenth".split()
"""The words for the first to the tenth, likewise."""
