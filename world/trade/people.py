"""Who works at the demo distributor, and what the roles may do."""

from dataclasses import dataclass

SEE = [
    "see_requisition", "see_order", "see_receipt", "see_stock", "see_demand", "see_supplier", "see_invoice",
    "see_budget", "see_case",
]  # fmt: skip
GOVERN = ["see_parameter", "propose_parameter", "decide_parameter", "see_waiver", "ask_waiver", "grant_waiver"]

ROLES: dict[str, list[str]] = {
    "Requester": ["see_requisition", "raise_requisition", "see_order", "see_stock", "see_receipt"],
    "Buyer": [
        "see_waiver", "ask_waiver",
        *SEE, "raise_requisition", "draft_order", "issue_order", "change_order", "cancel_order", "work_case",
        "edit_supplier", "edit_contract", "accept_variance", "import_data", "propose_bank",
    ],
    "Branch manager": [
        *SEE, "raise_requisition", "decide", "delegate", "work_case", "see_parameter", "propose_parameter",
        "see_waiver", "ask_waiver",
    ],
    "Category manager": [
        *SEE, "decide", "delegate", "work_case", "edit_supplier", "edit_contract", "block_supplier", "change_order",
        "review_document",
        "see_matrix", "see_parameter", "propose_parameter", "see_waiver", "ask_waiver",
    ],
    "Controller": [
        *SEE, "decide", "delegate", "work_case", "edit_budget", "see_matrix", "publish_matrix", "accept_variance",
        *GOVERN, "review_approval", "approve_bank", "see_bank",
    ],
    "CFO": [
        *SEE, "decide", "delegate", "see_matrix", "publish_matrix", "see_audit", "work_case", "review_approval",
        "review_access",
        *GOVERN,
    ],
    "Duty manager": ["see_requisition", "break_glass"],
    "Receiver": ["see_receipt", "receive_goods", "see_stock", "see_order", "see_case"],
    "Warehouse supervisor": [
        *SEE, "raise_requisition", "receive_goods", "reverse_receipt", "adjust_stock", "work_case", "ship", "allocate",
        "see_parameter", "propose_parameter", "see_waiver", "ask_waiver",
    ],
    "Planner": [*SEE, "raise_requisition", "work_case", "allocate", "edit_demand"],
    "Customer service": [
        "see_demand", "edit_demand", "edit_customer", "ship", "see_stock", "see_case", "work_case", "see_receipt",
    ],
    "Accounts payable": ["see_invoice", "capture_invoice", "see_order", "see_receipt", "see_case", "work_case",
                         "see_supplier", "see_budget", "propose_bank"],
    "AP lead": ["see_invoice", "capture_invoice", "accept_variance", "release_invoice", "see_order", "see_receipt",
                "see_case", "work_case", "see_supplier", "see_budget"],
    "Auditor": [*SEE, "see_audit", "see_matrix", "see_parameter", "see_waiver", "see_people", "see_integration"],
    "Administrator": [
        *SEE, "see_people", "grant_role", "edit_master_data", "see_audit", "see_matrix", "edit_matrix",
        "see_integration", "replay_delivery", "import_data", "delegate", "work_case",
        "see_parameter", "propose_parameter", "see_waiver", "ask_waiver",
    ],
    "Access owner": ["see_people", "grant_role", "review_access", "see_audit"],
    "Approval administrator": ["see_case", "work_case", "delegate", "see_matrix"],
    "Data steward": [
        "edit_master_data", "import_data", "edit_customer", "see_demand", "see_supplier", "edit_supplier", "see_case",
        "work_case",
    ],
    "Integration owner": [
        "see_integration", "replay_delivery", "see_message", "work_message", "deliver_message", "manage_partners",
        "see_case", "work_case",
    ],
    "Quality inspector": ["see_receipt", "see_stock", "adjust_stock", "see_case", "work_case"],
}  # fmt: skip


STEP_UP_ABOVE = {"Branch manager": 25_000, "Category manager": 25_000, "Controller": 25_000, "CFO": 50_000}
"""Above which amount a role proves again who it is before it approves, in the entity's currency."""
ENROLLED, SECRET = "Ruben Aalbers", "COUNTERSIGNDEMOCOUNTERSIGNDEMO23"
"""Who has an authenticator app in the demo, and what the app was told: everybody may read it here."""


