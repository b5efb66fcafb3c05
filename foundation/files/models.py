"""What is known of an uploaded file. The bytes lie in the file store under their hash."""

from django.db import models


class StoredFile(models.Model):
    """A file as it came: its own name is only shown, never used as a path."""

    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100)
    size = models.PositiveBigIntegerField()
    about = models.CharField(max_length=80, db_index=True, blank=True, default="")
    by = models.CharField(max_length=80)
    stored_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
