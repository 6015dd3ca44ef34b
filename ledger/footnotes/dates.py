"""The days, months and periods a note names, and what part each plays."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Literal, NamedTuple

from ledger.footnotes.lettercase import pattern
from ledger.types import Precision, month_interval

Role = Literal["at", "period", "as-of", "document", "schedule"]
"""`at`: when something happened. `period`: the offering period of a purchase plan, within
which it happened. `as-of`: the day a balance is stated for. `document`: the date of a filing,
agreement or trust, of a plan's restatement, of the grant of what is spoken of, or of what had
become of it before. `schedule`:
when something will vest or lapse, or until when it may not be sold."""

_MONTHS = (
    "January February March April May June July August September October November December"
).split()
_SHORT = {name[:3].lower(): number for number, name in enumerate(_MONTHS, start=1)}


def _month_names() -> str:
    """Every way to print a month: `January`, `Jan.`, `JANUARY`; never the verb `may`."""
    forms = []
    for name in _MONTHS:
        short = "Sept?" if name == "September" else name[:3]
        forms += [name, short, name.upper(), short.upper()]
    names = "|".join(dict.fromkeys(sorted(forms, key=len, reverse=True)))
    return rf"(?=[ADFJMNOS])(?:{names})\b\.?"


_M = _month_names()
_YEAR = r"(?:19|20)\d\d"
_ORDINAL = r"(?:st|nd|rd|th)?"
_DAY = pattern(
    r"\b(?=[\dA-Zbdfiost])(?:"
    r"(?P<since>(?:[Ss]ince|[Bb]etween)\s+(?:the\s+)?(?:date\s+of\s+)?(?:[\w.'()]+\s+){0,6}?"
    r"(?:last|previous|prior|most\s+recent|latest|preceding)\s+(?:[\w'()-]+\s+){0,3}?"
    r"(?:reports?|filings?|forms?|statements?|[Ff]orm\s+[345]|reported)\b)"
    rf"|(?P<mdy>(?P<m1>{_M})\s*(?P<d1>\d{{1,2}}){_ORDINAL}(?:\s*,\s*|\s+)(?P<y1>{_YEAR})\b)"
    rf"|(?P<dmy>(?P<d2>\d{{1,2}}){_ORDINAL}\s+(?:day\s+)?(?:of\s+)?(?P<m2>{_M}),?\s+(?P<y2>{_YEAR})\b)"
    r"|(?P<us>(?<![\w/.-])(?P<m3>\d{1,2})(?P<slash>[/-])(?P<d3>\d{1,2})(?P=slash)"
    r"(?P<y3>\d{4}|\d{2})(?![\w/]|-\d))"
    r"|(?P<iso>(?<![\w/.-])(?P<y4>\d{4})-(?P<m4>\d\d)-(?P<d4>\d\d)\b)"
    rf"|(?P<month>(?P<m5>{_M})(?:\s+of)?,?\s+(?P<y5>{_YEAR})\b)"
    rf"|(?P<yearless>(?P<m6>{_M})(?:\s+(?P<d6>\d{{1,2}}){_ORDINAL}\b)?"
    rf"(?=\s*(?:,|and|&|to|through|thru|-)\s*(?:and\s+)?{_M}))"
    r"|(?P<quarter>(?:(?P<q1>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth)\s+(?:calendar\s+)?quarter"
    rf"\s+(?:of\s+)?|Q(?P<q2>[1-4])\s+(?:of\s+)?)(?:calendar\s+)?(?:year\s+)?(?P<y7>{_YEAR})\b)"
    r"|(?P<year>(?:[Dd]uring|[Ii]n|[Ff]or|throughout|DURING|IN)\s+(?:the\s+)?(?:calendar\s+)?"
    rf"(?:year\s+)?(?P<y8>{_YEAR})\b(?!\s+(?:[A-Z]|annual|plan|equity|stock|employee|incentive)))"
    rf"|(?P<half>(?:(?P<h1>[Ff]irst|[Ss]econd)\s+half\s+of\s+|H(?P<h2>[12])\s+(?:of\s+)?)(?:calendar\s+)?(?:year\s+)?(?P<y9>{_YEAR})\b)"
    rf"|(?P<begun>[Ss]ince\s+(?:the\s+)?(?:beginning|start)\s+of\s+(?:calendar\s+)?(?:year\s+)?(?P<y10>{_YEAR})\b)"
    rf"|(?P<over>(?:[Bb]y|[Bb]efore)\s+(?:the\s+)?(?:end|close)\s+of\s+(?:calendar\s+)?(?:year\s+)?(?P<y11>{_YEAR})\b)"
    rf"|(?P<course>[Oo]ver\s+(?:the\s+course\s+of\s+)(?:calendar\s+)?(?:year\s+)?(?P<y12>{_YEAR})\b)"
    rf"|(?P<fiscalyear>(?:(?:[Dd]uring|[Ii]n|[Ff]or|throughout)\s+(?:the\s+|its\s+)?(?:company's\s+|issuer's\s+)?)?[Ff]iscal(?:\s+year)?\s+(?P<y13>{_YEAR})\b)"
    r"|(?P<fiscal>[Dd]uring\s+(?:the\s+)?(?:company's\s+|issuer's\s+)?[Ff]iscal(?:\s+year)?\b"
    r"(?!\s+(?:(?:quarter|half|period|year)\s+)?end(?:ed|ing)\b)))"
)
_HINT = pattern(r"[12][90]\d\d|\d[/-]\d|ince\s|iscal\s|etween\s")
_RANGE = pattern(
    r"\s*,?\s*(?:(?P<ends>(?:and\s+)?(?:end(?:ed|ing|s)|clos(?:ed|ing)|conclud(?:ed|ing))(?:\s+on)?)"
    r"|(?P<and>and)|(?:up\s+)?to(?:\s+and\s+including)?|through(?:\s+and\s+including)?|thru|until|-)\s*(?:the\s+)?$",
    re.IGNORECASE,
)
_PERIOD_AFTER = pattern(
    r"\s*,?\s*(?:[\w-]+\s+){0,2}?(?:purchase|offering|enrol?lment|accumulation|subscription|savings|contribution)\s+(?:period|window|cycle)s?\b",
    re.IGNORECASE,
)
_FOR_PERIOD = pattern(
    r"\b(?:for|in|during|within|respect\s+of|with\s+respect\s+to|covering|relating\s+to)\s+(?:the\s+|its\s+|an?\s+)?(?:[\w-]+\s+){0,3}?(?:period|window|cycle|services?|(?:fee|retainer|salary|bonus|compensation)s?\s+(?:earned|payable|due))s?"
    r"\s+(?:(?:from|of|between|beginning|running|commencing|starting)(?:\s+on|\s+from)?\s*)?$",
    re.IGNORECASE,
)
"""Words around a range by which it is the period that a day's purchase was made for."""
_LAST_DAY = pattern(
    r"\b(?:last|final)\s+(?P<business>(?:business|trading|market)\s+)?(?:day|date)\s+(?:of|in)\s+(?:the|that|an?|each|its)\s+"
    r"(?:[\w-]+\s+){0,5}?(?:periods?|window|cycle|quarter|half[\s-]year|year|offering)\b",
    re.IGNORECASE,
)
"""Words before a period's end by which that day itself is meant."""
_LONG = pattern(r"\b(?P<span>three|six|twelve)[\s-]months?\b", re.IGNORECASE)
_PAID_IN = pattern(
    r"\b(?:contribut\w+|deductions?|amounts\s+withheld)\b[^.;,\d]{0,40}$", re.IGNORECASE
)
_PAID_IN_THEN = pattern(
    r"\s*,?\s+(?:the\s+)?(?:[\w']+\s+){1,3}?(?:contributed|deducted|set\s+aside)\b", re.IGNORECASE
)
"""Words around a range in which money was paid in for a purchase, which had a day of its own."""
_TO_DATE = pattern(r"[^.;]{0,60}?\b(?:to|through)\s+(?:the\s+)?(?:date|present)\b", re.IGNORECASE)
_BEFORE = pattern(
    r"\b(?=[a-hl-vy])(?:(?P<period>(?:(?:purchase|offering|enrol?lment|accumulation|subscription|savings|contribution)\s+(?:periods?|window)\b"
    r"|\boffering\s+(?:that|which)\s+(?:runs?|ran|beg[aiu]n|began|started|commenced|opened)\b)"
    r"(?:(?!\b(?:purchased|acquired|bought|shares?|units?)\b)[^.;,]|,\s*(?=(?:19|20)\d\d)){0,70}$)"
    r"|(?P<open>(?:from|between|period\s+of|beginning(?:\s+on)?)\s*(?:the\s+)?$)"
    r"|(?P<since>(?:since|after)\s*$)"
    r"|(?P<asof>(?:(?<!ffective )as\s+(?:of|at)|statement\s+(?:dated|date(?:\s+of)?)(?:\s+as\s+of)?)\s*(?:the\s+)?$)"
    r"|(?P<document>(?:filed|reported(?!\s+(?:on|in)\s+this)|disclosed|dated|dtd|u/?[at]/?d|u/d/t|executed|form\s+[345](?:/a)?|schedule\s+13[dg])"
    r"(?:\s+(?:with\s+the\s+(?:sec|commission)|on|in|as\s+of|of|for))*\s*$)"
    r"|(?P<restated>(?:enrol?led|enrol?lment|joined|(?:annual|special|general)\s+meeting)\b[^.;,\d]{0,30}$|(?:amended(?:,?\s+and\s+restated)?|restated|adopted|approved|established|amendment)\b"
    r"(?:\s+(?:and\s+restated|effective|as\s+of|on|in|through|by\s+(?:(?:the|its|our)\s+)?(?:\w+'s\s+)?\w+))*\s*(?:the\s+)?$)"
    r"|(?P<granted>(?:granted|awarded|grants?|(?<!from the )(?<!out of the )awards?)\b(?!\s+to\s+[^.;,]{0,30}?\b(?:former|ex|spouse|wife|husband)\b)(?:\s+of\s+\d[\d,]*(?:\s+[a-z]+){1,4}?(?=\s+(?:made|dated)\b))?(?:\s+(?:to|under|pursuant|by|made|for)\b[^.;,\d]{0,40}?)?"
    r"\s*(?:on|in|during|dated|of)?\s*(?:the\s+)?$)"
    r"|(?P<record>(?:of\s+record|record\s+date|ex-?dividend\s+date|declared)\b(?:\s+(?:on|as|of|at|was|is|the|close|business|,))*,?\s*$"
    r"|(?:periods?|window|cycle|term)\s+(?:that|which)\s+(?:opened|began|started|commenced)(?:\s+on)?\s*$"
    r"|(?:offering|enrol?lment|subscription)\s+(?:(?:start|commencement)\s+)?date(?:\s+(?:of|was|is|on)|\s*:)?\s*(?:the\s+)?$)"
    r"|(?P<earlier>(?:to\s+(?:which|whom)\s+|(?:that|which)\s+(?:[\w']+\s+){0,3}?had\s+(?!(?:\w+\s+){0,2}?(?:granted|awarded)\b))[^.;,]{0,40}?\b(?:on|in)\s*$)"
    r"|(?P<locked>(?:may\s+not|cannot|can\s+not|must\s+not|shall\s+not|not\s+to)\s+be\s+\w+[^.;]{0,60}$"
    r"|(?:until|prior\s+to|before|lock-?up\b[^.;]{0,40}|restricted\s+through)\s*(?:the\s+)?$)"
    r"|(?P<vested>(?:upon|on|at|following|after|connection\s+with|result\s+of|by)\s+(?:the\s+)?(?:\w+\s+)?(?:vesting|lapse)\b"
    r"(?:(?!\b(?:granted|awarded|made)\b)[^.;]){0,60}$)"
    r"|(?P<schedule>(?:(?<!not )(?<!failed to )vest(?!ed\s+in\s+(?:the\s+)?(?:reporting|him|her|undersigned)\b)(?:s|ed|ing)?|exercisable|expir(?!ed)\w+|lapses?|maturity)\b[^.;]{0,40}$)"
    r"|(?P<ended>(?P<span>quarter|half[\s-]year|(?:three|six|twelve)(?:\s+months|[\s-]months?\s+period)|year)"
    r"\s+end(?:ed|ing)\s*(?:on\s*)?$)"
    r"|(?P<ending>(?:periods?|cycle|term|window)\s+(?:(?:that|which)\s+)?(?:end(?:ed|ing|s)|clos(?:ed|ing)|conclud(?:ed|ing))\s*(?:on\s*)?$)"
    r"|(?P<through>(?:through|thru|up\s+to(?:\s+and\s+including)?|no\s+later\s+than)\s*(?:the\s+)?$))",
    re.IGNORECASE,
)
_NAMES_AN_AWARD = pattern(
    r"\s+(?:(?!on\b|upon\b|from\b)[\w-]+\s+){0,3}?(?:awards?|grants?)\b(?!\s+(?:was|were)\s+(?:made|granted))",
    re.IGNORECASE,
)
_OF_THE = pattern(
    r"\b(?:of|under|from|to)\s+(?:(?:the|his|her|an?|such|that)\s+)?$|\b(?:the|his|her|person's|owner's)\s+$",
    re.IGNORECASE,
)
"""Around a date that only tells which award is meant: "of the March 1, 2018 award"."""
_OF_EACH = pattern(
    r"\bthe\s+(?P<day>\d{1,2})(?:st|nd|rd|th)\s+(?:day\s+)?of\s+(?:each|every)\s+(?:(?:month\s+)?of\s+|(?:of\s+)?the\s+months\s+(?:of\s+)?)?$",
    re.IGNORECASE,
)
"""Words before a list of months by which the same day of each is meant."""
_MONTH = re.compile(_M)
_MONTHS_LISTED = pattern(
    rf"\beach\s+of\s+(?:the\s+months\s+of\s+)?(?P<list>{_M}(?:(?:\s*,\s*(?:and\s+)?|\s+and\s+){_M})+)(?!\s*,?\s*(?:and\s+)?(?:{_M}|\d))"
)
_LISTED = pattern(r"\s*(?:,\s*)?(?:and\s+|&\s*)?", re.IGNORECASE)
_MONTHS_OF = {"quarter": 3, "half": 6, "three": 3, "six": 6, "twelve": 12, "year": 12}
_ENDING = pattern(r"\b(?:end|clos|conclud)\w*\s*(?:on\s*)?$", re.IGNORECASE)


