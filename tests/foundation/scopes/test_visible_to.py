"""What a person sees, against a plain oracle; and every way to ask without saying for whom."""

import random
import uuid
from datetime import UTC, datetime

import pytest
from django.db.models import Avg, Count, Exists, F, OuterRef, Prefetch, Subquery, Sum

from foundation.scopes import reach
from foundation.scopes.querysets import ScopedQuerySet, Unscoped
from foundation.scopes.reach import DIMENSIONS, Reach
from foundation.values.actor import PERSON, Actor, system
from organization.entities.models import CostCenter, LegalEntity
from organization.items.models import Category, Unit
from organization.people.models import Person
from organization.scopes import actions as scopes
from organization.scopes.grants import permission
from organization.scopes.models import PersonGrant
from organization.sites.models import Site
from procurement.requisitions.models import Requisition, RequisitionLine

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 23, tzinfo=UTC)
SEE = "see_requisition"
WHY = "these tests look at everything"


class Group:
    """Two entities with sites, cost centers and a tree of categories; documents all over it."""

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.entities = [
            LegalEntity.objects.create(code=f"N{seed}{n}", name="x", country="NL", currency="EUR") for n in range(2)
        ]
        self.sites = [Site.objects.create(code=f"S{seed}{n}", name="x", entity=self.entities[n % 2]) for n in range(4)]
        self.centers = [
            CostCenter.objects.create(entity=self.entities[n % 2], code=f"C{n}", name="x") for n in range(4)
        ]
        self.categories = self.tree(None, f"K{seed}", 3)

    def tree(self, parent, code, depth):
        node = Category.objects.create(code=code, name=code, parent=parent, path=f"{code}?")
        node.path = f"{parent.path if parent else ''}{node.pk}."
        node.save()
        below = [self.tree(node, f"{code}{n}", depth - 1) for n in range(2)] if depth > 1 else []
        return [node, *(one for part in below for one in part)]

    def documents(self, count):
        made = []
        for _ in range(count):
            site = self.random.choice(self.sites)
            made.append(
                Requisition(
                    number=uuid.uuid4().hex[:20],
                    entity=site.entity,
                    site=site,
                    cost_center=self.random.choice([None, *self.centers]),
                    category_ids=[one.pk for one in self.random.sample(self.categories, self.random.randint(0, 3))],
                    supplier_ids=[],
                    currency="EUR",
                    created_at=AT,
                )
            )
        return Requisition._base_manager.bulk_create(made)

    def scope(self):
        """A random scope: each dimension is named or not."""
        choices = {
            "entity": self.entities,
            "site": self.sites,
            "category": self.categories,
            "cost_center": self.centers,
        }
        named = {name: self.random.choice(rows).pk for name, rows in choices.items() if self.random.random() < 0.4}
        return scopes.scope_of(**named)

    def person(self, scopes_):
        email = f"{uuid.uuid4().hex[:8]}@ours.example"
        person = Person.objects.create(email=email, name="P", kind=Person.INTERNAL)
        PersonGrant.objects.bulk_create(
            [PersonGrant(user=person, permission=permission(SEE), content_object=scope) for scope in scopes_],
            ignore_conflicts=True,
        )
        return person


def oracle(document, held, paths):
    """What the words say: AND within a scope, OR across scopes, a category stands for all below it."""

    def met(scope):
        wants = {name: getattr(scope, f"{name}_id") for name in DIMENSIONS if getattr(scope, f"{name}_id")}
        return all(
            {
                "entity": lambda key: document.entity_id == key,
                "site": lambda key: document.site_id == key,
                "cost_center": lambda key: document.cost_center_id == key,
                "category": lambda key: any(f"{key}." in f".{paths[own]}" for own in document.category_ids),
            }[name](key)
            for name, key in wants.items()
        )

    return any(met(scope) for scope in held)


