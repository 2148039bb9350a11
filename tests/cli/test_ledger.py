"""`mentorhub ledger check` as an operator runs it, on both databases."""

import os
import subprocess
import sys

from mentorhub import database
from mentorhub.domain.common.money import Money
from mentorhub.domain.payments import service
from mentorhub.domain.payments.rules import Account, Posting
from tests.domain.payments.conftest import Till
from tests.people import SUNDAY


def check(database_url: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from mentorhub.cli import app; app()", "ledger", "check"]
    environment = os.environ | {"DATABASE_URL": database_url}
    return subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)


def test_books_that_agree_are_printed_and_end_well(database_url: str) -> None:
    with database.transaction() as db:
        Till(db).captured()
    ran = check(database_url)
    assert (ran.returncode, ran.stderr) == (0, "")
    assert [line.split() for line in ran.stdout.splitlines()] == [
        ["6", "entries", "in", "2", "groups", "of", "1", "bookings"],
        ["mentor_pending", "-₹1,052.00"],
        ["platform_fee", "-₹120.00"],
        ["provider_cash", "₹1,172.00"],
        ["provider_fees", "₹0.00"],
        ["0", "differences."],
    ]


def test_books_with_a_difference_name_it_and_end_badly(database_url: str) -> None:
    with database.transaction() as db:
        wrong = [Posting(Account.PLATFORM_FEE, Money(5, "INR"))]
        service.post(db, "x", wrong, booking_id=None, now=SUNDAY)
    ran = check(database_url)
    assert ran.returncode == 1
    assert "DIFFERENCE group x sums to ₹0.05" in ran.stdout
    assert ran.stdout.endswith("1 difference.\n")
