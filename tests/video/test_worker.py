"""The media process begins plainly and ends with the one that started it."""

import os
import subprocess
import sys
from pathlib import Path

from mentorhub.video.worker import offset_clock
from tests.servers import free_port, wait_for_port
from tests.video.media_process import SECRET, MediaProcess


def _run(*arguments: str, secret: str = SECRET) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "mentorhub.video.worker", *arguments],
        env={**os.environ, "MENTORHUB_SECRET": secret},
        capture_output=True,
        text=True,
        check=False,
        timeout=20,
    )


def test_a_taken_port_is_told_and_not_shared(media: MediaProcess, tmp_path: Path) -> None:
    second = _run("--port", str(media.port), "--data", str(tmp_path / "other"))

    assert second.returncode == 1
    assert f"127.0.0.1:{media.port} is taken" in second.stderr


def test_without_a_secret_nothing_starts(tmp_path: Path) -> None:
    refused = _run("--port", str(free_port()), "--data", str(tmp_path), secret="short")

    assert refused.returncode == 2
    assert "a secret of at least 32 characters is needed" in refused.stderr


def test_an_embedded_process_ends_with_its_parent(tmp_path: Path) -> None:
    port = free_port()
    child = [sys.executable, "-m", "mentorhub.video.worker", "--port", str(port), "--data", str(tmp_path)]
    parent = subprocess.Popen(
        [sys.executable, "-c", f"import subprocess; subprocess.run({[*child, '--embedded']!r})"],
        env={**os.environ, "MENTORHUB_SECRET": SECRET},
        stdout=subprocess.PIPE,
    )
    wait_for_port(port)

    parent.kill()

    # the pipe ends when the last process that holds it does, the child included
    assert parent.communicate(timeout=10) == (b"", None)


def test_the_clock_runs_ahead_by_what_the_file_says(tmp_path: Path) -> None:
    path = tmp_path / "offset"
    real, moved = offset_clock(None), offset_clock(path)
    assert abs(moved() - real()) < 1

    path.write_text("900.5", encoding="ascii")
    assert abs(moved() - real() - 900.5) < 1

    path.unlink()
    assert abs(moved() - real()) < 1
