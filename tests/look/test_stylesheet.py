"""Is the stylesheet as promised: readable in light and dark, no small print, no class left out?"""

import re

import pytest
from django.conf import settings

STYLESHEET = (settings.ROOT / "static" / "paraat.css").read_text()
TOKENS = {
    name: {"light": light, "dark": dark}
    for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\)", STYLESHEET)
}
TEXT = [
    *(
        (ink, ground)
        for ink in ("ink", "muted", "accent")
        for ground in ("paper", "card", "sunk", "accent-soft")
    ),
    *((tone, ground) for tone in ("gap", "good", "stop") for ground in (f"{tone}-soft", "card", "paper")),
    *(("ink", f"{tone}-soft") for tone in ("gap", "good", "stop")),
    ("accent-ink", "accent"),
    ("accent-ink", "accent-strong"),
    ("paper", "ink"),
]
EDGES = [("edge", ground) for ground in ("paper", "card", "sunk")] + [
    ("focus", "paper"),
    ("focus", "accent-soft"),
]


def luminance(colour):
    """WCAG 2.2, relative luminance of "#rrggbb"."""
    channels = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("least", "pairs"), [(4.5, TEXT), (3, EDGES)], ids=["text", "edges"])
def test_colours_differ_enough_to_read(scheme, least, pairs):
    found = {pair: contrast(*(TOKENS[name][scheme] for name in pair)) for pair in pairs}
    assert {pair: round(ratio, 2) for pair, ratio in found.items() if ratio < least} == {}


def test_nothing_is_smaller_than_13_pixels():
    root = 16 * 1.0625
    sizes = re.findall(r"(?:font-size|--tiny|--small): (?:clamp\()?([\d.]+)rem", STYLESHEET)
    assert [size for size in sizes if float(size) * root < 13] == []


def test_the_warm_colour_means_a_gap_and_nothing_else():
    rules = re.findall(r"([^{}]+)\{[^{}]*var\(--gap(?:-soft)?\)[^{}]*\}", STYLESHEET)
    assert [rule.strip() for rule in rules if not re.search(r"\.(gap|few)", rule)] == []


def test_every_class_of_a_template_is_in_the_stylesheet():
    known = set(re.findall(r"\.(-?[a-z][\w-]*)", STYLESHEET))
    used = {}
    for path in sorted((settings.ROOT / "templates").rglob("*.html")):
        if {"mail", "wagtailadmin"} & set(path.parts):  # have a style of their own
            continue
        for classes in re.findall(r'\sclass="([^"]*)"', path.read_text()):
            plain = re.sub(r"\S*\{\{.*?\}\}\S*", " ", re.sub(r"\{%.*?%\}", " ", classes))
            used |= {name: path.name for name in plain.split() if name not in known}
    assert used == {}


def test_what_a_phone_must_fetch_is_small():
    assert len(STYLESHEET.encode()) < 45_000
    assert len((settings.ROOT / "static" / "paraat.js").read_bytes()) < 3_000
