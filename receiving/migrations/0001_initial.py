import django.contrib.postgres.fields
import django.db.models.deletion
import django_fsm
import foundation.migrating
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('finance', '0001_initial'),
        ('foundation', '0001_initial'),
        ('organization', '0001_initial'),
        ('procurement', '0001_initial'),
        ('suppliers', '0001_initial'),
    ]

    operations = [
        foundation.migrating.CreateModels(
            models=[migrations.CreateModel(
                name='Expected',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=80, unique=True)),
                    ('document', models.CharField(db_index=True, max_length=80)),
                    ('number', models.CharField(max_length=40)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('announced', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('expected_on', models.DateField()),
                    ('is_confirmed', models.BooleanField(default=False)),
                ],
                options={
                    'verbose_name': 'expected goods',
                    'verbose_name_plural': 'expected goods',
                    'indexes': [models.Index(condition=models.Q(('quantity__gt', 0)), fields=['site', 'expected_on'], name='arrivals_calendar'), models.Index(condition=models.Q(('quantity__gt', 0)), fields=['item', 'site'], name='arrivals_of_item')],
                },
            ), migrations.CreateModel(
                name='ShipNotice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('status', models.CharField(choices=[('accepted', 'Announced'), ('flagged', 'Announced, does not fit the order'), ('arrived', 'At the door'), ('receiving', 'In count'), ('received', 'Received'), ('cancelled', 'Cancelled')], default='accepted', max_length=50)),
                    ('arrived_at', models.DateTimeField(null=True)),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('public_id', models.UUIDField(default=uuid.uuid4, unique=True)),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('reference', models.CharField(max_length=40)),
                    ('ships_on', models.DateField()),
                    ('arrives_on', models.DateField()),
                    ('carrier', models.CharField(blank=True, default='', max_length=80)),
                    ('tracking', models.CharField(blank=True, default='', max_length=80)),
                    ('package_count', models.PositiveIntegerField(default=1)),
                    ('flags', models.JSONField(default=list)),
                    ('submission', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.submission')),
                    ('announced_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['site', 'arrives_on'], name='notices_calendar')],
                    'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'cancelled'), _negated=True), fields=('supplier', 'reference'), name='one_notice_per_reference')],
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ), migrations.CreateModel(
                name='ShipNoticeLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='receiving.shipnotice')),
                    ('number', models.PositiveIntegerField()),
                    ('order_line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='announced', to='procurement.purchaseorderline')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('received', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('lot', models.CharField(blank=True, default='', max_length=40)),
                    ('expires_on', models.DateField(null=True)),
                    ('serials', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                    ('certificate', models.CharField(blank=True, default='', max_length=40)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('notice', 'number'), name='one_notice_line_per_number'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='something_is_announced')],
                },
            ), migrations.CreateModel(
                name='HandlingUnit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='receiving.shipnotice')),
                    ('number', models.PositiveIntegerField()),
                    ('around', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='inner', to='receiving.handlingunit')),
                    ('sscc', models.CharField(blank=True, db_index=True, default='', max_length=18)),
                    ('package', models.CharField(max_length=3)),
                    ('gross_weight', models.DecimalField(decimal_places=3, max_digits=12, null=True)),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('keeps_sscc', models.BooleanField(default=True)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('notice', 'number'), name='one_unit_per_number'), models.UniqueConstraint(condition=models.Q(('keeps_sscc', True), models.Q(('sscc', ''), _negated=True)), fields=('supplier', 'sscc'), name='one_unit_per_sscc'), models.CheckConstraint(condition=models.Q(('around', None), models.Q(('around', models.F('id')), _negated=True), _connector='OR'), name='no_unit_in_itself'), models.CheckConstraint(condition=models.Q(('gross_weight', None), ('gross_weight__gt', 0), _connector='OR'), name='units_have_weight')],
                },
            ), migrations.CreateModel(
                name='UnitContent',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='contents', to='receiving.handlingunit')),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='packed', to='receiving.shipnoticeline')),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('serials', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=40), default=list, size=None)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('unit', 'line'), name='one_content_per_line'), models.CheckConstraint(condition=models.Q(('quantity__gt', 0)), name='something_is_packed')],
                },
            ), migrations.CreateModel(
                name='Milestone',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('notice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='milestones', to='receiving.shipnotice')),
                    ('kind', models.CharField(choices=[('ready', 'Ready'), ('picked_up', 'Picked up'), ('departed', 'On its way'), ('arrived', 'Arrived')], max_length=9)),
                    ('happened_at', models.DateTimeField()),
                    ('by', models.CharField(max_length=80)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('notice', 'kind'), name='one_milestone_of_a_kind')],
                },
            ), migrations.CreateModel(
                name='NoticeDraft',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('order', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='procurement.purchaseorder')),
                    ('typed', models.TextField()),
                    ('saved_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('person', 'order'), name='one_draft_per_person')],
                },
            ), migrations.CreateModel(
                name='Receipt',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('status', models.CharField(choices=[('open', 'In count'), ('posted', 'Posted'), ('reversed', 'Reversed'), ('discarded', 'Discarded')], default='open', max_length=50)),
                    ('line_count', models.PositiveIntegerField(default=0)),
                    ('counted_count', models.PositiveIntegerField(default=0)),
                    ('posted_at', models.DateTimeField(null=True)),
                    ('reason', models.CharField(blank=True, default='', max_length=200)),
                    ('number', models.CharField(max_length=30, unique=True)),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                    ('notice', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='receiving.shipnotice')),
                    ('dock', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.dock')),
                    ('delivery_note', models.CharField(blank=True, default='', max_length=40)),
                    ('arrived_at', models.DateTimeField()),
                    ('receiver', models.CharField(max_length=80)),
                    ('reverses', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='reversal', to='receiving.receipt')),
                    ('erp_number', models.CharField(blank=True, default='', max_length=40)),
                ],
                options={
                    'verbose_name': 'goods receipt',
                    'indexes': [models.Index(fields=['site', '-id'], name='receipts_of_site'), models.Index(fields=['supplier', '-id'], name='receipts_of_supplier')],
                },
                bases=(django_fsm.FSMModelMixin, models.Model),
            ), migrations.CreateModel(
                name='ReceiptLine',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='lines', to='receiving.receipt')),
                    ('number', models.PositiveIntegerField()),
                    ('order_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='receipt_lines', to='procurement.purchaseorderline')),
                    ('notice_line', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='receiving.shipnoticeline')),
                    ('content', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='receiving.unitcontent')),
                    ('item', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('description', models.CharField(max_length=200)),
                    ('expected', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('is_counted', models.BooleanField(default=False)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('accepted', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('damaged', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('refused', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('held', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('lot', models.CharField(blank=True, default='', max_length=40)),
                    ('has_certificate', models.BooleanField(default=False)),
                    ('note', models.CharField(blank=True, default='', max_length=200)),
                    ('photo', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                    ('discrepancies', models.JSONField(default=list)),
                    ('accrual', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='finance.accrual')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('receipt', 'number'), name='one_receipt_line_per_number'), models.CheckConstraint(condition=models.Q(('accepted__gte', 0), ('damaged__gte', 0), ('expected__gte', 0), ('held__gte', 0), ('refused__gte', 0)), name='no_count_negative')],
                },
            ), migrations.CreateModel(
                name='Scan',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='scans', to='receiving.receipt')),
                    ('device_id', models.UUIDField(unique=True)),
                    ('line', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='receiving.receiptline')),
                    ('code', models.CharField(blank=True, default='', max_length=120)),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('condition', models.CharField(default='accepted', max_length=10)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=80)),
                ],
            ), migrations.CreateModel(
                name='StockBalance',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('status', models.CharField(choices=[('available', 'Available'), ('inspection', 'In inspection'), ('hold', 'On hold'), ('damaged', 'Damaged'), ('in_transit', 'In transit')], max_length=10)),
                    ('quantity', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('allocated', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ],
                options={
                    'indexes': [models.Index(fields=['item', 'site'], name='balances_of_item')],
                    'constraints': [models.UniqueConstraint(fields=('site', 'item', 'status'), name='one_balance'), models.CheckConstraint(condition=models.Q(('quantity__gte', 0)), name='stock_not_negative'), models.CheckConstraint(condition=models.Q(('allocated__gte', 0), ('allocated__lte', models.F('quantity'))), name='promised_is_there')],
                },
            ), migrations.CreateModel(
                name='StockMovement',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.item')),
                    ('status', models.CharField(choices=[('available', 'Available'), ('inspection', 'In inspection'), ('hold', 'On hold'), ('damaged', 'Damaged'), ('in_transit', 'In transit')], max_length=10)),
                    ('quantity', models.DecimalField(decimal_places=6, max_digits=20)),
                    ('kind', models.CharField(choices=[('receipt', 'Receipt'), ('reversal', 'Reversal'), ('shipment', 'Shipment'), ('status', 'Change of status'), ('return', 'Return to supplier'), ('opening', 'Opening stock'), ('reported', 'Reported by another system')], max_length=10)),
                    ('reference', models.CharField(db_index=True, max_length=80)),
                    ('lot', models.CharField(blank=True, default='', max_length=40)),
                    ('at', models.DateTimeField()),
                    ('by', models.CharField(max_length=80)),
                ],
                options={
                    'indexes': [models.Index(fields=['item', 'site', '-id'], name='movements_of_item')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('quantity', 0), _negated=True), name='something_moved')],
                },
            )],
        ),
    ]