class TestVisibleTo:
    @pytest.mark.parametrize("seed", range(6))
    def test_shows_what_the_scopes_say_and_nothing_else(self, seed):
        group = Group(seed)
        documents = group.documents(60)
        paths = {one.pk: f".{one.path}" for one in group.categories}

        for _ in range(25):
            held = [group.scope() for _ in range(group.random.randint(0, 4))]
            actor = group.person(held).actor

            seen = {row.pk for row in Requisition.objects.visible_to(actor)}

            assert seen == {document.pk for document in documents if oracle(document, held, paths)}

    @pytest.mark.parametrize("seed", range(3))
    def test_agrees_with_what_covers_says_of_one_document(self, seed):
        group = Group(seed)
        documents = group.documents(40)
        actor = group.person([group.scope(), group.scope()]).actor

        seen = {row.pk for row in Requisition.objects.visible_to(actor)}
        held = reach.reach(actor, SEE)

        assert seen == {one.pk for one in documents if held.is_everything or held.covers(one.places())}

    def test_costs_four_queries_however_many_scopes(self, django_assert_num_queries):
        group = Group(1)
        group.documents(20)
        actor = group.person([group.scope() for _ in range(12)]).actor

        with django_assert_num_queries(4):
            list(Requisition.objects.visible_to(actor))

    def test_shows_nothing_to_who_has_no_scope(self):
        group = Group(1)
        group.documents(5)

        assert not Requisition.objects.visible_to(group.person([]).actor).exists()

    def test_shows_nothing_to_who_has_left(self):
        group = Group(1)
        group.documents(5)
        person = group.person([scopes.scope_of()])
        Person.objects.filter(pk=person.pk).update(is_active=False)

        assert not Requisition.objects.visible_to(person.actor).exists()

    def test_asks_for_the_verb_that_is_meant(self):
        group = Group(1)
        group.documents(5)
        actor = group.person([scopes.scope_of()]).actor

        assert Requisition.objects.visible_to(actor).count() == 5
        assert Requisition.objects.visible_to(actor, "raise_requisition").count() == 0

    def test_shows_the_system_everything(self):
        Group(1).documents(5)

        assert Requisition.objects.visible_to(system("tests")).count() == 5

    def test_twin_whose_predicate_forgets_a_dimension_shows_too_much(self, monkeypatch):
        group = Group(1)
        documents = group.documents(60)
        paths = {one.pk: f".{one.path}" for one in group.categories}
        held = [scopes.scope_of(site=group.sites[0].pk, category=group.categories[1].pk)]
        actor = group.person(held).actor
        whole = Reach.predicate
        monkeypatch.setattr(
            Reach,
            "predicate",
            lambda self, wanted: whole(Reach([row | {"category": None} for row in self.rows]), wanted),
        )

        seen = {row.pk for row in Requisition.objects.visible_to(actor)}

        assert seen != {document.pk for document in documents if oracle(document, held, paths)}


def sub(**given):
    return Requisition.objects.filter(pk=OuterRef("requisition_id"), **given)


