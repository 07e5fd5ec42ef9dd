"""The migrations say all that the models say."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command


@pytest.mark.django_db(databases=["default", "owner"])
def test_no_model_has_changed_without_a_migration() -> None:
    output = StringIO()
    try:
        call_command("makemigrations", check=True, dry_run=True, stdout=output, no_color=True)
    except (CommandError, SystemExit):
        pytest.fail(output.getvalue())
