"""The mark that a world was built here, so that nobody builds a second one on top."""

from django.db import models


class World(models.Model):
    """One row: which world this database holds."""

    scale = models.CharField(max_length=10)
    seed = models.IntegerField()
    until = models.DateTimeField()
    """The instant at which the story stopped."""
    built_at = models.DateTimeField(auto_now_add=True)
