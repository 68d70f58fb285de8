"""Who lives in the demo? From a seed to people with papers, hours and wishes: one seed and day, one world.

Pure: reads two lists (names and locations), touches no database. Everything in it is made up; the shares
follow the organisation that Paraat is made for: more volunteers than employees, most certificates in order.
"""

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, time, timedelta

from people import days, validity

VERSION = 4  # goes up when the same seed gives another world
PASSWORD = "paraat-demo"  # noqa: S105 - printed on the screen, opens fictional people only
DOMAIN = "paraat.example"
LEAST, MOST = 10, 10_000

ENGAGEMENTS = {"volunteer": 60, "employee": 36, "external": 2, "intern": 2}
STANDINGS = {"valid": 70, "running_out": 15, "expired": 10, "in_training": 5}
SIZES = {  # how many people live around a location, roughly, in tens of thousands
    "Amsterdam": 12, "Rotterdam": 9, "Den Haag": 8, "Utrecht": 8, "Eindhoven": 6, "Groningen": 5, "Arnhem": 5,
    "Tilburg": 5, "Haarlem": 5, "Breda": 4, "Nijmegen": 4, "Enschede": 4, "Zwolle": 4, "Alkmaar": 4,
    "Apeldoorn": 4, "Maastricht": 4, "Leeuwarden": 4, "Amersfoort": 4, "'s-Hertogenbosch": 4, "Dordrecht": 4,
    "Roermond": 4, "Assen": 3, "Lelystad": 3, "Middelburg": 3, "Alphen aan den Rijn": 3,
}  # fmt: skip
TERMS = {  # months; None does not expire
    "B": 24, "AV": 12, "VOG": 36, "GH": None, "TH": None, "18+": None, "SHADOW3": None,
    "C01": None, "C02": None, "C03": 36, "C04": 24, "C05": 24, "C06": 24, "C07": 24, "C08": 24, "C09": 24,
    "C10": 36, "C11": 24, "C12": 24, "C13": 12, "C14": 12, "C15": 24, "C16": 36, "C18": None, "C19": 36,
    "X1": 36,
}  # fmt: skip
COURSES_OF_B = ("C01", "C02", "C03", "C04", "C05")
SPECIALITIES = {  # how many in a hundred certified people have it
    "C06": 46, "C07": 34, "C15": 30, "C10": 22, "C08": 13, "C12": 10, "C16": 6, "C11": 5, "C14": 6, "C18": 10,
}  # fmt: skip
WITH_EXPERIENCE = {"C13", "C16"}  # after twelve months
ON_CALL = "C13"
ON_CALL_SHARE = 30
LATE_CHAT, LATE_CHAT_SHARE = "T04", 12  # the trial has just begun: most who want it have yet to do its course
WITH_ITS_COURSE = 0.08
SOURCES = {"VOG": "seen", "18+": "seen", "TH": "seen", "GH": "signed", "SHADOW3": "observed"}
EVIDENCE = {
    "VOG": "origineel gezien bij de intake",
    "18+": "legitimatie gezien bij de intake",
    "TH": "werkplek bekeken met de camera",
    "GH": "ondertekend bij de start",
    "SHADOW3": "drie meeloopdiensten afgetekend",
}
MORNING, AFTERNOON, EVENING, LATE = ((8, 12), (12, 17), (17, 22), (22, 1))  # as the screen asks for them
PATTERNS = [  # parts of the day, on some of these weekdays, and how often that occurs
    ((MORNING, AFTERNOON), (0, 1, 2, 3, 4), 30),
    ((MORNING,), (0, 1, 2, 3, 4), 8),
    ((AFTERNOON, EVENING), (0, 1, 2, 3, 4), 22),
    ((EVENING,), (0, 1, 2, 3), 14),
    ((EVENING, LATE), (3, 4, 5), 2),
    ((MORNING, AFTERNOON, EVENING), (5, 6), 8),
    ((MORNING, AFTERNOON, EVENING), (0, 1, 2, 3, 4, 5, 6), 16),
]
TASKS_OF = {  # which kinds of task a speciality leads to, for the wishes
    "C06": "T01", "C07": "T02", "C08": "T03", "C10": "T05", "C12": "T13", "C13": "PIKET", "C15": "T10",
    "C16": "T09",
}  # fmt: skip
GLADLY, FINE, RATHER_NOT, NEVER = 3, 2, 1, 0


@dataclass(frozen=True)
class Post:
    """A role, for a location or a district by name, or everywhere when both are empty."""

    role: str
    location: str = ""
    district: str = ""


@dataclass(frozen=True)
class Paper:
    """One award of a qualification, by its code; Amsterdam days, both included."""

    code: str
    valid_from: date
    valid_until: date | None
    source: str = "import"
    evidence: str = ""


