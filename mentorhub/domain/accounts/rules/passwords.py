"""Which passwords are refused: short, guessed first, or made of what everybody knows of the person."""

from typing import Final

from mentorhub.domain.common.errors import FieldError

_SHORTEST: Final = 10
_LONGEST: Final = 200
_KNOWN_PART: Final = 4
_MUST_REMAIN: Final = 6
_FIELD: Final = "password"

# The passwords of ten characters and more that guessing begins with, as found in every published leak.
_COMMON_WORDS: Final = """
1234567890 0123456789 12345678910 123456789a a123456789 123123123123 1q2w3e4r5t 1q2w3e4r5t6y
1qaz2wsx3edc qwertyuiop qwerty12345 qwerty123456 qwertyuiop123 asdfghjkl1 asdfghjkl123 zxcvbnm123
1234567890q q1w2e3r4t5 password12 password123 password1234 password12345 password!23 passw0rd123
p@ssword123 p@ssw0rd123 mypassword mypassword1 newpassword newpassword1 letmein123 letmein1234
welcome123 welcome1234 changeme123 iloveyou12 iloveyou123 iloveyou1234 princess123 sunshine123
football123 baseball123 superman123 liverpool1 liverpool123 dragon12345 monkey12345 charlie123
michael123 jennifer123 trustno1234 whatever123 computer123 starwars123 administrator admin12345
admin123456 abcdefghij abcdef123456 abcd123456 abc1234567 aa12345678 zaq12wsxcde3
correcthorsebatterystaple mentorhub123 mentorhub2026
"""
_COMMON: Final = frozenset(_COMMON_WORDS.split())


def check_password(password: str, *, name: str, email: str) -> None:
    """Refuse a weak password; raises FieldError("password").

    Length counts most (NIST SP 800-63B, 5.1.1.2); signs of a certain kind are never asked for.
    """
    if len(password) < _SHORTEST:
        raise FieldError(_FIELD, f"Please use at least {_SHORTEST} characters. A sentence is fine.")
    if len(password) > _LONGEST:
        raise FieldError(_FIELD, f"Please use at most {_LONGEST} characters.")
    plain = password.casefold()
    if plain in _COMMON or len(set(plain)) < 4:
        raise FieldError(_FIELD, "That password is guessed early. Please choose a less common one.")
    if len(_without_known(plain, name.casefold(), email.casefold())) < _MUST_REMAIN:
        raise FieldError(_FIELD, "That is too close to your name or email. Please choose another.")


def _without_known(plain: str, name: str, email: str) -> str:
    mailbox, _, _ = email.partition("@")
    known = {email, mailbox, name, name.replace(" ", ""), *name.split()}
    for part in sorted(known, key=len, reverse=True):
        if len(part) >= _KNOWN_PART:
            plain = plain.replace(part, "")
    return plain
