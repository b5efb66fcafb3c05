"""What can be done with ship notices."""

from receiving.notices.actions.announce import announce
from receiving.notices.actions.travel import arrive, cancel, pass_milestone, replan

__all__ = ["announce", "arrive", "cancel", "pass_milestone", "replan"]
