"""Documents with stretches of their bytes lost, or replaced by others, in a few places."""

from hypothesis import strategies as st


def damaged(document: bytes, *, longest: int) -> st.SearchStrategy[bytes]:
    """The document after one to four cuts of up to `longest` bytes, with a few put in instead."""
    cut = st.tuples(st.integers(0, len(document)), st.integers(0, longest), st.binary(max_size=6))

    def apply(cuts: list[tuple[int, int, bytes]]) -> bytes:
        payload = document
        for start, length, put in cuts:
            payload = payload[:start] + put + payload[start + length :]
        return payload

    return st.lists(cut, min_size=1, max_size=4).map(apply)
