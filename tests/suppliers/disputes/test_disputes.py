"""A thread beside a case: who may say what, whose turn it is, and what an agreement brings about."""

import datetime as dt
from decimal import Decimal

import pytest

from finance.commitments.models import Commitment
from finance.credits.models import ExpectedCredit
from finance.invoices.models import Invoice
from foundation.door import Stale
from foundation.door.door import AS_IT_IS
from foundation.journal.models import Entry
from foundation.journal.relay import drain
from foundation.lifecycles import Refused
from foundation.scopes.permissions import NotYours
from governance.cases import actions as cases
from governance.cases.models import Case
from organization.notifications.models import Mail, Notice
from organization.scopes import actions as scopes
from suppliers.disputes import actions as disputes
from suppliers.disputes import queries, showing
from suppliers.disputes.actions import Offer
from suppliers.disputes.models import LONGEST, Dispute, Said
from suppliers.submissions import actions as submissions
from tests.receiving.steps import TEST, received
from tests.scene import NOW, SETUP, Scene, branch, fresh, key

LATER = NOW + dt.timedelta(days=9)
SEEN = {"seen": AS_IT_IS}


def case_of(kind: str) -> Case:
    return Case.objects.everywhere(because=TEST).filter(kind=kind).latest("pk")


def thread(case: Case) -> Dispute:
    return Dispute.objects.everywhere(because=TEST).get(case=case)


def write(scene: Scene, case: Case, text: str = "", by=None, at=NOW, **how) -> Case:
    return disputes.write(case=case, text=text, by=by or scene.supervisor, at=at, key=key(), **(SEEN | how))


def says(scene: Scene, about, kind: str = "dispute", **body):
    """What the supplier sends, delivered."""
    sent = submissions.submit(
        supplier=scene.supplier, kind=kind, about=about, channel="portal", body=body, by=scene.supplier_actor, at=NOW,
        key=key(),
    )  # fmt: skip
    drain()
    return fresh(sent)


@pytest.fixture
def damaged(scene, order) -> Case:
    """Eight of a hundred are broken; it lies with the supervisor."""
    received(scene, order, 92, damaged=8, note="Only we read this: dropped by our own forklift?")
    drain()
    return case_of("receipt_damaged")


@pytest.fixture
def short(scene, order) -> Case:
    received(scene, order, 70)
    drain()
    return case_of("receipt_short")


class TestWrite:
    def test_opens_the_thread_stops_our_clock_and_mails_the_supplier(self, scene, damaged, mailoutbox):
        write(scene, damaged, "Eight boxes are crushed. Do you replace them?")
        drain()

        row = thread(damaged)
        assert (fresh(damaged).status, row.turn, row.said_count) == ("waiting_supplier", "supplier", 1)
        assert row.answer_by > NOW
        mail = Mail.objects.get(key__endswith=scene.supplier_person.email, thread__startswith="dispute:")
        assert "crushed" in mail.text
        assert "/l/" in mail.text

    def test_shows_what_was_counted_and_nothing_that_is_ours(self, scene, damaged):
        cases.add_note(case=damaged, text="Their last three were bad too.", by=scene.supervisor, at=NOW, key=key())
        write(scene, damaged, "Eight are crushed.")

        row = thread(damaged)
        facts = dict(row.facts)
        assert (facts["Ordered"], facts["Counted damaged"]) == ("100 EA", "8 EA")
        shown = f"{row.facts} {row.title} {row.about} {[said.text for said in row.said.all()]}"
        assert "forklift" not in shown
        assert "last three" not in shown

    def test_is_refused_to_who_may_not_work_on_the_case(self, scene, damaged):
        with pytest.raises(NotYours):
            write(scene, damaged, "Hello", by=scene.receiver)

    def test_is_refused_when_it_says_nothing_or_too_much(self, scene, damaged):
        for text in (" ", "x" * (LONGEST + 1)):
            with pytest.raises(Refused):
                write(scene, damaged, text)
        assert not Dispute.objects.everywhere(because=TEST).exists()

    def test_a_case_without_a_supplier_has_nobody_to_write_to(self, scene, damaged):
        Case.objects.everywhere(because=TEST).filter(pk=damaged.pk).update(supplier=None)
        assert not showing.can_be_shown(fresh(damaged))
        with pytest.raises(Refused, match="no supplier"):
            write(scene, fresh(damaged), "Hello")

    def test_sent_twice_it_is_said_once(self, scene, damaged):
        once = {"case": damaged, "text": "Hello", "by": scene.supervisor, "at": NOW, "key": key(), **SEEN}
        disputes.write(**once)
        disputes.write(**once)
        assert thread(damaged).said_count == 1


