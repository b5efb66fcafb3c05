"""Global standards with local values: figures that policy reads, and who may say otherwise where."""
