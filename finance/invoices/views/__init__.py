"""The screens of invoices: the lists, the match workbench, capturing."""
