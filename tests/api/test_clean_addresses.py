"""A prerendered page answers at its own address, without being sent on to another."""

from pathlib import Path

import httpx
import pytest
from starlette.staticfiles import StaticFiles

from mentorhub.api.clean_addresses import CleanAddresses


@pytest.fixture
def client(tmp_path: Path) -> httpx.AsyncClient:
    for name, words in (("index", "landing"), ("sessions", "sessions"), ("mentoring/hours", "hours")):
        file = tmp_path / f"{name}.html"
        file.parent.mkdir(exist_ok=True)
        file.write_text(words, encoding="ascii")
    (tmp_path / "sessions").mkdir()
    (tmp_path / "sessions" / "index.html").write_text("sessions", encoding="ascii")
    served = CleanAddresses(StaticFiles(directory=tmp_path, html=True), tmp_path)
    return httpx.AsyncClient(transport=httpx.ASGITransport(served), base_url="http://house")


@pytest.mark.parametrize(
    ("address", "words"), [("/", "landing"), ("/sessions", "sessions"), ("/mentoring/hours", "hours")]
)
async def test_a_page_answers_at_its_own_address(client: httpx.AsyncClient, address: str, words: str) -> None:
    answer = await client.get(address)

    assert (answer.status_code, answer.text) == (200, words)


@pytest.mark.parametrize("address", ["/nowhere", "/../pyproject", "/sessions.html.html"])
async def test_an_address_that_is_no_page_is_left_alone(client: httpx.AsyncClient, address: str) -> None:
    with pytest.raises(Exception, match="404"):
        (await client.get(address)).raise_for_status()
