"""What suppliers' systems send: kept as it came, read, judged, and what is sound becomes a submission."""
