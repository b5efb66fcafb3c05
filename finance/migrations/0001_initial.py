import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
import foundation.migrating
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('governance', '0001_initial'),
        ('organization', '0001_initial'),
        ('suppliers', '0001_initial'),
    ]

    operations = [
        foundation.migrating.CreateModels(
            models=[migrations.CreateModel(
                name='Budget',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                    ('cost_center', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.costcenter')),
                    ('year', models.PositiveSmallIntegerField()),
                    ('currency', models.CharField(max_length=3)),
                    ('amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('reserved', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('committed', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('accrued', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('actual', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('cost_center', 'year'), name='one_budget_a_year')],
                },
            ), migrations.CreateModel(
                name='BudgetMovement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('budget', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='movements', to='finance.budget')),
                    ('stage', models.CharField(choices=[('reserved', 'Reserved by a request'), ('committed', 'Committed by an order'), ('accrued', 'Received, not billed'), ('actual', 'Billed')], max_length=9)),
                    ('amount', models.DecimalField(decimal_places=6, max_digits=20)),
                    ('reference', models.CharField(db_index=True, max_length=80)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=80)),
                ],
            ), migrations.CreateModel(
                name='Commitment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order_number', models.CharField(db_index=True, max_length=30)),
                    ('line_number', models.PositiveIntegerField()),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('cost_center', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.costcenter')),
                    ('budget', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='finance.budget')),
                    ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('description', models.CharField(max_length=200)),
                    ('currency', models.CharField(max_length=3)),
                    ('price', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('rate', models.DecimalField(decimal_places=10, default=1, max_digits=20)),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('received', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('on_hold', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('billed', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('budget_open', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('due_on', models.DateField(null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('order_number', 'line_number'), name='one_commitment_per_order_line'), models.CheckConstraint(condition=models.Q(('billed__gte', 0), ('on_hold__gte', 0), ('quantity__gte', 0), ('received__gte', 0)), name='commitment_not_negative'), models.CheckConstraint(condition=models.Q(('on_hold__lte', models.F('received'))), name='held_was_received')],
                },
            ), migrations.CreateModel(
                name='Accrual',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='accruals', to='finance.commitment')),
                    ('receipt_number', models.CharField(db_index=True, max_length=30)),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('received_on', models.DateField()),
                    ('case', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                    ('held_quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ],
            ), migrations.CreateModel(
                name='Invoice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('status', models.CharField(choices=[('received', 'Received'), ('waiting_receipt', 'Waits for goods'), ('variance', 'Differs'), ('blocked', 'Held by a case'), ('matched', 'Matches'), ('approved', 'Approved'), ('released', 'Released for payment'), ('rejected', 'Rejected'), ('cancelled', 'Cancelled')], default='received', max_length=50)),
                    ('matched_at', models.DateTimeField(null=True)),
                    ('released_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                    ('answer', models.CharField(blank=True, default='', max_length=200)),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ('supplier_number', models.CharField(max_length=40)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('invoiced_on', models.DateField()),
                    ('due_on', models.DateField(null=True)),
                    ('currency', models.CharField(max_length=3)),
                    ('net_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('tax_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('total_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('received_at', models.DateTimeField()),
                    ('captured_by', models.CharField(max_length=80)),
                    ('variance_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('verdict', models.CharField(blank=True, default='', max_length=300)),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                    ('credits', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='credit_notes', to='finance.invoice')),
                    ('erp_number', models.CharField(blank=True, default='', max_length=40)),
                ],
                options={
                    'indexes': [models.Index(fields=['status', '-id'], name='invoices_by_status'), models.Index(fields=['supplier', '-id'], name='invoices_of_supplier'), models.Index(fields=['entity', '-id'], name='invoices_of_entity')],
                    'constraints': [models.UniqueConstraint(models.F('supplier'), models.F('supplier_number'), django.db.models.functions.datetime.ExtractYear('invoiced_on'), condition=models.Q(('status__in', ['cancelled', 'rejected']), _negated=True), name='one_invoice_per_supplier_number')],
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ), migrations.CreateModel(
                name='ExpectedCredit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='governance.case')),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('order_number', models.CharField(blank=True, default='', max_length=30)),
                    ('invoice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='expected_credits', to='finance.invoice')),
                    ('amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('currency', models.CharField(max_length=3)),
                    ('agreed_at', models.DateTimeField()),
                    ('note', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='meets', to='finance.invoice')),
                ],
                options={
                    'indexes': [models.Index(fields=['supplier', 'note'], name='credits_expected')],
                },
            ), migrations.CreateModel(
                name='InvoiceLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('invoice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='finance.invoice')),
                    ('number', models.PositiveIntegerField()),
                    ('description', models.CharField(max_length=200)),
                    ('order_number', models.CharField(blank=True, default='', max_length=30)),
                    ('commitment', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='billing', to='finance.commitment')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('price', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('tax_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                    ('verdict', models.CharField(blank=True, default='', max_length=30)),
                    ('sentence', models.CharField(blank=True, default='', max_length=300)),
                    ('difference_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('is_accepted', models.BooleanField(default=False)),
                    ('credited_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('invoice', 'number'), name='one_invoice_line_per_number')],
                },
            ), migrations.CreateModel(
                name='MatchTolerance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                    ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('price_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                    ('price_absolute', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('quantity_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                    ('amount_absolute', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('straight_through_cap', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('entity', 'supplier'), name='one_match_tolerance', nulls_distinct=False)],
                },
            )],
        ),
    ]
