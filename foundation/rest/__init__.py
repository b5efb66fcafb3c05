"""How every API route behaves: problem+json, idempotency keys, strict JSON.

from foundation import rest
class Orders(rest.Aggregate): ...
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from foundation.rest.viewsets import Aggregate, Asked, Nothing, verb

__all__ = ["Aggregate", "Asked", "Nothing", "verb"]


def __getattr__(name: str) -> Any:
    """Later than usual: the framework looks for our authentication here while it still loads itself."""
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module("foundation.rest.viewsets"), name)