@dataclass(frozen=True)
class Window:
    weekday: int  # 0 is Monday
    start: time
    end: time  # at or before the start: on the next day


@dataclass
class Inhabitant:
    """One person of the demo; everybody is made up."""

    email: str
    first_name: str
    infix: str
    last_name: str
    engagement: str
    home: str
    district: str
    travel_km: int
    joined_on: date
    language: str = "nl"
    standing: str = ""  # a key of STANDINGS; empty for outside professionals and new interns
    is_named: bool = False  # has a log-in and a story of their own
    posts: list[Post] = field(default_factory=list)
    papers: list[Paper] = field(default_factory=list)
    windows: list[Window] = field(default_factory=list)
    away: tuple[date, date] | None = None
    wishes: dict[str, int] = field(default_factory=dict)  # kind of task -> how gladly
    shifts_a_week: int | None = None
    hours_a_week: int | None = None

    def holds(self, code: str, day: date) -> bool:
        """Return whether a paper with this code, or the basic one that includes it, counts on `day`."""
        codes = {code, "B"} if code in COURSES_OF_B else {code}
        return any(
            p.code in codes and validity.Period(p.valid_from, p.valid_until).covers(day) for p in self.papers
        )


@dataclass
class World:
    people: list[Inhabitant]
    today: date
    seed: int

    def by_email(self, email: str) -> Inhabitant:
        return next(person for person in self.people if person.email == email)


def make(
    seed: int,
    people: int,
    today: date,
    *,
    names: Sequence[dict],
    locations: Sequence[dict],
    cast: Sequence[Inhabitant],
) -> World:
    """Return the world of `seed` with this many people, seen from `today` (an Amsterdam day).

    `names` and `locations` are the rows of names.csv and locations.csv; `cast` are the people with a log-in,
    who count as well.
    """
    if not LEAST <= people <= MOST:
        raise ValueError(f"The demo can have from {LEAST} to {MOST} people, not {people}.")
    rng = random.Random(f"{seed}:{people}:{today}")  # noqa: S311 - a demo, not a secret
    crowd = [*cast, *_strangers(rng, people - len(cast), today, names, locations)]
    _give_posts(rng, crowd, locations)
    _give_on_call(rng, crowd, today)
    _give_late_chat(rng, crowd)
    for person in crowd:
        if not person.is_named:
            _give_papers(rng, person, today)
            _give_preferences(rng, person, today)
    return World(crowd, today, seed)


def apportion(shares: dict[str, int], total: int) -> list[str]:
    """Return `total` keys in the proportions of `shares`; each count is its share, rounded."""
    whole = sum(shares.values())
    exact = {key: share * total / whole for key, share in shares.items()}
    counts = {key: int(amount) for key, amount in exact.items()}
    by_remainder = sorted(shares, key=lambda key: exact[key] - counts[key], reverse=True)
    for key in by_remainder[: total - sum(counts.values())]:
        counts[key] += 1
    return [key for key, count in counts.items() for _ in range(count)]


def _strangers(rng, number: int, today: date, names, locations) -> list[Inhabitant]:
    stocks, seen, found = _stocks(names), Counter(), []
    engagements = apportion(ENGAGEMENTS, number)
    rng.shuffle(engagements)
    inside = [n for n, engagement in enumerate(engagements) if engagement in ("volunteer", "employee")]
    standings = dict(zip(inside, _shuffled(rng, apportion(STANDINGS, len(inside))), strict=True))
    weights = [SIZES.get(place["name"], 3) for place in locations]
    for n, engagement in enumerate(engagements):
        first, infix, last = _name(rng, stocks)
        seen[first, last] += 1
        place = rng.choices(locations, weights)[0]
        standing = standings.get(n, "")
        found.append(
            Inhabitant(
                email=f"{_ascii(first)}.{_ascii(last)}.{n + 1}@{DOMAIN}",
                first_name=first,
                infix=infix,
                last_name=last,
                engagement=engagement,
                home=place["name"],
                district=place["district"],
                travel_km=rng.choice([10, 15, 20, 25, 25, 30, 40, 60]),
                joined_on=_joined(rng, engagement, standing, today),
                language="en" if rng.random() < 0.03 else "nl",
                standing=standing,
            )
        )
    return found


def _stocks(names) -> dict:
    stocks = defaultdict(lambda: {"share": 0, "first": [], "last": []})
    for row in names:
        stock = stocks[row["stock"]]
        stock["share"] = int(row["share"])
        stock[row["part"]].append((row["infix"], row["name"]))
    return stocks


