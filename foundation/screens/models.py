"""What people keep of their screens."""

from django.db import models


class SavedView(models.Model):
    """A name for the address of a list: its path and its parameters. Shared ones are shown to everybody there."""

    owner = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    name = models.CharField(max_length=60)
    query = models.TextField(blank=True, default="")
    is_shared = models.BooleanField(default=False)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "path", "name"], name="one_view_per_name")]
        indexes = [models.Index(fields=["path"], condition=models.Q(is_shared=True), name="shared_views")]

    def __str__(self) -> str:
        return self.name
