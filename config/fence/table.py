"""Everything that exists for the portal's role: tables, rows, columns, and what may be written.

A table that is not here has no grant, hence does not exist for it. A column that is not granted cannot be read even in
a row that can. ``{t}`` stands for the table itself, so that a subquery's own columns never answer by mistake.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model

from foundation.values.portal_roles import PortalRole
from suppliers.submissions.models import OF_COLLEAGUES, OF_THE_FIRM, SubmissionKind
from suppliers.submissions.roles import ABOUT_GOODS, ABOUT_MONEY, SAID_BY


def held(*roles: str) -> str:
    """Whether whoever asks holds any of these roles."""
    return f"(SELECT fence.roles()) && ARRAY[{listed(roles)}]"


def listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def said_by_role() -> str:
    """Whether the kind of a submission is one of those that whoever asks may say."""
    kinds: dict[tuple[PortalRole, ...], list[SubmissionKind]] = defaultdict(list)
    for kind, roles in SAID_BY.items():
        kinds[roles].append(kind)
    cases = " ".join(f"WHEN {{t}}.kind IN ({listed(alike)}) THEN {held(*roles)}" for roles, alike in kinds.items())
    return f"CASE {cases} ELSE false END"


OWN = "{t}.supplier_id = (SELECT fence.supplier())"
OWN_COMPANY, OWN_BILLING = (f"{OWN} AND {held(role)}" for role in (PortalRole.COMPANY, PortalRole.BILLING))
SHIPPING = held(PortalRole.SHIPPING)
OWN_DISPUTE = f"""{OWN} AND CASE WHEN {{t}}.invoice_public_id IS NULL
    THEN {held(*ABOUT_GOODS)} ELSE {held(*ABOUT_MONEY)} END"""
ME = "{t}.person_id = (SELECT fence.me())"
OF_ORDER = "EXISTS (SELECT 1 FROM procurement_purchaseorder o WHERE o.id = {t}.order_id)"
"""Asked under the portal's own policy on orders: its own, and issued once."""
OF_DISPUTE = "EXISTS (SELECT 1 FROM suppliers_dispute d WHERE d.id = {t}.dispute_id)"
OF_NOTICE = "EXISTS (SELECT 1 FROM receiving_shipnotice n WHERE n.id = {t}.notice_id)"
JUDGED = ("risk", "risk_source", "risk_judged_on", "risk_until", "is_watched")
"""What we think of a supplier."""
CHAIN = ("version", "chain_length", "chain_head")
OF_SUBMISSION = """CASE WHEN {t}.subject LIKE 'suppliers.submission:%' THEN EXISTS (SELECT 1 FROM suppliers_submission s
    WHERE s.id = split_part({t}.subject, ':', 2)::bigint) ELSE false END"""
JUST_NOW = "BETWEEN statement_timestamp() - interval '5 s' AND clock_timestamp()"


@dataclass(frozen=True)
class Fenced:
    """One table of the portal."""

    rows: str
    """Which rows it sees."""
    columns: tuple[str, ...] = ()
    """Which columns it reads; none named = all but the hidden ones."""
    hidden: tuple[str, ...] = ()
    insert: str = ""
    """What a new row must be like; empty = none may be made."""
    update: tuple[str, ...] = ()
    """Columns it may change."""
    delete: bool = False
    mine: str = ""
    """Which rows it may change or delete, where that is fewer than it sees."""

    def reads(self, model: type[Model]) -> list[str]:
        every = [field.column for field in model._meta.concrete_fields]
        wanted = self.columns or tuple(column for column in every if column not in self.hidden)
        if unknown := set(wanted + self.hidden) - set(every):
            raise LookupError(f"{model._meta.label} has no columns {sorted(unknown)}")
        return list(wanted)

    def writes(self, model: type[Model]) -> list[str]:
        """Every column but the identity: keys are the database's to give, so none can be taken in advance."""
        return [field.column for field in model._meta.concrete_fields if field is not model._meta.auto_field]


OWN_SUBMISSION = f"""{OWN} AND {said_by_role()} AND ({{t}}.kind <> 'dispute'
    OR EXISTS (SELECT 1 FROM suppliers_dispute d WHERE d.public_id = {{t}}.about))"""
