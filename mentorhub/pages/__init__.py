"""One module per route: each composes components and binds a state. This is the table of all of them."""

from mentorhub.pages import booking, checkout, design, landing, mentor_profile, not_found, room, sessions
from mentorhub.pages.route import Route

ROUTES: tuple[Route, ...] = (
    landing.ROUTE,
    mentor_profile.ROUTE,
    checkout.ROUTE,
    sessions.ROUTE,
    booking.ROUTE,
    room.ROUTE,
    design.ROUTE,
    not_found.ROUTE,
)
