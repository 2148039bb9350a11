"""Countries, languages and currencies as CLDR names them."""

import pytest

from mentorhub.domain.common import places


def test_every_country_has_a_name_and_lies_in_exactly_one_region() -> None:
    assert len(places.COUNTRY_CODES) == len(set(places.COUNTRY_CODES)) > 180
    assert all(places.country_name(code) for code in places.COUNTRY_CODES)
    assert {places.region_of(code) for code in places.COUNTRY_CODES} == set(places.REGIONS)
    assert (places.region_of("IN"), places.region_of("GB"), places.region_of("ZZ")) == ("Asia", "Europe", "")


def test_every_language_one_can_choose_has_a_name_of_its_own() -> None:
    names = [name for _, name in places.languages()]
    assert len(names) == len(set(names)) == len(places.LANGUAGE_CODES)
    assert all(name != code for code, name in places.languages())
    assert places.language_name("kok") == "Konkani"


@pytest.mark.parametrize(
    ("zone", "currency"),
    [
        ("Asia/Kolkata", "INR"),
        ("Asia/Calcutta", "INR"),
        ("Europe/London", "GBP"),
        ("Europe/Warsaw", "PLN"),
        ("America/New_York", "USD"),
        ("UTC", ""),
        ("Mars/Base", ""),
    ],
)
def test_a_zone_hints_at_a_currency(zone: str, currency: str) -> None:
    assert places.currency_of_zone(zone) == currency