def _name(rng, stocks) -> tuple[str, str, str]:
    """Most first and last names come from the same stock; people marry and move."""
    keys, shares = list(stocks), [stock["share"] for stock in stocks.values()]
    one = rng.choices(keys, shares)[0]
    other = one if rng.random() < 0.85 else rng.choices(keys, shares)[0]
    infix, last = rng.choice(stocks[other]["last"])
    return rng.choice(stocks[one]["first"])[1], infix, last


def _ascii(name: str) -> str:
    plain = str.maketrans("ışŞğçÇéöÖüÜëïYİń", "isSgcCeoOuUeiYIn")
    return "".join(c for c in name.translate(plain).lower() if c.isascii() and c.isalpha())


def _joined(rng, engagement: str, standing: str, today: date) -> date:
    if standing == "in_training" or engagement in ("intern", "external"):
        return today - timedelta(days=rng.randint(5, 110))
    return today - timedelta(days=150 + int(rng.paretovariate(1.1) * 180) % 4200)


def _give_posts(rng, crowd: list[Inhabitant], locations) -> None:
    """Everybody has a role; some employees also coordinate, train or supervise."""
    for person in crowd:
        if not person.is_named:
            person.posts.append(Post(_first_role(person)))
    able = [
        p
        for p in crowd
        if not p.is_named and p.engagement == "employee" and p.standing in ("valid", "running_out")
    ]
    free = iter(_shuffled(rng, able))
    size = len(crowd)
    for person in _take(free, max(1, size // 60)):
        person.posts.append(Post("trainer"))
    for person in _take(free, max(1, size // 25)):
        person.posts.append(Post("supervisor"))
    for person in _take(free, max(0, size // 300)):
        person.posts.append(Post("coordinator"))
    if size >= 60:
        districts = sorted({place["district"] for place in locations} - {"Midden-Nederland"})
        for district, person in zip(districts, free, strict=False):
            person.posts.append(Post("coordinator", district=district))
            person.home = next(place["name"] for place in locations if place["district"] == district)
            person.district = district
    if size >= 300:
        crowded = Counter(p.home for p in crowd).most_common(8)
        for (home, _count), person in zip(crowded, free, strict=False):
            person.posts.append(Post("coordinator", location=home))
            person.home = home
            person.district = next(place["district"] for place in locations if place["name"] == home)


def _first_role(person: Inhabitant) -> str:
    if person.engagement == "external":
        return "external"
    if person.engagement == "employee":
        return "employee"
    return "candidate" if person.standing in ("in_training", "") else "volunteer"


def _give_on_call(rng, crowd: list[Inhabitant], today: date) -> None:
    """The on-call rota runs per district, so every district needs its share of people for it."""
    a_year_ago = days.add_months(today, -13)
    by_district = defaultdict(list)
    for person in crowd:
        if (
            person.standing in ("valid", "running_out")
            and person.joined_on < a_year_ago
            and not person.is_named
        ):
            by_district[person.district].append(person)
    certified = sum(p.standing in ("valid", "running_out") for p in crowd)
    each = max(1, certified * ON_CALL_SHARE // 100 // max(1, len(by_district)))
    for district in sorted(by_district):
        for person in rng.sample(by_district[district], min(each, len(by_district[district]))):
            person.wishes["PIKET"] = rng.choice([GLADLY, FINE])


def _give_late_chat(rng, crowd: list[Inhabitant]) -> None:
    """Some people of every district would like the late chat; more than may take it already."""
    by_district = defaultdict(list)
    for person in crowd:
        if person.standing == "valid" and not person.is_named and "PIKET" not in person.wishes:
            by_district[person.district].append(person)
    certified = sum(p.standing in ("valid", "running_out") for p in crowd)
    each = certified * LATE_CHAT_SHARE // 100 // max(1, len(by_district))
    for district in sorted(by_district):
        for person in rng.sample(by_district[district], min(each, len(by_district[district]))):
            person.wishes[LATE_CHAT] = rng.choice([GLADLY, FINE])


def _give_papers(rng, person: Inhabitant, today: date) -> None:
    if person.engagement == "external":
        if rng.random() < 0.5:
            person.papers.append(_paper(rng, "X1", person, today))
        return
    person.papers.append(_paper(rng, "GH", person, today))
    if person.engagement == "intern" or person.standing == "in_training":
        for code, chance in (("C01", 0.7), ("AV", 0.5), ("VOG", 0.5), ("C03", 0.3), ("C04", 0.2), ("18+", 1)):
            if rng.random() < chance:
                person.papers.append(_paper(rng, code, person, today))
        return
    codes = ["B", "AV", "VOG", "18+", *_specialities(rng, person, today)]
    if {"C06", "C08", "C14"} & set(codes):
        codes.append("TH")
    if rng.random() < (0.4 if "C12" in codes else 0.12):  # who looked along in court, some of them before C12
        codes.append("SHADOW3")
    if "C08" in codes and rng.random() < WITH_ITS_COURSE:
        codes.append("C09")
    if any(post.role == "supervisor" for post in person.posts):
        codes.append("C19")
    ending = _ending(rng, person, codes)
    person.papers += [_paper(rng, code, person, today, ends=ending.get(code, "")) for code in codes]


def _specialities(rng, person: Inhabitant, today: date) -> list[str]:
    new = days.months_between(person.joined_on, today) < 13
    found = [
        code
        for code, chance in SPECIALITIES.items()
        if rng.random() * 100 < chance and not (new and code in WITH_EXPERIENCE)
    ]
    if "PIKET" in person.wishes:
        found.append(ON_CALL)
    if LATE_CHAT in person.wishes and "C08" not in found:
        found.append("C08")
    return found or ["C06"]


def _ending(rng, person: Inhabitant, codes: list[str]) -> dict[str, str]:
    """Say which papers have run out, or soon will: one or two, of those that a shift asks for."""
    if person.standing == "valid":
        return {}
    perishable = [code for code in codes if TERMS[code] and code != "VOG"]
    first = rng.choices(perishable, [4 if code in ("B", "AV") else 1 for code in perishable])[0]
    also = {rng.choice(perishable)} if rng.random() < 0.25 else set()
    return dict.fromkeys({first} | also, person.standing)


def _paper(rng, code: str, person: Inhabitant, today: date, *, ends: str = "") -> Paper:
    """Date a paper so that it is in order for more than sixty days, or `ends` the way it should."""
    term, start = (
        TERMS[code],
        person.joined_on + timedelta(days=min(30, (today - person.joined_on).days // 2)),
    )
    source, evidence = SOURCES.get(code, "import"), EVIDENCE.get(code, "")
    if term is None:
        return Paper(code, start, None, source, evidence)
    if ends == "expired":
        last = today - timedelta(days=rng.randint(1, 80))
    elif ends == "running_out":
        last = today + timedelta(days=rng.randint(2, 60))
    else:
        oldest = max(start, days.add_months(today + timedelta(days=75), -term))
        first = oldest + timedelta(days=rng.randint(0, max(0, (today - oldest).days - 1)))
        return Paper(code, first, days.add_months(first, term), source, evidence)
    return Paper(code, min(days.add_months(last, -term), last), last, source, evidence)


def _give_preferences(rng, person: Inhabitant, today: date) -> None:
    if person.engagement == "external":
        return
    codes = {paper.code for paper in person.papers}
    kinds = [TASKS_OF[code] for code in sorted(codes & set(TASKS_OF))]
    for kind in kinds:
        level = rng.choices([GLADLY, FINE, RATHER_NOT, NEVER, None], [25, 30, 6, 3, 36])[0]
        if level is not None:
            person.wishes.setdefault(kind, level)
    if LATE_CHAT in person.wishes:
        person.windows = windows((3, 4, 5), EVENING, LATE) + windows((0, 1), EVENING)
    elif rng.random() < 0.75 and "PIKET" not in person.wishes:
        person.windows = _pattern(rng)
    if rng.random() < 0.12:
        first = today + timedelta(days=rng.randint(-3, 18))
        person.away = (first, first + timedelta(days=rng.randint(1, 12)))
    if person.engagement == "volunteer" and rng.random() < 0.8:
        person.shifts_a_week = rng.choice([1, 2, 2, 3, 3, 4])
        if rng.random() < 0.3:
            person.hours_a_week = person.shifts_a_week * 4
    if "PIKET" in person.wishes and person.shifts_a_week:
        person.shifts_a_week, person.hours_a_week = max(person.shifts_a_week, 4), None


def _pattern(rng) -> list[Window]:
    parts, weekdays, _weight = rng.choices(PATTERNS, [weight for *_rest, weight in PATTERNS])[0]
    some = rng.sample(weekdays, max(2, rng.randint(len(weekdays) // 2, len(weekdays))))
    return windows(sorted(some), *parts)


def windows(weekdays: Iterable[int], *parts: tuple[int, int]) -> list[Window]:
    """Return a window for each of these parts of the day on each weekday."""
    return [Window(weekday, time(start), time(end)) for weekday in weekdays for start, end in parts]


def _shuffled(rng, things: Iterable) -> list:
    things = list(things)
    rng.shuffle(things)
    return things


def _take(things, number: int) -> list:
    return [thing for _n, thing in zip(range(number), things, strict=False)]
