"""Canonical documents: what we and others say to each other, as frozen plain values that never change their meaning.

One module per document, each with its VERSION. A field may be added within a version; a field that is renamed,
dropped or understood differently makes a new one.
"""