UNDECLARED = {
    "list": lambda rows: list(rows.all()),
    "first": lambda rows: rows.first(),
    "get": lambda rows: rows.get(pk=1),
    "count": lambda rows: rows.count(),
    "exists": lambda rows: rows.exists(),
    "filter": lambda rows: list(rows.filter(status="draft")),
    "exclude": lambda rows: list(rows.exclude(status="draft")),
    "iterator": lambda rows: list(rows.iterator()),
    "values": lambda rows: list(rows.values("pk")),
    "values_list": lambda rows: list(rows.values_list("pk", flat=True)),
    "aggregate": lambda rows: rows.aggregate(Sum("amount")),
    "annotate": lambda rows: list(rows.annotate(said=Count("number"))),
    "average by group": lambda rows: list(rows.values("site").annotate(Avg("amount"))),
    "dates": lambda rows: list(rows.dates("need_by", "year")),
    "in_bulk": lambda rows: rows.in_bulk([1]),
    "latest": lambda rows: rows.latest("id"),
    "last": lambda rows: rows.last(),
    "earliest": lambda rows: rows.earliest("id"),
    "slice": lambda rows: list(rows.order_by("id")[:1]),
    "distinct": lambda rows: list(rows.distinct()),
    "union": lambda rows: list(rows.filter(pk=1).union(rows.filter(pk=2))),
    "or": lambda rows: list(rows.filter(pk=1) | rows.filter(pk=2)),
    "select_related": lambda rows: list(rows.select_related("site")),
    "select_for_update": lambda rows: list(rows.select_for_update()),
    "only": lambda rows: list(rows.only("number")),
    "defer": lambda rows: list(rows.defer("note")),
    "reverse": lambda rows: list(rows.order_by("id").reverse()),
    "update": lambda rows: rows.update(note="x"),
    "delete": lambda rows: rows.all().delete(),
    "raw delete": lambda rows: rows.all()._raw_delete("default"),
    "explain": lambda rows: rows.explain(),
    "contains": lambda rows: rows.contains(Requisition(pk=1)),
    "get_or_create": lambda rows: rows.get_or_create(number="x"),
    "as a sub-select of people": lambda rows: list(Person.objects.filter(pk__in=rows.values("requester"))),
    "as an expression": lambda rows: list(Site.objects.annotate(n=Subquery(rows.values("pk")[:1]))),
    "as an existence": lambda rows: list(
        Site.objects.filter(Exists(rows.filter(site=OuterRef("pk")))),
    ),
    "as a prefetch": lambda rows: list(
        RequisitionLine.objects.everywhere(because=WHY).prefetch_related(Prefetch("requisition", queryset=rows.all()))
    ),
}


class TestWithoutSayingForWhom:
    @pytest.fixture
    def one(self):
        group = Group(1)
        [document] = group.documents(1)
        unit = Unit.objects.create(code="EA", name="each")
        category = group.categories[0]
        RequisitionLine._base_manager.create(
            requisition=document,
            number=1,
            category=category,
            site=document.site,
            need_by=AT.date(),
            unit=unit,
            quantity=1,
            currency="EUR",
        )
        return document

    @pytest.mark.parametrize("way", UNDECLARED)
    def test_nothing_runs(self, way, one):
        with pytest.raises(Unscoped, match="say visible_to"):
            UNDECLARED[way](Requisition.objects)

    @pytest.mark.parametrize("way", ["list", "count", "values", "aggregate", "update", "exists"])
    def test_lines_do_not_run_either(self, way, one):
        rows = RequisitionLine.objects
        ways = UNDECLARED | {"update": lambda rows: rows.update(note="x")}

        with pytest.raises(Unscoped):
            ways[way](rows)

    def test_lines_of_a_row_in_hand_are_free(self, one):
        assert one.lines.count() == 1
        assert [line.number for line in one.lines.all()] == [1]

    def test_lines_are_prefetched_for_rows_that_were_declared(self, one):
        [document] = Requisition.objects.everywhere(because=WHY).prefetch_related("lines")

        assert len(document.lines.all()) == 1

    def test_everywhere_says_why(self, one):
        with pytest.raises(TypeError):
            Requisition.objects.everywhere()

        assert Requisition.objects.everywhere(because=WHY).count() == 1

    def test_a_declaration_goes_with_every_query_made_of_it(self, one):
        declared = Requisition.objects.everywhere(because=WHY)

        assert declared.filter(pk=one.pk).exclude(status="approved").annotate(n=F("amount")).count() == 1

    def test_twin_with_a_plain_queryset_runs_in_every_way(self, one, monkeypatch):
        monkeypatch.setattr("foundation.scopes.querysets.ScopedQuery.check", lambda query: None)

        assert Requisition.objects.count() == 1
        assert isinstance(Requisition.objects.all(), ScopedQuerySet)


def test_a_person_is_asked_once_a_request():
    group = Group(1)
    actor = group.person([scopes.scope_of()]).actor

    first = reach.reach(actor, SEE)

    assert reach.reach(actor, SEE) is first
    assert reach.reach(Actor(PERSON, actor.key), SEE) is not first
