import django.db.models.deletion
import django_fsm
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('foundation', '0001_initial'),
        ('organization', '0001_initial'),
        ('suppliers', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='ErpDocument',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80, unique=True)),
                ('kind', models.CharField(max_length=20)),
                ('reference', models.CharField(max_length=40)),
                ('state', models.CharField(choices=[('pending', 'On its way'), ('unknown', 'Outcome unknown, being looked up'), ('posted', 'Posted'), ('refused', 'Refused')], default='pending', max_length=8)),
                ('revision', models.PositiveIntegerField(default=0)),
                ('erp_number', models.CharField(blank=True, default='', max_length=40)),
                ('note', models.CharField(blank=True, default='', max_length=400)),
                ('payload', models.JSONField(null=True)),
                ('payload_revision', models.PositiveIntegerField(default=0)),
                ('refusals', models.PositiveSmallIntegerField(default=0)),
                ('asked_at', models.DateTimeField(null=True)),
                ('posted_at', models.DateTimeField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['state', '-id'], name='erp_documents_by_state')],
            },
        ),
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('status', models.CharField(choices=[('staged', 'Checked, not applied'), ('running', 'Being applied'), ('applied', 'Applied'), ('undone', 'Undone'), ('discarded', 'Discarded')], default='staged', max_length=50)),
                ('kind', models.CharField(max_length=20)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('header', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('signs', models.JSONField(default=dict)),
                ('job', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.job')),
                ('by', models.CharField(db_index=True, max_length=80)),
                ('started_at', models.DateTimeField()),
                ('row_count', models.PositiveIntegerField(default=0)),
                ('error_count', models.PositiveIntegerField(default=0)),
                ('applied_count', models.PositiveIntegerField(default=0)),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('status', 'running')), fields=('kind',), name='one_import_of_a_kind_runs')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='ImportRow',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='rows', to='integration.import')),
                ('number', models.PositiveIntegerField()),
                ('values', models.JSONField()),
                ('errors', models.JSONField(default=list)),
                ('effect', models.CharField(default='', max_length=10)),
                ('fate', models.CharField(choices=[('waiting', 'Waits'), ('done', 'Done'), ('failed', 'Refused'), ('undone', 'Undone')], default='waiting', max_length=10)),
                ('is_sound', models.BooleanField(default=True)),
                ('record', models.PositiveIntegerField()),
                ('subject', models.CharField(blank=True, default='', max_length=80)),
                ('version', models.PositiveIntegerField(null=True)),
                ('before', models.JSONField(null=True)),
            ],
            options={
                'indexes': [models.Index(fields=['batch', 'effect', 'number'], name='import_rows_by_effect')],
                'constraints': [models.UniqueConstraint(fields=('batch', 'number'), name='one_import_row_per_number')],
            },
        ),
        migrations.CreateModel(
            name='Origin',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=20)),
                ('reference', models.CharField(max_length=120)),
                ('subject', models.CharField(db_index=True, max_length=80)),
                ('digest', models.CharField(max_length=64)),
                ('batch', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='origins', to='integration.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'reference'), name='one_origin_per_reference')],
            },
        ),
        migrations.CreateModel(
            name='TradingPartner',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('supplier', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('address', models.CharField(max_length=120, unique=True)),
                ('own_address', models.CharField(blank=True, default='', max_length=120)),
                ('syntax', models.CharField(max_length=10)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='InboundMessage',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                ('status', models.CharField(choices=[('received', 'Received'), ('applied', 'Taken over'), ('held', 'Waits for a look'), ('refused', 'Not accepted'), ('duplicate', 'Came before'), ('kept', 'A test, only kept')], default='received', max_length=50)),
                ('identity', models.CharField(blank=True, default='', max_length=64)),
                ('content', models.CharField(max_length=64)),
                ('original', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='repeats', to='integration.inboundmessage')),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('position', models.PositiveIntegerField()),
                ('acknowledgement', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                ('channel', models.CharField(choices=[('portal', 'Portal'), ('link', 'Link by mail'), ('api', 'API'), ('edi', 'EDI'), ('file', 'File')], max_length=6)),
                ('by', models.CharField(max_length=80)),
                ('received_at', models.DateTimeField()),
                ('syntax', models.CharField(max_length=10)),
                ('kind', models.CharField(choices=[('order-response', 'Order response'), ('ship-notice', 'Ship notice'), ('invoice', 'Invoice'), ('credit-note', 'Credit note'), ('acknowledgement', 'Acknowledgement'), ('other', 'Something else')], max_length=20)),
                ('type', models.CharField(max_length=40)),
                ('release', models.CharField(max_length=20)),
                ('sender', models.CharField(max_length=120)),
                ('receiver', models.CharField(max_length=120)),
                ('interchange', models.CharField(max_length=120)),
                ('group', models.CharField(max_length=120)),
                ('control', models.CharField(max_length=120)),
                ('sent_on', models.DateField(null=True)),
                ('is_test', models.BooleanField(default=False)),
                ('number', models.CharField(max_length=80)),
                ('orders', models.CharField(max_length=400)),
                ('faults', models.JSONField(default=list)),
                ('reasons', models.JSONField(default=list)),
                ('supplier', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.supplier')),
                ('entity', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
            ],
            options={
                'indexes': [models.Index(fields=['status', '-id'], name='messages_by_status'), models.Index(fields=['supplier', '-id'], name='messages_of_supplier'), models.Index(fields=['entity', '-id'], name='messages_of_entity')],
                'constraints': [models.UniqueConstraint(condition=models.Q(('identity', ''), _negated=True), fields=('identity',), name='one_message_per_identity')],
            },
            bases=(django_fsm.FSMModelMixin, models.Model),
        ),
        migrations.CreateModel(
            name='MessageSubmission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('message', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='outcomes', to='integration.inboundmessage')),
                ('submission', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='suppliers.submission')),
            ],
        ),
    ]
