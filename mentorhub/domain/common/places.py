"""Countries, regions, languages and the currency of a time zone, as CLDR names them (by way of babel)."""

from functools import lru_cache

from babel import Locale
from babel.core import get_global
from babel.numbers import get_territory_currencies

_REGIONS = {
    "Africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG ER ET GA GH GM GN GQ GW KE KM LR LS LY MA "
        "MG ML MR MU MW MZ NA NE NG RW SC SD SL SN SO SS ST SZ TD TG TN TZ UG ZA ZM ZW"
    ),
    "Asia": (
        "AF AM AZ BD BN BT CN GE HK ID IN JP KG KH KP KR KZ LA LK MM MN MO MV MY NP PH PK SG TH TJ TL TM TW UZ VN"
    ),
    "Europe": (
        "AD AL AT BA BE BG BY CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MC "
        "MD ME MK MT NL NO PL PT RO RS RU SE SI SK SM TR UA VA"
    ),
    "Latin America": (
        "AG AR BB BO BR BS BZ CL CO CR CU DM DO EC GD GT GY HN HT JM KN LC MX NI PA PE PY SR SV TT UY VC VE"
    ),
    "Middle East": "AE BH IL IQ IR JO KW LB OM PS QA SA SY YE",
    "North America": "CA US",
    "Oceania": "AU FJ FM KI MH NR NZ PG PW SB TO TV VU WS",
}
_LANGUAGES = (
    "af am ar az be bg bn bs ca cs cy da de el en es et eu fa fi fil fr ga gl gu ha he hi hr hu "
    "hy id ig is it ja ka kk km kn ko kok lo lt lv mi mk ml mn mr ms my nb ne nl or pa pl ps pt "
    "ro ru rw si sk sl so sq sr sv sw ta te th tn tr uk ur uz vi xh yo zh zu"
)
REGIONS = tuple(_REGIONS)
_REGION_OF = {code: region for region, codes in _REGIONS.items() for code in codes.split()}
LANGUAGE_CODES = tuple(_LANGUAGES.split())
COUNTRY_CODES = tuple(sorted(_REGION_OF))
_ENGLISH = Locale("en")


def country_name(code: str) -> str:
    """The English name of a country by its two letters; empty for an unknown one."""
    return str(_ENGLISH.territories.get(code, "")) if code in _REGION_OF else ""


def region_of(country: str) -> str:
    """The part of the world a country lies in, one of REGIONS; empty for an unknown country."""
    return _REGION_OF.get(country, "")


def language_name(code: str) -> str:
    """The English name of a language by its ISO 639 code; the code itself for an unknown one."""
    return str(_ENGLISH.languages.get(code, code))


@lru_cache(maxsize=1)
def countries() -> tuple[tuple[str, str], ...]:
    """Every country as (code, name), by name."""
    return tuple(sorted(((code, country_name(code)) for code in COUNTRY_CODES), key=lambda pair: pair[1]))


@lru_cache(maxsize=1)
def languages() -> tuple[tuple[str, str], ...]:
    """Every language one can choose as (code, name), by name."""
    return tuple(sorted(((code, language_name(code)) for code in LANGUAGE_CODES), key=lambda pair: pair[1]))


@lru_cache(maxsize=512)
def currency_of_zone(zone: str) -> str:
    """The currency used where an IANA zone lies, as a hint only; empty when nobody can say."""
    territories = get_global("zone_territories")
    aliases = get_global("zone_aliases")
    territory = territories.get(zone) or territories.get(aliases.get(zone, ""), "")
    if not territory:
        return ""
    found = get_territory_currencies(territory)
    return str(found[-1]) if found else ""
