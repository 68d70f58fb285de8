"""What no person sends and every site receives: odd texts, pieces of a path, bodies, headers and files."""

import io
import struct
import zlib
from functools import cache
from urllib.parse import quote_from_bytes

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

LONG = "9" * 20  # a number that no database holds
TEXTS = (
    "", " ", "\0", "a\0b", "x" * 300, "x" * 10_000, "\u0131", "\U0001f642", "\u200b", "\ud800", b"\xff\xfe",
    "\u00b2", "\u0663", "-1", "0", "1", LONG, "9" * 5_000, "1e309", "nan", "1,5", "true", "null", "[]", "{}",
    "0001-01-01", "9999-12-31", "2026-02-30", "10000-01-01", "2027-03-28", "02:30", "24:00", "00:00",
    "2026-11-26T25:00", "http://[::1", "//evil.example", "../../etc/passwd", "%", "%00", "<b>", "{{ 7 }}",
    "a\r\nX: y", '"\\u0000"', '{"a": "\\ud800"}', "a@b\u00fccher.example", f"a@{'x' * 300}.example", "foo",
    "00000000-0000-4000-8000-000000000000",
)  # fmt: skip
PIECES = (
    "0", "1", "-1", LONG, "9" * 5_000, f"{2**31}", f"{2**63}", "x", "x" * 300, "\0", "a\0b", "\u0131",
    "\U0001f642", "\ud800", b"\xff", "\u00b2", "\u0663", "a\nb", "%", "..", "a/b", ":", "0001-01-01", "1000-01-01",
    "9999-12-31", "2026-02-30", "0000-00-00", "2026-11-26", "00000000-0000-4000-8000-000000000000",
    "ffffffff-ffff-ffff-ffff-ffffffffffff", "ochtend", "1.x", "1:x:y", "http://[::1",
)  # fmt: skip
FORM, MULTIPART = "application/x-www-form-urlencoded", "multipart/form-data"
EDGE = "paraat"
PART = b'--paraat\r\nContent-Disposition: form-data; name="%b"%b\r\n\r\n%b\r\n'
END = b"--paraat--\r\n"
BODIES = (  # a type of content, and a body
    (f"{FORM}; charset=utf-16", b"a=b"),
    (f"{FORM}; charset=utf-16", "a=b".encode("utf-16")),
    (f"{FORM}; charset=latin-1", b"a=\xe9"),
    (f"{FORM}; charset=nonsense", b"a=b"),
    (f"{FORM}; charset=\xff", b"a=b"),
    (FORM, b"\xff\xfe\x00"),
    (FORM, b"\xff\xfea=\xff"),
    (FORM, b"a=%ff&%ff=a&csrfmiddlewaretoken=%ff"),
    (FORM, b"\0=\0&a=%00"),
    (FORM, b"&".join(b"a%d=" % n for n in range(1_100))),
    (MULTIPART, b"a=b"),
    (f"{MULTIPART}; boundary=", b"a=b"),
    (f"{MULTIPART}; boundary=\xff", b"--\xff"),
    (f"{MULTIPART}; boundary={EDGE}", b"a=b"),
    (f"{MULTIPART}; boundary={EDGE}", PART % (b"a", b"", b"b")),
    (f"{MULTIPART}; boundary={EDGE}", PART % (b"\xff\0", b"", b"\xff\0") + END),
    (f"{MULTIPART}; boundary={EDGE}; charset=utf-16", PART % (b"a", b"", b"b") + END),
    (f"{MULTIPART}; boundary={EDGE}; charset=nonsense", PART % (b"a", b"", b"b") + END),
    (f"{MULTIPART}; boundary={EDGE}", PART % (b"a", b'; filename="\xff\0"', b"b") + END),
    (f"{MULTIPART}; boundary={EDGE}", PART % (b"a", b"\r\nContent-Transfer-Encoding: base64", b"b") + END),
    ("application/json", b"{"),
    ("", b"\xff"),
    ("nonsense", b"a=b"),
)
HEADERS = (
    {"HTTP_REFERER": "http://[::1"},
    {"HTTP_REFERER": "\xff"},
    {"HTTP_HX_REQUEST": "true"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_CURRENT_URL": "http://[::1"},
    {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "\xff", "HTTP_HX_BOOSTED": "true"},
    {"HTTP_ACCEPT_LANGUAGE": "x" * 600},
    {"HTTP_ACCEPT_LANGUAGE": "\xff;q=x"},
    {"HTTP_HOST": "[::1"},
    {"HTTP_HOST": "evil.example"},
    {"HTTP_COOKIE": "sessionid=\xff\0; messages=\xff; csrftoken=\xff; django_language=\0"},
    {"HTTP_COOKIE": "sessionid=" + "x" * 4_000},
    {"HTTP_COOKIE": 'messages=[["x", 0]]:x:y; =; ;'},
    {"HTTP_IF_MODIFIED_SINCE": "Mon, 99 Foo 0000 00:00:00 GMT"},
    {"HTTP_IF_NONE_MATCH": "\xff"},
    {"HTTP_RANGE": "bytes=9-1"},
    {"HTTP_X_FORWARDED_FOR": "nonsense, \xff"},
    {"HTTP_USER_AGENT": "\xff" * 600},
    {"HTTP_ACCEPT": "x/y;q=z"},
    {"HTTP_ORIGIN": "http://[::1"},
    {"HTTP_X_REQUESTED_WITH": "XMLHttpRequest"},
    {"CONTENT_LENGTH": "x"},
)
METHODS = ("HEAD", "OPTIONS", "PUT", "PATCH", "DELETE", "TRACE", "NONSENSE")


def as_bytes(text: str | bytes) -> bytes:
    return text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")


def quoted(text: str | bytes) -> str:
    """Return it as a browser would write it in an address or a form."""
    return quote_from_bytes(as_bytes(text), safe="")


def upload(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def encoded(fields) -> str:
    return "&".join(f"{quoted(name)}={quoted(value)}" for name, value in fields)


def in_parts(fields, files) -> bytes:
    """Return a body of several parts; `files` are triples of a field, a file name and what is in it."""
    parts = [PART % (as_bytes(name), b"", as_bytes(value)) for name, value in fields]
    parts += [
        PART % (as_bytes(field), b'; filename="%b"' % as_bytes(name), content)
        for field, name, content in files
    ]
    return b"".join(parts) + END


def _picture(kind: str, **options) -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (24, 24), "white").save(made, kind, **options)
    return made.getvalue()


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _huge_png() -> bytes:
    header = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", header)
        + _chunk(b"IDAT", zlib.compress(b"\0"))
        + _chunk(b"IEND", b"")
    )


