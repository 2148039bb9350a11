"""The bracketed form encoding and its checks."""

import pytest

from mentorhub.sandbox.errors import ApiError
from mentorhub.sandbox.parameters import group, integer, listing, read, text


def test_brackets_become_a_tree_and_empty_ones_count_up() -> None:
    assert read("a[b][0]=x&a[b][1]=y&c[]=1&c[]=2&d=e%5D") == {
        "a": {"b": {"0": "x", "1": "y"}},
        "c": {"0": "1", "1": "2"},
        "d": "e]",
    }


@pytest.mark.parametrize("encoded", ["a[=1", "a]b=1", "a=1&a[b]=2", "[a]=1"])
def test_broken_brackets_are_refused(encoded: str) -> None:
    with pytest.raises(ApiError):
        read(encoded)


def test_a_list_keeps_the_order_of_its_positions() -> None:
    assert listing(text())("a", {"10": "k", "9": "j", "0": "a"}) == ["a", "j", "k"]


@pytest.mark.parametrize("value", ["1.5", "", "one", "٣", "1e3", {"a": "1"}, "9" * 19])
def test_only_a_whole_number_is_an_integer(value: object) -> None:
    with pytest.raises(ApiError):
        integer()("amount", value)


@pytest.mark.parametrize("value", ["x", {"a": "1"}, {"0": "1", "1": "2", "2": "3"}])
def test_only_positions_make_a_list_and_only_so_many(value: object) -> None:
    with pytest.raises(ApiError):
        listing(text(), most=2)("list", value)


def test_a_plain_value_is_not_an_object_and_a_long_one_is_not_a_text() -> None:
    with pytest.raises(ApiError):
        group({})("a", "1")
    with pytest.raises(ApiError):
        text(longest=3)("a", "four")
