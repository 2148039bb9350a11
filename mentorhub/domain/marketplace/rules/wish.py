"""What somebody asks the marketplace for, read from an address and written back to one."""

from collections.abc import Container, Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cached_property
from urllib.parse import urlencode

from mentorhub.domain.common.places import COUNTRY_CODES, LANGUAGE_CODES, REGIONS
from mentorhub.domain.common.words import fold
from mentorhub.domain.marketplace.rules.exchange import is_comparable

LONGEST_TEXT = 200
PAGE = 12
MOST_ON_A_PAGE = 24
SORTS = {"match": "Best match", "soonest": "Soonest free", "price": "Lowest price", "rating": "Highest rated"}
KINDS = {
    "cv_review": "CV review",
    "mock_interview": "Mock interview",
    "career_talk": "Choosing a path",
    "portfolio": "Portfolio",
    "open_topic": "Open topic",
}
_FLAGS = {"week": "this_week", "evenings": "evenings", "weekend": "weekend", "intro": "free_intro"}
_LISTS = {"kind": "kinds", "area": "areas", "lang": "languages"}
_MOST_CHOICES = 10
_DEAREST = Decimal(100_000_000)


@dataclass(frozen=True)
class Wish:
    """A search. Every filter narrows; prices are in major units of `currency`."""

    text: str = ""
    kinds: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    this_week: bool = False
    evenings: bool = False
    weekend: bool = False
    free_intro: bool = False
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    currency: str = "EUR"
    region: str = ""
    country: str = ""
    sort: str = "match"
    swapped: bool = False

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words of the text that say something, folded, without doubles."""
        said = fold(self.text).split()
        telling = [word for word in said if word not in _EMPTY_WORDS]
        return tuple(dict.fromkeys(_stem(word) for word in telling or said))

    @property
    def asks_price(self) -> bool:
        """Whether a price range was given."""
        return self.price_from is not None or self.price_to is not None

    def active(self) -> tuple[str, ...]:
        """The keys of the filters that are on, each of which `without` takes off."""
        flags = [key for key, field in _FLAGS.items() if getattr(self, field)]
        lists = [f"{key}:{value}" for key, field in _LISTS.items() for value in getattr(self, field)]
        places = [key for key in ("region", "country") if getattr(self, key)]
        text = ["text"] if self.tokens else []
        return (*text, *flags, *(["price"] if self.asks_price else []), *lists, *places)

    def without(self, key: str) -> "Wish":
        """The same wish with one filter off; an unknown key changes nothing."""
        parts = self.address()
        group, _, value = key.partition(":")
        if key == "price":
            parts = {name: text for name, text in parts.items() if name not in ("from", "to")}
        elif value:
            parts[group] = ",".join(word for word in parts.get(group, "").split(",") if word != value)
        else:
            parts.pop("q" if key == "text" else key, None)
        return wish_from(parts, currency=self.currency)

    def toggled(self, key: str) -> "Wish":
        """The same wish with one box ticked or cleared; a key that names no box changes nothing."""
        if key in self.active():
            return self.without(key)
        group, _, value = key.partition(":")
        parts = self.address()
        if group == "region":
            parts["region"] = "" if value == self.region else value
        elif value:
            parts[group] = ",".join(filter(None, (parts.get(group, ""), value)))
        elif key in _FLAGS:
            parts[key] = "1"
        return wish_from(parts, currency=self.currency)

    def address(self) -> dict[str, str]:
        """What stands in the address; only what differs from asking for nothing."""
        parts = {"q": self.text}
        parts |= {key: "1" for key, field in _FLAGS.items() if getattr(self, field)}
        parts |= {key: ",".join(getattr(self, field)) for key, field in _LISTS.items()}
        if self.asks_price:
            parts |= {"from": _digits(self.price_from), "to": _digits(self.price_to), "cur": self.currency}
        parts |= {"region": self.region, "country": self.country}
        parts["sort"] = self.sort if self.sort != "match" else ""
        return {key: value for key, value in parts.items() if value}

    def query(self) -> str:
        """The address's part after the question mark."""
        return urlencode(self.address(), safe=",:")


def wish_from(address: Mapping[str, str], *, currency: str = "EUR") -> Wish:
    """Read a wish from an address: what makes no sense is left out, odd characters in the text are text.

    A smallest price above the largest is swapped with it, and `swapped` says so. `currency` is the viewer's.
    """
    low, high = _amount(address.get("from", "")), _amount(address.get("to", ""))
    swapped = low is not None and high is not None and low > high
    named = address.get("cur", "")
    return Wish(
        text=" ".join(address.get("q", "")[:LONGEST_TEXT].split()),
        kinds=_chosen(address.get("kind", ""), KINDS),
        areas=_chosen(address.get("area", ""), None),
        languages=_chosen(address.get("lang", ""), LANGUAGE_CODES),
        this_week=address.get("week") == "1",
        evenings=address.get("evenings") == "1",
        weekend=address.get("weekend") == "1",
        free_intro=address.get("intro") == "1",
        price_from=high if swapped else low,
        price_to=low if swapped else high,
        currency=next((code for code in (named, currency) if is_comparable(code)), "EUR"),
        region=address.get("region", "") if address.get("region") in REGIONS else "",
        country=address.get("country", "") if address.get("country") in COUNTRY_CODES else "",
        sort=address.get("sort", "") if address.get("sort") in SORTS else "match",
        swapped=swapped,
    )


def _chosen(text: str, known: Container[str] | None) -> tuple[str, ...]:
    words = dict.fromkeys(word for word in text[:400].split(",") if word and len(word) <= 60)
    kept = [word for word in words if known is None or word in known]
    return tuple(kept[:_MOST_CHOICES])


def _amount(text: str) -> Decimal | None:
    try:
        amount = Decimal(text.strip().replace(",", "")[:20])
    except InvalidOperation:
        return None
    return amount if amount.is_finite() and 0 <= amount <= _DEAREST else None


def _stem(word: str) -> str:
    """A word without its most common endings, so that "engineering" finds "engineer" and "nurses" "nurse"."""
    if len(word) > 6 and word.endswith("ing"):
        return word[:-3]
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def _digits(amount: Decimal | None) -> str:
    return "" if amount is None else f"{amount.normalize():f}"


_EMPTY = (
    "a about advice an and are as at be become been being can career coach do for from get getting going "
    "guidance have help how i in into is it looking me mentor mentoring mentors mentorship move moving my "
    "need of on or our out session switch switching that the their to want who with would year years you your"
)
_EMPTY_WORDS = frozenset(_EMPTY.split())
