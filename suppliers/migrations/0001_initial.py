import django.db.models.deletion
import django.db.models.functions.datetime
import django_fsm
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Supplier',
            fields=[
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('status', models.CharField(choices=[('prospect', 'Prospect'), ('active', 'Active'), ('restricted', 'Restricted'), ('blocked', 'Blocked'), ('inactive', 'Inactive')], default='prospect', max_length=50)),
                ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='organization.party')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('currency', models.CharField(max_length=3)),
                ('payment_terms', models.CharField(default='30 days net', max_length=40)),
                ('incoterm', models.CharField(default='DAP', max_length=3)),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('link', 'Link by mail'), ('api', 'API'), ('edi', 'EDI'), ('file', 'File')], default='link', max_length=6)),
                ('risk', models.CharField(choices=[('low', 'Low'), ('medium', 'Medium'), ('high', 'High')], default='low', max_length=6)),
                ('confirms_within_hours', models.PositiveSmallIntegerField(default=48)),
                ('deemed_accepted_after_days', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('lead_time_days', models.PositiveSmallIntegerField(default=14)),
                ('quantity_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ('price_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ('days_early', models.PositiveSmallIntegerField(default=3)),
                ('days_late', models.PositiveSmallIntegerField(default=0)),
            ],
            options={
                'indexes': [models.Index(fields=['status', 'number'], name='suppliers_by_status')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='Contract',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('status', models.CharField(choices=[('draft', 'Draft'), ('active', 'In force'), ('ended', 'Ended')], default='draft', max_length=50)),
                ('number', models.CharField(max_length=30, unique=True)),
                ('title', models.CharField(max_length=120)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                ('currency', models.CharField(max_length=3)),
                ('starts_on', models.DateField()),
                ('ends_on', models.DateField()),
                ('ceiling_amount', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('called_amount', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends_on__gte', models.F('starts_on'))), name='contract_has_a_span')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ContractLine',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('contract', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='suppliers.contract')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                ('price', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ('ceiling_quantity', models.DecimalField(blank=True, decimal_places=6, max_digits=20, null=True)),
                ('called_quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('contract', 'item'), name='one_contract_line_per_item')],
            },
        ),
        migrations.CreateModel(
            name='Scorecard',
            fields=[
                ('supplier', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='suppliers.supplier')),
                ('computed_at', models.DateTimeField()),
                ('minimum', models.PositiveSmallIntegerField()),
            ],
        ),
        migrations.CreateModel(
            name='Score',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                ('month', models.DateField()),
                ('measure', models.CharField(choices=[('confirm_time', 'Answered in time'), ('as_ordered', 'Confirmed as ordered'), ('on_time', 'On time in full'), ('notice', 'Ship notice as counted'), ('receipt', 'Received without discrepancy'), ('touchless', 'Matched without a case'), ('price', 'Price against the order'), ('lead_time', 'Lead time against the offer')], max_length=12)),
                ('n', models.PositiveIntegerField()),
                ('good', models.PositiveIntegerField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ('excluded', models.PositiveIntegerField(default=0)),
                ('excluded_good', models.PositiveIntegerField(default=0)),
                ('computed_at', models.DateTimeField()),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'month'], name='scores_of_month')],
                'constraints': [models.UniqueConstraint(fields=('supplier', 'measure', 'month', 'site'), name='one_score_a_month'), models.CheckConstraint(condition=models.Q(('excluded_good__lte', models.F('excluded')), ('good__lte', models.F('n'))), name='no_more_good_than_all')],
            },
        ),
        migrations.CreateModel(
            name='ScoreCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                ('measure', models.CharField(choices=[('confirm_time', 'Answered in time'), ('as_ordered', 'Confirmed as ordered'), ('on_time', 'On time in full'), ('notice', 'Ship notice as counted'), ('receipt', 'Received without discrepancy'), ('touchless', 'Matched without a case'), ('price', 'Price against the order'), ('lead_time', 'Lead time against the offer')], max_length=12)),
                ('subject', models.CharField(max_length=80)),
                ('month', models.DateField()),
                ('happened_on', models.DateField()),
                ('label', models.CharField(max_length=80)),
                ('url', models.CharField(max_length=200)),
                ('order_public_id', models.UUIDField(null=True)),
                ('is_good', models.BooleanField()),
                ('value', models.DecimalField(decimal_places=4, max_digits=12, null=True)),
                ('code', models.CharField(max_length=20)),
                ('facts', models.JSONField(default=dict)),
                ('charged', models.CharField(blank=True, choices=[('', 'Nobody'), ('us', 'Us'), ('supplier', 'Supplier'), ('carrier', 'Carrier'), ('system', 'System')], default='', max_length=8)),
                ('contest', models.CharField(blank=True, choices=[('', 'Not contested'), ('open', 'Contested'), ('kept', 'Contested, counts'), ('excluded', 'Excluded')], default='', max_length=8)),
                ('answer', models.CharField(blank=True, default='', max_length=300)),
            ],
            options={
                'indexes': [models.Index(fields=['supplier', 'measure', '-happened_on'], name='cases_of_measure')],
                'constraints': [models.UniqueConstraint(fields=('measure', 'subject'), name='counted_once')],
            },
        ),
        migrations.CreateModel(
            name='Standing',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('measure', models.CharField(choices=[('confirm_time', 'Answered in time'), ('as_ordered', 'Confirmed as ordered'), ('on_time', 'On time in full'), ('notice', 'Ship notice as counted'), ('receipt', 'Received without discrepancy'), ('touchless', 'Matched without a case'), ('price', 'Price against the order'), ('lead_time', 'Lead time against the offer')], max_length=12)),
                ('quarter', models.PositiveSmallIntegerField(null=True)),
                ('target', models.PositiveSmallIntegerField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('supplier', 'measure'), name='one_standing_per_measure')],
            },
        ),
        migrations.CreateModel(
            name='Contact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contacts', to='suppliers.supplier')),
                ('name', models.CharField(max_length=120)),
                ('email', models.EmailField(max_length=254)),
                ('phone', models.CharField(blank=True, default='', max_length=40)),
                ('purpose', models.CharField(default='orders', max_length=20)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('supplier', 'email', 'purpose'), name='one_contact_per_purpose')],
            },
        ),
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('status', models.CharField(choices=[('received', 'Received'), ('applied', 'Taken over'), ('refused', 'Not accepted')], default='received', max_length=50)),
                ('answered_at', models.DateTimeField(null=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('kind', models.CharField(choices=[('confirmation', 'Order confirmation'), ('change_answer', 'Answer to a change'), ('ship_notice', 'Ship notice'), ('invoice', 'Invoice'), ('message', 'Message'), ('contest', 'Objection to a figure')], max_length=16)),
                ('about', models.UUIDField(db_index=True, null=True)),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('link', 'Link by mail'), ('api', 'API'), ('edi', 'EDI'), ('file', 'File')], max_length=6)),
                ('by', models.CharField(max_length=80)),
                ('body', models.JSONField()),
                ('received_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                ('answer', models.JSONField(db_default=models.Value('{}', models.JSONField()), default=dict)),
            ],
            options={
                'abstract': False,
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='SupplierItem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='items', to='suppliers.supplier')),
                ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                ('supplier_sku', models.CharField(blank=True, default='', max_length=60)),
                ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.unit')),
                ('numerator', models.PositiveIntegerField(default=1)),
                ('denominator', models.PositiveIntegerField(default=1)),
                ('minimum', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ('multiple', models.DecimalField(decimal_places=6, default=1, max_digits=20)),
                ('lead_time_days', models.PositiveSmallIntegerField(default=14)),
                ('currency', models.CharField(max_length=3)),
                ('is_preferred', models.BooleanField(default=False)),
                ('is_active', models.BooleanField(default=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('supplier', 'item'), name='one_offer_per_supplier_and_item'), models.UniqueConstraint(condition=models.Q(('is_active', True), ('is_preferred', True)), fields=('item',), name='one_preferred_supplier'), models.CheckConstraint(condition=models.Q(('denominator__gt', 0), ('numerator__gt', 0)), name='offer_factor_is_positive')],
            },
        ),
        migrations.CreateModel(
            name='PriceBreak',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('supplier_item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='prices', to='suppliers.supplieritem')),
                ('quantity_from', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ('price', models.DecimalField(decimal_places=6, max_digits=20)),
                ('valid_from', models.DateField()),
                ('valid_to', models.DateField(blank=True, null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('supplier_item', 'quantity_from', 'valid_from'), name='one_price_per_break_and_day'), models.CheckConstraint(condition=models.Q(('price__gte', 0)), name='price_not_negative'), models.CheckConstraint(condition=models.Q(('valid_to', None), ('valid_to__gte', models.F('valid_from')), _connector='OR'), name='price_is_valid_some_day')],
            },
        ),
    ]