class TestAnswer:
    def test_comes_back_to_the_owner_with_his_time_lengthened(self, scene, damaged):
        due = damaged.due_at
        write(scene, damaged, "Eight are crushed.", at=NOW - dt.timedelta(hours=5))

        sent = says(scene, thread(damaged).public_id, does="says", text="Please send photos.")

        case, row = fresh(damaged), thread(damaged)
        assert (sent.status, case.status, row.turn) == ("applied", "in_progress", "us")
        assert case.due_at == due + dt.timedelta(hours=5)
        assert Notice.objects.filter(person=case.owner, kind="dispute_said").exists()
        assert "photos" in Mail.objects.get(to=case.owner.email).text

    def test_of_another_supplier_finds_nothing(self, scene, damaged):
        write(scene, damaged, "Eight are crushed.")
        other = branch(scene, "Other")
        answers = [
            says(other, about, does="says", text="Mine?").answer
            for about in (thread(damaged).public_id, "00000000-0000-0000-0000-000000000007")
        ]
        assert answers == [{"reasons": ["There is no such dispute."]}] * 2
        assert thread(damaged).said_count == 1

    @pytest.mark.parametrize(
        "body",
        [
            {"does": "says", "text": ""},
            {"does": "says", "text": "x" * (LONGEST + 1)},
            {"does": "agrees", "number": 1},
            {"does": "agrees"},
            {"does": "offers", "settlement": "free lunch"},
            {"does": "offers", "settlement": "credit"},
            {"does": "offers", "settlement": "credit", "amount": "-3"},
            {"does": "offers", "settlement": "credit", "amount": "1e9999"},
            {"does": "offers", "settlement": "deliver", "day": "2019-01-01"},
            {"does": "says", "text": "See", "files": [{"sha256": "../../etc/passwd", "name": "x.pdf"}]},
        ],
    )
    def test_is_refused_with_a_sentence(self, scene, damaged, body):
        write(scene, damaged, "Eight are crushed.")
        sent = says(scene, thread(damaged).public_id, **body)
        assert sent.status == "refused"
        assert sent.answer["reasons"][0]
        assert thread(damaged).said_count == 1

    def test_does_not_push_aside_a_proposal_that_was_not_read(self, scene, damaged):
        write(scene, damaged, offer=Offer(settlement="credit", amount=Decimal(16)))
        mine = {"does": "offers", "settlement": "deliver", "day": LATER.date().isoformat()}
        blind = says(scene, thread(damaged).public_id, **mine, seen=0)
        assert "read it" in blind.answer["reasons"][0]
        assert says(scene, thread(damaged).public_id, **mine, seen=1).status == "applied"
        assert thread(damaged).open_offer == 2


