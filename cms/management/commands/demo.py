"""Everything on this machine at once: a filled demo world, the web server and the worker. Ctrl-C stops it."""

import fcntl
import json
import os
import signal
import sys
from contextlib import contextmanager
from io import StringIO
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import connection
from django.urls import reverse

from cms.demo import cast, serve, world
from cms.management.commands.load_demo import PEOPLE, SEED
from people import days

GUNICORN = [
    *("config.wsgi:application", "--worker-class", "gthread", "--workers", "2", "--threads", "4"),
    *("--graceful-timeout", "5", "--no-control-socket"),  # the socket would lie outside var/
]
MOST = 10_000  # people, as the README says: more takes long to make
BUILDING = "building.sqlite3"
STALE = 7  # days after which the shifts of a world are mostly over


class Command(BaseCommand):
    help = "Run Paraat with a filled demo world (PORT=, PEOPLE= and SEED= in the environment)."
    requires_system_checks = []  # the database may not be there yet

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError("The demo runs with the settings config.settings.dev only.")
        self.var = Path(settings.VAR)
        self.var.mkdir(parents=True, exist_ok=True)
        wanted = {
            "people": number("PEOPLE", PEOPLE, world.LEAST, MOST),
            "seed": number("SEED", SEED, 0, 10**9),
            "version": world.VERSION,
        }
        port = number("PORT", settings.PORT, 1024, 65535)
        for which in serve.STOPPERS:
            signal.signal(which, interrupt)
        try:
            with self.alone(port):
                serve.check_port(port)
                self.prepare(wanted)
                self.run_until_stopped(port)
        except serve.NotServing as trouble:
            raise CommandError(str(trouble)) from None
        except KeyboardInterrupt:
            connection.close()
            wipe(self.var / BUILDING)
            self.say("\nStopped before it was ready. The next `make demo` begins again.")
            sys.exit(130)

    @contextmanager
    def alone(self, port: int):
        """Hold the folder var/: two demos at a time would swap the database under each other."""
        with (self.var / "demo.lock").open("a+") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                lock.seek(0)
                raise serve.NotServing(f"The demo already runs from this folder: {lock.read()}") from None
            lock.truncate(0)
            lock.write(f"http://127.0.0.1:{port}/")
            lock.flush()
            yield

    def prepare(self, wanted: dict) -> None:
        self.say("Preparing Paraat:")
        for folder in ("mail", "media", "log"):
            (self.var / folder).mkdir(exist_ok=True)
        call_command("collectstatic", "--noinput", verbosity=0, stdout=StringIO())
        self.say("  style sheets and scripts")
        database, note = Path(settings.DATABASES["default"]["NAME"]), self.var / "demo" / "world.json"
        stands = json.loads(note.read_text()) if note.exists() and database.exists() else None
        if stands and all(stands.get(key) == value for key, value in wanted.items()):
            self.set_up_database()
            self.say(f"  the world of {stands['day']}: {wanted['people']} people, seed {wanted['seed']}")
            self.warn_if_stale(stands)
        else:
            if stands:
                self.say("  another world is asked for: making it; the one of before is kept beside it")
            self.build(database, note, wanted)
        call_command("schedule", stdout=StringIO())
        connection.close()

    def build(self, database: Path, note: Path, wanted: dict) -> None:
        """Make the world in a file of its own and put it in place at the end: it is whole, or not there."""
        beside = database.with_name(BUILDING)
        wipe(beside)
        connection.close()
        connection.settings_dict["NAME"] = str(beside)
        connection.cursor().execute("PRAGMA synchronous=OFF")
        self.set_up_database()
        self.say(f"Loading {wanted['people']} fictional people (about a minute for 700):")
        call_command(
            "load_demo", people=wanted["people"], seed=wanted["seed"], folder=note.parent, stdout=self.stdout
        )
        connection.close()
        note.unlink(missing_ok=True)
        before = database.with_name("before.sqlite3")
        wipe(before)
        for tail in ("", "-wal", "-shm"):  # a log left behind would be played into the new file
            old = Path(f"{database}{tail}")
            if old.exists():
                old.rename(f"{before}{tail}")
        beside.rename(database)
        connection.settings_dict["NAME"] = str(database)
        note.write_text(json.dumps({**wanted, "day": str(days.today())}))

    def set_up_database(self) -> None:
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        self.say("  database")

    def warn_if_stale(self, stands: dict) -> None:
        age = (days.today() - days.date.fromisoformat(stands["day"])).days
        if age >= STALE:
            self.say(f"  it is {age} days old; for shifts around today: rm var/demo/world.json, make demo")

    def run_until_stopped(self, port: int) -> None:
        logs = self.var / "log"
        web = [sys.executable, "-m", "gunicorn", *GUNICORN, "--bind", f"{serve.HOST}:{port}"]
        worker = [sys.executable, str(Path(settings.ROOT) / "manage.py"), "qcluster"]
        serve.serve(
            [
                serve.Child("web server", web, logs / "web.log"),
                serve.Child("worker", worker, logs / "worker.log"),
            ],
            port=port,
            path=reverse("account_login"),
            ready=lambda: self.welcome(port),
            environment={
                "DJANGO_SETTINGS_MODULE": os.environ["DJANGO_SETTINGS_MODULE"],
                "PORT": str(port),
                "PYTHONUNBUFFERED": "1",
            },
        )
        self.say("\nParaat has stopped.")

    def welcome(self, port: int) -> None:
        self.say(f"\nParaat is ready: http://{serve.HOST}:{port}/\n")
        for name, story in cast.LOG_INS.items():
            self.say(f"  {name + '@' + world.DOMAIN:32}{story}")
        self.say(f"\nThe password of all of them: {world.PASSWORD}")
        self.say(f"Mail that Paraat sends: http://{serve.HOST}:{port}/demo/mail/")
        self.say("Everybody here is made up. Ctrl-C stops it.")

    def say(self, line: str) -> None:
        self.stdout.write(line)
        self.stdout.flush()


def number(name: str, default: int, least: int, most: int) -> int:
    """Read a whole number from the environment; empty counts as not given, as make exports it so."""
    said = os.environ.get(name, "").strip() or str(default)
    if not said.isascii() or not said.isdigit() or not least <= int(said) <= most:
        raise CommandError(f"{name} must be a whole number from {least} to {most}, not {said!r}.")
    return int(said)


def interrupt(*_signal) -> None:
    raise KeyboardInterrupt


def wipe(database: Path) -> None:
    for tail in ("", "-wal", "-shm", "-journal"):
        Path(f"{database}{tail}").unlink(missing_ok=True)
