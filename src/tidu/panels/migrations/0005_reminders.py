from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('panels', '0004_who_sees_a_draw'),
    ]

    operations = [
        migrations.AddField(
            model_name='task',
            name='reminded_at',
            field=models.DateTimeField(blank=True, null=True, verbose_name='最近提醒'),
        ),
        migrations.AddConstraint(
            model_name='task',
            constraint=models.CheckConstraint(condition=models.Q(('reminded_at__isnull', True), ('reminded_at__gte', models.F('given_at')), _connector='OR'), name='task_reminded_after_it_was_given'),
        ),
    ]
