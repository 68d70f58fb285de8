from datetime import date, timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from wagtail.models import Page

from academy import importing
from academy.models import CoursePage, LessonPage, Question
from people.files.sheets import Unreadable
from people.models import JournalEntry, Qualification
from tests.academy.conftest import publish

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("bare_site")]
FOLDER = Path(settings.ROOT) / "data"
HEADING = "code,title,topics,form,hours,valid_months,requires,includes,audience\n"
GOOD = HEADING + 'C01,Welkom,"missie, rollen",e-learning,"1,5",,,,\nB,Basis,,leerpad,30,24,C01,C01,\n'
CONTENT = """
code = "C01"
summary = "Fijn dat je er bent."
goals = ["Je kunt luisteren."]
pass_mark = 70
review_on = 2028-01-10
[[lessons]]
title = "Luisteren"
slug = "luisteren"
minutes = 12
[[lessons.blocks]]
kind = "text"
html = "<h3>Stil</h3><p>Laat een stilte vallen.</p>"
[[lessons.blocks]]
kind = "check"
prompt = "Wat doe je?"
type = "single"
answers = [{ text = "Wachten", is_right = true, feedback = "Ja." }, { text = "Praten", is_right = false }]
[[lessons.blocks]]
kind = "sources"
items = [{ title = "Handreiking", publisher = "SHN", year = 2024 }]
[[test]]
prompt = "Wat doe je bij stilte?"
type = "single"
answers = [{ text = "Wachten", is_right = true }, { text = "Praten", is_right = false }]
"""


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "content").mkdir()
    (tmp_path / "content" / "C01.toml").write_text(CONTENT)
    return tmp_path / "content"


@pytest.fixture
def take_over(catalogue, tmp_path, now):
    def run(text=GOOD, folder=None, now=now):
        path = tmp_path / "courses.csv"
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return importing.import_courses(path, catalogue, folder=folder, by=None, now=now)

    return run


def problems(run, *args, **options):
    with pytest.raises(Unreadable) as trouble:
        run(*args, **options)
    return [str(one) for one in trouble.value.problems]


def test_a_course_with_content_comes_with_lessons_and_test(take_over, folder):
    taken = take_over(folder=folder)
    assert (len(taken.changed), taken.remarks) == (2, [])
    course = CoursePage.objects.get(code="C01")
    lesson = LessonPage.objects.get()
    assert (course.live, course.pass_mark, str(course.review_on), course.minutes) == (
        True,
        70,
        "2028-01-10",
        90,
    )
    assert [piece.block_type for piece in lesson.body] == ["text", "check", "sources"]
    assert str(lesson.body[0].value.source) == "<h2>Stil</h2><p>Laat een stilte vallen.</p>"
    assert Question.objects.get().answers.filter(is_right=True).get().text == "Wachten"
    assert course.awards.learn_minutes == 22


def test_the_journal_knows_that_it_was_a_file(take_over, folder):
    take_over(folder=folder)
    rows = JournalEntry.objects.filter(verb__endswith=".published").values_list("verb", "facts__source")
    assert set(rows) == {(f"{noun}.published", "import") for noun in ("course", "module", "lesson")}


def test_a_path_asks_its_parts_and_includes_them(take_over):
    take_over()
    path = CoursePage.objects.get(code="B")
    assert [one.code for one in path.requires.all()] == ["C01"]
    assert [one.code for one in path.awards.includes.all()] == ["C01"]
    assert (path.form, path.awards.valid_months) == ("path", 24)


def test_a_second_time_changes_nothing(take_over, folder):
    take_over(folder=folder)
    before = [list(model.objects.values()) for model in (CoursePage, LessonPage, Question, JournalEntry)]
    assert take_over(folder=folder).changed == []
    assert [
        list(model.objects.values()) for model in (CoursePage, LessonPage, Question, JournalEntry)
    ] == before


