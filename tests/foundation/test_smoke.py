import pytest
from django.db import connection


@pytest.mark.django_db
def test_migrated():
    with connection.cursor() as c:
        c.execute("select count(*) from lifecycle_edge")
        print(c.fetchone())
