"""One module per route: each composes components and binds a state. This is the table of all of them."""

from mentorhub.pages import not_found
from mentorhub.pages.route import Route

ROUTES: tuple[Route, ...] = (not_found.ROUTE,)