class TestAgree:
    def test_of_the_supplier_does_it_by_the_right_of_who_proposed(self, scene, order, damaged):
        write(scene, damaged, offer=Offer(settlement="deliver", day=LATER.date()))

        sent = says(scene, thread(damaged).public_id, does="agrees", number=1, text="Sorry about that.")

        assert sent.status == "applied", sent.answer
        case, row, line = fresh(damaged), thread(damaged), fresh(order).lines.get()
        assert (case.status, case.resolution) == ("resolved", "replace")
        assert (row.turn, row.is_open, row.outcome) == ("", False, "Replaced: 11 Mar 2026")
        assert (line.open, line.reopened) == (8, 8), "they are expected again"
        resolved = Entry.objects.get(subject=case.subject, name__endswith="CaseResolved")
        assert resolved.by == str(scene.supplier_actor), "the journal says whose word settled it"

    def test_of_ours_carries_out_what_the_supplier_proposed(self, scene, short):
        write(scene, short, "Thirty are missing.", by=scene.buyer)
        says(scene, thread(short).public_id, does="offers", settlement="correct", text="We have no more.", seen=1)

        disputes.agree(case=fresh(short), number=2, by=scene.buyer, at=NOW, key=key(), **SEEN)

        assert (fresh(short).status, fresh(short).resolution) == ("resolved", "close_short")
        assert thread(short).outcome == "What arrived is all"

    def test_is_refused_where_ours_lacks_the_right_for_what_follows(self, scene, short):
        with pytest.raises(Refused, match="change orders"):
            write(scene, short, offer=Offer(settlement="correct"), by=scene.supervisor)
        write(scene, short, "Thirty are missing.", by=scene.buyer)
        says(scene, thread(short).public_id, does="offers", settlement="correct", seen=1)
        with pytest.raises(Refused, match="change orders"):
            disputes.agree(case=fresh(short), number=2, by=scene.supervisor, at=NOW, key=key(), **SEEN)
        assert fresh(short).status == "in_progress"
        assert not thread(short).is_agreed

    def test_on_what_cannot_be_done_any_more_stands_and_goes_back_to_the_owner(self, scene, order, damaged):
        write(scene, damaged, offer=Offer(settlement="deliver", day=LATER.date()))
        (role,) = scene.people["supervisor"].memberships.all()
        scopes.end_role(membership=role, reason="left", by=SETUP, at=NOW, key=key())

        sent = says(scene, thread(damaged).public_id, does="agrees", number=1)

        assert sent.status == "applied"
        row = thread(damaged)
        assert (fresh(damaged).status, row.is_agreed, row.is_open) == ("in_progress", True, True)
        assert Entry.objects.filter(subject=damaged.subject, name__endswith="DisputeStuck").exists()
        assert "you may not" not in str(sent.answer).lower(), "why we could not is ours"

    def test_to_ones_own_or_to_an_old_proposal_is_refused(self, scene, damaged):
        write(scene, damaged, offer=Offer(settlement="credit", amount=Decimal(16)))
        with pytest.raises(Refused, match="your own proposal"):
            disputes.agree(case=fresh(damaged), number=1, by=scene.supervisor, at=NOW, key=key(), **SEEN)
        write(scene, damaged, offer=Offer(settlement="deliver", day=LATER.date()))
        old = says(scene, thread(damaged).public_id, does="agrees", number=1)
        assert "not open any more" in old.answer["reasons"][0]
        assert fresh(damaged).is_unsolved

    def test_twice_settles_once(self, scene, damaged):
        write(scene, damaged, offer=Offer(settlement="deliver", day=LATER.date()))
        first = says(scene, thread(damaged).public_id, does="agrees", number=1)
        again = says(scene, thread(damaged).public_id, does="agrees", number=1)
        assert (first.status, again.status) == ("applied", "refused")
        assert Entry.objects.filter(subject=damaged.subject, name__endswith="CaseResolved").count() == 1

    def test_wants_the_version_that_was_seen(self, scene, damaged):
        write(scene, damaged, "Hello")
        says(scene, thread(damaged).public_id, does="offers", settlement="no_claim", seen=1)
        with pytest.raises(Stale):
            disputes.agree(case=fresh(damaged), number=2, by=scene.supervisor, at=NOW, key=key(), seen=damaged.version)


