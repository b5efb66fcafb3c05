"""The same labels for thermal printers: ZPL II, 4 x 6 inches at 203 dots per inch (8 dots a millimeter)."""

from foundation.values.exact import plain
from receiving.notices import labels, loads
from receiving.notices.labels import Element, Label
from receiving.notices.models import ShipNotice

WIDTH, LENGTH, MODULE, HIGH = 812, 1218, 4, 256
"""Dots: 4 dots are 0.5 mm a module, 256 are 32 mm."""
ROWS = 5
SYMBOLS = 3


def write(notice: ShipNotice, sender: str) -> bytes:
    return "".join(_label(label) for label in labels.labels_of(notice, sender)).encode()


def _label(label: Label) -> str:
    load, notice = label.load, label.notice
    held = loads.summed(load.every)
    lines = [
        f"{label.sender}  >  {notice.site.name}, {notice.site.city} {notice.site.country}",
        f"{notice.reference}   {notice.number}   {load.kind} {label.place} / {label.count}",
        *(f"{c.line.order_line.description}  {c.line.lot}  {plain(quantity)}" for c, quantity in held[:ROWS]),
    ]
    if len(held) > ROWS:
        lines.append(f"+ {len(held) - ROWS}")
    text = "".join(_text(30, 24 + 34 * place, line) for place, line in enumerate(lines))
    bars, top = "", LENGTH
    for elements in _fitting(label.symbols):
        top -= HIGH + 50
        bars += _bars(top, elements)
    return f"^XA^CI28^PW{WIDTH}^LL{LENGTH}{text}{bars}^XZ\n"


def _fitting(symbols: list[list[Element]]) -> list[list[Element]]:
    room = WIDTH // MODULE - 2 * labels.QUIET
    found: list[list[Element]] = []
    for elements in symbols:
        parts = [elements] if len(labels.modules_of(elements)) <= room else [[element] for element in elements]
        found += [part for part in parts if len(labels.modules_of(part)) <= room]
    return found[:SYMBOLS]


def _text(x: int, y: int, text: str) -> str:
    """``^FH`` lets signs that ZPL itself uses stand in a field as their codes."""
    return f"^FO{x},{y}^A0N,28,24^FH_^FD{_escaped(text[:70])}^FS"


def _bars(top: int, elements: list[Element]) -> str:
    """``^BC`` in mode N with the start and the FNC1 of GS1-128 written out; the words below are our own."""
    modules = len(labels.modules_of(elements))
    left = (WIDTH - modules * MODULE) // 2
    words = _text(left, top + HIGH + 8, labels.words_of(elements))
    data = ">;>8" + _invoked(labels.data_of(elements))
    return f"^FO{left},{top}^BY{MODULE}^BCN,{HIGH},N,N,N,N^FH_^FD{data}^FS{words}"


def _invoked(data: str) -> str:
    """Pairs of digits in set C, else set B: ``>6`` and ``>5`` change between them, ``>8`` is FNC1, ``>0`` is >."""
    found, in_pairs, place = "", True, 0
    while place < len(data):
        sign, pair = data[place], data[place : place + 2]
        if sign == labels.FNC1:
            found, place = found + ">8", place + 1
        elif in_pairs and pair.isdigit() and len(pair) == 2:
            found, place = found + pair, place + 2
        elif not in_pairs and data[place : place + 4].isdigit() and len(data[place : place + 4]) == 4:
            found, in_pairs = found + ">5", True
        else:
            found, in_pairs = found + (">6" if in_pairs else ""), False
            found, place = found + (">0" if sign == ">" else _escaped(sign)), place + 1
    return found


def _escaped(text: str) -> str:
    return "".join(f"_{ord(sign):02X}" if sign in "^~_" else sign for sign in text)
