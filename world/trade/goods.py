"""What an industrial and MRO distributor sells: families of items, each with its sizes, units and price range.

A family is a sentence with holes; every combination of its sizes is an item. Prices are for one base unit, in euro,
and rise with the size. Data, hardly code.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Family:
    """``text`` with its ``sizes``; ``price`` of the smallest and of the largest; how it is packed and ordered."""

    code: str
    category: str
    text: str
    sizes: dict[str, list[str]]
    price: tuple[float, float]
    unit: str = "EA"
    packs: tuple[tuple[str, int], ...] = ()
    """(unit, how many base units): what it also comes in, the first one is what suppliers sell."""
    lots: bool = False
    inspected: bool = field(default=False)

    @property
    def count(self) -> int:
        total = 1
        for choices in self.sizes.values():
            total *= len(choices)
        return total


CATEGORIES = [
    ("FAS", "Fasteners", None),
    ("FAS-SCR", "Screws and bolts", "FAS"),
    ("FAS-NUT", "Nuts and washers", "FAS"),
    ("FAS-ANC", "Anchors and plugs", "FAS"),
    ("BRG", "Bearings", None),
    ("BRG-BAL", "Ball bearings", "BRG"),
    ("BRG-ROL", "Roller bearings", "BRG"),
    ("BRG-HOU", "Housings and units", "BRG"),
    ("PTR", "Power transmission", None),
    ("PTR-BLT", "Belts and pulleys", "PTR"),
    ("PTR-CHN", "Chains and sprockets", "PTR"),
    ("PTR-CPL", "Couplings and gears", "PTR"),
    ("SAF", "Safety", None),
    ("SAF-HND", "Hand protection", "SAF"),
    ("SAF-BDY", "Workwear and footwear", "SAF"),
    ("SAF-HED", "Head, eye and hearing", "SAF"),
    ("ELE", "Electrical", None),
    ("ELE-CAB", "Cables and glands", "ELE"),
    ("ELE-SWG", "Switchgear and control", "ELE"),
    ("ELE-LGT", "Lighting", "ELE"),
    ("FLU", "Fluid power", None),
    ("FLU-HYD", "Hydraulics", "FLU"),
    ("FLU-PNE", "Pneumatics", "FLU"),
    ("FLU-SEA", "Seals and gaskets", "FLU"),
    ("TOO", "Tools", None),
    ("TOO-HND", "Hand tools", "TOO"),
    ("TOO-CUT", "Cutting and drilling", "TOO"),
    ("TOO-PWR", "Power tools", "TOO"),
    ("CHE", "Adhesives and lubricants", None),
    ("CHE-ADH", "Adhesives and sealants", "CHE"),
    ("CHE-LUB", "Oils and greases", "CHE"),
    ("CHE-CLN", "Cleaning and care", "CHE"),
    ("PAC", "Packing and warehouse", None),
    ("PAC-CON", "Cartons and film", "PAC"),
    ("PAC-STO", "Storage and handling", "PAC"),
]
"""(code, name, parent), parents first."""

METRIC = ["M3", "M4", "M5", "M6", "M8", "M10", "M12", "M16", "M20", "M24"]
LENGTHS = ["10", "12", "16", "20", "25", "30", "35", "40", "50", "60", "70", "80", "100", "120"]
FINISH = ["zinc plated 8.8", "stainless A2-70", "stainless A4-80", "hot-dip galvanized 8.8", "plain 10.9"]
BRANDS = ["Corvex", "Halden", "Mirotec", "Nordfast", "Ostara", "Pellworm", "Quint", "Rotavia", "Sarto", "Tessel"]
BORES = ["10", "12", "15", "17", "20", "25", "30", "35", "40", "45", "50", "55", "60", "65", "70", "75", "80"]
SERIES = ["60", "62", "63", "64"]
HUNDRED = (("BX", 100), ("CT", 1000))
TENS = (("BX", 10), ("CT", 100))
DOZEN = (("PK", 12), ("CT", 144))

# fmt: off
FAMILIES = [
    Family("HEX", "FAS-SCR", "Hexagon head bolt DIN 933 {d}×{l} {finish}",
           {"d": METRIC, "l": LENGTHS, "finish": FINISH}, (0.03, 3.9), packs=HUNDRED),
    Family("SHC", "FAS-SCR", "Socket head cap screw ISO 4762 {d}×{l} {finish}",
           {"d": METRIC, "l": LENGTHS, "finish": FINISH}, (0.04, 4.6), packs=HUNDRED),
    Family("CSK", "FAS-SCR", "Countersunk screw ISO 10642 {d}×{l} {finish}",
           {"d": METRIC[:7], "l": LENGTHS[:10], "finish": FINISH[:3]}, (0.04, 1.9), packs=HUNDRED),
    Family("NUT", "FAS-NUT", "Hexagon nut DIN 934 {d} {finish}",
           {"d": METRIC, "finish": FINISH}, (0.01, 1.2), packs=HUNDRED),
    Family("LNT", "FAS-NUT", "Lock nut DIN 985 {d} {finish}",
           {"d": METRIC, "finish": FINISH}, (0.02, 1.6), packs=HUNDRED),
    Family("WSH", "FAS-NUT", "Flat washer DIN 125 A {d} {finish}",
           {"d": METRIC, "finish": FINISH}, (0.01, 0.5), packs=(("BX", 200), ("CT", 2000))),
    Family("ANC", "FAS-ANC", "Through-bolt anchor {d}×{l} {approval}",
           {"d": METRIC[4:9], "l": LENGTHS[8:], "approval": ["ETA option 1", "ETA option 7"]}, (0.6, 7.5),
           packs=(("BX", 25), ("CT", 250))),
    Family("RIV", "FAS-ANC", "Blind rivet {material} {d}×{l} mm",
           {"material": ["aluminum/steel", "steel/steel", "stainless A2"], "d": ["3.2", "4.0", "4.8", "6.4"],
           "l": LENGTHS[:6]}, (0.02, 0.5), packs=(("BX", 500),)),
    Family("BAL", "BRG-BAL", "Deep groove ball bearing {s}-{b} mm bore {seal} {brand}",
           {"s": SERIES, "b": BORES, "seal": ["2RS1", "2Z", "open", "2RS1/C3"], "brand": BRANDS[:4]}, (2.4, 96.0),
           packs=TENS),
    Family("ANG", "BRG-BAL", "Angular contact bearing {s}-{b} mm bore {brand}",
           {"s": ["72", "73"], "b": BORES, "brand": BRANDS[:4]}, (7.8, 142.0)),
    Family("ROL", "BRG-ROL", "Cylindrical roller bearing {t} {b} mm bore {brand}",
           {"t": ["NU2", "NJ2", "NU3", "NUP2"], "b": BORES[3:], "brand": BRANDS[:4]}, (14.0, 210.0)),
    Family("TAP", "BRG-ROL", "Tapered roller bearing {s} {b} mm bore {brand}",
           {"s": ["302", "322", "323"], "b": BORES[2:], "brand": BRANDS[:4]}, (8.9, 118.0)),
    Family("UCP", "BRG-HOU", "Pillow block unit UCP {b} mm {material}",
           {"b": BORES[2:14], "material": ["cast iron", "stainless", "thermoplastic"]}, (9.5, 88.0)),
    Family("VBT", "PTR-BLT", "Narrow V-belt {p} × {l} mm {brand}",
           {"p": ["SPZ", "SPA", "SPB", "SPC"], "l": ["800", "1000", "1250", "1500", "1800", "2000", "2500", "3150"],
           "brand": BRANDS[4:7]}, (4.2, 62.0)),
    Family("TBT", "PTR-BLT", "Timing belt {p} {t} teeth {w} mm",
           {"p": ["HTD 5M", "HTD 8M", "T5", "T10", "AT10"], "t": ["50", "72", "100", "125", "150", "200"],
           "w": ["10", "16", "25", "32"]}, (5.5, 74.0)),
    Family("CHN", "PTR-CHN", "Roller chain {s} {n} ISO 606 {finish}, per meter",
           {"s": ["06B", "08B", "10B", "12B", "16B", "20B"], "n": ["simplex", "duplex"], "finish": ["plain",
           "nickel plated", "stainless"]}, (6.0, 110.0), unit="MTR", packs=(("RL", 5),)),
    Family("SPR", "PTR-CHN", "Sprocket {s} Z{t} {bore}",
           {"s": ["08B-1", "10B-1", "12B-1", "16B-1"], "t": ["13", "15", "17", "19", "21", "25", "30"],
           "bore": ["pilot bore", "taper bush"]}, (5.8, 79.0)),
    Family("CPL", "PTR-CPL", "Jaw coupling size {s} {bore} mm, {spider}",
           {"s": ["14", "19", "24", "28", "38", "42"], "bore": BORES[:9], "spider": ["spider 92 Shore A",
           "spider 98 Shore A"]}, (11.0, 95.0)),
    Family("GLV", "SAF-HND", "Work glove {t}, size {s}",
           {"t": ["nitrile coated EN 388 4121", "cut level D EN 388", "leather driver", "latex disposable",
           "chemical resistant EN 374", "winter lined"], "s": ["7", "8", "9", "10", "11"]}, (0.9, 14.5), unit="PR",
           packs=DOZEN),
    Family("SHO", "SAF-BDY", "Safety shoe {t} EN ISO 20345, size {s}",
           {"t": ["S1P low", "S3 mid", "S3 boot", "S5 wellington"], "s": ["38", "39", "40", "41", "42", "43", "44",
           "45", "46", "47"]}, (39.0, 98.0), unit="PR"),
    Family("VST", "SAF-BDY", "High-visibility {t} EN ISO 20471 {c}, size {s}",
           {"t": ["vest class 2", "jacket class 3", "trousers class 2"], "c": ["yellow", "orange"], "s": ["S", "M",
           "L", "XL", "XXL"]}, (3.9, 72.0), packs=(("PK", 10),)),
    Family("HLM", "SAF-HED", "Safety helmet EN 397 {t}, {c}",
           {"t": ["ratchet", "pin lock", "vented ratchet"], "c": ["white", "yellow", "blue", "red", "green"]}, (7.5,
           28.0), packs=(("CT", 20),)),
    Family("EAR", "SAF-HED", "{t} SNR {s} dB",
           {"t": ["Ear plugs, foam", "Ear muffs, headband", "Ear muffs, helmet mount", "Banded ear plugs"],
           "s": ["26", "29", "32", "35"]}, (0.2, 31.0), packs=(("BX", 50),)),
    Family("CAB", "ELE-CAB", "Cable {t} {n}G{q} mm², per meter",
           {"t": ["H07RN-F", "Ölflex 110 type", "XVB-F2", "NYY-J"], "n": ["3", "4", "5", "7"], "q": ["1.5", "2.5",
           "4", "6", "10"]}, (0.9, 18.0), unit="MTR", packs=(("RL", 100),)),
    Family("GLD", "ELE-CAB", "Cable gland {m} {t}",
           {"m": ["M12", "M16", "M20", "M25", "M32", "M40", "M50"], "t": ["polyamide IP68", "brass nickel plated",
           "stainless", "ATEX brass"]}, (0.6, 24.0), packs=(("BX", 50),)),
    Family("CON", "ELE-SWG", "Contactor {p} kW {v} coil",
           {"p": ["4", "5.5", "7.5", "11", "15", "18.5", "22"], "v": ["24 V DC", "24 V AC", "110 V AC", "230 V AC",
           "400 V AC"]}, (19.0, 168.0)),
    Family("MCB", "ELE-SWG", "Miniature circuit breaker {n} {c}{a} A",
           {"n": ["1P", "2P", "3P"], "c": ["B", "C", "D"], "a": ["6", "10", "13", "16", "20", "25", "32", "40", "50",
           "63"]}, (4.2, 61.0), packs=(("BX", 12),)),
    Family("LED", "ELE-LGT", "LED {t} {w} W {k} K",
           {"t": ["high bay", "linear luminaire", "floodlight", "panel 600×600", "tube T8"], "w": ["9", "18", "24",
           "36", "50", "100", "150"], "k": ["3000", "4000", "6500"]}, (6.5, 189.0)),
    Family("HOS", "FLU-HYD", "Hydraulic hose {t} DN{d}, per meter",
           {"t": ["1SN", "2SN", "4SP", "4SH"], "d": ["6", "8", "10", "12", "16", "19", "25"]}, (3.2, 41.0),
           unit="MTR", packs=(("RL", 50),)),
    Family("HFT", "FLU-HYD", "Hydraulic fitting {t} {g} × DN{d}",
           {"t": ["DKOL", "DKOS", "BSP female", "JIC female", "SFL flange"], "g": ["straight", "45°", "90°"],
           "d": ["6", "8", "10", "12", "16", "19", "25"]}, (2.1, 29.0), packs=TENS),
    Family("CYL", "FLU-PNE", "Pneumatic cylinder ISO 15552 Ø{d} stroke {s}",
           {"d": ["32", "40", "50", "63", "80", "100"], "s": ["25", "50", "80", "100", "160", "200", "320"]}, (46.0,
           240.0), inspected=True),
    Family("PUF", "FLU-PNE", "Push-in fitting {t} {d} mm × {g}",
           {"t": ["straight", "elbow", "tee", "banjo"], "d": ["4", "6", "8", "10", "12"], "g": ["G1/8", "G1/4",
           "G3/8", "G1/2"]}, (0.9, 9.8), packs=TENS),
    Family("ORG", "FLU-SEA", "O-ring {i}×{w} mm {m}",
           {"i": ["6", "8", "10", "12", "15", "18", "20", "25", "30", "40", "50", "60", "80"], "w": ["1.5", "2.0",
           "2.5", "3.0", "3.5", "4.0", "5.0"], "m": ["NBR 70", "FKM 80", "EPDM 70", "VMQ 70"]}, (0.05, 6.4),
           packs=HUNDRED, lots=True),
    Family("RSS", "FLU-SEA", "Rotary shaft seal {b}×{o}×{w} {m}",
           {"b": BORES[2:12], "o": ["35", "47", "62", "72"], "w": ["7", "10"], "m": ["NBR", "FKM"]}, (1.3, 17.0),
           packs=TENS),
    Family("SPN", "TOO-HND", "Combination spanner {s} mm {brand}",
           {"s": ["8", "10", "11", "12", "13", "14", "16", "17", "18", "19", "21", "22", "24", "27", "30", "32"],
           "brand": BRANDS[5:9]}, (3.9, 38.0)),
    Family("SCD", "TOO-HND", "Screwdriver {t} {s} {brand}",
           {"t": ["slotted", "Phillips", "Pozidriv", "Torx"], "s": ["0×60", "1×80", "2×100", "3×150", "4×200"],
           "brand": BRANDS[5:9]}, (2.4, 16.0)),
    Family("DRL", "TOO-CUT", "Twist drill {t} Ø{d} mm",
           {"t": ["HSS-G DIN 338", "HSS-Co DIN 338", "solid carbide DIN 6537"], "d": ["2.0", "2.5", "3.0", "3.3",
           "4.0", "4.2", "5.0", "6.0", "6.8", "8.0", "8.5", "10.0", "10.2", "12.0", "13.0"]}, (0.8, 64.0),
           packs=TENS),
    Family("DSC", "TOO-CUT", "{t} disc Ø{d} mm {g}",
           {"t": ["Cutting", "Grinding", "Flap"], "d": ["115", "125", "180", "230"], "g": ["steel", "stainless",
           "stone", "aluminum"]}, (0.9, 9.4), packs=(("BX", 25),)),
    Family("PWR", "TOO-PWR", "{t} {v} {brand}",
           {"t": ["Cordless drill", "Impact driver", "Angle grinder 125 mm", "Rotary hammer SDS-plus", "Jigsaw"],
           "v": ["12 V", "18 V", "18 V brushless", "230 V"], "brand": BRANDS[6:]}, (79.0, 389.0)),
    Family("ADH", "CHE-ADH", "{t} {s}",
           {"t": ["Threadlocker medium strength", "Threadlocker high strength", "Retaining compound",
           "Two-component epoxy", "MS polymer sealant gray", "Silicone sealant clear", "Instant adhesive"],
           "s": ["10 ml", "50 ml", "250 ml", "290 ml cartridge"]}, (4.8, 92.0), packs=(("BX", 12),), lots=True),
    Family("GRS", "CHE-LUB", "{t} grease {n}, per kilogram",
           {"t": ["Lithium", "Calcium sulfonate", "Food grade H1", "Molybdenum"], "n": ["NLGI 1", "NLGI 2",
           "NLGI 3"]}, (4.6, 26.0), unit="KGM", packs=(("PA", 18),), lots=True),
    Family("OIL", "CHE-LUB", "{t} oil ISO VG {v}, per liter",
           {"t": ["Hydraulic HLP", "Gear CLP", "Compressor VDL", "Slideway CGLP"], "v": ["32", "46", "68", "100",
           "220"]}, (2.7, 8.9), unit="LTR", packs=(("CA", 20),), lots=True),
    Family("CLN", "CHE-CLN", "{t} {s}",
           {"t": ["Brake and parts cleaner", "Industrial degreaser", "Hand cleaner", "Contact spray",
           "Silicone spray", "Rust remover"], "s": ["400 ml", "500 ml", "5 l", "10 l"]}, (2.9, 64.0), packs=(("CT",
           12),)),
    Family("CTN", "PAC-CON", "Carton {w} wall {d} mm",
           {"w": ["single", "double"], "d": ["200×150×100", "305×220×150", "400×300×200", "600×400×300",
           "600×400×400", "800×600×500"]}, (0.3, 4.9), packs=(("PK", 25),)),
    Family("FLM", "PAC-CON", "{t} {w} mm × {l} m",
           {"t": ["Stretch film 20 µm", "Bubble film", "Packing tape brown", "Packing tape clear", "Strapping PP"],
           "w": ["50", "75", "500", "1000"], "l": ["66", "100", "300"]}, (1.1, 44.0), packs=(("CT", 6),)),
    Family("BIN", "PAC-STO", "Storage bin {t} {c}",
           {"t": ["160×100×75", "230×150×125", "350×210×145", "500×310×200"], "c": ["blue", "red", "yellow", "green",
           "gray"]}, (1.2, 14.0), packs=TENS),
]
# fmt: on

UNITS = [
    ("EA", "each", True),
    ("BX", "box", True),
    ("CT", "carton", True),
    ("PK", "pack", True),
    ("PR", "pair", True),
    ("RL", "reel", True),
    ("PA", "packet", True),
    ("CA", "can", True),
    ("KGM", "kilogram", False),
    ("MTR", "meter", False),
    ("LTR", "liter", False),
    ("HUR", "hour", False),
]
"""UN/ECE Recommendation 20 codes as distributors use them: (code, name, whole)."""