class When(NamedTuple):
    """A date or period and where it stands; open ends are None."""

    start: int
    end: int
    effective_from: date | None
    effective_to: date | None
    precision: Precision
    role: Role = "at"


Interval = tuple[date | None, date | None, Precision]


def dates(text: str, start: int, end: int) -> list[When]:
    """Every date a stretch of plain text names, in order; ranges are joined into one.

    Text that looks like a date and is none (February 30) is left out.
    """
    if not _HINT.search(text, start, end):
        return []
    found: list[When] = []
    following = ""
    for match in reversed(list(_DAY.finditer(text, start, end))):
        when = _one(match, following)
        following = next((match[y] for y in ("y1", "y2", "y5") if match[y]), following)
        if when:
            found.append(when)
    return _joined(text, start, end, list(_on_a_day_of_each(text, start, found[::-1])))


def months_listed(text: str, start: int, end: int) -> int:
    """How many months a stretch lists without a year, in each of which something happened; 0 for none.

    >>> months_listed("20 in each of April, July and October", 0, 37)
    3
    """
    listed = _MONTHS_LISTED.search(text, start, end)
    return len(_MONTH.findall(listed["list"])) if listed else 0


def _on_a_day_of_each(text: str, start: int, found: Sequence[When]) -> Iterator[When]:
    """The dates, months in a list of which one day is meant as that day: "the 15th of each of May and June"."""
    number, end = 0, start
    for when in found:
        led = _OF_EACH.search(text, max(start, when.start - 60), when.start)
        if led:
            number = int(led["day"])
        elif not _LISTED.fullmatch(text, end, when.start):
            number = 0
        end, month = when.end, when.effective_from
        exact = number and month and when.precision == "month" and number <= 28
        day = month.replace(day=number) if exact and month else None
        yield when._replace(effective_from=day, effective_to=day, precision="day") if day else when


