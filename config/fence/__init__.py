"""The fence around suppliers: what each database role may touch, and the one transaction of a portal request.

Suppliers are hostile by assumption. The portal's process connects as a role that sees nothing until a session is
presented, and then only what belongs to that session's supplier, whatever the code above asks for.
"""

from config.fence.raising import lower_fence, raise_fence
from config.fence.requests import FenceMiddleware, NotFenced, fenced, guard, present

__all__ = ["FenceMiddleware", "NotFenced", "fenced", "guard", "lower_fence", "present", "raise_fence"]
