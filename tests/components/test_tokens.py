"""The design tokens: contrast of every pair that carries words, and the weight of the fonts."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont

from mentorhub import theme

ASSETS = Path(__file__).parents[2] / "assets"
TOKENS = (ASSETS / "tokens.css").read_text(encoding="utf-8")
WORDS_ON_GROUND = [
    ("ink", "canvas"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("muted", "canvas"),
    ("muted", "surface"),
    ("muted", "sunken"),
    ("brand", "canvas"),
    ("brand", "surface"),
    ("onbrand", "brand"),
    ("onbrand", "brand-hover"),
    ("brand-ink", "brand-soft"),
    ("star", "surface"),
    ("ink", "warning-soft"),
    ("ink", "info-soft"),
    *((tone, f"{tone}-soft") for tone in ("success", "warning", "danger", "info")),
    ("surface", "danger"),
]


def _colours(mode: str) -> dict[str, str]:
    block = TOKENS.split(":root.dark {")[1] if mode == "dark" else TOKENS.split(":root {")[1].split("}")[0]
    return dict(re.findall(r"--mh-([a-z-]+): (#[0-9A-F]{6});", block))


def _light(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2, relative luminance and contrast ratio."""
    lights = sorted((_light(one), _light(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize(("words", "ground"), WORDS_ON_GROUND)
def test_words_stand_out_from_their_ground_in_light_and_dark(mode: str, words: str, ground: str) -> None:
    colours = _colours(mode)

    assert _contrast(colours[words], colours[ground]) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("ground", ["canvas", "surface", "sunken"])
@pytest.mark.parametrize("mark", ["edge", "focus"])
def test_edges_of_controls_and_the_focus_ring_can_be_seen(mode: str, ground: str, mark: str) -> None:
    colours = _colours(mode)

    assert _contrast(colours[mark], colours[ground]) >= 3


def test_every_colour_of_the_tokens_has_a_name_in_tailwind_and_none_is_made_up() -> None:
    named = set(theme.TAILWIND["theme"]["extend"]["colors"])

    assert named == set(_colours("light")) == set(_colours("dark"))


def test_the_stylesheets_exist_and_each_stays_within_three_hundred_lines() -> None:
    lengths = {
        sheet: len((ASSETS / sheet.strip("/")).read_text(encoding="utf-8").splitlines()) for sheet in theme.STYLESHEETS
    }

    assert {sheet: length for sheet, length in lengths.items() if length > 300} == {}
    assert len(lengths) == len(list((ASSETS / "styles").glob("*.css"))) + 1


def test_all_fonts_together_weigh_at_most_ninety_kilobytes() -> None:
    assert sum(file.stat().st_size for file in (ASSETS / "fonts").glob("*.woff2")) <= 90 * 1024


@pytest.mark.parametrize("family", ["inter", "bricolage-grotesque"])
def test_prices_and_names_keep_their_typeface_in_each_currency_and_alphabet(family: str) -> None:
    known: set[int] = set()
    for part in ("", "-ext"):
        known |= set(TTFont(ASSETS / "fonts" / f"{family}{part}.woff2").getBestCmap())
    wanted = "₹€£¥$₩₽₺₫₦₱₴ Łukasz Inês Olená Šárka Gökçe Thúy Zoë İpek Ștefan 0123456789 “” ’ – ×"

    assert [sign for sign in wanted if ord(sign) not in known] == []


def test_a_class_that_says_where_a_sheet_sits_in_the_cascade_is_in_every_family() -> None:
    families = [ASSETS / sheet.strip("/") for sheet in theme.STYLESHEETS[1:]]

    assert [file.name for file in families if "@layer components {" not in file.read_text(encoding="utf-8")] == []
