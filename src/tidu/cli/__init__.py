"""The commands of ``./tidu``: one module each, with ``run(arguments) -> exit code``."""
