"""Files with kinds of task and weekly demand: all of it, or nothing; what is wrong is said per line."""

import io
from concurrent.futures import ThreadPoolExecutor
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import translation

from people.files import sheets
from people.models import JournalEntry, Qualification
from rostering.demand import files, planning, undoing
from rostering.demand.files import Block
from rostering.models import Shift, TakeOver, TaskKind, WeeklyDemand
from tests.conftest import make_person

pytestmark = pytest.mark.django_db

DATA = Path(settings.ROOT) / "data"
HEADING = "task_kind,weekday,start,end,seats,scope"
WEEK = timedelta(days=7)
GOOD = "T01,mon,08:00,12:00,8,national"


def demand(*lines, heading=HEADING, **options):
    return files.read_demand(io.BytesIO("\n".join([heading, *lines]).encode()), **options)


def refused(content, read=files.read_demand):
    source = io.BytesIO(content if isinstance(content, bytes) else content.encode())
    with translation.override("en"), pytest.raises(sheets.Unreadable) as refusal:
        read(source)
    return str(refusal.value)


@pytest.fixture
def qualified(certificate, vog):
    """Every qualification that data/task_kinds.csv asks for."""
    courses = [f"C{number:02}" for number in range(1, 17) if number != 6]
    for code in ["B", "AV", "GH", "TH", "18+", "SHADOW3", *courses]:
        Qualification.objects.create(code=code, name=code)


def test_a_row_becomes_a_block(telephone):
    assert demand(GOOD) == [Block("T01", 0, time(8), time(12), 8, "national")]


@pytest.mark.parametrize("said", ["sat", "SAT", "za", "zaterdag", "saturday"])
def test_a_day_may_be_written_in_dutch_and_in_english(telephone, said):
    assert demand(f"T01,{said},08.00,9:30,1,national") == [
        Block("T01", 5, time(8), time(9, 30), 1, "national")
    ]


def test_semicolons_cp1252_and_empty_lines_are_read(telephone):
    TaskKind.objects.filter(pk=telephone.pk).update(code="Café")
    content = f"{HEADING}\n\nCafé,mon,08:00,12:00,8,national\n".replace(",", ";").encode("cp1252")
    assert [block.task_kind for block in files.read_demand(io.BytesIO(content))] == ["Café"]


def test_one_scope_for_all_rows_needs_no_column(telephone):
    blocks = demand("T01,mon,08:00,12:00,8", heading=HEADING.removesuffix(",scope"), scope="location")
    assert [block.scope for block in blocks] == ["location"]


BAD_LINES = [
    (
        "T01,xyz,08:00,12:00,8,national",
        "“xyz” is no weekday. Choose from mon, tue, wed, thu, fri, sat, sun.",
    ),
    ("T99,mon,08:00,12:00,8,national", "“T99” is not known as task_kind."),
    ("T01,mon,25:00,12:00,8,national", "“25:00” is no time for start. Write it as 17:00."),
    ("T01,mon,08:60,12:00,8,national", "“08:60” is no time for start. Write it as 17:00."),
    ("T01,mon,,12:00,8,national", "start is empty."),
    ("T01,mon,08:00,08:00,8,national", "the end is equal to the start."),
    ("T01,mon,08:00,12:00,0,national", "“0” is no seats: a number from 1 to 500."),
    ("T01,mon,08:00,12:00,tien,national", "“tien” is no seats: a number from 1 to 500."),
    ("T01,mon,08:00,12:00,-3,national", "“-3” is no seats: a number from 1 to 500."),
    ("T01,mon,08:00,12:00,²,national", "“²” is no seats: a number from 1 to 500."),
    ("T01,mon,08:00,12:00,8,world", "“world” is no scope. Choose from national, district, location."),
    ("T01,mon,08:00,12:00,8", "scope is empty."),
    ("T01,mon,08:00,12:00,8,national,more", "there are more cells than in the heading."),
    (GOOD, "T01, mon, 08:00, 12:00, national is also on line 2."),
    ("T01,ma,08:00,12:00,4,national", "T01, ma, 08:00, 12:00, national is also on line 2."),
]


@pytest.mark.parametrize(("line", "sentence"), BAD_LINES)
def test_what_is_wrong_with_a_line_is_said_with_its_number(telephone, line, sentence):
    assert refused(f"{HEADING}\n{GOOD}\n{line}") == f"Line 3: {sentence}"


def test_a_dutch_file_reads_its_own_columns(telephone):
    said = refused(
        "sep=;\ntaak;dag;begin;eind;plekken;voor\nT01;ma;8 uur;12:00;tien;landelijk".encode("utf-16")
    )
    assert said.splitlines() == [
        "Line 3: “8 uur” is no time for begin. Write it as 17:00.",
        "Line 3: “tien” is no plekken: a number from 1 to 500.",
    ]


