"""Asking for what no person asks for: from a few visits to every address, every odd request that follows from them.

A walk visits every address that somebody may see, and what it links to. Each page gives points: a piece of its
path, a name in its query, a field of its form, a body, a file, a header. Points of one kind at one address are a
group, and a group offers every odd value at every one of its points. Requests are drawn from the groups in turn,
so that a small number touches every group and a large number comes to everything.
"""

import re
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.db import transaction
from django.test import Client
from django.urls import Resolver404, resolve

from tests.architecture import hostile
from tests.architecture.house import modules
from tests.architecture.reading import Form, Page

EDITED = ("/admin/pages/", "/admin/snippets/", "/admin/images/", "/admin/documents/", "/admin/media/")
SAYS_SO_ITSELF = {"readyz"}  # 503 is its answer, when Paraat is ill
PART_OF_PATH = re.compile(r"[^/]+")


@dataclass(frozen=True)
class Ask:
    """One request, whole, so that what is printed of it can be sent again."""

    who: str
    method: str
    path: str  # as it goes over the line, with its query
    body: bytes = b""
    content_type: str = ""
    headers: tuple = ()
    guarded: bool = False  # with the check on forging: what reads the body first

    def __str__(self):
        said = f"{self.method} {self.path[:400]} by {self.who}"
        for name, value in (("of", self.content_type), ("with", self.body), ("headed", self.headers)):
            said += f"\n    {name} {value[:600]!r}" if value else ""
        return said + ("\n    with the check on forging" if self.guarded else "")


@dataclass(frozen=True)
class Answer:
    status: int
    text: str = ""
    leads_to: str = ""
    trouble: str = ""  # of an answer of 500 or above: the last line of its traceback, and where that is


@dataclass
class Group:
    """Points of one kind at one address, and what is odd to say there."""

    points: list = field(default_factory=list)
    values: tuple = ()

    def pick(self, n: int, make: Callable) -> Ask:
        round_, at = divmod(n, len(self.values))
        return make(self.points[(round_ + at) % len(self.points)], self.values[at])


def where(error: BaseException) -> str:
    """Return the last line of a traceback, with its last place and the last one in the house."""
    frames = traceback.extract_tb(error.__traceback__)
    root = str(settings.ROOT)
    ours = [f for f in frames if f.filename.startswith(root) and not f.filename.startswith(f"{root}/.venv")]
    ours = [f for f in ours if "/tests/" not in f.filename]
    places = [f"{Path(f.filename).name}:{f.lineno}" for f in (*ours[-1:], *frames[-1:])]
    said = "".join(traceback.format_exception_only(error)).strip().splitlines()[-1]
    return f"{said[:300]} ({', '.join(places)})"


@lru_cache(maxsize=10_000)
def route_of(path: str) -> str:
    """Return the pattern that a path matches; empty if there is none."""
    try:
        return resolve(urlsplit(path).path).route
    except (Resolver404, UnicodeError):
        return ""


def read_by_name(of: str) -> list[str]:
    """Return the names that the code reads from GET or from POST, whether a form shows them or not."""
    pattern = re.compile(rf'{of}\.(?:get|getlist|pop)\("(\w+)"|"(\w+)" in request\.{of}|{of}\["(\w+)"')
    texts = (module.path.read_text() for module in modules())
    return sorted({name for text in texts for found in pattern.findall(text) for name in found if name})


