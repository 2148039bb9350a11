"""Named refusals of the goals."""

from mentorhub.domain.common.errors import DomainError
from mentorhub.domain.goals.rules import MOST_GOALS, MOST_MILESTONES


class TooManyGoals(DomainError):
    """A person has as many active goals as one can follow (PRODUCT.md E7)."""

    message = f"You already follow {MOST_GOALS} goals, so please end one before you set another."


class TooManyMilestones(DomainError):
    """A goal has as many milestones as a line can show."""

    message = f"A goal has at most {MOST_MILESTONES} milestones."


class LastMilestone(DomainError):
    """A goal keeps at least one milestone, since progress is counted in milestones."""

    message = "A goal needs at least one milestone, so this one stays."


class GoalEnded(DomainError):
    """A goal that was ended is kept as it is."""

    message = "This goal has ended and is kept as it is."


class NotYourOwnItem(DomainError):
    """Only one's own action items serve one's goal."""

    message = "Only your own action items can be tied to your goal."