def test_every_line_is_looked_at(telephone):
    said = refused(f"{HEADING}\nT01,xyz,08:00,12:00,0,national\n\n{GOOD}\nT99,mon,08:00,12:00,8,national")
    assert [line.split(":")[0] for line in said.splitlines()] == ["Line 2", "Line 2", "Line 5"]


BAD_FILES = [
    (b"", "The file is empty."),
    (b"\n \n", "The file is empty."),
    (GOOD.encode(), "is missing in the heading."),
    (HEADING.removesuffix(",scope").encode(), "Line 1: the column “scope” is missing in the heading."),
    (bytes(range(256)), "The file is not text that can be read. Save it as CSV (UTF-8)."),
    (b"PK\x03\x04 a workbook", "This is a workbook. Save it as CSV (UTF-8) first."),
    (f'{HEADING}\n"{GOOD}'.encode(), "A quotation mark is not closed, or stands in the wrong place."),
    (f"{HEADING}\n{'x' * 20_000_000}".encode(), "The file is larger than 5 MB. Split it."),
    (
        f"{HEADING}\n".encode() + f"{GOOD}\n".encode() * 100_000,
        "The file has more than 5000 lines. Split it.",
    ),
]


@pytest.mark.parametrize(("content", "sentence"), BAD_FILES, ids=[s[:30] for _c, s in BAD_FILES])
def test_a_file_that_cannot_be_used_is_refused_with_a_sentence(telephone, content, sentence):
    assert refused(content).endswith(sentence)


def test_taking_over_says_what_is_new_changed_unchanged_and_absent(telephone, now):
    rows = [f"T01,{day},08:00,12:00,8,national" for day in ("mon", "tue", "wed")]
    files.take_over_demand(demand(*rows), by=None, now=now)
    found = files.compare(demand(rows[0], rows[1].replace(",8,", ",9,"), "T01,sat,08:00,12:00,1,national"))
    assert [block.weekday for block in found.new] == [5]
    assert [(block.seats, before) for block, before in found.changed] == [(9, 8)]
    assert [block.weekday for block in found.unchanged] == [0]
    assert [block.weekday for block in found.absent] == [2]


def test_taking_over_twice_changes_nothing(telephone, now):
    everywhere = make_person("Gerda", "coordinator")
    blocks = demand(GOOD, "T01,tue,22:00,01:00,2,district")
    files.take_over_demand(blocks, by=everywhere, now=now)
    again = files.take_over_demand(blocks, by=everywhere, now=now)
    assert (again.new, again.changed) == ([], [])
    assert list(JournalEntry.objects.filter(verb="demand.taken_over").values_list("facts", flat=True)) == [
        {"new": 2, "changed": 0, "removed": 0}
    ]


def test_one_district_does_not_decide_for_all(telephone, carla, now):
    with translation.override("en"), pytest.raises(sheets.Unreadable) as refusal:
        files.take_over_demand(demand("T01,tue,22:00,01:00,2,district", GOOD), by=carla, now=now)
    assert str(refusal.value).startswith("2 blocks are for the whole country.")
    assert WeeklyDemand.objects.count() == 0


def test_what_is_not_in_the_file_stays_unless_asked(telephone, now):
    files.take_over_demand(demand(GOOD), by=None, now=now)
    other = demand("T01,tue,08:00,12:00,8,national")
    files.take_over_demand(other, by=None, now=now)
    assert WeeklyDemand.objects.count() == 2
    files.take_over_demand(other, by=None, now=now, remove_absent=True)
    assert list(WeeklyDemand.objects.values_list("weekday", flat=True)) == [1]


def test_a_kind_that_is_gone_by_then_stops_everything(telephone, now):
    blocks = [*demand(GOOD), Block("T99", 0, time(8), time(12), 1, "national")]
    with pytest.raises(sheets.Unreadable):
        files.take_over_demand(blocks, by=None, now=now)
    assert WeeklyDemand.objects.count() == 0


def test_the_files_of_the_demo_are_taken_over_and_again(qualified, capsys):
    for _again in range(2):
        call_command("import_task_kinds", DATA / "task_kinds.csv")
        call_command("import_demand", DATA / "weekly_demand.csv")
        call_command("import_demand", DATA / "weekly_demand_local.csv")
    assert capsys.readouterr().out.splitlines() == [
        "21 kinds of task: 21 new, 0 changed.",
        "164 blocks: 164 new, 0 changed, 0 removed.",
        "23 blocks: 23 new, 0 changed, 0 removed.",
        "21 kinds of task: 0 new, 0 changed.",
        "164 blocks: 0 new, 0 changed, 0 removed.",
        "23 blocks: 0 new, 0 changed, 0 removed.",
    ]
    youth = TaskKind.objects.get(code="T04")
    assert (youth.load, youth.minimum_people, youth.on_holidays) == (TaskKind.Load.HEAVY, 2, True)
    assert youth.requires.count() == 8


