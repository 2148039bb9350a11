"""The pages find their server at the address people type, wherever they were built."""

from pathlib import Path

import pytest
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mentorhub.api import page_address

_BUILT = "var e={PING:`http://127.0.0.1:3000/ping`,EVENT:`ws://127.0.0.1:3000/_event`,TEST_MODE:!1};export{e as t};"


@pytest.mark.parametrize(
    ("public_url", "ping", "event"),
    [
        ("http://127.0.0.1:4100", "http://127.0.0.1:4100/ping", "ws://127.0.0.1:4100/_event"),
        ("https://mentorhub.example", "https://mentorhub.example/ping", "wss://mentorhub.example/_event"),
    ],
)
def test_a_build_made_for_one_address_serves_any_other(tmp_path: Path, public_url: str, ping: str, event: str) -> None:
    (tmp_path / "reflex-env-A1b2.js").write_text(_BUILT)
    pages = TestClient(Starlette(routes=[*page_address.routes(public_url=public_url, built=tmp_path)]))

    told = pages.get("/assets/reflex-env-A1b2.js")

    assert told.headers["content-type"].startswith("text/javascript")
    assert told.text == f"var e={{PING:`{ping}`,EVENT:`{event}`,TEST_MODE:!1}};export{{e as t}};"


def test_a_script_that_was_never_built_is_not_found(tmp_path: Path) -> None:
    pages = TestClient(Starlette(routes=[*page_address.routes(public_url="http://127.0.0.1:1", built=tmp_path)]))

    assert pages.get("/assets/reflex-env-none.js").status_code == 404
