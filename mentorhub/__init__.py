"""MentorHub: a mentorship marketplace where the meeting happens."""
