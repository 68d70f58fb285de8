"""Small random rosters in the database, with everything in them that a rule looks at."""

from datetime import date, datetime, time, timedelta

from people import days
from people.models import District, Grant, HouseRule, Location, Person, Qualification, RoleAssignment
from rostering.models import AvailabilityException, Booking, Shift, TaskKind, WeeklyWindow, Willingness

MOMENTS = (  # before the clock goes forward, before it goes back, and in between
    datetime(2026, 3, 25, 12, 0, tzinfo=days.AMSTERDAM),
    datetime(2026, 10, 22, 9, 30, tzinfo=days.AMSTERDAM),
    datetime(2026, 11, 23, 12, 0, tzinfo=days.AMSTERDAM),
)
TIMES = [time(0), time(1), time(2), time(2, 30), time(3), time(6), time(9, 15), time(12), time(17), time(22)]
LENGTHS = [0.25, 1, 1, 3, 3, 4, 9, 12, 26]  # hours
STATES = [state for state in Booking.State.values if state != "absent"]


class Roster:
    """People, kinds and shifts, drawn with `dice` (random.Random); `now` is aware."""

    def __init__(self, dice, *, people=6, shifts=10):
        self.dice, self.now = dice, dice.choice(MOMENTS)
        self.places = list(Location.objects.all()) or self._places()
        self.qualifications = self._qualifications()
        self.kinds = [self._kind(i) for i in range(4)]
        self.shifts = Shift.objects.bulk_create([self._shift() for _ in range(shifts)])
        self.people = Person.objects.bulk_create([self._person(i) for i in range(people)])
        for person in self.people:
            self._fill_in(person)
        self._seat_people()
        self._agree()

    def _agree(self):
        """House rules that bite on so few days."""
        dice = self.dice
        HouseRule.objects.bulk_create(
            HouseRule(key=key, value=dice.choice(among))
            for key, among in [
                ("load_near_7", [2, 5]), ("load_most_7", [5, 9, 12]), ("load_near_28", [6, 20]),
                ("load_most_28", [6, 20, 28]), ("nights_28", [0, 1, 2, 9]), ("rest_after_night", [0, 11, 12]),
                ("small_task_minutes", [0, 60, 90]), ("small_tasks_a_shift", [1, 2, 4]),
            ]
        )  # fmt: skip

    def _places(self):
        district = District.objects.create(name="Midden")
        at = [("Utrecht", 52.09, 5.12), ("Amersfoort", 52.16, 5.39), ("Groningen", 53.22, 6.57)]
        return [
            Location.objects.create(name=name, latitude=lat, longitude=lon, district=district)
            for name, lat, lon in at
        ]

    def _qualifications(self):
        made = [Qualification.objects.create(code=f"Q{i}", name=f"Q{i}") for i in range(4)]
        for wide, narrow in [(0, 1), (2, 3), (1, 3)]:
            if self.dice.random() < 0.4:
                made[wide].includes.add(made[narrow])
        return made

    def _kind(self, number):
        dice = self.dice
        kind = TaskKind.objects.create(
            code=f"K{number}", name=f"K{number}", minutes=60, load=dice.choice([1, 4]),
            mode=dice.choice(["on_site", *TaskKind.Mode.values]), ladder=dice.choice(TaskKind.Ladder.values),
            minimum_months=dice.choice([0, 0, 1, 12]),
        )  # fmt: skip
        kind.requires.set(dice.sample(self.qualifications, dice.choice([0, 0, 1, 2])))
        return kind

    def _shift(self):
        dice, now = self.dice, self.now
        starts_at = days.moment(now.date() + timedelta(days=dice.randint(-1, 13)), dice.choice(TIMES))
        cancelled = dice.random() < 0.1
        return Shift(
            task_kind=dice.choice(self.kinds), starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=dice.choice(LENGTHS)), seats=dice.choice([1, 1, 2, 3]),
            location=dice.choice([None, *self.places]), published_at=dice.choice([now, now, now, None]),
            cancelled_at=now if cancelled else None, cancelled_because="Storing" if cancelled else "",
        )  # fmt: skip

    def _person(self, number):
        dice = self.dice
        joined = self.now.date() - timedelta(days=dice.choice([20, 31, 360, 370]))
        return Person(
            email=f"p{number}@paraat.example", first_name=f"P{number}", is_active=dice.random() < 0.95,
            home=dice.choice([None, *self.places]), travel_km=dice.choice([5, 25, 300]),
            joined_on=dice.choice([None, joined, joined, date(2020, 2, 29)]),
            shifts_a_week=dice.choice([None, None, 0, 1, 2]), hours_a_week=dice.choice([None, None, 0, 4, 10]),
        )  # fmt: skip

    def _fill_in(self, person):
        dice, today = self.dice, self.now.date()
        role = dice.choice(["volunteer", "volunteer", "volunteer", "candidate", "trainer"])
        until = dice.choice([None, None, None, today, today + timedelta(days=3)])
        RoleAssignment.objects.create(person=person, role=role, since_on=date(2020, 1, 1), until_on=until)
        Grant.objects.bulk_create(
            self._grant(person, held) for held in self.qualifications for _ in range(dice.randint(0, 3))
        )
        Willingness.objects.bulk_create(
            Willingness(person=person, task_kind=kind, level=dice.randint(0, 3))
            for kind in dice.sample(self.kinds, 2)
        )
        blocks = {(dice.randint(0, 6), dice.choice(TIMES)) for _ in range(dice.choice([0, 4, 12, 30]))}
        WeeklyWindow.objects.bulk_create(
            WeeklyWindow(person=person, weekday=day, start=start, end=dice.choice(TIMES))
            for day, start in blocks
        )
        AvailabilityException.objects.bulk_create(self._exception(person) for _ in range(dice.randint(0, 3)))

    def _grant(self, person, qualification):
        dice = self.dice
        first = self.now.date() + timedelta(days=dice.randint(-9, 9))
        revoked = dice.choice([None, None, None, first + timedelta(days=dice.randint(0, 9))])
        return Grant(
            person=person, qualification=qualification, valid_from=first, granted_at=self.now, source="test",
            valid_until=dice.choice([None, first + timedelta(days=dice.randint(0, 9))]),
            revoked_on=revoked, revoked_because="x" if revoked else "",
        )  # fmt: skip

    def _exception(self, person):
        first = self.now.date() + timedelta(days=self.dice.randint(-3, 12))
        return AvailabilityException(
            person=person, from_on=first, until_on=first + timedelta(days=self.dice.randint(0, 4)),
            is_available=self.dice.random() < 0.5,
        )  # fmt: skip

    def _seat_people(self):
        """Bookings in every state; nobody has two seats at once, as the database demands."""
        dice, taken, seated = self.dice, {}, {person: [] for person in self.people}
        for shift in dice.sample(self.shifts, len(self.shifts) * 2 // 3):
            for person in dice.sample(self.people, dice.randint(1, 3)):
                state, seat = dice.choice(["booked", "attended", *STATES]), None
                if state in Booking.SEATED:
                    seat = taken.get(shift, 0) + 1
                    at_once = [
                        s
                        for s in seated[person]
                        if s.starts_at < shift.ends_at and shift.starts_at < s.ends_at
                    ]
                    if seat > shift.seats or at_once:
                        continue
                    taken[shift] = seat
                    seated[person].append(shift)
                Booking.objects.create(
                    person=person, shift=shift, state=state, seat=seat, starts_at=shift.starts_at,
                    ends_at=shift.ends_at, made_at=self.now, moved_at=self.now,
                    answer_by=dice.choice([None, self.now]),
                )  # fmt: skip
