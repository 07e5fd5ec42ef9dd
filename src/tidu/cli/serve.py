"""``./tidu serve``: the web server and the worker of a deployment. TLS is a proxy's work."""

import argparse

from tidu.cli.progress import say, step
from tidu.database.home import home
from tidu.deployment import assets, marker, processes, site


def run(arguments: list[str]) -> int:
    options = parse(arguments)
    marker.refuse_demonstration(home())
    listen = processes.Listen(options.host, options.port, options.workers, options.threads)
    with site.database_up():
        site.ready()
        with step("核对数据库结构"):
            site.migrate()
        with step("整理样式与脚本"):
            assets.collect()
        return processes.serve(listen, when_ready=lambda: say(f"已启动：{listen.address}"), tend=site.tend)


def parse(arguments: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="tidu serve")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--workers", type=int, default=processes.Listen.workers)
    parser.add_argument("--threads", type=int, default=8)
    return parser.parse_args(arguments)
