"""How every API route behaves: problem+json, idempotency keys, strict JSON.

from foundation import rest
class Orders(rest.Aggregate): ...
"""

from foundation.rest.viewsets import Aggregate, Asked, Nothing, verb

__all__ = ["Aggregate", "Asked", "Nothing", "verb"]
