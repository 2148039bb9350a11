"""What is asked around a booking: the intake, a request's answer, a move, a place in the line."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import Text, UniqueConstraint
from sqlmodel import Field, SQLModel

from mentorhub.database.columns import EnumText, UtcDateTime
from mentorhub.domain.common.files import LONGEST_NAME, FileKind
from mentorhub.domain.common.ids import new_id


class Intake(SQLModel, table=True):
    """What a mentee wants of the session: goal, situation, one to three questions, up to three links (D1).

    `questions` and `links` hold one a line. The words stay a draft until the booking is requested or paid.
    """

    booking_id: UUID = Field(primary_key=True, foreign_key="booking.id")
    goal: str = Field(default="", max_length=200)
    situation: str = Field(default="", sa_type=Text)
    questions: str = Field(default="", sa_type=Text)
    links: str = Field(default="", sa_type=Text)
    updated_at: datetime = Field(sa_type=UtcDateTime)


class IntakeFile(SQLModel, table=True):
    """A file beside the words of an intake; `stored` names the object in the file store that holds its content.

    The bookings of a series, and a hold that takes over an earlier draft, each have a row of their own for one object:
    who may read it is asked of the row's booking, and the object goes when its last row did.
    """

    __tablename__ = "intake_file"
    __table_args__ = (UniqueConstraint("booking_id", "stored", name="uq_intake_file_booking_stored"),)

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id")
    name: str = Field(max_length=LONGEST_NAME)
    kind: FileKind = Field(sa_type=EnumText(FileKind))
    size: int
    stored: str = Field(max_length=80, index=True)
    created_at: datetime = Field(sa_type=UtcDateTime, index=True)


class DeclineReason(StrEnum):
    """Why a mentor does not take a request (PRODUCT.md D4)."""

    NOT_MY_FIELD = "not_my_field"
    NO_TIME = "no_time"
    UNCLEAR_ASK = "unclear_ask"
    OTHER = "other"


class Awaited(StrEnum):
    """What a request waits for, or waited for last when it lapsed."""

    ANSWER = "answer"
    REPLY = "reply"
    PAYMENT = "payment"


class BookingRequest(SQLModel, table=True):
    """A request that waits for the mentor's answer until `answer_by` (PRODUCT.md C12).

    A question pauses the clock once: from `asked_at` until the reply or `reply_by`, `answer_by` is not running and
    is moved on when it starts again. `decided_at` is the answer; a request nobody answered has none. `lapses_at` is
    when it ends if nobody does anything more, and until when its claims are kept. An accepted request whose card
    failed waits for another payment until `pay_by`.
    """

    __tablename__ = "booking_request"

    booking_id: UUID = Field(primary_key=True, foreign_key="booking.id")
    mentor_id: UUID = Field(foreign_key="user.id", index=True)
    mentee_id: UUID = Field(foreign_key="user.id", index=True)
    requested_at: datetime = Field(sa_type=UtcDateTime)
    answer_by: datetime = Field(sa_type=UtcDateTime)
    question: str = Field(default="", sa_type=Text)
    asked_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reply_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reply: str = Field(default="", sa_type=Text)
    replied_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lapses_at: datetime = Field(sa_type=UtcDateTime, index=True)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)
    pay_by: datetime | None = Field(default=None, sa_type=UtcDateTime)
    reason: DeclineReason | None = Field(default=None, sa_type=EnumText(DeclineReason))
    note: str = Field(default="", sa_type=Text)

    @property
    def awaited(self) -> Awaited:
        """The mentor's answer, the mentee's reply to a question, or, once it was accepted, the money."""
        if self.decided_at is not None:
            return Awaited.PAYMENT
        return Awaited.REPLY if self.asked_at is not None and self.replied_at is None else Awaited.ANSWER


class MoveState(StrEnum):
    """Where a proposal to move a session stands; one of a booking is open at a time."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"


class MoveProposal(SQLModel, table=True):
    """One side asks to move a session to one of up to three starts (PRODUCT.md D7); two accepted a side."""

    __tablename__ = "move_proposal"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    booking_id: UUID = Field(foreign_key="booking.id", index=True)
    proposed_by: UUID = Field(foreign_key="user.id")
    state: MoveState = Field(default=MoveState.OPEN, sa_type=EnumText(MoveState))
    note: str = Field(default="", max_length=300)
    from_start: datetime = Field(sa_type=UtcDateTime)
    to_start: datetime | None = Field(default=None, sa_type=UtcDateTime)
    lapses_at: datetime = Field(sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
    decided_at: datetime | None = Field(default=None, sa_type=UtcDateTime)


class MoveOption(SQLModel, table=True):
    """One start a proposal offers."""

    __tablename__ = "move_option"

    proposal_id: UUID = Field(primary_key=True, foreign_key="move_proposal.id")
    starts_at: datetime = Field(primary_key=True, sa_type=UtcDateTime)


class WaitState(StrEnum):
    """Where somebody in the line for an offering stands."""

    WAITING = "waiting"
    OFFERED = "offered"
    BOOKED = "booked"
    PASSED = "passed"
    LEFT = "left"


class WaitlistEntry(SQLModel, table=True):
    """A mentee in the line for a freed time of an offering (PRODUCT.md C14); `booking_id` is the hold offered."""

    __tablename__ = "waitlist_entry"

    id: UUID = Field(default_factory=new_id, primary_key=True)
    mentor_id: UUID = Field(foreign_key="user.id", index=True)
    offering_id: UUID = Field(foreign_key="offering.id", index=True)
    mentee_id: UUID = Field(foreign_key="user.id", index=True)
    state: WaitState = Field(default=WaitState.WAITING, sa_type=EnumText(WaitState))
    booking_id: UUID | None = Field(default=None, foreign_key="booking.id")
    offer_until: datetime | None = Field(default=None, sa_type=UtcDateTime)
    created_at: datetime = Field(sa_type=UtcDateTime)
