"""How fast the product is, beside the limits of the machine and beside its peers: ``./run bench``."""
