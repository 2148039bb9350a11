"""Words as people type them."""

import pytest

from mentorhub.domain.common.errors import FieldError
from mentorhub.domain.common.words import fold, initials, one_line, paragraphs, slug_of


@pytest.mark.parametrize(
    ("typed", "folded"),
    [
        ("  Łukasz  ÅSTRÖM ", "lukasz astrom"),
        ("C++, C# & f_d", "c++ c# f d"),
        ("Straße—ﬁnal", "strasse final"),
        ("मराठी", fold("मराठी")),
        ("%_';--", ""),
    ],
)
def test_words_are_compared_without_case_accents_and_signs(typed: str, folded: str) -> None:
    assert fold(typed) == folded
    assert fold(folded) == folded


def test_a_slug_is_safe_in_an_address() -> None:
    assert slug_of("Tomás Vidal") == "tomas-vidal"
    assert slug_of("../../etc/passwd?x=1") == "etc-passwd-x-1"
    assert slug_of("村上") == ""
    assert len(slug_of("a" * 200)) == 60


def test_one_line_loses_what_nobody_sees_and_says_when_it_is_too_long() -> None:
    assert one_line("title", " CV\t review\u200b\nfor \u202eyou ", longest=40) == "CV review for you"
    with pytest.raises(FieldError, match="it has 6") as refusal:
        one_line("title", "123456", longest=5)
    assert refusal.value.field == "title"


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\u200d\u200c", "\n\t\x00"])
def test_what_only_looks_like_words_is_nothing(nothing: str) -> None:
    with pytest.raises(FieldError, match="Please name it"):
        one_line("title", nothing, longest=40, needed="Please name it.")
    assert paragraphs("bio", nothing, longest=40) in ("", "\u200d\u200c")


def test_joiners_stay_where_words_need_them() -> None:
    assert one_line("name", "क्\u200dष می\u200cخواهم", longest=40) == "क्\u200dष می\u200cخواهم"


def test_paragraphs_keep_one_empty_line_at_most() -> None:
    assert paragraphs("bio", "One\r\n\r\n\r\n\n  two\tthree  \n", longest=40) == "One\n\ntwo three"
    with pytest.raises(FieldError):
        paragraphs("bio", "x" * 41, longest=40)


def test_initials_are_of_the_first_and_the_last_part() -> None:
    assert [initials(name) for name in ("Riya Patil", "Tan Mei Lin", "Robin", "")] == ["RP", "TL", "R", ""]
