"""The worker: takes jobs from the queue in the database until it is told to stop."""

from procrastinate.contrib.django import app
from procrastinate.contrib.django.django_connector import DjangoConnector

from tidu.deployment import site

CONCURRENCY = 2


def main() -> None:
    site.ready()
    connector = app.connector
    assert isinstance(connector, DjangoConnector)  # noqa: S101 (for the type checker)
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(concurrency=CONCURRENCY)


if __name__ == "__main__":
    main()
