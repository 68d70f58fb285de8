"""What no browser sends of itself, and every site receives."""

import pytest
from django.test import Client, RequestFactory

from people import back
from people.middleware import addresses_that_can_exist
from tests.plugins.sessions import signed_in

FORM, PARTS = "application/x-www-form-urlencoded", "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="login"\r\n\r\n%b\r\n--x--\r\n'


@pytest.fixture
def browser(db):
    """A browser as it comes over the line: with the check on forging, which reads the body of a form."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.cookies["csrftoken"] = "a" * 32
    return client


@pytest.mark.both
@pytest.mark.parametrize("path", ["/%00/", "/inloggen/?next=%00", "/inloggen/?x=a%00b"])
def test_a_nul_in_an_address_is_a_bad_request(browser, path):
    assert browser.get(path).status_code == 400


@pytest.mark.both
@pytest.mark.parametrize(
    ("content_type", "body"),
    [
        (f"{FORM}; charset=utf-16", b"a=b"),
        (f"{FORM}; charset=utf-16", "a=b".encode("utf-16")),
        (f"{FORM}; charset=latin-1", b"a=\xe9"),
        ("multipart/form-data", b"a=b"),
        ("multipart/form-data; boundary=\xff", b"a=b"),
        (FORM, b"login=a%00b"),
        (FORM, b"%00=a"),
        (PARTS, PART % b"a\0b"),
        (FORM, b"&".join(b"a%d=" % n for n in range(1_001))),
    ],
)
def test_a_body_that_cannot_be_read_is_a_bad_request(browser, content_type, body):
    """With our own page, and the headers of every page."""
    answer = browser.generic("POST", "/inloggen/", body, content_type)
    assert (answer.status_code, "Content-Security-Policy" in answer) == (400, True)
    assert "Probeer het nog een keer" in answer.content.decode()


@pytest.mark.both
@pytest.mark.parametrize("body", [b"\xff\xfe\x01=\xff", b"login=%ff", b"login=%ed%a0%80"])
def test_bytes_that_are_no_utf_8_are_read_as_unknown_signs(browser, body):
    """Then a form without its token is refused as any other."""
    assert browser.generic("POST", "/inloggen/", body, FORM).status_code == 403


@pytest.mark.both
def test_a_nul_in_a_cookie_is_a_bad_request(browser):
    """Between quotation marks a cookie may hold any sign: `\\000` is a NUL."""
    browser.cookies.load(r'sessionid="abcdefgh\000"')
    assert browser.get("/").status_code == 400


@pytest.mark.parametrize("path", ["/inloggen/", "/wachtwoord/", "/taal/"])
@pytest.mark.parametrize("to", ["http://[::1", "//[::1", "http://evil.example", "%5B", "\ud800"])
def test_an_address_to_go_on_to_that_is_none(client, db, path, to):
    said = {"next": to.encode(errors="replace")}
    assert client.get(path, said).status_code in (200, 405)
    assert client.post(path, said).status_code in (200, 302)


@pytest.mark.both
@pytest.mark.parametrize(
    "path",
    [
        f"/media/{'x' * 300}",
        f"/media/{'é' * 150}",
        f"/media/a/{'x' * 300}/b.png",
        f"/rooster/dienst/{'9' * 20}/",
        f"/rooster/dienst/{'9' * 5_000}/",
        f"/documenten/{'9' * 20}/stuk.pdf",
        f"/academie/{'x' * 300}/",
    ],
)
def test_an_address_that_nothing_can_have_is_not_found(client, db, settings, path):
    settings.MEDIA_ROOT.mkdir(parents=True, exist_ok=True)
    assert client.get(path).status_code == 404


@pytest.mark.parametrize(
    "path", ["/", f"/media/{'x' * 255}", f"/rooster/dienst/{'9' * 18}/", f"/x/{'a' * 64}.ics"]
)
def test_an_address_that_something_may_have(path):
    assert addresses_that_can_exist(lambda request: "shown")(RequestFactory().get(path)) == "shown"


@pytest.mark.both
def test_a_calendar_file_of_a_shift_that_cannot_be(client, anouk):
    client.force_login(anouk)
    assert client.get(f"/rooster/dienst/{'9' * 20}/agenda.ics").status_code == 404


@pytest.fixture
def as_frank(frank):
    return signed_in(frank, "password", "mfa")


@pytest.mark.both
@pytest.mark.parametrize("said", ["9" * 20, "9" * 5_000, "-1", "x", "\ud800", "0"])
def test_a_qualification_includes_none_that_cannot_be(as_frank, certificate, said):
    fields = {"name": "Advieslijn", "kind": "certificate"}
    fields |= {"includes": [said.encode("utf-8", "surrogatepass")]}
    answer = as_frank.post("/beheer/kwalificaties/C06/", fields)
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, ["includes"])


@pytest.mark.both
@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "10000-01-01", "2026-02-30", "x"])
@pytest.mark.parametrize("field", ["since", "until"])
def test_the_journal_of_a_day_that_nobody_means(as_frank, field, day):
    answer = as_frank.get("/beheer/logboek/", {field: day})
    assert (answer.status_code, list(answer.context["form"].errors)) == (200, [field])


def test_wagtails_page_that_fails_on_purpose_is_not_here(client, db):
    assert client.get("/admin/failwhale/").status_code == 404


@pytest.mark.parametrize(
    ("said", "leads_to"),
    [
        ("/bord/?waar=eigen", "/bord/?waar=eigen"),
        ("", "/anders/"),
        ("foo", "/anders/"),
        ("rostering:board", "/anders/"),
        ("24:00", "/anders/"),
        ("//evil.example/", "/anders/"),
        ("/\\evil.example/", "/anders/"),
        ("http://[::1", "/anders/"),
        ("https://evil.example/", "/anders/"),
    ],
)
def test_the_way_back_is_a_page_of_ours(said, leads_to):
    asked = RequestFactory().post("/", {"terug": said})
    assert back.address(asked, "/anders/") == leads_to
