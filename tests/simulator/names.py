"""Invented companies, people and identifiers. Nothing here is anyone's real name.

Identifiers lie in a block of Central Index Keys that starts at 9,900,000,000, far above
any that EDGAR has given out, so that a simulated filing is never taken for a real one.
"""

from __future__ import annotations

from random import Random

_STEMS = (
    "Brindlewick Quillmoor Farthingale Osmerod Tansybeck Wexcombe Marrowgate Hollinthwaite "
    "Calderquay Pellinore Thistlecroft Umberfold Vantrice Zephyrine Larkenfell Drumbarrow "
    "Ottershaw Nettlefield Sablemere Gorsebrook Wyvernhall Ironquill Mothergrove Plumbago"
).split()
_TRADES = (
    "Instruments Biologics Networks Foundries Semiconductor Outfitters Therapeutics Logistics "
    "Bancshares Materials Software Pictures Robotics Grain Turbines Optics"
).split()
_ENDINGS = ("Inc", "Inc.", "Corp", "Holdings Inc", "Group Ltd", "Co", "INC")
_FIRST = (
    "Ambrosina Barnaby Clementia Dunstan Eglantine Ferdy Griselda Hartwin Isolda Jolyon Kerensa "
    "Lysander Mehitabel Nicodemus Ottoline Peregrine Quenby Rosamunde Septimus Thomasin Ulric "
    "Verity Wilfrida Xanthe Yestin Zebedee"
).split()
_LAST = (
    "Abernettle Bracegirdle Copperthwaite Dinglebury Entwhistle Fairweather-Oke Gooseberry "
    "Hobthrush Inchbald Jessamine Kettlewick Lovelock Mumblecrust Nightengale-Roe Oddfellow "
    "Pennyfeather Quartermaine Ravensbotham Skimpole Tottering Underhay Vavasour Wigglesworth "
    "Yaxborough Zouchington"
).split()
_TITLES = (
    "Chief Executive Officer",
    "Chief Financial Officer",
    "EVP, Operations",
    "General Counsel",
    "SVP and Controller",
    "President",
    "Chief Technology Officer",
)
_STREETS = ("Lantern Row", "Gander Street", "Old Ropewalk", "Cinder Lane", "Sundial Avenue")
_TOWNS = (("Mistlefold", "MA"), ("East Thimble", "CA"), ("Brackwater", "TX"), ("Plover", "NY"))

_BLOCK = 9_900_000_000
_PEOPLE_PER_WORLD = 1_000
_WORLDS = 99_000


class Identities:
    """Hands out the identifiers of one world; worlds of different seeds share none."""

    def __init__(self, seed: int) -> None:
        self._first = _BLOCK + (seed % _WORLDS) * _PEOPLE_PER_WORLD
        self._next = 0
        self._sequences: dict[int, int] = {}

    def cik(self) -> str:
        """The next unused Central Index Key of this world."""
        self._next += 1
        if self._next >= _PEOPLE_PER_WORLD:
            raise ValueError("one world has room for 998 companies and people; make two")
        return str(self._first + self._next)

    def accession(self, year: int) -> str:
        """The next accession number of this world's filing agent in a year."""
        number = self._sequences.get(year, 0) + 1
        self._sequences[year] = number
        return f"{self._first}-{year % 100:02d}-{number:06d}"


def company_name(rng: Random) -> str:
    """A company that does not exist, such as `Osmerod Turbines Inc`."""
    return f"{rng.choice(_STEMS)} {rng.choice(_TRADES)} {rng.choice(_ENDINGS)}"


def symbol(name: str, rng: Random) -> str:
    """Four letters that resemble the name."""
    letters = [letter for letter in name.upper() if letter.isalpha()]
    return letters[0] + "".join(rng.choice(letters[1:12]) for _ in range(3))


def person_name(rng: Random) -> tuple[str, str, str]:
    """First name, middle initial, last name."""
    return rng.choice(_FIRST), rng.choice("ABCDEGHJKLMPRSTW"), rng.choice(_LAST)


def fund_name(rng: Random) -> str:
    """An investment fund's own word, such as `Tansybeck Ventures`."""
    return f"{rng.choice(_STEMS)} {rng.choice(('Ventures', 'Capital', 'Partners', 'Growth'))}"


def officer_title(rng: Random) -> str:
    """An officer's title."""
    return rng.choice(_TITLES)


def address(rng: Random) -> dict[str, str]:
    """Street, town, state and zip code under the field names of an owner."""
    town, state = rng.choice(_TOWNS)
    return {
        "street1": f"{rng.randrange(1, 900)} {rng.choice(_STREETS)}",
        "city": town,
        "state": state,
        "zip_code": f"{rng.randrange(10000, 99999)}",
    }