def _one(match: re.Match[str], following_year: str) -> When | None:
    """The date of one match; a date without a year takes the year that follows it."""
    name = next(key for key in _READERS if match[key])
    try:
        interval = _READERS[name](match, following_year)
    except ValueError:
        return None
    if interval is None:
        return None
    first, last, precision = interval
    return When(match.start(), match.end(), first, last, precision)


def _day(year: str, month: int, day: str) -> Interval:
    number = int(year)
    if number < 100:  # two digits: the forms are younger than 1934 and this rule than 2050
        number += 2000 if number < 50 else 1900
    on = date(number, month, int(day))
    return on, on, "day"


def _month(year: str, month: int) -> Interval:
    return *month_interval(int(year), month), "month"


def _number(name: str) -> int:
    return _SHORT[name[:3].lower()]


def _yearless(match: re.Match[str], year: str) -> Interval | None:
    if not year:
        return None
    month = _number(match["m6"])
    return _day(year, month, match["d6"]) if match["d6"] else _month(year, month)


def _quarter(match: re.Match[str], _year: str) -> Interval:
    words = ("first", "second", "third", "fourth")
    quarter = int(match["q2"]) if match["q2"] else words.index(match["q1"].lower()) + 1
    year = int(match["y7"])
    return date(year, 3 * quarter - 2, 1), month_interval(year, 3 * quarter)[1], "interval"


