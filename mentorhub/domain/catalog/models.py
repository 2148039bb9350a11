"""Tables of the catalog: mentor profiles, their expertise and languages, and offerings."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import CheckConstraint, Text
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.common.ids import new_id


class OfferingKind(StrEnum):
    """What a session is about (PRODUCT.md B5, B6)."""

    CAREER_TALK = "career_talk"
    CV_REVIEW = "cv_review"
    MOCK_INTERVIEW = "mock_interview"
    PORTFOLIO = "portfolio"
    OPEN_TOPIC = "open_topic"
    INTRO = "intro"
    GROUP = "group"


class Policy(StrEnum):
    """The cancellation presets; their hours are in `payments.rules`."""

    RELAXED = "relaxed"
    STANDARD = "standard"
    STRICT = "strict"


class MentorProfile(SQLModel, table=True):
    """What everyone may read about a mentor. `is_open` is the "Open to Mentorship" tag.

    `highlights` are up to three lines in the mentor's own words. `revision` rises with every change of what a
    search shows, so that an index knows what to read again. `answer_hours` is how long a mentee waits for an
    answer at most (24, 48 or 72; PRODUCT.md C12); `paused_at` is when two lapsed requests closed the profile.
    """

    __tablename__ = "mentor_profile"

    user_id: UUID = Field(primary_key=True, foreign_key="user.id")
    slug: str = Field(unique=True, max_length=80)
    role: str = Field(default="", max_length=80)
    employer: str = Field(default="", max_length=80)
    city: str = Field(default="", max_length=80)
    country: str = Field(default="", max_length=2)
    headline: str = Field(default="", max_length=140)
    bio: str = Field(default="", sa_type=Text)
    gap: str = Field(default="", max_length=120)
    highlights: str = Field(default="", max_length=300)
    currency: str = Field(default="EUR", max_length=3)
    policy: Policy = Field(default=Policy.STANDARD, sa_type=EnumText(Policy))
    is_open: bool = Field(default=False, index=True)
    paused_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    answer_hours: int = 48
    max_requests_per_week: int | None = None
    max_intros_per_week: int | None = None
    revision: int = 0
    created_at: datetime = Field(sa_type=UtcDateTime)


class MentorStanding(SQLModel, table=True):
    """What a mentor's reviews and sessions add up to, kept in the transaction of each fact.

    `kept` of `due` sessions found the mentor there; `lately` holds the last ten, oldest first, one letter
    each: a for attended, x for absent, u for unknown. `answered` of `asked` requests got an answer.
    """

    __tablename__ = "mentor_standing"

    mentor_id: UUID = Field(primary_key=True, foreign_key="mentor_profile.user_id")
    stars_1: int = 0
    stars_2: int = 0
    stars_3: int = 0
    stars_4: int = 0
    stars_5: int = 0
    kept: int = 0
    due: int = 0
    asked: int = 0
    answered: int = 0
    lately: str = Field(default="", max_length=10)


class MentorLanguage(SQLModel, table=True):
    """A language a mentor speaks; `code` is ISO 639-1 or 639-3."""

    __tablename__ = "mentor_language"

    mentor_id: UUID = Field(primary_key=True, foreign_key="mentor_profile.user_id")
    code: str = Field(primary_key=True, max_length=3, index=True)


class ExpertiseTag(SQLModel, table=True):
    """A word of the shared vocabulary; `synonyms` are lower-case, separated by a bar."""

    __tablename__ = "expertise_tag"

    slug: str = Field(primary_key=True, max_length=60)
    name: str = Field(max_length=60)
    synonyms: str = Field(default="", max_length=400)


class MentorExpertise(SQLModel, table=True):
    """One of a mentor's one to ten areas, with the years spent in it."""

    __tablename__ = "mentor_expertise"
    __table_args__ = (CheckConstraint("years BETWEEN 0 AND 50", name="ck_mentor_expertise_years"),)

    mentor_id: UUID = Field(primary_key=True, foreign_key="mentor_profile.user_id")
    tag: str = Field(primary_key=True, foreign_key="expertise_tag.slug", index=True)
    years: int = 0


class Offering(SQLModel, table=True):
    """What is sold: a session with a title, a length and a price. Edits touch future bookings only.

    With `needs_approval` a mentee asks and the mentor answers; those the mentor has met may still book at once
    when `met_book_instantly` (PRODUCT.md C9). A group offering has `seats` and takes place from `seats_needed` on
    (B9); all others have one seat.
    """

    __table_args__ = (
        CheckConstraint("minutes BETWEEN 15 AND 120", name="ck_offering_minutes"),
        CheckConstraint("price_minor >= 0", name="ck_offering_price"),
        CheckConstraint("1 <= seats_needed AND seats_needed <= seats AND seats <= 20", name="ck_offering_seats"),
    )

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="mentor_profile.user_id", index=True)
    kind: OfferingKind = Field(sa_type=EnumText(OfferingKind))
    title: str = Field(max_length=80)
    minutes: int
    price_minor: int
    currency: str = Field(max_length=3)
    send_before: str = Field(default="", max_length=160)
    leave_with: str = Field(default="", max_length=160)
    needs_approval: bool = False
    met_book_instantly: bool = True
    seats: int = 1
    seats_needed: int = 1
    position: int = 0
    is_active: bool = True
    created_at: datetime = Field(sa_type=UtcDateTime)