class TestLapse:
    def test_a_late_supplier_is_reminded_once_and_our_clock_runs_again(self, scene, damaged):
        write(scene, damaged, "Eight are crushed.")
        row = thread(damaged)
        assert not queries.overdue(row.answer_by - dt.timedelta(seconds=1)).exists()
        late = row.answer_by + dt.timedelta(hours=1)
        (found,) = queries.overdue(late)

        disputes.lapse(dispute=found, by=SETUP, at=late, key=key())
        drain()

        assert (fresh(damaged).status, thread(damaged).turn, thread(damaged).is_overdue) == (
            "in_progress",
            "supplier",
            True,
        )
        assert not queries.overdue(late).exists()
        assert "did not answer in time" in Notice.objects.get(kind="dispute_overdue").text
        assert Mail.objects.filter(subject__startswith="Reminder:").count() == 1
        assert says(scene, row.public_id, does="says", text="Sorry, here we are.").status == "applied"
        assert not thread(damaged).is_overdue


class TestRefuse:
    def test_says_why_and_leaves_the_case_open(self, scene, damaged):
        write(scene, damaged, offer=Offer(settlement="credit", amount=Decimal(16)))
        assert says(scene, thread(damaged).public_id, does="refuses", number=1).status == "refused", "no reason"

        says(scene, thread(damaged).public_id, does="refuses", number=1, text="They left us whole.")

        assert (thread(damaged).open_offer, thread(damaged).turn, fresh(damaged).is_unsolved) == (None, "us", True)


class TestFollow:
    def test_a_case_settled_without_an_agreement_ends_its_thread_in_words_for_the_supplier(self, scene, damaged):
        write(scene, damaged, "Eight are crushed.")
        how = {"root_cause": "packing", "seen": AS_IT_IS, "key": key()}
        cases.resolve(case=fresh(damaged), how="take_in", by=scene.supervisor, at=NOW, **how)
        drain()

        row = thread(damaged)
        assert (row.is_open, row.turn) == (False, "")
        assert row.outcome == "The buyer keeps the goods as they are and they may be billed."
        late = says(scene, row.public_id, does="says", text="Wait!")
        assert "settled already" in late.answer["reasons"][0]

    def test_a_case_that_is_opened_again_opens_it(self, scene, damaged):
        write(scene, damaged, offer=Offer(settlement="deliver", day=LATER.date()))
        says(scene, thread(damaged).public_id, does="agrees", number=1)
        cases.reopen(case=fresh(damaged), reason="More are bent.", by=scene.supervisor, at=NOW, key=key(), **SEEN)
        drain()
        row = thread(damaged)
        assert (row.is_open, row.turn, row.open_offer) == (True, "us", None)