@dataclass(frozen=True)
class Somebody:
    """``where``: the code of a site, of an entity, or ``*``; ``categories`` narrow a role to a part of the range."""

    name: str
    title: str
    where: str
    roles: tuple[str, ...]
    categories: tuple[str, ...] = ()

    @property
    def login(self) -> str:
        return self.name.lower().replace(" ", ".").replace("'", "")


LEADS = ("Warehouse supervisor", "Quality inspector")
PEOPLE = [
    Somebody("Maud Terpstra", "Chief financial officer", "*", ("CFO",)),
    Somebody("Ruben Aalbers", "Controller", "NL01", ("Controller",)),
    Somebody("Priya Nair", "Financial controller", "UK01", ("Controller",)),
    Somebody("Lotte van Dijk", "Branch manager Rotterdam", "RTM", ("Branch manager",)),
    Somebody("Sander Kuiper", "Branch manager Utrecht", "UTR", ("Branch manager",)),
    Somebody("Femke Hoekstra", "Branch manager Eindhoven", "EIN", ("Branch manager",)),
    Somebody("Gareth Pugh", "Branch manager Birmingham", "BHM", ("Branch manager",)),
    Somebody("Isla Murray", "Branch manager Leeds", "LDS", ("Branch manager",)),
    Somebody("Owen Blake", "Branch manager Bristol", "BRS", ("Branch manager",)),
    Somebody(
        "Katrin Lindt", "Category manager, fasteners and tools", "*", ("Category manager",), ("FAS", "TOO", "PAC")
    ),
    Somebody(
        "Joost Brouwer", "Category manager, bearings and drives", "*", ("Category manager",), ("BRG", "PTR", "FLU")
    ),
    Somebody(
        "Amara Osei", "Category manager, safety and electrical", "*", ("Category manager",), ("SAF", "ELE", "CHE")
    ),
    Somebody("Daan Visser", "Senior buyer", "NL01", ("Buyer",)),
    Somebody("Eva de Wit", "Buyer", "NL01", ("Buyer",)),
    Somebody("Tom Hargreaves", "Buyer", "UK01", ("Buyer",)),
    Somebody("Nadia Rahman", "Buyer", "UK01", ("Buyer",)),
    Somebody("Bram Postma", "Maintenance planner", "RTM", ("Requester",)),
    Somebody("Yara el Amrani", "Shop manager", "UTR", ("Requester",)),
    Somebody("Pieter Bos", "Workshop foreman", "EIN", ("Requester",)),
    Somebody("Chloe Winters", "Facility coordinator", "BHM", ("Requester",)),
    Somebody("Harry Singh", "Counter supervisor", "LDS", ("Requester",)),
    Somebody("Megan Price", "Service desk", "BRS", ("Requester",)),
    Somebody("Wouter Smit", "Inventory planner", "NL01", ("Planner",)),
    Somebody("Grace Adeyemi", "Inventory planner", "UK01", ("Planner",)),
    Somebody(
        "Jeroen Mulder",
        "Warehouse lead Rotterdam",
        "NL01",
        ("Warehouse supervisor", "Quality inspector", "Duty manager"),
    ),
    Somebody(
        "Callum Reid",
        "Warehouse lead Birmingham",
        "UK01",
        ("Warehouse supervisor", "Quality inspector", "Duty manager"),
    ),
    Somebody("Stefan Nowak", "Goods receiver", "NL01", ("Receiver",)),
    Somebody("Ade Balogun", "Goods receiver", "UK01", ("Receiver",)),
    Somebody("Sophie Dekker", "Customer service", "NL01", ("Customer service",)),
    Somebody("Ben Whitaker", "Customer service", "UK01", ("Customer service",)),
    Somebody("Anouk Willems", "Accounts payable clerk", "NL01", ("Accounts payable",)),
    Somebody("Rosie Clarke", "Accounts payable clerk", "UK01", ("Accounts payable",)),
    Somebody("Hendrik Vos", "Accounts payable lead", "*", ("AP lead",)),
    Somebody("Ines Carvalho", "Internal auditor", "*", ("Auditor",)),
    Somebody("Hanna Prins", "Head of internal control", "*", ("Access owner",)),
    Somebody(
        "Niels Jonker",
        "System administrator",
        "*",
        ("Administrator", "Approval administrator", "Data steward", "Integration owner"),
    ),
]
PASSWORD = "bought-with-care"
"""Of everybody in the demo world; it is printed by ``manage.py world --logins``."""
MAIL = "countersign.example"