class World:
    """Who asks, and how an answer is had that changes nothing."""

    def __init__(self, clients: dict[str, Client]):
        self.clients, self.sent, self.troubles = clients, 0, {}
        self.cookies = {who: client.cookies.output(header="", sep=";") for who, client in clients.items()}
        for client in clients.values():
            client.raise_request_exception = False

    def send(self, ask: Ask, *, follow: bool = False) -> Answer:
        """Ask, with `follow` look at the page that the answer leads to as well, and undo both."""
        with transaction.atomic():
            answer = self._send(ask)
            if follow and answer.leads_to:
                self._send(Ask(ask.who, "GET", answer.leads_to), after=ask)
            transaction.set_rollback(True)
        return answer

    def _send(self, ask: Ask, after: Ask | None = None) -> Answer:
        client = self.clients[ask.who]
        if after is None:
            client.cookies = SimpleCookie(self.cookies[ask.who])
            client.cookies["csrftoken"] = "a" * 32  # without it the check on forging does not read the body
        client.handler.enforce_csrf_checks = ask.guarded
        self.sent += 1
        try:
            response = client.generic(
                ask.method, ask.path, ask.body, ask.content_type or "text/plain", **dict(ask.headers)
            )
            answer = self._read(response)
        except Exception as error:  # what is raised past every page for errors
            answer = Answer(599, trouble=where(error))
        if answer.status >= 500 and route_of(ask.path) not in SAYS_SO_ITSELF:
            kind = f"{answer.trouble.partition(':')[0]} ({answer.trouble.rpartition(' (')[2]}"
            said = f"{after}\n    and then {ask}" if after else str(ask)
            self.troubles.setdefault(kind, []).append(f"{answer.status} {said}\n    {answer.trouble}")
        return answer

    def _read(self, response) -> Answer:
        trouble = ""
        if response.status_code >= 500:
            trouble = where(response.exc_info[1]) if response.exc_info else "no exception"
        text = ""
        content = response.getvalue() if response.streaming else response.content
        if response.headers.get("Content-Type", "").startswith("text/html"):
            text = content.decode(errors="replace")
        leads_to = response.headers.get("Location", "") if response.status_code in (301, 302, 303) else ""
        return Answer(response.status_code, text, leads_to if leads_to.startswith("/") else "", trouble)

    def report(self) -> list[str]:
        """Return each trouble once, with how often and a request that shows it."""
        return [
            f"\n{kind}: {len(asks)} times, of which\n  {min(asks, key=len)}"
            for kind, asks in sorted(self.troubles.items(), key=lambda one: -len(one[1]))
        ]


class Walk:
    """A visit to every address, and the groups of points that were found on the way."""

    def __init__(self, world: World, odd: Random, *, by_each: bool):
        self.world, self.odd, self.by_each = world, odd, by_each  # by_each: what one has seen, others see too
        self.seen, self.groups = set(), {}
        self.query_names, self.body_names = read_by_name("GET"), read_by_name("POST")

    def visit(self, starts: list[Ask]) -> None:
        """Ask for `starts`, and once per pattern and names of a query for what their pages link to."""
        ahead = deque(starts)
        while ahead:
            ask = ahead.popleft()
            key = self._key(ask)
            if key in self.seen:
                continue
            self.seen.add(key)
            answer = self.world.send(ask)
            self._points_of(ask, answer)
            if answer.status != 200 or not answer.text:
                continue
            page = Page(answer.text, ask.path)
            for link in page.links:
                if self._is_followed(link):
                    ahead.append(Ask(ask.who, "GET", quote(link, safe="/?&=%:,+-._~")))
            for form in page.forms:
                self._form(ask.who, form)

    def _key(self, ask: Ask) -> tuple:
        names = sorted({part.partition("=")[0] for part in urlsplit(ask.path).query.split("&") if part})
        who = ask.who if self.by_each else ""
        return who, ask.method, route_of(ask.path) or ask.path, tuple(names)

    def _is_followed(self, link: str) -> bool:
        path = urlsplit(link).path
        return (
            bool(route_of(link))
            and not path.startswith(("/media/", "/static/", "/uitloggen/"))
            and (not path.startswith("/admin/") or path.startswith(EDITED))
        )

    # The points of a page ---------------------------------------------------------------------------------

    def add(self, section: str, *key: str, point, values: tuple) -> None:
        group = self.groups.setdefault((section, *key), Group())
        if not group.values:
            group.values = tuple(self.odd.sample(values, len(values)))
        group.points.append(point)

    def _points_of(self, ask: Ask, answer: Answer) -> None:
        if answer.status in (404, 405):
            return
        route, plain = route_of(ask.path), Ask(ask.who, ask.method, urlsplit(ask.path).path)
        for found in PART_OF_PATH.finditer(plain.path):
            if found[0] not in PART_OF_PATH.findall(re.sub(r"<[^>]*>", "", route)):
                self.add(
                    "path", route, str(found.start()), point=(plain, found.span()), values=hostile.PIECES
                )
        if ask.path.startswith("/admin/") and not ask.path.startswith(EDITED):
            return
        given = {part.partition("=")[0] for part in urlsplit(ask.path).query.split("&")} - {""}
        for name in sorted(given):
            self.add("query", route, name, point=(plain, name), values=hostile.TEXTS)
        for name in self.query_names:
            self.add("any query", route, name, point=(plain, name), values=hostile.TEXTS)
        self.add("header", route, point=plain, values=hostile.HEADERS)
        self.add("method", route, point=plain, values=hostile.METHODS)
        self.add("body", route, point=plain, values=hostile.BODIES)
        if ask.method == "POST":
            self._form(ask.who, Form(ask.path, "post"))

    def _form(self, who: str, form: Form) -> None:
        route = route_of(form.action)
        if not route or form.action.startswith(("/admin/login/", "/admin/logout/")):
            return
        if form.action.startswith("/admin/") and not form.action.startswith(EDITED):
            return
        if form.method != "post":
            for name, _value in form.filled():
                self.add(
                    "query", route, name, point=(Ask(who, "GET", form.action), name), values=hostile.TEXTS
                )
            return
        key = (who, "form", form.action, tuple(sorted({name for name, _value in form.filled()})))
        if key in self.seen:
            return
        self.seen.add(key)
        names = {name for name, _value in form.filled()} - {"csrfmiddlewaretoken"}
        self.add("as filled in", route, *sorted(names), point=(who, form), values=("button", "chosen"))
        for name in sorted(names):
            own = tuple(form.choices.get(name, ()))
            self.add("field", route, name, point=(who, form, name), values=(*hostile.TEXTS, *own, None, ...))
        for name in sorted(set(self.body_names) - names):
            self.add("any field", route, name, point=(who, form, name), values=hostile.TEXTS)
        for name in form.files:
            self.add("file", route, name, point=(who, form, name), values=hostile.files())

    # Requests -----------------------------------------------------------------------------------------------

    def requests(self, section: str, budget: int) -> Iterator[Ask]:
        """Yield at most `budget` requests of a section, from its groups in turn."""
        groups = [group for key, group in sorted(self.groups.items()) if key[0] == section]
        self.odd.shuffle(groups)
        left = {id(group): len(group.points) * len(group.values) for group in groups}
        n = 0
        while groups:
            for group in list(groups):
                if budget <= 0:
                    return
                if n >= left[id(group)]:
                    groups.remove(group)
                    continue
                budget -= 1
                yield group.pick(n, MAKERS[section])
            n += 1