def test_what_changed_in_the_file_changes_on_the_site(take_over, folder):
    take_over(folder=folder)
    path = folder / "C01.toml"
    path.write_text(path.read_text().replace("minutes = 12", "minutes = 15").replace("Praten", "Doorvragen"))
    assert [one.code for one in take_over(folder=folder).changed] == ["C01"]
    assert LessonPage.objects.get().minutes == 15
    assert list(Question.objects.get().answers.values_list("text", flat=True)) == ["Wachten", "Doorvragen"]


def test_what_a_trainer_changed_stays(take_over, folder, eva):
    take_over(folder=folder)
    lesson = LessonPage.objects.get()
    lesson.title = "Echt luisteren"
    publish(lesson, user=eva)
    path = folder / "C01.toml"
    path.write_text(path.read_text().replace("minutes = 12", "minutes = 15"))
    take_over(folder=folder)
    assert (LessonPage.objects.get().title, LessonPage.objects.get().minutes) == ("Echt luisteren", 12)


@pytest.fixture
def overdue(folder):
    path = folder / "C01.toml"
    path.write_text(path.read_text().replace("2028-01-10", "2026-11-23"))  # the day of these tests itself
    return path


def test_a_course_whose_review_day_has_passed_is_due_in_a_year(take_over, folder, overdue):
    assert take_over(folder=folder).remarks == [
        "C01: de nakijkdatum 23 november 2026 is voorbij; gezet op 23 november 2027."
    ]
    assert CoursePage.objects.get(code="C01").review_on == date(2027, 11, 23)
    assert take_over(folder=folder) == importing.Taken([], [])


def test_a_day_that_was_set_stays_until_it_has_passed_and_something_changes(
    take_over, folder, overdue, now, time_machine
):
    take_over(folder=folder)
    time_machine.move_to(now + timedelta(days=400), tick=False)
    later = {"folder": folder, "now": now + timedelta(days=400)}
    assert take_over(**later) == importing.Taken([], [])
    overdue.write_text(overdue.read_text().replace("Fijn dat je er bent.", "Welkom."))
    assert take_over(**later).remarks == [
        "C01: de nakijkdatum 23 november 2027 is voorbij; gezet op 27 december 2028."
    ]


def test_the_command_says_which_review_days_it_moved(catalogue, tmp_path, folder, overdue, capsys):
    path = tmp_path / "courses.csv"
    path.write_text(GOOD)
    call_command("import_courses", str(path), content=folder)
    assert capsys.readouterr().out.splitlines() == [
        "C01: de nakijkdatum 23 november 2026 is voorbij; gezet op 23 november 2027.",
        "Cursussen nieuw of veranderd: 2.",
    ]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            GOOD.replace("30,24,C01", "30,24,C01 C99"),
            ["Regel 3: ‘C99’ is niet bekend als requires."],
        ),
        (
            GOOD.replace("30,24", "dertig,-2"),
            [
                "Regel 3: ‘-2’ is geen valid_months: schrijf een getal van 1 tot en met 600.",
                "Regel 3: ‘dertig’ is geen hours: schrijf een getal van 0 tot en met 400.",
            ],
        ),
        (
            GOOD.replace("leerpad", "zomaar"),
            [
                "Regel 3: ‘zomaar’ is geen form. Kies uit e-learning, blended, training, bijeenkomsten, webinar, "
                "open pagina, leerpad."
            ],
        ),
        (GOOD.replace("B,Basis", "C01,Basis"), ["Regel 3: C01 staat ook op regel 2."]),
        (GOOD.replace("B,Basis", "B,"), ["Regel 3: title is leeg."]),
        (
            GOOD.replace("C01,C01,", "C01,C01,klas"),
            ["Regel 3: ‘klas’ is geen audience. Kies uit team, professional."],
        ),
        (GOOD.replace("hours", "uren"), ["Regel 1: de kolom ‘hours’ ontbreekt in de kopregel."]),
        ("", ["Het bestand is leeg."]),
    ],
)
def test_every_mistake_is_said_with_its_line(take_over, text, said):
    assert problems(take_over, text) == said
    assert (CoursePage.objects.count(), Qualification.objects.count()) == (0, 0)


