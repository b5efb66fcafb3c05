"""The stories by hand: both sites, and everybody in a browser of his own."""

import pytest

from tests.flows.by_hand import sites


@pytest.fixture
def db(django_db_setup, django_db_blocker):
    """Each story has a database of its own, in which every request commits."""
    with django_db_blocker.unblock(), sites.database() as name:
        yield name


@pytest.fixture
def company(db, chromium):
    with sites.company(db, chromium) as made:
        yield made