def _with_piece(point, value) -> Ask:
    ask, (begin, end) = point
    return Ask(ask.who, ask.method, ask.path[:begin] + hostile.quoted(value) + ask.path[end:])


def _with_query(point, value) -> Ask:
    ask, name = point
    return Ask(
        ask.who, ask.method, f"{ask.path.partition('?')[0]}?{hostile.quoted(name)}={hostile.quoted(value)}"
    )


def _with_header(point, value) -> Ask:
    return Ask(point.who, point.method, point.path, headers=tuple(value.items()))


def _with_method(point, value) -> Ask:
    return Ask(point.who, value, point.path)


def _with_body(point, value) -> Ask:
    content_type, body = value
    return Ask(point.who, "POST", point.path, body, content_type, guarded=len(body) % 2 == 0)


def _sent(who: str, form: Form, fields: list, files: list = ()) -> Ask:
    if form.has_files or files:
        body, content_type = hostile.in_parts(fields, files), f"{hostile.MULTIPART}; boundary={hostile.EDGE}"
    else:
        body, content_type = hostile.encoded(fields).encode(), hostile.FORM
    return Ask(who, "POST", form.action, body, content_type)


def _filled(point, value) -> Ask:
    who, form = point
    fields = form.filled()
    if value == "chosen":  # everything that can be chosen, and the last button
        fields = [(name, each) for name, values in form.choices.items() for each in values]
        fields = [*[one for one in form.fields if one[0] not in form.choices], *fields, *form.buttons[-1:]]
    good = [(name, *hostile.files()[0]) for name in form.files]
    return _sent(who, form, fields, good)


def _with_field(point, value) -> Ask:
    who, form, odd = point
    rest = [one for one in form.filled() if one[0] != odd]
    if value is None:  # left out
        return _sent(who, form, rest)
    if value is ...:  # twice
        return _sent(who, form, [*form.filled(), *form.filled()])
    return _sent(who, form, [*rest, (odd, value)])


def _with_file(point, value) -> Ask:
    who, form, odd = point
    name, content = value
    return _sent(who, form, form.filled(), [(odd, name, content)])


MAKERS = {
    "as filled in": _filled,
    "path": _with_piece,
    "query": _with_query,
    "any query": _with_query,
    "field": _with_field,
    "any field": _with_field,
    "body": _with_body,
    "file": _with_file,
    "header": _with_header,
    "method": _with_method,
}