def _half(year: int, word: str | None, number: str | None) -> Interval:
    second = number == "2" or (word or "").lower() == "second"
    first, last = (7, 12) if second else (1, 6)
    return date(year, first, 1), month_interval(year, last)[1], "interval"


def _fiscal(year: int) -> Interval:
    """Some time in a fiscal year, whose months a note does not give.

    It has its name from the calendar year that it ends in, or, of those that end in its first
    days (weeks of 52 and 53), from the one before.
    """
    return date(year - 1, 2, 1), date(year + 1, 2, 3), "interval"


_READERS: dict[str, Callable[[re.Match[str], str], Interval | None]] = {
    "since": lambda _m, _y: (None, None, "interval"),
    "mdy": lambda m, _y: _day(m["y1"], _number(m["m1"]), m["d1"]),
    "dmy": lambda m, _y: _day(m["y2"], _number(m["m2"]), m["d2"]),
    "us": lambda m, _y: _day(m["y3"], int(m["m3"]), m["d3"]),
    "iso": lambda m, _y: _day(m["y4"], int(m["m4"]), m["d4"]),
    "month": lambda m, _y: _month(m["y5"], _number(m["m5"])),
    "yearless": _yearless,
    "quarter": _quarter,
    "year": lambda m, _y: (date(int(m["y8"]), 1, 1), date(int(m["y8"]), 12, 31), "year"),
    "half": lambda m, _y: _half(int(m["y9"]), m["h1"], m["h2"]),
    "begun": lambda m, _y: (date(int(m["y10"]), 1, 1), None, "interval"),
    "over": lambda m, _y: (None, date(int(m["y11"]), 12, 31), "interval"),
    "course": lambda m, _y: (date(int(m["y12"]), 1, 1), date(int(m["y12"]), 12, 31), "year"),
    "fiscalyear": lambda m, _y: _fiscal(int(m["y13"])),
    "fiscal": lambda _m, _y: (None, None, "interval"),
}


