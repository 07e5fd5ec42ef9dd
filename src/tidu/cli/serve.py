"""``./tidu serve``: the web server and the worker of a deployment; TLS is a proxy's work (docs/operations.md)."""

import argparse

from django.core.management import call_command

from tidu.deployment import processes, site


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    listen = processes.Listen(options.host, options.port, options.workers, options.threads)
    with site.database_up():
        site.migrate()
        call_command("collectstatic", interactive=False, verbosity=0)
        print(f"梯度已启动：http://{listen.host}:{listen.port}", flush=True)
        return processes.serve_until_told(listen, {})


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--threads", type=int, default=8)
    return parser.parse_args(arguments)