@cache
def pictures() -> tuple[tuple[str, bytes], ...]:
    """Return names and contents of pictures, one of which is good: "goed.png"."""
    jpeg, png, gif = _picture("JPEG"), _picture("PNG"), _picture("GIF")
    return (
        ("goed.png", png),
        ("leeg.jpg", b""),
        ("open.jpg", jpeg[:-2]),
        ("half.jpg", jpeg[: len(jpeg) // 2]),
        ("kop.jpg", jpeg[:24]),
        ("zonder-segment.jpg", jpeg[:2] + b"\xff\xe1\xff\xff" + jpeg[2:]),
        ("half.png", png[: len(png) // 2]),
        ("reus.png", _huge_png()),
        ("kop.gif", gif[:13]),
        ("half.gif", gif[: len(gif) // 2]),
        ("reus.gif", gif[:6] + b"\xff\xff\xff\xff" + gif[10:]),
        ("zonder-kleuren.gif", gif[:10] + b"\x00\x00\x00" + b"!\xf9\x04\xff\xff\xff\xff\x00,"),
        ("kader.gif", b"GIF89a\x00\x00\x00\x00\x00\x00\x00,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02"),
        ("vreemd.webp", b"RIFF\xff\xff\xff\xffWEBPVP8 "),
        ("vreemd.avif", b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf"),
        ("vreemd.svg", b"<svg"),
        ("tekst.png", b"geen beeld"),
        ("geen-naam", png),
        ("ander.jpg", png),
    )


@cache
def files() -> tuple[tuple[str, bytes], ...]:
    """Return names and contents of files that do not say what they seem to."""
    png = dict(pictures())["goed.png"]
    table = "task_kind,weekday,start,end,seats,scope\nT01,mon,08:00,12:00,2,national\n"
    return (
        *pictures(),
        ("\xff\0.png", png),
        ("x" * 300 + ".png", png),
        (".png", png),
        ("goed.csv", table.encode()),
        ("nul.csv", table.encode() + b"\0,\0\n"),
        ("sep.csv", b"sep=;\r\n" + table.replace(",", ";").encode()),
        ("mac.csv", table.replace("T01", "Caf\u00e9").encode("mac_roman")),
        ("utf16.csv", table.encode("utf-16")),
        ("kop.csv", table.partition("\n")[0].encode()),
        ("aanhaling.csv", table.encode() + b'"open\n'),
        ("breed.csv", table.encode() + b"," * 5_000),
        ("lang.csv", table.encode() + b"x" * 200_000),
        ("bytes.csv", bytes(range(256))),
        ("zip.csv", b"PK\x03\x04" + bytes(60)),
        ("leeg.mp3", b""),
        ("vreemd.mp4", b"\0\0\0\x18ftypmp42"),
        ("vreemd.pdf", b"%PDF-1.4"),
        ("x" * 300 + ".pdf", b"%PDF-1.4"),
        ("vreemd.vtt", b"\xff\xfe"),
        ("vreemd.exe", b"MZ"),
    )
