import django.db.models.deletion
import foundation.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        foundation.migrating.CreateModels(
            models=[migrations.CreateModel(
                name='StoredFile',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('sha256', models.CharField(db_index=True, max_length=64)),
                    ('name', models.CharField(max_length=200)),
                    ('content_type', models.CharField(max_length=100)),
                    ('size', models.PositiveBigIntegerField()),
                    ('about', models.CharField(blank=True, db_index=True, default='', max_length=80)),
                    ('by', models.CharField(max_length=80)),
                    ('stored_at', models.DateTimeField()),
                ],
            ), migrations.CreateModel(
                name='Job',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('kind', models.CharField(max_length=40)),
                    ('title', models.CharField(max_length=200)),
                    ('by', models.CharField(db_index=True, max_length=80)),
                    ('request', models.JSONField(default=dict)),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('running', 'Running'), ('done', 'Done'), ('failed', 'Failed'), ('cancelled', 'Cancelled')], default='waiting', max_length=10)),
                    ('done_count', models.PositiveIntegerField(default=0)),
                    ('total_count', models.PositiveIntegerField(default=0)),
                    ('failed_count', models.PositiveIntegerField(default=0)),
                    ('result', models.JSONField(default=dict)),
                    ('url', models.CharField(blank=True, default='', max_length=200)),
                    ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.storedfile')),
                    ('asked_at', models.DateTimeField()),
                    ('started_at', models.DateTimeField(null=True)),
                    ('finished_at', models.DateTimeField(null=True)),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status__in', ['waiting', 'running'])), fields=['id'], name='jobs_at_work')],
                },
            ), migrations.CreateModel(
                name='Turn',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('actor', models.CharField(max_length=80)),
                    ('verb', models.CharField(max_length=120)),
                    ('key', models.CharField(max_length=80)),
                    ('fingerprint', models.CharField(max_length=64)),
                    ('recorded_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('actor', 'verb', 'key'), name='one_effect_per_key')],
                },
            ), migrations.CreateModel(
                name='Entry',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('turn', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.turn')),
                    ('subject', models.CharField(max_length=80)),
                    ('number', models.PositiveIntegerField()),
                    ('document_version', models.PositiveIntegerField()),
                    ('name', models.CharField(max_length=120)),
                    ('facts', models.JSONField()),
                    ('changes', models.JSONField()),
                    ('by', models.CharField(max_length=80)),
                    ('at', models.DateTimeField()),
                    ('recorded_at', models.DateTimeField()),
                    ('previous', models.CharField(max_length=64)),
                    ('digest', models.CharField(max_length=64)),
                ],
                options={
                    'indexes': [models.Index(fields=['name', 'recorded_at'], name='entry_by_name'), models.Index(fields=['turn'], name='entry_by_turn')],
                    'constraints': [models.UniqueConstraint(fields=('subject', 'number'), name='one_entry_per_link')],
                },
            ), migrations.CreateModel(
                name='Delivery',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entry', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='foundation.entry')),
                    ('subscriber', models.CharField(max_length=120)),
                    ('lane', models.CharField(max_length=200)),
                    ('number', models.PositiveIntegerField()),
                    ('status', models.CharField(choices=[('ready', 'Waiting'), ('done', 'Done'), ('parked', 'Needs help'), ('skipped', 'Skipped')], default='ready', max_length=10)),
                    ('next_at', models.DateTimeField()),
                    ('lease_until', models.DateTimeField(null=True)),
                    ('token', models.BigIntegerField(default=0)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('lost', models.PositiveSmallIntegerField(default=0)),
                    ('note', models.CharField(default='', max_length=400)),
                    ('done_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status', 'ready')), fields=['next_at', 'id'], name='delivery_due'), models.Index(condition=models.Q(('status__in', ['ready', 'parked'])), fields=['lane', 'number'], name='delivery_lane'), models.Index(condition=models.Q(('status', 'parked')), fields=['-id'], name='delivery_parked'), models.Index(fields=['subscriber', '-done_at'], name='delivery_done')],
                    'constraints': [models.UniqueConstraint(fields=('entry', 'subscriber'), name='one_delivery_per_subscriber')],
                },
            ), migrations.CreateModel(
                name='Seal',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('last_entry_id', models.BigIntegerField()),
                    ('entries', models.PositiveIntegerField()),
                    ('sealed_at', models.DateTimeField()),
                    ('previous', models.CharField(max_length=64)),
                    ('digest', models.CharField(max_length=64)),
                ],
            ), migrations.CreateModel(
                name='SavedView',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('owner', models.CharField(max_length=80)),
                    ('path', models.CharField(max_length=200)),
                    ('name', models.CharField(max_length=60)),
                    ('query', models.TextField(blank=True, default='')),
                    ('is_shared', models.BooleanField(default=False)),
                    ('saved_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('is_shared', True)), fields=['path'], name='shared_views')],
                    'constraints': [models.UniqueConstraint(fields=('owner', 'path', 'name'), name='one_view_per_name')],
                },
            )],
        ),
    ]
