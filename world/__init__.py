"""The demo distributor and the bulk worlds."""
