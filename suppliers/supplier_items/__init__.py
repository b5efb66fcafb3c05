"""What a supplier sells, in which packs, at which prices."""
