"""The days of a filing: when it became known or public, and what speaks against its rows' own."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

from ledger.types import eastern_day
from projections.filings.records import Dossier, Line

_NEAREST, _FARTHEST, _LIKELY = timedelta(days=-1), timedelta(days=6), timedelta(days=4)
"""How long before its filing the day of a row that is a year off lies in the year that was meant:
a form is due within days. The last is the most where nothing else in the filing speaks of another day."""

_A_YEAR = range(365 + _NEAREST.days, 366 + _FARTHEST.days + 1)
"""How many days before its filing the day of such a row is, where it is of the year before."""

GAP = timedelta(days=400)
"""How long without a report makes a missing one likely: a year's, and a month to file it."""


def gap_between(before: date | None, day: date | None) -> bool:
    """Whether so long lies between two reports that one in between is likely missing."""
    return before is not None and day is not None and day - before > GAP


def known_on(dossier: Dossier) -> date:
    """The day, on EDGAR's clock, on which the public could know of the filing."""
    return eastern_day(dossier.known.at)


def public_on(dossier: Dossier) -> date | None:
    """The day the filing became public on EDGAR's clock, or was signed where that is all."""
    accepted = dossier.head.accepted_at
    return dossier.head.filed_on or (eastern_day(accepted) if accepted else dossier.signed_on)


def left_on(dossier: Dossier) -> date:
    """The day of which a report of leaving Section 16 is: its last line's, or its own."""
    told = (line.effective_on for line in dossier.lines if line.effective_on)
    return max(told, default=dossier.head.period or public_on(dossier) or date.max)


def long_unheard(dossier: Dossier, own: Iterable[Dossier]) -> bool:
    """Whether of a filing's owners nothing was heard for long before its event, by their own reports."""
    heard = (known_on(d) for d in own if d.known.at < dossier.known.at)
    return gap_between(max(heard, default=None), dossier.head.period or dossier.day)


_SEASON = timedelta(days=60)
"""How long after a fiscal year its Forms 5 come: forty-five days, and some come late."""


def year_end_of(dossiers: Iterable[Dossier]) -> str | None:
    """When a fiscal year ends (MMDD), as most Forms 5 have it in their period of report.

    Some filers write the day of a transaction there: what ends no month, or was over for long,
    is taken for none.
    """
    ends: Counter[str] = Counter()
    for dossier in dossiers:
        period, public = dossier.head.period, public_on(dossier)
        if dossier.base_form != "5" or period is None or public is None:
            continue
        if (period + timedelta(days=1)).day == 1 and timedelta(0) <= public - period <= _SEASON:
            ends[f"{period:%m%d}"] += 1
    return min(ends, key=lambda end: (-ends[end], end), default=None)


def speaks_on(dossier: Dossier) -> date:
    """The day in whose turn a filing stands: an amendment speaks as of what it amends.

    That day counts only where the amendment stands alone, its original not being here.
    """
    day = known_on(dossier)
    original = dossier.head.original_on if dossier.amends else None
    return min(day, original or day)


def a_year_off(day: date, public: date, dossier: Dossier) -> bool:
    """Whether a row's day looks like a slip: in a later year it would stand beside its filing."""
    return _year_meant(day, public, dossier) is not None


def _year_meant(day: date, public: date, dossier: Dossier) -> int | None:
    """The later year in which a row's day would stand beside its filing; None where it need not.

    The period of report is the day of the earliest transaction, so a period of the same
    day in a later year shows it however late the filing is. So do two digits that changed
    places, as 2012 for 2021, where the day was just before the filing.
    """
    if dossier.base_form != "4" or dossier.amends:
        return None
    period = dossier.head.period
    if period and period.year > day.year and (period.month, period.day) == (day.month, day.day):
        return period.year
    own, its = f"{day.year}", f"{public.year}"
    if own != its and own[:1:-1] == its[2:] != own[2:]:
        late = public - _in_year(day, public.year)
        return public.year if timedelta(0) <= late <= _SOON and public > day else None
    if (public - day).days not in _A_YEAR:
        return None  # at once, for hardly a row is so old
    late = public - _in_year(day, day.year + 1)
    if not _NEAREST <= late <= _FARTHEST:
        return None
    others = [ln.effective_on for ln in dossier.lines if ln.effective_on and ln.effective_on != day]
    alone = bool(others) or (period is not None and period != day)
    return day.year + 1 if alone or late <= _LIKELY else None


_SOON = timedelta(days=10)
"""How long after a transaction its form comes, a week late: more would be another day's."""


def likely_day(dossier: Dossier, line: Line) -> date | None:
    """The day of a row's transaction, in a later year where the rest of its form shows the year to be a slip.

    The period of report shows it, or other rows: a lone row may be of a form that is a year late.
    Nothing is told before it happened: of a day after the filing the year is wrong where another
    one makes it a day just before that, and else the period is the day.
    """
    day, public, period = line.effective_on, public_on(dossier), dossier.head.period
    if day is not None and public is not None and day > public:
        years = [_in_year(day, public.year), _in_year(day, public.year - 1)]
        near = next((one for one in years if timedelta(0) <= public - one <= _SOON), None)
        return near or (period if period and period <= public else day)
    year = None if day is None or public is None else _year_meant(day, public, dossier)
    if day is None or year is None:
        return day
    others = {ln.effective_on for ln in dossier.lines if ln.effective_on} - {day}
    later = _in_year(day, year)
    return later if period == later or (others and min(others) > day + _HALF_A_YEAR) else day


_HALF_A_YEAR = timedelta(days=183)
"""By how much more than a row's all other days of its form lie to show its year to be a slip."""


def _in_year(day: date, year: int) -> date:
    leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=year, day=28 if leap_day else day.day)


def doubt_of_day(dossier: Dossier, line: Line) -> str | None:
    """What speaks against the day of a transaction; None where nothing does."""
    day = line.effective_on
    if line.holding or day is None or (public := public_on(dossier)) is None:
        return None
    if day > public:
        return f"dated {day.isoformat()}, after the filing of {public.isoformat()}"
    year = _year_meant(day, public, dossier)
    if year is not None:
        when = "a year later" if year == day.year + 1 else f"in {year}"
        return f"dated {day.isoformat()}; {when} it would stand beside the filing of {public.isoformat()}"
    return None
