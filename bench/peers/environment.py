"""The environment of the peers: other people's engines, measured beside ours and never part of the product.

It stands in the benchmarks' home and is made when a benchmark first asks for it, each package checked against
its hash in `requirements/peers.lock`; when the lock or the Python changes, it is made anew.
"""

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

from tidu.cli.bench import ROOT, bench_home

LOCK = ROOT / "requirements" / "peers.lock"
STAMP = "installed.json"


class PeersMissing(RuntimeError):
    """The peers' packages could not be installed; the message says so in Chinese."""


def peers_python() -> Path:
    """The peers' Python, ready to import every one of them. PeersMissing if that cannot be had."""
    environment = bench_home() / "peers"
    wanted = {
        "python": "{}.{}".format(*sys.version_info),
        "lock": hashlib.sha256(LOCK.read_bytes()).hexdigest(),
    }
    if _installed(environment) != wanted:
        _say(f"建立对照引擎的环境 {environment}（requirements/peers.lock，逐个核对哈希）……")
        _install(environment)
        (environment / STAMP).write_text(json.dumps(wanted))
        _say("对照引擎已就绪")
    return _python(environment)


def _installed(environment: Path) -> object:
    """What was installed to the end; None of an environment that is not there or was begun only."""
    try:
        return json.loads((environment / STAMP).read_text())
    except (OSError, ValueError):
        return None


def _install(environment: Path) -> None:
    """As `./tidu` does it: Debian splits ensurepip off, the pip of the Python outside can install into it."""
    outside = Path(sys.base_prefix) / "bin" / "python{}.{}".format(*sys.version_info)
    shutil.rmtree(environment, ignore_errors=True)
    _run([outside, "-m", "venv", "--without-pip", environment], "未能建立虚拟环境")
    pip = [outside, "-m", "pip", "--python", _python(environment), "--disable-pip-version-check"]
    packages = ["install", "--quiet", "--only-binary", ":all:", "--require-hashes", "--requirement", LOCK]
    _run([*pip, *packages], "未能取得对照引擎的包。请检查网络（或 pip 的镜像设置），再运行一次即重新安装")


def _run(command: list[str | Path], complaint: str) -> None:
    # What pip says is for the terminal; the figures alone go to the output.
    if subprocess.run(command, stdout=sys.stderr, check=False).returncode:
        raise PeersMissing(f"{complaint}。")


def _python(environment: Path) -> Path:
    return environment / "bin" / "python"


def _say(sentence: str) -> None:
    sys.stderr.write(f"· {sentence}\n")