def _joined(text: str, start: int, end: int, found: list[When]) -> list[When]:
    """The dates with `from A to B` made one and each given its part."""
    result: list[When] = []
    index = 0
    while index < len(found):
        when = found[index]
        before = _BEFORE.search(text, max(start, when.start - 100), when.start)
        after = found[index + 1] if index + 1 < len(found) else None
        link = _RANGE.match(text, when.end, after.start) if after else None
        opened = before is not None and before.lastgroup == "open"
        if after and link and (opened or not link["and"]) and when.effective_from:
            role: Role = "period" if _of_a_period(text, before, when, after) else "at"
            spanned = When(
                start=when.start,
                end=after.end,
                effective_from=when.effective_from,
                effective_to=after.effective_to,
                precision="interval",
                role=role,
            )
            words = text[max(start, when.start - 100) : when.start]
            last = _closing(after, words) if role == "period" else None
            when = last._replace(start=when.start) if last else spanned
            index += 1
        elif opened and _TO_DATE.match(text, when.end):
            when = when._replace(effective_to=None, precision="interval")
        elif when.precision != "day" and _PAID_IN.search(
            text, max(start, when.start - 60), when.start
        ):
            when = when._replace(role="period")
        elif _NAMES_AN_AWARD.match(text, when.end, end) and _OF_THE.search(
            text, max(start, when.start - 24), when.start
        ):
            when = when._replace(role="document")
        elif before and before.lastgroup != "open":
            told = before["earlier"] is not None and any(one.role == "at" for one in result)
            when = when._replace(role="document") if told else _in_its_part(when, before)
        result.append(when)
        index += 1
    return result


def _of_a_period(text: str, before: re.Match[str] | None, first: When, last: When) -> bool:
    """Whether a range is said to be the period of a plan's purchase, before it or after it."""
    if before is not None and before.lastgroup == "period":
        return True
    if _PERIOD_AFTER.match(text, last.end) or _PAID_IN_THEN.match(text, last.end):
        return True
    if _PAID_IN.search(text, max(0, first.start - 60), first.start):
        return True
    return _FOR_PERIOD.search(text, max(0, first.start - 100), first.start) is not None


