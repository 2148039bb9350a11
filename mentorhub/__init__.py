"""MentorHub: a mentorship marketplace where the meeting happens."""

import zoneinfo

# Every zone comes from the pinned tzdata package, as the slot function's do: two copies would disagree on an hour.
zoneinfo.reset_tzpath(to=())
