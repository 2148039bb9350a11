"""One module per route: each composes components and binds a state. This is the table of all of them."""

from mentorhub.pages import booking, checkout, not_found, sessions
from mentorhub.pages.route import Route

ROUTES: tuple[Route, ...] = (
    booking.ROUTE,
    checkout.ROUTE,
    sessions.ROUTE,
    not_found.ROUTE,
)
