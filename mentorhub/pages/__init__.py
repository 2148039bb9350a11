"""One module per route: each composes components and binds a state. This is the table of all of them."""

from mentorhub.pages import (
    account,
    booking,
    browse,
    checkout,
    confirm_email,
    design,
    forgot,
    home,
    landing,
    mailbox,
    mentor_profile,
    not_found,
    reset,
    room,
    sessions,
    sign_in,
    sign_up,
    verify,
)
from mentorhub.pages.route import Route

ROUTES: tuple[Route, ...] = (
    landing.ROUTE,
    home.ROUTE,
    browse.ROUTE,
    mentor_profile.ROUTE,
    checkout.ROUTE,
    sessions.ROUTE,
    booking.ROUTE,
    room.ROUTE,
    sign_in.ROUTE,
    sign_up.ROUTE,
    verify.ROUTE,
    forgot.ROUTE,
    reset.ROUTE,
    confirm_email.ROUTE,
    account.ROUTE,
    mailbox.ROUTE,
    design.ROUTE,
    not_found.ROUTE,
)
