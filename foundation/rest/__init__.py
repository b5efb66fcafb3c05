"""How every API route behaves: problem+json, idempotency keys, strict JSON."""
