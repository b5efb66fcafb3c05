"""Every sample file of others, where that folder is there: kind, number, lines, and what is wrong with it."""

import pytest

from integration.cxml.inbound import read
from integration.cxml.secrets import redacted
from tests.integration.xml.reading import row
from tests.samples import sample

CXML = {
    "CatalogUploadRequest.xml": ("CatalogUploadRequest", "", 0, "refuse", "kind_unknown"),
    "Index.xml": ("Index", "", 0, "refuse", "kind_unknown"),
    "OrderRequest.xml": ("OrderRequest", "DO1234", 2, "note", ""),
    "ProductActivityMessage.xml": ("ProductActivityMessage", "", 0, "refuse", "kind_unknown"),
    "PunchOutSetupRequest.xml": ("PunchOutSetupRequest", "", 0, "refuse", "kind_unknown"),
    "PunchoutOrderMessage.xml": ("PunchOutOrderMessage", "", 0, "refuse", "kind_unknown"),
    "PunchoutOrderMessageAdvancedPricing.xml": ("PunchOutOrderMessage", "", 0, "refuse", "kind_unknown"),
    "QuoteMessage.xml": ("QuoteMessage", "", 0, "refuse", "kind_unknown"),
    "ShipNoticeRequest.xml": ("ShipNoticeRequest", "S2-123", 0, "hold", "lines_missing whole_order"),
    "StatusUpdateRequest.xml": ("StatusUpdateRequest", "", 0, "note", ""),
    "simple-profile-request.xml": ("ProfileRequest", "", 0, "refuse", "kind_unknown"),
}


@pytest.mark.parametrize("name", CXML)
def test_a_sample_is_what_the_table_says(name):
    raw = (sample("cxml") / name).read_bytes()
    received = read(raw)

    assert row(received) == CXML[name]
    assert read(redacted(raw)) == received
    assert not {b"coyote", b"abracadabra"} & set(redacted(raw).replace(b">", b"<").split(b"<"))


def test_every_sample_is_in_the_table():
    assert {path.name for path in sample("cxml").iterdir()} == set(CXML)