@pytest.mark.parametrize("hours", ["NaN", "Infinity", "1e9", "-1"])
def test_hours_that_are_no_hours(take_over, hours):
    assert problems(take_over, GOOD.replace("30,24", f"{hours},24")) == [
        f"Regel 3: ‘{hours}’ is geen hours: schrijf een getal van 0 tot en met 400."
    ]


def test_a_file_from_an_old_spreadsheet_is_read(take_over):
    take_over(GOOD.replace("Basis", "Basis één").replace('"1,5"', "1.5").replace(",", ";").encode("cp1252"))
    assert CoursePage.objects.get(code="B").title == "Basis één"


def test_nothing_is_kept_when_a_lesson_cannot_be_published(take_over, folder):
    path = folder / "C01.toml"
    path.write_text(path.read_text().replace('kind = "sources"', 'kind = "quote"\ntext = "Dank je."'))
    with pytest.raises(Unreadable) as trouble:
        take_over(folder=folder)
    assert [str(one) for one in trouble.value.problems] == [
        "Regel 2: Nog geen les noemt bronnen. Voeg in een les het blok Bronnen toe."
    ]
    assert (CoursePage.objects.count(), Qualification.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('code = "C01"', 'code = "C77"', "C77.toml: er is geen cursus met deze code."),
        ("review_on = 2028-01-10", "", "C01.toml: review_on is geen dag zoals 2028-01-10."),
        ("minutes = 12", "", "C01.toml: les ‘Luisteren’: minutes ontbreekt."),
        (
            'kind = "sources"',
            'kind = "bron"',
            "C01.toml: les ‘Luisteren’: een blok van de soort ‘bron’ is niet te lezen (bron).",
        ),
        (
            'prompt = "Wat doe je bij stilte?"\ntype = "single"',
            'prompt = "Wat doe je bij stilte?"\ntype = "essay"',
            "C01.toml: vraag ‘Wat doe je bij stilte?’ heeft een vraag, een soort en antwoorden nodig.",
        ),
    ],
)
def test_every_mistake_in_the_content_is_said(take_over, folder, old, new, said):
    path = folder / "C01.toml"
    path.write_text(path.read_text().replace(old, new))
    assert problems(take_over, folder=folder) == [said]


def test_qualifications_are_taken_over_once(db, tmp_path, now):
    path = FOLDER / "qualifications.csv"
    assert len(importing.import_qualifications(path, by=None, now=now)) == 5
    assert importing.import_qualifications(path, by=None, now=now) == []
    vog = Qualification.objects.get(code="VOG")
    assert (vog.kind, vog.valid_months) == ("check", 36)


def test_a_kind_that_does_not_exist(db, tmp_path, now):
    path = tmp_path / "q.csv"
    path.write_text("code,name,kind,valid_months\nVOG,VOG,paper,36\n")
    assert problems(importing.import_qualifications, path, by=None, now=now) == [
        "Regel 2: ‘paper’ is geen kind. Kies uit certificate, check, statement, practice."
    ]


def test_the_commands_build_the_whole_academy_twice_over(db, capsys):
    for _time in range(2):
        call_command("import_qualifications", str(FOLDER / "qualifications.csv"))
        call_command("import_courses", str(FOLDER / "courses.csv"), content=FOLDER / "courses")
        call_command("ensure_groups")
    assert capsys.readouterr().out.splitlines() == [
        "Bevoegdheden nieuw of veranderd: 5.",
        "Cursussen nieuw of veranderd: 26.",
        "De groepen hebben hun rechten.",
        "Bevoegdheden nieuw of veranderd: 0.",
        "Cursussen nieuw of veranderd: 0.",
        "De groepen hebben hun rechten.",
    ]
    assert Page.objects.not_live().exclude(depth=1).count() == 0
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_command_says_which_file_is_missing(db):
    with pytest.raises(CommandError, match=r"^Er is geen bestand nergens\.csv\.$"):
        call_command("import_courses", "nergens.csv")
