import foundation.migrating
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        foundation.migrating.CreateModels(
            models=[migrations.CreateModel(
                name='World',
                fields=[
                    ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                    ('scale', models.CharField(max_length=10)),
                    ('seed', models.IntegerField()),
                    ('until', models.DateTimeField()),
                    ('built_at', models.DateTimeField(auto_now_add=True)),
                ],
            )],
        ),
    ]