class TestCredit:
    def invoice(self, scene, order, number="R-1", price="2.1", **more):
        line = {"line": 1, "quantity": "100", "price": price, "amount": str(100 * Decimal(price))}
        body = {"number": number, "date": NOW.date().isoformat(), "order": order.number, "total": line["amount"]}
        return says(scene, order.public_id, "invoice", **(body | {"lines": [line]} | more))

    def test_agreed_on_a_held_invoice_is_expected_and_its_note_lets_the_invoice_go(self, scene, order):
        received(scene, order, 100)
        drain()
        self.invoice(scene, order)
        case = case_of("invoice_price")
        assert dict(showing.of(case, "").facts)["Line 1"] == "100 at 2.1 billed; 100 at 2 ordered; 100 received"
        write(scene, case, offer=Offer(settlement="credit", amount=Decimal(10)), by=scene.clerk)
        assert says(scene, thread(case).public_id, does="agrees", number=1).status == "applied"
        (expected,) = ExpectedCredit.objects.everywhere(because=TEST)
        invoice = Invoice._base_manager.get()
        assert (expected.amount, expected.invoice, invoice.status) == (10, invoice, "variance")

        back = [
            {"line": 1, "quantity": "100", "price": "2.1", "amount": "210"},
            {"line": 1, "quantity": "-100", "price": "2", "amount": "-200"},
        ]
        sent = self.invoice(scene, order, "C-1", credits="R-1", total="10", lines=back)

        assert sent.status == "applied", sent.answer
        note = Invoice._base_manager.get(supplier_number="C-1")
        expected.refresh_from_db()
        assert (expected.note, note.status, fresh(invoice).status) == (note, "released", "released")
        assert Commitment._base_manager.get().billed == 100, "a price that was wrong takes no goods back"
        assert not case_of("invoice_credit").is_unsolved

    def test_of_another_amount_is_refused_and_the_invoice_stays_held(self, scene, order):
        received(scene, order, 100)
        drain()
        self.invoice(scene, order)
        case = case_of("invoice_price")
        write(scene, case, offer=Offer(settlement="credit", amount=Decimal(10)), by=scene.clerk)
        says(scene, thread(case).public_id, does="agrees", number=1)
        back = [{"line": 1, "quantity": "2", "price": "2.1", "amount": "4.2"}]
        other = self.invoice(scene, order, "C-1", credits="R-1", total="4.2", lines=back)
        assert "credit of 10.00 before tax was agreed" in other.answer["reasons"][0]
        assert ExpectedCredit.objects.everywhere(because=TEST).get().note is None
        assert Invoice._base_manager.get(supplier_number="R-1").status == "variance"

    def test_makes_good_goods_that_never_came(self, scene, order):
        received(scene, order, 70)
        drain()
        short = case_of("receipt_short")
        how = {"root_cause": "stock", "seen": AS_IT_IS, "key": key()}
        cases.resolve(case=short, how="close_short", by=scene.buyer, at=NOW, **how)
        drain()
        self.invoice(scene, order, price="2")
        case = case_of("invoice_quantity")
        write(scene, case, offer=Offer(settlement="credit", amount=Decimal(60)), by=scene.clerk)
        says(scene, thread(case).public_id, does="agrees", number=1)
        back = [{"line": 1, "quantity": "30", "price": "2", "amount": "60"}]
        self.invoice(scene, order, "C-1", credits="R-1", total="60", lines=back)
        assert set(Invoice._base_manager.values_list("status", flat=True)) == {"released"}
        assert Commitment._base_manager.get().billed == 70

    def test_before_it_is_agreed_a_held_invoice_takes_none(self, scene, order):
        received(scene, order, 100)
        drain()
        self.invoice(scene, order)
        back = [{"line": 1, "quantity": "2", "price": "2.1", "amount": "4.2"}]
        early = self.invoice(scene, order, "C-1", credits="R-1", total="4.2", lines=back)
        assert "not released yet" in early.answer["reasons"][0]

    def test_the_supplier_may_begin_the_thread_of_a_held_invoice(self, scene, order):
        received(scene, order, 100)
        drain()
        self.invoice(scene, order)
        invoice = Invoice._base_manager.get()

        sent = says(scene, invoice.public_id, "message", text="Your buyer agreed to 2.10.")

        row = thread(case_of("invoice_price"))
        assert (sent.status, sent.answer["dispute"], row.turn) == ("applied", str(row.public_id), "us")
        assert row.invoice_public_id == invoice.public_id

    def test_of_an_invoice_that_waits_for_goods_there_is_nothing_to_dispute(self, scene, order):
        self.invoice(scene, order, price="2")
        sent = says(scene, Invoice._base_manager.get().public_id, "message", text="When?")
        assert sent.answer["reasons"] == ["Waiting for our warehouse to count line 1."]


def test_what_was_said_stays(scene, damaged):
    write(scene, damaged, "Eight are crushed.")
    assert Said.append_only
    assert Said.objects.get().name == scene.people["supervisor"].name
