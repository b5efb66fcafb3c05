"""What is expected at a site, whatever it comes from."""
