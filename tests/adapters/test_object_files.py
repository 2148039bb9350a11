"""Files in a folder and in a bucket: one contract on both, and what happens while the store is away."""

import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mentorhub.adapters.object_files import ObjectFiles
from mentorhub.domain.common.errors import NotFound, StoreAway
from mentorhub.domain.common.ports import FileStore
from tests.s3_server import BUCKET, point_to, s3_server
from tests.servers import free_port

LARGE = bytes(range(256)) * 4096 * 9
AT_ONCE = timedelta(0)


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["folder", "bucket"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> FileStore:
    if request.param == "folder":
        return ObjectFiles((tmp_path / "with space" / "files").as_uri())
    point_to(request.getfixturevalue("s3"), monkeypatch)
    return ObjectFiles(f"{BUCKET}/{tmp_path.name}")


@pytest.mark.parametrize("content", [b"x", LARGE], ids=["a byte", "nine megabytes"])
def test_what_was_put_is_read_back_byte_for_byte(store: FileStore, content: bytes) -> None:
    store.put("intake/one", content)

    assert b"".join(store.read("intake/one")) == content


def test_what_was_removed_is_not_found_and_may_be_removed_again(store: FileStore) -> None:
    store.put("intake/one", b"one")
    store.remove("intake/one")
    store.remove("intake/one")

    with pytest.raises(NotFound):
        store.read("intake/one")


def test_only_what_is_old_enough_is_listed_and_only_of_its_folder(store: FileStore) -> None:
    for name in ("intake/one", "intake/two", "recording/three"):
        store.put(name, b"x")

    assert sorted(store.older_than(-timedelta(minutes=1), folder="intake")) == ["intake/one", "intake/two"]
    assert list(store.older_than(timedelta(minutes=1), folder="intake")) == []


def test_a_store_that_holds_nothing_yet_lists_nothing(store: FileStore) -> None:
    assert list(store.older_than(AT_ONCE, folder="intake")) == []


def test_a_server_that_is_away_is_said_in_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    point_to(f"http://127.0.0.1:{free_port()}", monkeypatch)
    store = ObjectFiles(BUCKET)

    with pytest.raises(StoreAway, match="Please try again in a minute"):
        store.put("intake/one", b"one")
    with pytest.raises(StoreAway):
        store.read("intake/one")
    with pytest.raises(StoreAway):
        list(store.older_than(AT_ONCE, folder="intake"))


def test_a_folder_that_cannot_be_written_is_said_in_a_sentence_and_leaves_nothing(tmp_path: Path) -> None:
    (tmp_path / "files").mkdir()
    (tmp_path / "files" / "intake").write_text("a file where the folder should be")

    with pytest.raises(StoreAway):
        ObjectFiles((tmp_path / "files").as_uri()).put("intake/one", b"one")


def test_a_bucket_that_is_read_slowly_is_read_whole(s3: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    point_to(s3, monkeypatch)
    monkeypatch.setenv("AWS_TIMEOUT", "1s")
    store = ObjectFiles(f"{BUCKET}/{tmp_path.name}", patience=timedelta(seconds=1))
    store.put("intake/one", LARGE)

    pieces = store.read("intake/one")
    read = next(pieces)
    time.sleep(1.2)

    assert read + b"".join(pieces) == LARGE
