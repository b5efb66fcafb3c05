"""Code lists that several messages share, as words of ours. The first code of a meaning is written.

Sources: X12 elements 66, 98, 128, 235, 355, 639; EDIFACT 1153, 3035, 3055, 6411, 7143; UN/ECE Recommendations 20, 21.
"""

from decimal import Decimal

X12_ROLES = {
    "BY": "buyer", "SU": "supplier", "SE": "supplier", "VN": "supplier", "ST": "ship_to", "BT": "bill_to",
    "SF": "ship_from", "RE": "payee", "RI": "payee", "PE": "payee", "UC": "ultimate", "CA": "carrier", "OB": "buyer",
}  # fmt: skip
EDIFACT_ROLES = {
    "BY": "buyer", "SU": "supplier", "SE": "supplier", "DP": "ship_to", "ST": "ship_to", "IV": "bill_to",
    "BT": "bill_to", "SF": "ship_from", "PE": "payee", "UC": "ultimate", "CA": "carrier", "OB": "buyer",
}  # fmt: skip

X12_SCHEMES = {
    "UL": "gln", "1": "duns", "9": "duns4", "91": "of_supplier", "92": "of_buyer", "FI": "tax", "15": "san",
    "ZZ": "agreed",
}  # fmt: skip
"""Who numbers parties (element 66)."""
EDIFACT_SCHEMES = {"9": "gln", "16": "duns", "91": "of_supplier", "92": "of_buyer", "ZZZ": "agreed"}
"""Agencies that number parties (3055)."""

X12_PARTY_NUMBERS = {
    "TJ": "tax", "IA": "of_buyer", "VR": "of_supplier", "YD": "account", "DP": "department",
}  # fmt: skip
"""Further numbers of a party (element 128)."""
EDIFACT_PARTY_NUMBERS = {"XA": "registration", "API": "additional", "ADE": "account", "IT": "of_supplier", "FC": "tax"}
"""Further numbers of a party (1153); its VAT number (VA) is a field of its own."""

X12_ITEMS = {
    "BP": "item.buyer_number", "IN": "item.buyer_number", "PI": "item.buyer_number", "CB": "item.buyer_number",
    "SK": "item.buyer_number", "VP": "item.supplier_number", "VN": "item.supplier_number", "VC": "item.supplier_number",
    "VA": "item.supplier_number", "UK": "item.gtin", "EN": "item.gtin", "UP": "item.gtin", "UA": "item.gtin",
    "UI": "item.gtin", "MG": "item.maker_number", "MF": "item.maker_number",
}  # fmt: skip
"""Whose number of an item it is (element 235)."""
EDIFACT_ITEMS = {
    "SRV": "item.gtin", "EN": "item.gtin", "UP": "item.gtin", "GTIN": "item.gtin", "IB": "item.gtin",
    "IN": "item.buyer_number", "BP": "item.buyer_number", "SA": "item.supplier_number", "VN": "item.supplier_number",
    "VP": "item.supplier_number", "MF": "item.maker_number",
}  # fmt: skip
"""Whose number of an item it is (7143)."""
GTIN_ONLY = frozenset({"item.gtin"})
OTHERS = frozenset({"item.buyer_number", "item.supplier_number", "item.maker_number"})


def of_substitute(items: dict[str, str]) -> dict[str, str]:
    """The same list for the item that comes instead."""
    return {said: name.replace("item.", "substitute.") for said, name in items.items()}


X12_UNITS = {
    "EA": "EA", "PC": "H87", "UN": "C62", "CA": "CS", "CT": "CT", "BX": "BX", "PK": "PK", "PR": "PR", "RL": "RL",
    "PA": "PA", "CN": "CA", "BG": "BG", "BO": "BO", "BD": "BE", "DZ": "DZN", "DR": "DR", "PL": "PF", "SE": "SET",
    "ST": "SET", "RO": "RO", "TU": "TU", "KT": "KT", "LB": "LBR", "OZ": "ONZ", "KG": "KGM", "GR": "GRM", "ME": "MGM",
    "TN": "STN", "MP": "TNE", "FT": "FOT", "IN": "INH", "YD": "YRD", "MR": "MTR", "CM": "CMT", "MM": "MMT",
    "SF": "FTK", "SM": "MTK", "SY": "YDK", "CF": "FTQ", "CR": "MTQ", "LT": "LTR", "ML": "MLT", "GA": "GLL",
    "PT": "PT", "QT": "QT", "HR": "HUR", "DA": "DAY", "MO": "MON", "TH": "MIL", "HU": "CEN", "PCS": "H87",
}  # fmt: skip
"""Element 355 as Recommendation 20. They look alike and are not: X12 writes a case CA, which is a can elsewhere."""
EDIFACT_UNITS = {code: code for code in X12_UNITS.values()} | {
    "PCE": "H87", "PCS": "H87", "NAR": "C62", "KMT": "KMT", "GLI": "GLI", "PX": "PF",
}  # fmt: skip
"""6411 as Recommendation 20: the same codes, and those of older directories."""
OLD_UNITS = {"H87": "PCE"}
"""How directories before D.01B write what they have no newer code for."""

X12_BASES = {
    "": Decimal(1), "PE": Decimal(1), "UM": Decimal(1), "TE": Decimal(1), "WE": Decimal(1), "CT": Decimal(1),
    "QE": Decimal(1), "LE": Decimal(1), "NT": Decimal(1), "EA": Decimal(1), "CA": Decimal(1), "PR": Decimal(1),
    "HP": Decimal(100), "WH": Decimal(100), "TP": Decimal(1000),
}  # fmt: skip
"""For how many a price is (element 639). Nothing said is one."""

PACKAGES = {
    "CT": "carton", "BX": "carton", "CS": "carton", "PX": "pallet", "201": "pallet", "PL": "pallet", "202": "pallet",
    "PE": "pallet",
}  # fmt: skip
