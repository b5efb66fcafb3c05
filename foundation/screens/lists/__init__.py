"""Lists: declared once, and everything that people do with lists follows from that.

from foundation.screens import lists
ORDERS = lists.List("orders", columns=[lists.Column(...)], filters=[lists.Search(...)], ...)

def orders(request):
    return lists.answer(request, ORDERS, queries.order_rows(request.actor))
"""

from foundation.screens.lists.answer import answer
from foundation.screens.lists.bulk import Foreseen
from foundation.screens.lists.bulk import answer as bulk
from foundation.screens.lists.bulk import previewed as bulk_previewed
from foundation.screens.lists.bulk import together as bulk_together
from foundation.screens.lists.columns import Column
from foundation.screens.lists.contract import Bulk, List, View
from foundation.screens.lists.filters import AsOf, Choice, DateRange, Flag, ModelChoice, Search

__all__ = [
    "AsOf",
    "Bulk",
    "Choice",
    "Column",
    "DateRange",
    "Flag",
    "Foreseen",
    "List",
    "ModelChoice",
    "Search",
    "View",
    "answer",
    "bulk",
    "bulk_previewed",
    "bulk_together",
]
