import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
import django.db.models.functions.datetime
import django.db.models.functions.text
import foundation.migrating
import foundation.values.portal_roles
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
    ]

    operations = [
        foundation.migrating.CreateModels(
            models=[migrations.CreateModel(
                name='Calendar',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('name', models.CharField(max_length=80, unique=True)),
                    ('timezone', models.CharField(default='UTC', max_length=60)),
                    ('hours', models.JSONField(default=list)),
                    ('country', models.CharField(blank=True, default='', max_length=2)),
                    ('special_days', models.JSONField(default=dict)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='ExchangeRate',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('source', models.CharField(max_length=3)),
                    ('target', models.CharField(max_length=3)),
                    ('factor', models.DecimalField(decimal_places=10, max_digits=20)),
                    ('on', models.DateField()),
                    ('origin', models.CharField(max_length=80)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('source', 'target', 'on'), name='one_rate_a_day'), models.CheckConstraint(condition=models.Q(('factor__gt', 0)), name='rate_is_positive')],
                },
            ), migrations.CreateModel(
                name='LegalEntity',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('code', models.CharField(max_length=8, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('country', models.CharField(max_length=2)),
                    ('currency', models.CharField(max_length=3)),
                    ('timezone', models.CharField(default='UTC', max_length=60)),
                    ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.calendar')),
                    ('vat_number', models.CharField(blank=True, default='', max_length=20)),
                    ('gs1_prefix', models.CharField(blank=True, default='', max_length=12)),
                    ('posts_first', models.BooleanField(default=False)),
                    ('tax_on_limits', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                ],
                options={
                    'verbose_name_plural': 'legal entities',
                },
            ), migrations.CreateModel(
                name='CostCenter',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cost_centers', to='organization.legalentity')),
                    ('code', models.CharField(max_length=20)),
                    ('name', models.CharField(max_length=120)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('entity', 'code'), name='one_cost_center_per_code')],
                },
            ), migrations.CreateModel(
                name='Category',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=20, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('parent', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='children', to='organization.category')),
                    ('path', models.TextField(unique=True)),
                ],
                options={
                    'verbose_name_plural': 'categories',
                    'indexes': [models.Index(django.contrib.postgres.indexes.OpClass('path', name='text_pattern_ops'), name='category_below')],
                },
            ), migrations.CreateModel(
                name='Unit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('code', models.CharField(max_length=3, unique=True)),
                    ('name', models.CharField(max_length=40)),
                    ('is_whole', models.BooleanField(default=True)),
                ],
            ), migrations.CreateModel(
                name='Item',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('sku', models.CharField(max_length=40, unique=True)),
                    ('description', models.CharField(max_length=200)),
                    ('category', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.category')),
                    ('base_unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.unit')),
                    ('gtin', models.CharField(blank=True, db_index=True, default='', max_length=14)),
                    ('is_active', models.BooleanField(default=True)),
                    ('standard_price', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('reorder_point', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('safety_stock', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                    ('needs_inspection', models.BooleanField(default=False)),
                    ('tracks_lots', models.BooleanField(default=False)),
                    ('tracks_expiry', models.BooleanField(default=False)),
                    ('tracks_serials', models.BooleanField(default=False)),
                    ('needs_certificate', models.BooleanField(default=False)),
                ],
                options={
                    'indexes': [django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('description'), name='gin_trgm_ops'), name='item_description_part'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('sku'), name='gin_trgm_ops'), name='item_sku_part')],
                },
            ), migrations.CreateModel(
                name='ItemUnit',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('item', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='units', to='organization.item')),
                    ('unit', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.unit')),
                    ('numerator', models.PositiveIntegerField(default=1)),
                    ('denominator', models.PositiveIntegerField(default=1)),
                    ('gtin', models.CharField(blank=True, db_index=True, default='', max_length=14)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('item', 'unit'), name='one_factor_per_unit'), models.CheckConstraint(condition=models.Q(('denominator__gt', 0), ('numerator__gt', 0)), name='unit_factor_is_positive')],
                },
            ), migrations.CreateModel(
                name='Mail',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('to', models.EmailField(max_length=254)),
                    ('reply_to', models.EmailField(blank=True, default='', max_length=254)),
                    ('subject', models.CharField(max_length=200)),
                    ('text', models.TextField()),
                    ('html', models.TextField(blank=True, default='')),
                    ('thread', models.CharField(max_length=120)),
                    ('key', models.CharField(max_length=160, unique=True)),
                    ('status', models.CharField(choices=[('waiting', 'Waiting'), ('sent', 'Sent'), ('failed', 'Failed')], default='waiting', max_length=8)),
                    ('attempts', models.PositiveSmallIntegerField(default=0)),
                    ('next_at', models.DateTimeField()),
                    ('sent_at', models.DateTimeField(null=True)),
                    ('note', models.CharField(blank=True, default='', max_length=200)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('status', 'waiting')), fields=['next_at'], name='mail_due'), models.Index(fields=['thread', '-id'], name='mails_of_thread')],
                },
            ), migrations.CreateModel(
                name='Party',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('name', models.CharField(max_length=200)),
                    ('country', models.CharField(max_length=2)),
                    ('city', models.CharField(blank=True, default='', max_length=100)),
                    ('address', models.CharField(blank=True, default='', max_length=300)),
                    ('vat_number', models.CharField(blank=True, default='', max_length=20)),
                    ('gln', models.CharField(blank=True, default='', max_length=13)),
                    ('language', models.CharField(default='en', max_length=10)),
                ],
                options={
                    'verbose_name_plural': 'parties',
                    'indexes': [models.Index(fields=['name'], name='party_name'), django.contrib.postgres.indexes.GinIndex(django.contrib.postgres.indexes.OpClass(django.db.models.functions.text.Upper('name'), name='gin_trgm_ops'), name='party_name_part')],
                },
            ), migrations.CreateModel(
                name='Person',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('is_superuser', models.BooleanField(default=False, help_text='Designates that this user has all permissions without explicitly assigning them.', verbose_name='superuser status')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('email', models.EmailField(max_length=254, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('kind', models.CharField(choices=[('internal', 'Internal'), ('supplier', 'Of a supplier')], max_length=10)),
                    ('party', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.party')),
                    ('manager', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('title', models.CharField(blank=True, default='', max_length=80)),
                    ('is_active', models.BooleanField(default=True)),
                    ('portal_roles', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(choices=[('orders', 'Orders'), ('shipping', 'Shipping'), ('billing', 'Billing'), ('company', 'Company')], max_length=8), default=foundation.values.portal_roles.every, size=None)),
                    ('let_in_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('password_changed_at', models.DateTimeField(db_default=django.db.models.functions.datetime.Now())),
                    ('theme', models.CharField(default='auto', max_length=5)),
                    ('density', models.CharField(default='normal', max_length=8)),
                    ('language', models.CharField(default='en', max_length=10)),
                    ('timezone', models.CharField(default='UTC', max_length=60)),
                    ('uses_keys', models.BooleanField(default=True)),
                    ('declined_passkey_at', models.DateTimeField(null=True)),
                    ('groups', models.ManyToManyField(blank=True, help_text='The groups this user belongs to. A user will get all permissions granted to each of their groups.', related_name='user_set', related_query_name='user', to='auth.group', verbose_name='groups')),
                    ('user_permissions', models.ManyToManyField(blank=True, help_text='Specific permissions for this user.', related_name='user_set', related_query_name='user', to='auth.permission', verbose_name='user permissions')),
                ],
                options={
                    'verbose_name_plural': 'people',
                    'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('kind', 'internal'), ('party', None)), models.Q(('kind', 'supplier'), ('party__isnull', False)), _connector='OR'), name='person_internal_xor_supplier')],
                },
            ), migrations.CreateModel(
                name='Notice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('kind', models.CharField(max_length=40)),
                    ('subject', models.CharField(max_length=80)),
                    ('text', models.CharField(max_length=300)),
                    ('url', models.CharField(max_length=200)),
                    ('told_at', models.DateTimeField()),
                    ('read_at', models.DateTimeField(null=True)),
                    ('key', models.CharField(max_length=120, unique=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('read_at', None)), fields=['person', '-told_at'], name='unread_notices')],
                },
            ), migrations.CreateModel(
                name='Credential',
                fields=[
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to=settings.AUTH_USER_MODEL)),
                    ('encoded', models.TextField()),
                ],
            ), migrations.CreateModel(
                name='Keyring',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('person', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='OfficeSession',
                fields=[
                    ('session_key', models.CharField(max_length=40, primary_key=True, serialize=False, verbose_name='session key')),
                    ('session_data', models.TextField(verbose_name='session data')),
                    ('expire_date', models.DateTimeField(db_index=True, verbose_name='expire date')),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('device', models.CharField(blank=True, default='', max_length=300)),
                    ('seen_at', models.DateTimeField()),
                ],
                options={
                    'indexes': [models.Index(fields=['person'], name='sessions_of_person')],
                },
            ), migrations.CreateModel(
                name='PortalSession',
                fields=[
                    ('key_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('data', models.TextField()),
                    ('opened_at', models.DateTimeField(null=True)),
                    ('expires_at', models.DateTimeField(db_index=True)),
                ],
            ), migrations.CreateModel(
                name='PortalLink',
                fields=[
                    ('token_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('about', models.UUIDField(null=True)),
                    ('page', models.CharField(default='order', max_length=20)),
                    ('title', models.CharField(blank=True, default='', max_length=120)),
                    ('sent_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                ],
            ), migrations.CreateModel(
                name='PortalCode',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('link', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organization.portallink')),
                    ('code_hash', models.CharField(max_length=64)),
                    ('tries', models.PositiveSmallIntegerField(default=0)),
                    ('sent_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                    ('used_at', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='TrustedDevice',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('token_hash', models.CharField(max_length=64)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('label', models.CharField(blank=True, default='', max_length=120)),
                    ('trusted_at', models.DateTimeField()),
                    ('expires_at', models.DateTimeField()),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('token_hash', 'person'), name='one_trust_per_device_and_person')],
                },
            ), migrations.CreateModel(
                name='PortalPasskey',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('credential', models.CharField(max_length=1400, unique=True)),
                    ('public_key', models.BinaryField()),
                    ('uses', models.PositiveBigIntegerField(default=0)),
                    ('name', models.CharField(max_length=60)),
                    ('added_at', models.DateTimeField()),
                    ('last_used_at', models.DateTimeField(null=True)),
                    ('removed_at', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='PortalChallenge',
                fields=[
                    ('secret_hash', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('asked', models.CharField(max_length=64)),
                    ('person', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                    ('expires_at', models.DateTimeField(db_index=True)),
                    ('answer', models.TextField(default='')),
                    ('name', models.CharField(default='', max_length=60)),
                    ('answered_at', models.DateTimeField(null=True)),
                    ('verdict', models.CharField(default='', max_length=7)),
                    ('passkey', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organization.portalpasskey')),
                    ('used_at', models.DateTimeField(null=True)),
                ],
            ), migrations.CreateModel(
                name='PortalAttempt',
                fields=[
                    ('bucket', models.CharField(max_length=64, primary_key=True, serialize=False)),
                    ('count', models.PositiveIntegerField()),
                    ('since', models.DateTimeField()),
                ],
            ), migrations.CreateModel(
                name='StepUpLimit',
                fields=[
                    ('role', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='step_up', serialize=False, to='auth.group')),
                    ('above', models.DecimalField(decimal_places=6, default=0, max_digits=20)),
                ],
                options={
                    'constraints': [models.CheckConstraint(condition=models.Q(('above__gte', 0)), name='step_up_above_zero')],
                },
            ), migrations.CreateModel(
                name='Site',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('code', models.CharField(max_length=8, unique=True)),
                    ('name', models.CharField(max_length=120)),
                    ('entity', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sites', to='organization.legalentity')),
                    ('timezone', models.CharField(default='UTC', max_length=60)),
                    ('calendar', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.calendar')),
                    ('city', models.CharField(blank=True, default='', max_length=100)),
                    ('address', models.CharField(blank=True, default='', max_length=300)),
                    ('country', models.CharField(blank=True, default='', max_length=2)),
                    ('gln', models.CharField(blank=True, default='', max_length=13)),
                    ('stock_owner', models.CharField(choices=[('ours', 'Countersign'), ('wms', 'Warehouse system'), ('erp', 'ERP')], default='ours', max_length=4)),
                    ('over_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                    ('under_percent', models.DecimalField(decimal_places=3, default=0, max_digits=6)),
                    ('counts_blind', models.BooleanField(default=False)),
                ],
                options={
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Scope',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('entity', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.legalentity')),
                    ('site', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.site')),
                    ('category', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.category')),
                    ('supplier', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.party')),
                    ('cost_center', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.costcenter')),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('entity', 'site', 'category', 'supplier', 'cost_center'), name='one_scope_per_reach', nulls_distinct=False)],
                },
            ), migrations.CreateModel(
                name='PersonGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('user', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to=settings.AUTH_USER_MODEL)),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organization.scope')),
                ],
                options={
                    'unique_together': {('user', 'permission', 'content_object')},
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='RoleGrant',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('permission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.permission')),
                    ('group', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, to='auth.group')),
                    ('content_object', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organization.scope')),
                ],
                options={
                    'unique_together': {('group', 'permission', 'content_object')},
                    'abstract': False,
                },
            ), migrations.CreateModel(
                name='Membership',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('version', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_length', models.PositiveIntegerField(default=0, editable=False)),
                    ('chain_head', models.CharField(default='', editable=False, max_length=64)),
                    ('person', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='memberships', to=settings.AUTH_USER_MODEL)),
                    ('role', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='memberships', to='auth.group')),
                    ('scope', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organization.scope')),
                    ('granted_by', models.CharField(max_length=80)),
                    ('granted_at', models.DateTimeField()),
                    ('ends_at', models.DateTimeField(null=True)),
                    ('warned_at', models.DateTimeField(null=True)),
                    ('ended_at', models.DateTimeField(null=True)),
                ],
                options={
                    'indexes': [models.Index(condition=models.Q(('ended_at', None)), fields=['role', 'person'], name='living_memberships'), models.Index(condition=models.Q(('ended_at', None)), fields=['ends_at'], name='memberships_by_end')],
                    'constraints': [models.CheckConstraint(condition=models.Q(('ends_at__gt', models.F('granted_at'))), name='membership_has_a_span'), models.UniqueConstraint(condition=models.Q(('ended_at', None)), fields=('person', 'role', 'scope'), name='one_membership_at_a_time')],
                },
            ), migrations.CreateModel(
                name='Dock',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='docks', to='organization.site')),
                    ('code', models.CharField(max_length=12)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'code'), name='one_dock_per_code')],
                },
            ), migrations.CreateModel(
                name='Location',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('site', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locations', to='organization.site')),
                    ('code', models.CharField(max_length=20)),
                    ('purpose', models.CharField(choices=[('receiving', 'Receiving'), ('storage', 'Storage'), ('quarantine', 'Quarantine'), ('shipping', 'Shipping')], default='storage', max_length=10)),
                ],
                options={
                    'constraints': [models.UniqueConstraint(fields=('site', 'code'), name='one_location_per_code')],
                },
            )],
        ),
    ]