def _last_day(when: When, before: re.Match[str]) -> When | None:
    """The last day, or business day, of a period that ended on a day, where words say that one."""
    if not _ENDING.search(before[0]):
        return None
    return _closing(when, before.string[max(0, before.start() - 60) : before.end()])


def _closing(when: When, words: str) -> When | None:
    """The day that closes a period, where the words before it call that the period's last day."""
    last, found = when.effective_to, _LAST_DAY.search(words)
    if found is None or when.precision != "day" or last is None:
        return None
    weekend = max(0, last.weekday() - 4) if found["business"] else 0
    day = last - timedelta(days=weekend)
    return when._replace(effective_from=day, effective_to=day)


def _in_its_part(when: When, before: re.Match[str]) -> When:
    if (before["period"] or before["ending"] or before["ended"]) and (
        day := _last_day(when, before)
    ):
        return day
    if before["since"]:
        return when._replace(effective_to=None, precision="interval")
    if before["ended"] and when.effective_to:
        months = _MONTHS_OF[before["span"].lower().replace("-", " ").split()[0]]
        since = _back(when.effective_to, months)
        return when._replace(effective_from=since, precision="interval", role="period")
    if before["asof"]:
        return when._replace(role="as-of")
    if before["period"] or before["ending"]:
        when = when._replace(role="period")
        if not _ENDING.search(before[0]):
            return when
        long = _LONG.search(before.string, max(0, before.start() - 40), before.end())
        if long is None or when.effective_to is None:
            return _until(when)
        since = _back(when.effective_to, _MONTHS_OF[long["span"].lower()])
        return when._replace(effective_from=since, precision="interval")
    if before["through"]:
        return _until(when)
    if before["document"] or before["restated"] or before["granted"] or before["record"]:
        return when._replace(role="document")
    return when._replace(role="schedule") if before["schedule"] or before["locked"] else when


def _until(when: When) -> When:
    """Some time by a day: nothing says when it began."""
    return when._replace(effective_from=None, precision="interval")


def _back(last: date, months: int) -> date:
    """The first day of a period of so many months that ends on a day."""
    following = last + timedelta(days=1)
    count = following.year * 12 + following.month - 1 - months
    return date(count // 12, count % 12 + 1, min(following.day, 28))


def governed(text: str, start: int, days: Sequence[When]) -> list[When]:
    """The days that a verb by which shares come governs, where it governs one and those listed with it.

    "Credited on July 14 in respect of shares bought in July 2020" tells of July 14. A span beside it
    may be that of the movement.
    """
    led = [
        n
        for n, day in enumerate(days)
        if day.precision == "day" and _CAME_ON.search(text, max(start, day.start - 90), day.start)
    ]
    if len(led) != 1 or any(d.precision == "interval" and d.effective_to for d in days):
        return list(days)
    kept = [days[led[0]]]
    for day in days[led[0] + 1 :]:
        if not _LISTED.fullmatch(text, kept[-1].end, day.start):
            break
        kept.append(day)
    return kept


_CAME_ON = pattern(
    r"\b(?:acquired|purchased|bought|credited|issued|received|allott?ed|delivered|allocated)\s+(?:[\w'()]+\s+){0,6}?on\s+$",
    re.IGNORECASE,
)
_LISTED = pattern(r"(?:\s*(?:,|;|and|&|on|or)\s*)+", re.IGNORECASE)


def interval(days: Sequence[When]) -> tuple[date | None, date | None, Precision]:
    """One interval that holds every date given.

    A year beside a day only names it again, and a span around a single day says what it belongs to.
    """
    days = [day for day in days if day.precision != "year"] or days
    exact = [day for day in days if day.precision == "day"]
    if len(exact) == 1 and all(_around(exact[0], day) for day in days):
        days = exact
    if not days:
        return None, None, "unknown"
    if len(days) == 1:
        return days[0].effective_from, days[0].effective_to, days[0].precision
    firsts = [day.effective_from for day in days]
    lasts = [day.effective_to for day in days]
    return (
        None if None in firsts else min(day for day in firsts if day),
        None if None in lasts else max(day for day in lasts if day),
        "interval",
    )


def _around(exact: When, span: When) -> bool:
    """Whether a span holds a day, or closes days before it, as the period of a plan's purchase does."""
    day, since, until = exact.effective_from, span.effective_from, span.effective_to
    if day is None or since is None or until is None:
        return False
    return since <= day <= until + _SETTLES


_SETTLES = timedelta(days=5)
"""From the end of a plan's period to the purchase for it, at most: a weekend and a holiday."""
