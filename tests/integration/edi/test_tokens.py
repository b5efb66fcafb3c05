"""Bytes become segments whatever separates them and however they arrive, and no more than a piece is in memory."""

import io
import tracemalloc
from pathlib import Path

import pytest

from integration.canon.faults import Level
from integration.edi.envelopes import Envelopes
from integration.edi.inbound import read
from integration.edi.signs import EDIFACT, X12
from integration.edi.tokens import Tokens

FOLDER = Path(__file__).parent / "fixtures"
ISA = "ISA*00*          *00*          *14*4012345500004  *14*8712345000004  *260305*0915*{}*{}*000000204*0*P*>~"


def segments(data: bytes, **more) -> list[list[str]]:
    return list(Tokens(data, **more))


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*/*.edi")), ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_it_does_not_matter_in_which_pieces_a_file_arrives(path):
    data = path.read_bytes()
    whole = Tokens(data)
    expected = list(whole)

    for chunk in (1, 3, 64):
        pieces = Tokens(data, chunk=chunk)
        assert list(pieces) == expected
        assert {fault.code for fault in pieces.faults} == {fault.code for fault in whole.faults}


class TestSeparators:
    @pytest.mark.parametrize("end", ["~", "~\n", "~\r\n", "\n", "\r\n", "~\n\t\t"])
    def test_lines_may_be_broken_after_a_segment(self, end):
        text = (ISA.format("U", "00401") + "GS*PR*A*B~ST*855*1~").replace("~", end)

        assert [segment[0] for segment in segments(text.encode())] == ["ISA", "GS", "ST"]
        assert segments(text.encode())[2] == ["ST", "855", "1"]

    def test_x12_says_its_separators_by_their_places(self):
        tokens = Tokens(ISA.format("^", "00501").replace("*", "|").replace("~", "\x1c").encode())
        list(tokens)

        assert (tokens.signs.syntax, tokens.signs.element, tokens.signs.component) == (X12, "|", ">")
        assert (tokens.signs.terminator, tokens.signs.repetition, tokens.signs.is_fixed) == ("\x1c", "^", True)

    def test_before_5010_there_is_no_repetition(self):
        tokens = Tokens(ISA.format("U", "00401").encode())
        list(tokens)

        assert tokens.signs.repetition == ""

    def test_una_says_them_in_edifact(self):
        tokens = Tokens(b"UNA.=,  ;UNB=UNOC.3=A=B=260305.0915=1;")
        (found,) = tokens

        assert found == ["UNB", "UNOC.3", "A", "B", "260305.0915", "1"]
        assert (tokens.signs.syntax, tokens.signs.decimal) == (EDIFACT, ",")

    def test_without_una_the_usual_ones_hold(self):
        assert segments(b"UNB+UNOC:3+A+B+260305:0915+1'") == [["UNB", "UNOC:3", "A", "B", "260305:0915", "1"]]

    @pytest.mark.parametrize("chunk", [1, 2, 64, 65, 66, 67, 68, 69, 70])
    def test_a_released_character_separates_nothing(self, chunk):
        said = b"UNB+UNOC:3+A+B+260305:0915+1'FTX+AAI+++it?'s 2?+2 ??: one??'IMD+?:??'"
        tokens = Tokens(said, chunk=chunk)
        _unb, note, item = tokens

        leaves = [tokens.signs.leaf(part) for part in note[4].split(":")]
        assert leaves == ["it's 2+2 ?", " one?"]
        assert tokens.signs.leaf(item[1]) == ":?"

    def test_interchanges_of_either_syntax_may_follow_each_other(self):
        text = (FOLDER / "x12" / "997.edi").read_bytes() + (FOLDER / "edifact" / "contrl.edi").read_bytes()
        text += b"\r\n" + (FOLDER / "x12" / "855.edi").read_bytes().replace(b"*", b"|")

        found = [(interchange.syntax, message.kind) for interchange, message in Envelopes(text) if message]
        assert found == [(X12, "997"), (EDIFACT, "CONTRL"), (X12, "855")]

    def test_what_stands_before_the_beginning_is_left_out(self):
        text = b"From: supplier\r\n\r\n" + (FOLDER / "x12" / "997.edi").read_bytes()
        (received,) = read(text)

        assert [(fault.code, fault.level) for fault in received.faults] == [("junk", Level.WARNING)]
        assert received.kind == "997"

    def test_a_thousand_beginnings_are_one_piece_of_junk(self):
        (received,) = read(b"ISA*" * 5000)

        assert (received.level, received.document) == (Level.REFUSE, None)


class TestFaultsOfMany:
    def test_what_is_wrong_with_the_file_counts_for_all_of_it(self):
        one = (FOLDER / "faults" / "undecodable.edi").read_bytes()

        assert [received.level for received in read(one * 2)] == [Level.HOLD] * 2

    def test_control_numbers_are_counted_in_each_group_anew(self):
        text = (FOLDER / "x12" / "997.edi").read_text()
        group = text[text.index("GS*") : text.index("IEA*")]
        two = text.replace(group, group + group.replace("*31*", "*32*").replace("GE*1*31", "GE*1*32"))
        found = read(two.replace("IEA*1", "IEA*2").encode())

        assert [(received.group, received.control) for received in found] == [("31", "0001"), ("32", "0001")]
        assert [received.faults for received in found] == [(), ()]


def test_a_long_file_takes_no_more_memory_than_a_short_one():
    one = (FOLDER / "x12" / "855.edi").read_bytes()

    def peak(times: int) -> int:
        tracemalloc.start()
        count = sum(1 for _segment in Tokens(Many(one, times), chunk=1 << 14))
        _now, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        assert count == 29 * times
        return most

    assert peak(1000) < 2 * peak(50)


class Many(io.RawIOBase):
    """The same file so many times, made while it is read."""

    def __init__(self, one: bytes, times: int) -> None:
        self._one, self._left, self._rest = one, times, b""

    def read(self, size: int = -1) -> bytes:
        while len(self._rest) < size and self._left:
            self._left -= 1
            self._rest += self._one
        found, self._rest = self._rest[:size], self._rest[size:]
        return found
