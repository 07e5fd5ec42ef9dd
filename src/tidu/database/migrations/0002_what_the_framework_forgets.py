"""tidu_app may delete nowhere but here: sessions end, jobs are done, second factors are withdrawn."""

from django.db import migrations

TABLES = (
    "django_session",
    "account_emailaddress",
    "account_emailconfirmation",
    "mfa_authenticator",
    "socialaccount_socialaccount",
    "socialaccount_socialtoken",
    "procrastinate_jobs",
    "procrastinate_events",
    "procrastinate_periodic_defers",
    "procrastinate_workers",
)


class Migration(migrations.Migration):
    dependencies = [
        ("database", "0001_who_is_asking"),
        ("sessions", "0001_initial"),
        ("account", "0009_emailaddress_unique_primary_email"),
        ("mfa", "0003_authenticator_type_uniq"),
        ("socialaccount", "0006_alter_socialaccount_extra_data"),
        ("procrastinate", "0041_post_retry_failed_job"),
    ]
    operations = [
        migrations.RunSQL(
            f'GRANT DELETE ON "{table}" TO tidu_app',
            f'REVOKE DELETE ON "{table}" FROM tidu_app',
        )
        for table in TABLES
    ]
