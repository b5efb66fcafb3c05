"""One search over everything: each package registers finders."""
