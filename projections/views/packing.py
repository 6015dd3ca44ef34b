"""How the read model keeps its long texts: a quarter of their size.

What a finding or a holding is told as is JSON, mostly of the same names and words. It is
deflated (RFC 1951) beside a text of such words, which is not stored with it. Other words here
are another edition of the rules, by which the read model is built anew.
"""

from __future__ import annotations

import zlib

_WINDOW, _MEMORY = -12, 5
"""4 KiB of what came before are looked back at, without a header: enough for most, soon set up."""

_WORDS = (
    b'"CIK_COLLISION"EXPL_ROUNDING"EXPL_SPLIT"EXPL_TRANSPOSED"EXPL_WITHHOLDING"EXPL_FORFEITURE"EXPL_GIFT"EXPL_CORRECTION'
    b'"EXPL_LATE_FILING"EXPL_ESPP"EXPL_AMENDMENT"EXPL_VEST_COMPOSITION"EXPL_TRUST_DISTRIBUTION"EXPL_FORM_CHANGE'
    b'"OPENING_INFERRED"STALE_BALANCE"TRANSPOSED_DIGITS"AMENDMENT_CHANGES_HISTORY"FOOTNOTE_UNUSED","revised_by":"0000'
    b'"critical"EXPL_CONVENTION","confidence":"medium","explicit":false,"rejected":[],"terms":[{"effective_from":null,"effective_to"'
    b':null,"kind":"class-total","shares":"10"DERIV_POST_SCOPE","message":"the total includes of the owner\'s other series of the title"'
    b'"EXPL_MISSING_FILING","confidence":"none"LEVEL_SHIFT_UNEXPLAINED; a report before it may be missing here, or shares moved '
    b'that no report tells of"Common Stock","severity":"major"}does not close: of the Employee Stock Option (right to buy)"shares '
    b"received upon exempt under Rule 16a- acquired under the employee stock purchase plan on units vest in equal annual "
    b'"effective_on":"20"SHORT_SWING_CANDIDATE","message":"sold at within six months of a purchase of : a profit of $ on shares, '
    b'unless a trade is exempt"BALANCE_BREAK_AMBIGUOUS","confidence":"low"FOOTNOTE_UNDATED","message":" shares, no day given'
    b'{"difference":null,"effective_on":"20","evidence":[],"expected":null,"explanation":null,"filing":"000","id":"","issuer":'
    b'{"cik":"000","name":" Inc","symbol":""},"kind":"LATE_FILING","message":"due 20, filed 20","nature":"","ownership":"direct",'
    b'"person":{"cik":"000","name":""},"reported":null,"revised_by":null,"row":"II.1","security":"Restricted Stock Units",'
    b'"severity":"minor"}{"difference":"1","effective_on":null,"evidence":["000#note.1"],"expected":"2","explanation":{"code":'
    b'"EXPL_REINVESTMENT","confidence":"high","explicit":true,"rejected":[{"code":"EXPL_REINVESTMENT","predicted":"3","residual":"0",'
    b'"why":"at a higher cost: as much as reinvested dividends bring, of which nothing tells"},{"code":"EXPL_ESPP","predicted":"4",'
    b'"residual":"5","why":"without the dividend reinvestment"}],"terms":[{"effective_from":"20","effective_to":"20","kind":'
    b'"dividend-reinvestment","shares":"6","source":"000#note.1","text":"The reported total includes shares on "}]},"filing":"000",'
    b'"id":"","issuer":{"cik":"000","name":" Corp","symbol":""},"kind":"BALANCE_BREAK_EXPLAINED","message":"reported , expected , + = '
    b'+ dividend reinvestment on 20","nature":null,"ownership":null,"person":{"cik":"000","name":""},"reported":"7","revised_by":null,'
    b'"row":null,"security":null,"severity":"info"}{"person":{"cik":"000","name":""},"issuer":{"cik":"000","name":" Inc","symbol":""},'
    b'"table":"II","security":"Restricted Stock Units","ownership":"indirect","nature":"By Trust","exercise_price":"8","expires_on":"20",'
    b'"shares":"9","shares_low":"9","shares_high":"9","basis":"computed","last_claim_on":"20","coverage":"exited","since":"20",'
    b'"explained":true,"owners":[{"cik":"000","name":""}],"position":"000/I/Common Stock/direct////0","findings":["","",""],"evidence":'
    b'["000-20#I.1"],"value":null,"doubted":false,"addresses":["https://www.sec.gov/Archives/edgar/data/000/000-index.htm"],"holder":'
    b'null,"left_out":[],"doubts":[],"worst":[{"id":"","kind":"LATE_FILING","severity":"minor"},{"id":"","kind":'
    b'"BALANCE_BREAK_EXPLAINED","severity":"info"}],"apart":null,"may_be":[]}{"person":{"cik":"000","name":""},"issuer":{"cik":"000",'
    b'"name":" Inc","symbol":""},"table":"I","security":"Common Stock","ownership":"direct","nature":"","exercise_price":null,'
    b'"expires_on":null,"shares":"10","shares_low":"10","shares_high":"10","basis":"reported","last_claim_on":"20","coverage":"open",'
    b'"since":"20","explained":false,"owners":[{"cik":"000","name":""}],"position":"000/I/Common Stock/direct////0","findings":[],'
    b'"evidence":["000-20#I.1"],'
)
"""What findings and holdings are told as, the commonest last; who and how many is left out."""


def packed(text: str) -> bytes:
    """A text as it is kept."""
    deflating = zlib.compressobj(6, zlib.DEFLATED, _WINDOW, _MEMORY, zdict=_WORDS)
    return deflating.compress(text.encode()) + deflating.flush()


def unpacked(kept: bytes) -> bytes:
    """The text that was kept, in UTF-8."""
    return zlib.decompressobj(_WINDOW, zdict=_WORDS).decompress(kept)
