import django.db.models.deletion
import django.db.models.expressions
import django_fsm
import foundation.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('organization', '0001_initial'),
    ]

    operations = [
        foundation.migrating.CreateModels(
            models=[migrations.CreateModel(
                name='Customer',
                fields=[
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('party', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, primary_key=True, related_name='+', serialize=False, to='organization.party')),
                    ('number', models.CharField(max_length=20, unique=True)),
                    ('priority', models.PositiveSmallIntegerField(default=5)),
                    ('takes_partial', models.BooleanField(default=True)),
                    ('is_active', models.BooleanField(default=True)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='CustomerOrder',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('status', models.CharField(choices=[('released', 'Released'), ('partly_shipped', 'Partly shipped'), ('shipped', 'Shipped'), ('cancelled', 'Cancelled')], default='released', max_length=50)),
                    ('shipped_at', models.DateTimeField(null=True)),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('customer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='fulfillment.customer')),
                    ('reference', models.CharField(blank=True, default='', max_length=40)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('ordered_at', models.DateTimeField()),
                    ('promised_on', models.DateField()),
                    ('priority', models.PositiveSmallIntegerField(default=5)),
                    ('ships_complete', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [models.Index(fields=['site', '-id'], name='demand_of_site')],
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ), migrations.CreateModel(
                name='DemandLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.customerorder')),
                    ('number', models.PositiveIntegerField()),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('allocated', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('shipped', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('cancelled', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('backordered_at', models.DateTimeField(null=True)),
                    ('why', models.CharField(blank=True, default='', max_length=300)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('quantity__gt', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('allocated'), '+', models.F('shipped')), '+', models.F('cancelled')))), fields=['item'], name='wanting')],
                    'constraints': [models.UniqueConstraint(fields=('order', 'number'), name='one_demand_line_per_number'), models.CheckConstraint(condition=models.Q(('allocated__gte', 0), ('cancelled__gte', 0), ('quantity__gt', 0), ('quantity__gte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('allocated'), '+', models.F('shipped')), '+', models.F('cancelled'))), ('shipped__gte', 0)), name='demand_law')],
                },
            ), migrations.CreateModel(
                name='Allocation',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='allocations', to='fulfillment.demandline')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('allocated_at', models.DateTimeField()),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('quantity__gt', 0)), fields=['item', 'site'], name='living_allocations')],
                    'constraints': [models.UniqueConstraint(fields=('line', 'site'), name='one_allocation_per_line_and_site'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='allocation_not_negative')],
                },
            ), migrations.CreateModel(
                name='Shipment',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('status', models.CharField(choices=[('planned', 'To pick'), ('shipped', 'Shipped'), ('cancelled', 'Cancelled')], default='planned', max_length=50)),
                    ('shipped_at', models.DateTimeField(null=True)),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shipments', to='fulfillment.customerorder')),
                    ('carrier', models.CharField(blank=True, default='', max_length=80)),
                    ('tracking', models.CharField(blank=True, default='', max_length=80)),
                    ('created_at', models.DateTimeField()),
                ],
                options={
                    'abstract': False,
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ), migrations.CreateModel(
                name='ShipmentLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('shipment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='fulfillment.shipment')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='shipped_lines', to='fulfillment.demandline')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='something_leaves')],
                },
            )],
        ),
    ]
