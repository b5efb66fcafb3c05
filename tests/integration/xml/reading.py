"""What the tests of every syntax ask of a reader."""

import random

from integration.canon.faults import Level


def damaged(raws, *, rounds=300, seed=7):
    """The same random damage each time: bytes dropped and put in."""
    source = random.Random(seed)
    for _round in range(rounds):
        raw = bytearray(source.choice(raws))
        for _step in range(source.randint(1, 6)):
            place = source.randrange(len(raw))
            raw[place : place + source.randint(0, 9)] = source.randbytes(source.randint(0, 4))
        yield bytes(raw)


def never_raises(read, raws):
    for raw in damaged(raws):
        received = read(raw)
        assert received.document is not None or received.level == Level.REFUSE


def finds(received, codes, level, where):
    """These faults, one of them there, and the worst of this level."""
    assert set(codes.split()) <= {fault.code for fault in received.faults}
    assert received.level == level, received.faults
    assert any(where in fault.where for fault in received.faults)


def row(received):
    """A sample's row: kind, number, lines, level, faults."""
    document = received.document
    lines = document.every_line() if hasattr(document, "every_line") else getattr(document, "lines", ())
    faults = " ".join(sorted({fault.code for fault in received.faults if fault.level}))
    return received.kind, getattr(document, "number", ""), len(list(lines)), received.level.word, faults
