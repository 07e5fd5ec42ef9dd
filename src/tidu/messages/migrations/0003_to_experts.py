import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('enterprises', '0003_contacts'),
        ('inbox', '0002_policies'),
        ('offices', '0002_policies'),
        ('panels', '0005_reminders'),
        ('records', '0003_experts_act'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='message',
            name='message_to_a_firm_or_an_office',
        ),
        migrations.AddField(
            model_name='message',
            name='expert',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.RESTRICT, related_name='messages', to='panels.expert'),
        ),
        migrations.AddIndex(
            model_name='message',
            index=models.Index(fields=['expert', '-at'], name='message_inbox_of_expert'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('expert__isnull', True), ('firm__isnull', False), ('office__isnull', True)), models.Q(('expert__isnull', True), ('firm__isnull', True), ('office__isnull', False)), models.Q(('expert__isnull', False), ('firm__isnull', True), ('office__isnull', True)), _connector='OR'), name='message_to_one_recipient'),
        ),
        migrations.AddConstraint(
            model_name='message',
            constraint=models.UniqueConstraint(condition=models.Q(('expert__isnull', False)), fields=('entry', 'expert'), name='message_once_per_entry_and_expert'),
        ),
    ]