BAD_KINDS = [
    ("C99", "T01,Naam,C99,0,240,middel,remote,1,small_role", "“C99” is not known as requires."),
    (
        "load",
        "T01,Naam,,0,240,loodzwaar,remote,1,small_role",
        "“loodzwaar” is no load. Choose from licht, middel, zwaar.",
    ),
    ("minutes", "T01,Naam,,0,2,licht,remote,1,small_role", "“2” is no minutes: a number from 5 to 1440."),
    ("name", "T01,,,0,240,licht,remote,1,small_role", "name is empty."),
    (
        "ladder",
        "T01,Naam,,0,240,licht,remote,1,top",
        "“top” is no ladder. Choose from micro_task, small_role.",
    ),
]


@pytest.mark.parametrize(("case", "line", "sentence"), BAD_KINDS)
def test_a_kind_that_is_not_right_is_refused(db, case, line, sentence):
    content = ",".join(files.KIND_COLUMNS) + f"\n{line}"
    assert refused(content, files.read_task_kinds) == f"Line 2: {sentence}"


def test_a_command_says_every_line_and_changes_nothing(telephone, tmp_path):
    file = tmp_path / "demand.csv"
    file.write_text(f"{HEADING}\n{GOOD}\nT01,xyz,08:00,12:00,8,national\n")
    with translation.override("en"), pytest.raises(CommandError) as refusal:
        call_command("import_demand", file)
    assert refusal.value.returncode == 1
    assert str(refusal.value).startswith("Line 3: “xyz” is no weekday.")
    assert WeeklyDemand.objects.count() == 0


def test_planning_makes_each_shift_once(telephone, now, capsys):
    files.take_over_demand(demand(GOOD), by=None, now=now)
    for _again in range(2):
        call_command("plan_shifts", "--from", "2026-11-30", "--until", "2026-12-13")
    assert capsys.readouterr().out.splitlines() == [
        "2 shifts made from 2026-11-30 to 2026-12-13.",
        "0 shifts made from 2026-11-30 to 2026-12-13.",
    ]
    assert [shift.day for shift in Shift.objects.all()] == [date(2026, 11, 30), date(2026, 12, 7)]


def test_planning_backwards_is_refused(db):
    with pytest.raises(CommandError):
        call_command("plan_shifts", "--from", "2026-12-13", "--until", "2026-11-30")


@pytest.mark.both
@pytest.mark.django_db(transaction=True)
def test_two_people_take_over_the_same_file_at_once(telephone, now):
    blocks = demand(GOOD, "T01,tue,22:00,01:00,2,district")

    def take_over(_number):
        try:
            return len(files.take_over_demand(blocks, by=None, now=now).new)
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(take_over, range(4))) == [0, 0, 0, 2]
    assert JournalEntry.objects.filter(verb="demand.taken_over").count() == 1


def rows():
    return list(WeeklyDemand.objects.order_by("weekday").values_list("weekday", "seats", "scope"))


def test_taking_over_is_taken_back_to_exactly_what_was(telephone, gerda, now):
    files.take_over_demand(demand(GOOD, "T01,tue,08:00,12:00,2,national"), by=gerda, now=now)
    planning.plan(planning.demand(), first=now.date(), last=now.date() + WEEK, by=gerda, now=now)
    linked = set(Shift.objects.values_list("pk", "demand__weekday"))
    before, blocks = rows(), demand(GOOD.replace(",8,", ",9,"), "T01,sat,22:00,01:00,1,district")
    files.take_over_demand(blocks, by=gerda, now=now, remove_absent=True)
    assert rows() == [(0, 9, "national"), (5, 1, "district")]
    undoing.undo_take_over(TakeOver.objects.first(), by=gerda, now=now)
    assert rows() == before
    assert set(Shift.objects.values_list("pk", "demand__weekday")) == linked
    assert JournalEntry.objects.get(verb="demand.undone").facts == {"number": 3}


def test_what_was_changed_again_is_not_taken_back_over_it(telephone, gerda, now):
    for seats in (8, 9):
        files.take_over_demand(demand(GOOD.replace(",8,", f",{seats},")), by=gerda, now=now)
    later, first = TakeOver.objects.all()
    with pytest.raises(undoing.NotUndoable, match="opnieuw veranderd"):
        undoing.undo_take_over(first, by=gerda, now=now)
    undoing.undo_take_over(later, by=gerda, now=now)
    undoing.undo_take_over(first, by=gerda, now=now)
    assert rows() == []


def test_a_coordinator_of_one_district_takes_nothing_back(telephone, carla, gerda, now):
    files.take_over_demand(demand(GOOD), by=gerda, now=now)
    with pytest.raises(undoing.NotUndoable, match="landelijk coördinator"):
        undoing.undo_take_over(TakeOver.objects.get(), by=carla, now=now)
