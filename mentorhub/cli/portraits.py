"""Drawn portraits for invented people: the same words always give the same face, and no network is needed."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import Final, Literal, TypeVar

Kind = Literal["any", "woman", "man"]
_T = TypeVar("_T")

_GROUNDS: Final = (
    "#D2E2D8",
    "#F2DFB6",
    "#E3E8D4",
    "#E8E2D1",
    "#D7E2EC",
    "#EED2B7",
    "#DFDDCD",
    "#DFE2EC",
    "#E2DFD8",
    "#D1DFE7",
    "#F4D7CB",
    "#DCE5E2",
    "#E9DDEA",
    "#D9E4CF",
)
_CLOTHES: Final = (
    "#2C4A5E",
    "#0B6B57",
    "#3F5C48",
    "#2E3B34",
    "#38424A",
    "#A2453B",
    "#8A4B2D",
    "#3D4F7A",
    "#12506B",
    "#D08A2E",
    "#55605A",
    "#6B4A73",
    "#B35C44",
    "#27343B",
)
_SKINS: Final = ("#F3D3BC", "#F0C9A8", "#E6B894", "#CF9A72", "#B27A52", "#8D5A3B", "#6B4230")
_DARK_HAIR: Final = ("#211A18", "#2A2422", "#1D1614", "#3A3433", "#4A2C1E")
_HAIR: Final = (*_DARK_HAIR, "#6B3F24", "#B98A55", "#9A958D", "#B4552F")
_SCARVES: Final = ("#3E6A73", "#7A5C74", "#5C6B3C", "#D9C7A0", "#3D4F7A")

_FACE: Final = "M60 27c14 0 20 10 20 24 0 16-9 29-20 29S40 67 40 51c0-14 6-24 20-24Z"
_SHADE: Final = "M60 27c-14 0-20 10-20 24 0 16 9 29 20 29-9-4-13-15-13-28 0-12 4-21 13-25Z"
_BEARD: Final = "M40 54c0 17 8 29 20 29s20-12 20-29c-2 9-7 9.5-12 9-5-1.5-11-1.5-16 0-5 .5-10 0-12-9Z"
_SHORT: Final = (
    "M38 55C34 34 45 19 63 20c16 0 23 14 19 35-2-8-4-13-9-18-10 2-18 0-23-5-3 6-9 11-12 23Z",
    "M39 53C36 33 46 21 61 21s24 11 21 32c-2-7-4-12-9-16-9 4-19 4-27-1-4 4-6 9-7 17Z",
    "M40.5 48C39 32 47 23 60 23s21 9 19.5 25c-2-9-7-13-19.5-13s-17.5 4-19.5 13Z",
    "M37 58C32 36 42 19 60 18c20-1 28 18 23 40-1-9-3-14-8-19-4 1-8-1-10-4-5 5-14 7-20 5-4 5-6 9-8 18Z",
)
_LONG_BACK: Final = "M33 102C25 54 34 18 60 18s35 36 27 84c-6 4-14 3-17-4H50c-3 7-11 8-17 4Z"
_LONG_FRONT: Final = "M60 25c-8 6-18 14-20 34-5-22 5-39 20-39s25 17 20 39c-2-20-12-28-20-34Z"
_BOB_BACK: Final = "M35 74C28 44 38 18 60 18s32 26 25 56c-5 3-11 3-15 0H50c-4 3-10 3-15 0Z"
_CROWN: Final = "M39 54C35 33 46 21 60 21s25 12 21 33c-3-11-10-18-21-18s-18 7-21 18Z"
_ROUND_BACK: Final = "M60 10c20 0 34 15 34 34 0 16-9 28-20 31H46C35 72 26 60 26 44c0-19 14-34 34-34Z"
_ROUND_FRONT: Final = "M39 52c0-17 8-27 21-27s21 10 21 27c-3-9-10-14-21-14s-18 5-21 14Z"
_SCARF_BACK: Final = "M60 13C36 13 30 36 33 58c1 16-3 30-12 42l39 12 39-12c-9-12-13-26-12-42 3-22-3-45-27-45Z"
_SCARF_FRONT: Final = (
    "M60 15C38 15 32 36 35 58c1 12 6 22 12 27 4 3 22 3 26 0 6-5 11-15 12-27 3-22-3-43-25-43Z"
    "m0 14c12 0 17.5 9 17.5 22C77.5 66 70 78 60 78S42.5 66 42.5 51C42.5 38 48 29 60 29Z"
)
_TURBAN: Final = "M35 49C31 24 44 11 61 11s29 14 24 38c-6-10-14-14-25-10-10-4-19 0-25 10Z"

_STYLES: Final[dict[Kind, tuple[str, ...]]] = {
    "woman": ("long", "bob", "bun", "round", "crown", "scarf"),
    "man": ("short", "short", "short", "short", "turban", "crown"),
    "any": ("long", "bob", "bun", "round", "short", "short", "crown"),
}


class _Dice:
    """Choices drawn from a digest of the seed, one byte each."""

    def __init__(self, seed: str) -> None:
        self._bytes = iter(hashlib.sha256(seed.encode()).digest())

    def of(self, choices: Sequence[_T]) -> _T:
        return choices[next(self._bytes) % len(choices)]

    def one_in(self, times: int) -> bool:
        return next(self._bytes) % times == 0


def _toned(colour: str, share: float) -> str:
    """A colour made darker, `share` of its light left."""
    parts = (int(colour[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * share):02X}" for part in parts)


def _path(shape: str, colour: str, extra: str = "") -> str:
    return f'<path d="{shape}" fill="{colour}"{extra}/>'


def _line(shape: str, colour: str, width: float) -> str:
    return f'<path d="{shape}" stroke="{colour}" stroke-width="{width}" stroke-linecap="round" fill="none"/>'


def _pair_of(shape: Literal["circle", "ellipse"], places: tuple[float, float], colours: tuple[str, str]) -> str:
    size = 'cy="54" rx="4" ry="5.5"' if shape == "ellipse" else 'cy="61" r="2.2"'
    return "".join(
        f'<{shape} cx="{place}" {size} fill="{colour}"/>' for place, colour in zip(places, colours, strict=True)
    )


def _hair(style: str, colour: str) -> tuple[str, str]:
    """What lies behind the face and what lies in front of it."""
    curls = "".join(
        f'<circle cx="{x}" cy="{y}" r="10" fill="{colour}"/>' for x, y in ((40, 34), (52, 23), (66, 22), (80, 33))
    )
    return {
        "long": (_path(_LONG_BACK, colour), _path(_LONG_FRONT, colour)),
        "bob": (_path(_BOB_BACK, colour), _path(_LONG_FRONT, colour)),
        "bun": (f'<circle cx="62" cy="16" r="10" fill="{colour}"/>', _path(_CROWN, colour)),
        "round": (_path(_ROUND_BACK, colour), _path(_ROUND_FRONT, colour)),
        "crown": (curls, _path(_CROWN, colour)),
        "scarf": (
            _path(_SCARF_BACK, _toned(colour, 0.86)),
            _path(_SCARF_FRONT, colour, ' fill-rule="evenodd"'),
        ),
        "turban": ("", _path(_TURBAN, colour)),
    }[style]


def _clothing(colour: str, skin_shade: str, cut: str) -> str:
    body = _path("M10 122c1-20 16-29 36-34l14 4 14-4c20 5 35 14 36 34Z", colour)
    neck = _path("M50 70h20v16c0 4-4 10-10 10s-10-6-10-10Z", skin_shade)
    collar = {
        "shirt": _path("M47 86l13 14-10 9-9-20Zm26 0L60 100l10 9 9-20Z", "#FBFBF9"),
        "open": _path("M50 85l10 22 10-22 8 4-18 31-18-31Z", _toned(colour, 0.78))
        + _path("M50 86l10 20 10-20c-2 6-5 10-10 10s-8-4-10-10Z", skin_shade),
        "knit": _path("M47 84c4 5 22 5 26 0v12c-5 6-21 6-26 0Z", _toned(colour, 0.8)),
        "plain": "",
    }[cut]
    return body + neck + collar


def _features(skin: str, brow: str, *, smiles: bool) -> str:
    eyes = '<circle cx="52" cy="54" r="2" fill="#1D1714"/><circle cx="68" cy="54" r="2" fill="#1D1714"/>'
    brows = _line("M47.5 48.5q4.5-3 8.5-.8M64 47.7q4-2.2 8.5.8", brow, 2)
    nose = _line("M60.5 55l-2 7.5h3", _toned(skin, 0.58), 1.5)
    mouth = _line("M54 69q6 5 12 0", "#FFF3EA" if smiles else _toned(skin, 0.5), 2)
    return eyes + brows + nose + mouth


def _glasses(colour: str) -> str:
    rims = "".join(f'<rect x="{place}" y="48" width="14" height="12" rx="5"/>' for place in (44, 62))
    bridge = '<path d="M58 52q2-1.5 4 0M44 52l-4-1M76 52l4-1"/>'
    return f'<g fill="none" stroke="{colour}" stroke-width="1.9">{rims}{bridge}</g>'


def portrait_svg(seed: str, *, kind: Kind = "any") -> str:
    """An SVG portrait of at most 3 KB, the same for the same seed; `kind` keeps hair and beard to a name."""
    dice = _Dice(f"{kind}:{seed}")
    ground, clothes, skin, style = (
        dice.of(_GROUNDS),
        dice.of(_CLOTHES),
        dice.of(_SKINS),
        dice.of(_STYLES[kind]),
    )
    natural = dice.of(_HAIR if skin in _SKINS[:3] else _DARK_HAIR)
    colour = dice.of(_SCARVES) if style in ("scarf", "turban") else natural
    has_beard = kind != "woman" and style in ("short", "turban") and (style == "turban" or dice.one_in(2))
    back, front = ("", _path(dice.of(_SHORT), colour)) if style == "short" else _hair(style, colour)
    shade = _toned(skin, 0.86)
    ears = "" if style == "scarf" else _pair_of("ellipse", (40.5, 79.5), (shade, skin))
    head = ears + _path(_FACE, skin) + _path(_SHADE, shade, ' opacity=".55"')
    beard = _path(_BEARD, natural) if has_beard else ""
    cut = "plain" if style == "scarf" else dice.of(("shirt", "open", "knit", "plain"))
    glasses = _glasses(dice.of(("#3A2C25", "#4B4742", "#1D2A33"))) if dice.one_in(4) else ""
    has_earrings = kind == "woman" and style != "scarf" and dice.one_in(2)
    earrings = _pair_of("circle", (39.5, 80.5), ("#E8B64A", "#E8B64A")) if has_earrings else ""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="11 7 98 98">'
        f'<rect width="120" height="120" fill="{ground}"/>{back}{_clothing(clothes, shade, cut)}{head}{beard}'
        f"{_features(skin, _toned(natural, 0.9), smiles=has_beard)}{front}{glasses}{earrings}</svg>"
    )