NEW_SUBMISSION = f"""{OWN} AND {{t}}.by = 'supplier:' || (SELECT fence.me()) AND {{t}}.channel = 'portal'
    AND {said_by_role()} AND {{t}}.status = 'received'
    AND {{t}}.version = 1 AND {{t}}.chain_length = 0 AND {{t}}.chain_head = ''
    AND {{t}}.answered_at IS NULL AND {{t}}.answer = '{{{{}}}}' AND {{t}}.received_at {JUST_NOW}
    AND CASE WHEN {{t}}.kind IN ({listed(OF_THE_FIRM + OF_COLLEAGUES)}) THEN {{t}}.about IS NULL
        WHEN {{t}}.kind = 'contest'
        THEN EXISTS (SELECT 1 FROM suppliers_scorecase c WHERE c.public_id = {{t}}.about)
        WHEN {{t}}.kind = 'dispute'
        THEN EXISTS (SELECT 1 FROM suppliers_dispute d WHERE d.public_id = {{t}}.about)
        WHEN {{t}}.kind = 'message' OR {{t}}.kind = 'invoice' AND {{t}}.body ? 'credits'
        THEN EXISTS (SELECT 1 FROM finance_invoice i WHERE i.public_id = {{t}}.about)
        ELSE EXISTS (SELECT 1 FROM procurement_purchaseorder o WHERE o.public_id = {{t}}.about) END"""
"""The order, the case of a figure, the dispute or the invoice must be its own: foreign keys do not look at policies,
and ``about`` is not even one."""
NEW_TURN = f"""{{t}}.actor = 'supplier:' || (SELECT fence.me()) AND {{t}}.recorded_at {JUST_NOW}
    AND {{t}}.verb = 'suppliers.submissions.actions.submit'"""
NEW_ENTRY = f"""{OF_SUBMISSION} AND {{t}}.name = 'suppliers.submissions.events.SubmissionReceived'
    AND {{t}}.by = 'supplier:' || (SELECT fence.me()) AND {{t}}.number = 1 AND {{t}}.document_version = 1
    AND {{t}}.previous = '' AND {{t}}.recorded_at {JUST_NOW}
    AND EXISTS (SELECT 1 FROM foundation_turn u WHERE u.id = {{t}}.turn_id)"""

