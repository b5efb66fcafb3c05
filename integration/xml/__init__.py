"""XML: one gate that every document passes, one engine that reads and writes by tables. UBL and cXML are tables."""
