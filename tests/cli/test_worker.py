"""`mentorhub worker` as a process of its own."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from mentorhub import database
from mentorhub.adapters.mailbox_mailer import MailboxMailer
from mentorhub.domain.accounts import service
from mentorhub.domain.common.clock import utc_now

STARTS_PROCESSES = True


def test_a_worker_beside_the_server_sends_the_mail_and_ends_when_it_is_asked_to(
    sqlite_url: str, tmp_path: Path
) -> None:
    environment = {**os.environ, "DATABASE_URL": sqlite_url, "MENTORHUB_DATA": str(tmp_path)}
    with database.transaction() as db:
        service.sign_up(db, name="Riya", email="riya@example.org", password_hash="h", now=utc_now())
    box = MailboxMailer(tmp_path / "mailbox", sender="x@example.org")

    process = subprocess.Popen([sys.executable, "-m", "mentorhub.cli.worker"], env=environment)
    try:
        deadline = time.monotonic() + 20
        while not box.newest() and time.monotonic() < deadline:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        ended = process.wait(20)
    finally:
        process.kill()

    assert [mail.to for mail in box.newest()] == ["riya@example.org"]
    assert ended == 0


def test_a_wrong_setting_is_named_and_nothing_starts() -> None:
    environment = {**os.environ, "SMTP_URL": "ftp://mail.example"}

    ended = subprocess.run(
        [sys.executable, "-m", "mentorhub.cli.worker"], env=environment, capture_output=True, text=True, check=False
    )

    assert ended.returncode == 2
    assert "SMTP_URL" in ended.stderr
