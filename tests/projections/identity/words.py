"""Words that titles, names and natures of ownership are made of."""

from hypothesis import strategies as st

WORDS = st.lists(
    st.sampled_from(
        "Common Stock Class A B Series C-1 Preferred Trust by of the 2010 Doe Jane GRAT Fund II LP "
        "L.P. LLC spouse held (1) Inc, Ordinary Shares par value $.01 Restricted units see notes".split()
    ),
    max_size=7,
).map(" ".join)
