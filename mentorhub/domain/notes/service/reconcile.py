"""What the lines of the notes ask for, brought in line with the action items that exist."""

from datetime import date, datetime
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlmodel import Session, select

from mentorhub.domain.accounts.models import User
from mentorhub.domain.bookings.models import Booking
from mentorhub.domain.notes.models import ActionItem
from mentorhub.domain.notes.rules import Line, Wish, choose_owner, read_due


class _Pair:
    """The two people of a booking, with the names and clocks that lines are read by."""

    def __init__(self, db: Session, booking: Booking) -> None:
        self._mentee, self._mentor = db.get_one(User, booking.mentee_id), db.get_one(User, booking.mentor_id)

    def owner(self, wish: Wish) -> UUID:
        """Whose item a line is."""
        mentee, mentor = self._mentee, self._mentor
        return choose_owner(wish.who, mentee=(mentee.id, mentee.name), mentor=(mentor.id, mentor.name))

    def due(self, wish: Wish, owner_id: UUID, now: datetime) -> date | None:
        """When a line is due, counted from the owner's today."""
        owner = self._mentor if owner_id == self._mentor.id else self._mentee
        return read_due(wish.due, today=now.astimezone(ZoneInfo(owner.time_zone)).date())


def reconcile(
    db: Session, booking: Booking, was: list[Line], lines: list[Line], *, now: datetime
) -> tuple[dict[int, str], bool]:
    """Make, change and remove action items as the lines changed from `was` to `lines`.

    Only lines that changed touch their item, so "Fri" keeps the Friday it meant when it was written, and an
    item ticked elsewhere stays ticked. Returns the names to write at brackets that have none, by position,
    and whether any item changed.
    """
    wishes = {line.key: line.wish for line in was if line.key}
    if not lines and not wishes:
        return {}, False
    rows = db.exec(select(ActionItem).where(ActionItem.booking_id == booking.id)).all()
    items, pair = {row.line_key: row for row in rows}, _Pair(db, booking)
    kept = {line.key for line in lines if line.key in items}
    names: dict[int, str] = {}
    changed = False
    for line in lines:
        item = items.get(line.key)
        if item is None:
            item, before = _found_again(items, kept, wishes, line.wish, pair.owner(line.wish)), None
            if item is None:
                item = ActionItem(
                    booking_id=booking.id,
                    line_key=f"{len(items):04}-{uuid4().hex}",
                    owner_id=booking.mentee_id,
                    text="",
                    created_at=now,
                )
                db.add(item)
                items[item.line_key] = item
            kept.add(item.line_key)
            names[line.at] = item.line_key
        else:
            before = wishes.get(line.key)
        changed |= _follow(item, line.wish, before, pair, now)
    for key, item in items.items():
        if key not in kept and item.done_at is None and item.removed_at is None:
            item.removed_at, changed = now, True
    db.flush()
    return names, changed


def _found_again(
    items: dict[str, ActionItem], kept: set[str], wishes: dict[str, Wish], wish: Wish, owner_id: UUID
) -> ActionItem | None:
    """The item of a line that was moved, or deleted and brought back: the same words for the same person.

    A done item is not opened again by a line written anew, only by its own line written over.
    """
    for key, item in items.items():
        same = item.text.casefold() == wish.text.casefold() and item.owner_id == owner_id
        if same and key not in kept and (item.done_at is None or wish.is_done or key in wishes):
            return item
    return None


def _follow(item: ActionItem, wish: Wish, before: Wish | None, pair: _Pair, now: datetime) -> bool:
    """Let an item say what its line says, where the line changed; whether anything did."""
    if before == wish and item.removed_at is None:
        return False
    is_new = item.text == ""
    item.removed_at = None
    item.text, item.owner_id = wish.text, pair.owner(wish)
    if before is None or before.is_done != wish.is_done:
        item.done_at = (item.done_at or now) if wish.is_done else None
    came_back = before is None and not is_new
    same_day = before is not None and (before.due, before.who) == (wish.due, wish.who)
    if not same_day and not (came_back and wish.due and item.due_on):
        item.due_on = pair.due(wish, item.owner_id, now)
    return True
