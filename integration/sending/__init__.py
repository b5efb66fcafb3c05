"""What suppliers' systems hear from us: written, kept, sent once, and answered."""
