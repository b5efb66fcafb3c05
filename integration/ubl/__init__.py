"""UBL 2.1 with the profiles of Peppol BIS 3: the documents of an order as tables. What is of UBL 2.0 is read too."""