FENCED: dict[str, Fenced] = {
    # who they are
    "organization.Party": Fenced("{t}.id = (SELECT fence.supplier())"),
    "organization.Person": Fenced(
        "{t}.party_id = (SELECT fence.supplier())",
        update=("theme", "density", "language", "timezone", "uses_keys", "declined_passkey_at"),
        mine="{t}.id = (SELECT fence.me())",
    ),
    "organization.PortalSession": Fenced(
        "{t}.key_hash = (SELECT fence.session_hash())",
        insert="{t}.key_hash = (SELECT fence.session_hash()) AND {t}.person_id IS NULL",
        update=("data", "expires_at"),
        delete=True,
    ),
    "organization.TrustedDevice": Fenced(ME, hidden=("token_hash",), delete=True),
    "organization.PortalPasskey": Fenced(
        f"{ME} AND {{t}}.removed_at IS NULL", hidden=("public_key", "uses", "removed_at")
    ),
    "suppliers.Supplier": Fenced(
        "{t}.party_id = (SELECT fence.supplier())",
        hidden=("deemed_accepted_after_days", "reason", *JUDGED, *CHAIN),
    ),
    "suppliers.Contact": Fenced(OWN),
    "suppliers.BankAccount": Fenced(
        OWN_COMPANY,
        columns=("id", "supplier_id", "entity_id", "holder", "masked", "status", "proposed_at", "decided_at", "answer"),
    ),
    "suppliers.CompanyData": Fenced(
        OWN_COMPANY, columns=("id", "supplier_id", "said", "said_at", "taken", "status", "decided_at", "answer")
    ),
    "suppliers.AskedDocument": Fenced(OWN_COMPANY),
    "suppliers.DocumentType": Fenced(
        "EXISTS (SELECT 1 FROM suppliers_askeddocument a WHERE a.type_id = {t}.id)",
        columns=("id", "code", "name", "what", "expires"),
    ),
    "suppliers.SupplierDocument": Fenced(OWN_COMPANY, hidden=("sent_by", "reviewed_by", "reminded_days", *CHAIN)),
    "foundation.StoredFile": Fenced(
        """EXISTS (SELECT 1 FROM suppliers_supplierdocument d WHERE d.file_id = {t}.id)
           OR EXISTS (SELECT 1 FROM suppliers_disputefile f WHERE f.file_id = {t}.id)""",
        columns=("id", "sha256", "name", "content_type", "size"),
    ),
    "suppliers.SupplierItem": Fenced(OWN, hidden=("is_preferred", *CHAIN)),
    "suppliers.PriceBreak": Fenced("EXISTS (SELECT 1 FROM suppliers_supplieritem i WHERE i.id = {t}.supplier_item_id)"),
    # master data, as far as their own documents name it
    "organization.Unit": Fenced("true"),
    "organization.Item": Fenced(
        """EXISTS (SELECT 1 FROM suppliers_supplieritem i WHERE i.item_id = {t}.id)
           OR EXISTS (SELECT 1 FROM procurement_purchaseorderline l WHERE l.item_id = {t}.id)""",
        columns=(
            *("id", "sku", "description", "gtin", "base_unit_id"),
            *("tracks_lots", "tracks_expiry", "tracks_serials", "needs_certificate"),
        ),
    ),
    "organization.Site": Fenced(
        "{t}.id IN (SELECT o.site_id FROM procurement_purchaseorder o)",
        columns=("id", "code", "name", "entity_id", "timezone", "city", "address", "country", "gln"),
    ),
    "organization.LegalEntity": Fenced(
        "{t}.id IN (SELECT o.entity_id FROM procurement_purchaseorder o)",
        columns=("id", "code", "name", "country", "currency", "timezone", "vat_number", "gs1_prefix"),
    ),
    # what was ordered
    "procurement.PurchaseOrder": Fenced(
        f"{OWN} AND {{t}}.issued_at IS NOT NULL",
        columns=(
            *("id", "number", "public_id", "entity_id", "site_id", "supplier_id", "currency", "amount", "status"),
            *("payment_terms", "incoterm", "need_by", "note", "confirmed", "confirm_by", "supplier_reference"),
            *("line_count", "open_line_count", "revision", "issued_at", "received_at", "closed_at"),
            *("quantity_percent", "price_percent", "days_early", "days_late"),
        ),
    ),
    "procurement.PurchaseOrderLine": Fenced(
        OF_ORDER, hidden=("category_id", "price_source", "contract_line_id", "cost_center_id", "commitment_id")
    ),
    "procurement.OrderRevision": Fenced(OF_ORDER, hidden=("by",)),
    # what they answered
    "procurement.Confirmation": Fenced(OF_ORDER, hidden=CHAIN),
    "procurement.ConfirmationLine": Fenced(
        "EXISTS (SELECT 1 FROM procurement_confirmation c WHERE c.id = {t}.confirmation_id)"
    ),
    "procurement.ChangeRequest": Fenced(
        f"{OF_ORDER} AND ({{t}}.origin = 'supplier' OR {{t}}.status IN ('awaiting_supplier', 'accepted'))",
        hidden=("case_id", "reason", *CHAIN),
    ),
    "procurement.ChangeLine": Fenced("EXISTS (SELECT 1 FROM procurement_changerequest c WHERE c.id = {t}.change_id)"),
    "suppliers.Submission": Fenced(OWN_SUBMISSION, insert=NEW_SUBMISSION),
    "foundation.Turn": Fenced("{t}.actor = 'supplier:' || (SELECT fence.me())", insert=NEW_TURN),
    "foundation.Entry": Fenced(OF_SUBMISSION, insert=NEW_ENTRY),
    # how they do: their own figures, and in which quarter of all they stand
    "suppliers.Scorecard": Fenced(OWN),
    "suppliers.Score": Fenced(OWN),
    "suppliers.ScoreCase": Fenced(OWN, hidden=("url",)),
    "suppliers.Standing": Fenced(OWN),
    # what is said between them and us about a case; of the case itself, and of our notes, nothing
    "suppliers.Dispute": Fenced(OWN_DISPUTE, hidden=("case_id",)),
    "suppliers.Said": Fenced(OF_DISPUTE, hidden=("by",)),
    "suppliers.DisputeFile": Fenced(OF_DISPUTE),
    # what they sent and what they bill
    "receiving.ShipNotice": Fenced(f"{OWN} AND {SHIPPING}", hidden=CHAIN),
    "receiving.ShipNoticeLine": Fenced(OF_NOTICE),
    "receiving.HandlingUnit": Fenced(OF_NOTICE),
    "receiving.UnitContent": Fenced("EXISTS (SELECT 1 FROM receiving_handlingunit u WHERE u.id = {t}.unit_id)"),
    "receiving.Milestone": Fenced(OF_NOTICE),
    "receiving.NoticeDraft": Fenced(
        f"{ME} AND {SHIPPING}",
        insert=f"{ME} AND {OF_ORDER} AND {SHIPPING}",
        update=("typed", "saved_at"),
        delete=True,
    ),
    "finance.Invoice": Fenced(
        OWN_BILLING,
        columns=(
            *("id", "public_id", "number", "supplier_number", "entity_id", "supplier_id", "invoiced_on", "due_on"),
            *("currency", "net_amount", "tax_amount", "total_amount", "received_at", "status", "released_at"),
            *("answer", "credits_id"),
        ),
    ),
    "finance.InvoiceLine": Fenced(
        "EXISTS (SELECT 1 FROM finance_invoice i WHERE i.id = {t}.invoice_id)",
        hidden=("sentence", "difference_amount", "is_accepted", "credited_amount"),
    ),
    "finance.ExpectedCredit": Fenced(OWN_BILLING, hidden=("case_id",)),
    "finance.Commitment": Fenced(
        OWN_BILLING,
        columns=(
            *("id", "order_number", "line_number", "entity_id", "supplier_id", "item_id", "description"),
            *("currency", "price", "quantity", "received", "billed"),
        ),
    ),
}


def fenced_models() -> Iterator[tuple[type[Model], Fenced]]:
    for label, fenced in FENCED.items():
        yield apps.get_model(label), fenced
