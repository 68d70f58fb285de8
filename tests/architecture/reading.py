"""What can be sent from a page? Its forms and its links, as a browser would fill and follow them."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

FILLED_IN = {  # what a person would fill in an empty field
    "email": "nieuw@paraat.example",
    "date": "2026-12-08",
    "time": "10:00",
    "number": "2",
    "password": "een lang wachtwoord 42",
    "url": "https://paraat.example/",
    "checkbox": "on",
}
NO_FIELDS = {"submit", "button", "image", "reset"}
ASKS = ("href", "hx-get", "action", "src")  # attributes that hold an address


@dataclass
class Form:
    """A form; the fields in their order, as pairs of a name and the value that a person would send."""

    action: str
    method: str
    has_files: bool = False
    fields: list[tuple[str, str]] = field(default_factory=list)
    files: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)  # what else a field offers
    buttons: list[tuple[str, str]] = field(default_factory=list)

    def filled(self) -> list[tuple[str, str]]:
        """Return the fields as they are sent; of a choice that nobody made, the first that says something."""
        given = {name for name, _value in self.fields}
        made = [
            (name, next(filter(None, values), ""))
            for name, values in self.choices.items()
            if name not in given
        ]
        return [*self.fields, *made, *self.buttons[:1]]


class Page(HTMLParser):
    """The forms of a page, and the addresses that its links lead to."""

    def __init__(self, text: str, address: str):
        super().__init__()
        self.address, self.forms, self.links = address, [], []
        self.open, self.by_id, self.select, self.textarea = None, {}, None, None
        self.feed(text)
        self.close()

    def where(self, said: str | None) -> str | None:
        """Return the path with its query, or None for another site and for what is no address."""
        try:
            whole = urlsplit(urljoin(f"http://testserver{self.address}", said or ""))
        except ValueError:
            return None
        if (whole.scheme, whole.netloc) != ("http", "testserver"):
            return None
        return whole.path + (f"?{whole.query}" if whole.query else "")

    def handle_starttag(self, tag, attributes):
        said = {name: value or "" for name, value in attributes}
        self.links += [where for name in ASKS if said.get(name) and (where := self.where(said[name]))]
        if tag == "form":
            self.begin(said)
        form = self.by_id.get(said["form"]) if "form" in said else self.open
        if form is None:
            return
        if tag == "input" and said.get("name"):
            self.input(form, said)
        elif tag == "button" and said.get("name"):
            form.buttons.append((said["name"], said.get("value", "")))
        elif tag == "select" and said.get("name"):
            self.select = (form, said["name"])
            form.choices.setdefault(said["name"], [])
        elif tag == "option" and self.select:
            self.option(said)
        elif tag == "textarea" and said.get("name"):
            self.textarea = (form, said["name"], [])

    def begin(self, said):
        action = self.where(said.get("action"))
        if action is None:
            return
        self.open = Form(action, said.get("method", "get").lower(), "multipart" in said.get("enctype", ""))
        self.forms.append(self.open)
        if "id" in said:
            self.by_id[said["id"]] = self.open

    def input(self, form, said):
        kind, name, value = said.get("type", "text").lower(), said["name"], said.get("value", "")
        if kind == "file":
            form.files.append(name)
        elif kind in {"radio", "checkbox"}:
            form.choices.setdefault(name, []).append(value or "on")
            if "checked" in said:
                form.fields.append((name, value or "on"))
        elif kind in NO_FIELDS:
            form.buttons.append((name, value))
        else:
            form.fields.append((name, value or FILLED_IN.get(kind, "" if kind == "hidden" else "Tekst")))

    def option(self, said):
        form, name = self.select
        form.choices[name].append(said.get("value", ""))
        if "selected" in said:
            form.fields.append((name, said.get("value", "")))

    def handle_data(self, data):
        if self.textarea:
            self.textarea[2].append(data)

    def handle_endtag(self, tag):
        if tag == "form":
            self.open = None
        elif tag == "select":
            self.select = None
        elif tag == "textarea" and self.textarea:
            form, name, said = self.textarea
            form.fields.append((name, "".join(said).strip() or "Tekst"))
            self.textarea = None
