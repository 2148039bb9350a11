"""Reads of the bookings: free time, a booking's page, lists of sessions, who may enter a room."""

from mentorhub.domain.bookings.queries.approval import answer_due, has_met, is_by_request, need_not_ask
from mentorhub.domain.bookings.queries.door import AdmissionView, admission
from mentorhub.domain.bookings.queries.facts import FactsView, seriousness_of
from mentorhub.domain.bookings.queries.feeds import busy_times_of, calendar_uids_of, feed_entries
from mentorhub.domain.bookings.queries.free_time import (
    TimesView,
    free_starts,
    free_starts_of_many,
    times_of,
)
from mentorhub.domain.bookings.queries.groups import (
    GroupView,
    group_notice,
    group_of_seat,
    group_page,
    groups_of_mentor,
    groups_on_sale,
    is_reminded,
    next_group_of,
)
from mentorhub.domain.bookings.queries.intake import (
    FileView,
    IntakeView,
    draft_of,
    intake_file,
    intake_of,
    stored_among,
)
from mentorhub.domain.bookings.queries.mentor_time import MentorTime, load_time
from mentorhub.domain.bookings.queries.moving import (
    MoveOptionView,
    MovesView,
    ProposalView,
    move_notice,
    moves_of,
    times_to_move,
)
from mentorhub.domain.bookings.queries.notice import booking_notice, calendar_method, side_of
from mentorhub.domain.bookings.queries.outside_hours import OutsideView, sessions_outside_hours
from mentorhub.domain.bookings.queries.pages import (
    BookingView,
    PersonView,
    SessionRowView,
    booking_page,
    next_session_of,
    participants_of,
    sessions_of,
)
from mentorhub.domain.bookings.queries.preview import Draft, times_as_edited
from mentorhub.domain.bookings.queries.requests import (
    RequestView,
    Stage,
    count_requests,
    lapsed_requests_of,
    request_of,
    requests_of,
)
from mentorhub.domain.bookings.queries.series import DateStanding, SeriesDateView, SeriesView, may_repeat, plan_series
from mentorhub.domain.bookings.queries.series_parts import SeriesPartView, series_parts
from mentorhub.domain.bookings.queries.waiting import LineView, lines_of, waiting_for
from mentorhub.domain.bookings.queries.why_not import WhyNotView, why_not

__all__ = [
    "AdmissionView",
    "BookingView",
    "DateStanding",
    "Draft",
    "FactsView",
    "FileView",
    "GroupView",
    "IntakeView",
    "LineView",
    "MentorTime",
    "MoveOptionView",
    "MovesView",
    "OutsideView",
    "PersonView",
    "ProposalView",
    "RequestView",
    "SeriesDateView",
    "SeriesPartView",
    "SeriesView",
    "SessionRowView",
    "Stage",
    "TimesView",
    "WhyNotView",
    "admission",
    "answer_due",
    "booking_notice",
    "booking_page",
    "busy_times_of",
    "calendar_method",
    "calendar_uids_of",
    "count_requests",
    "draft_of",
    "feed_entries",
    "free_starts",
    "free_starts_of_many",
    "group_notice",
    "group_of_seat",
    "group_page",
    "groups_of_mentor",
    "groups_on_sale",
    "has_met",
    "intake_file",
    "intake_of",
    "is_by_request",
    "is_reminded",
    "lapsed_requests_of",
    "lines_of",
    "load_time",
    "may_repeat",
    "move_notice",
    "moves_of",
    "need_not_ask",
    "next_group_of",
    "next_session_of",
    "participants_of",
    "plan_series",
    "request_of",
    "requests_of",
    "series_parts",
    "seriousness_of",
    "sessions_of",
    "sessions_outside_hours",
    "side_of",
    "stored_among",
    "times_as_edited",
    "times_of",
    "times_to_move",
    "waiting_for",
    "why_not",
]
