"""``./tidu test [-- PYTEST ARGUMENTS]``: the checks of the source, then the whole suite in three processes.

With arguments of one's own only those tests run. The last line printed is pytest's own closing line.
"""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import tidu

ROOT = Path(tidu.__file__).parents[2]
CHECKS = {
    "ruff": ["ruff", "check", "--quiet"],
    "ruff format": ["ruff", "format", "--quiet", "--check"],
    "mypy": ["mypy", "--no-error-summary"],
    "import-linter": ["importlinter.cli", "--no-cache"],
}
PACKAGES = {
    "chromium": "/usr/bin/chromium",
    "fonts-noto-cjk": "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc",
}
"""What the browser tests need from Debian, and how to know that it is there."""


def run(arguments: list[str]) -> int:
    os.chdir(ROOT)
    chosen = [argument for argument in arguments if argument != "--"]
    if not chosen:
        ensure_browser()
        if not check_source():
            return 1
    sys.stdout.flush()
    command = [sys.executable, "-m", "pytest", "-n", "3", "-q", *chosen]
    return subprocess.run(command, check=False).returncode


def check_source() -> bool:
    """All checks side by side; what a failing one says is shown."""
    started = time.monotonic()
    processes = {name: start(command) for name, command in CHECKS.items()}
    passed = True
    for name, process in processes.items():
        output, _ = process.communicate()
        print(f"{name}: {'通过' if process.returncode == 0 else '未通过'}", flush=True)
        if process.returncode != 0:
            passed = False
            print(output, flush=True)
    print(f"源码检查用时 {time.monotonic() - started:.0f} 秒", flush=True)
    return passed


def start(command: list[str]) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
    )


def ensure_browser() -> None:
    """As root on Debian installs what is missing; elsewhere says exactly what to install."""
    missing = [package for package, proof in PACKAGES.items() if not Path(proof).exists()]
    if not missing or os.environ.get("TIDU_CHROMIUM"):
        return
    names = " ".join(missing)
    if os.geteuid() != 0 or shutil.which("apt-get") is None:
        print(f"浏览器测试需要 {names}。Debian 请执行：sudo apt-get install {names}")
        print("其他系统请安装 Chromium 与思源黑体，并用 TIDU_CHROMIUM 指明浏览器程序的路径。", flush=True)
        return
    print(f"安装 {names} ……", flush=True)
    for command in (["update"], ["install", "--yes", "--no-install-recommends", *missing]):
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "-qq", *command], check=True, env=environment, stdout=subprocess.DEVNULL)
