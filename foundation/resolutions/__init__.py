"""What may be done about a case, said by the package that opened it."""
