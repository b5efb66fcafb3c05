"""X12 and EDIFACT: one tokenizer, one reader of envelopes, one engine that reads and writes by tables."""
