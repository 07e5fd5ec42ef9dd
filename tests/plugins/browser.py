"""A real browser on a real site: granian and the worker over a database of the test's own.

``site`` is the address of the running site, ``new_page`` opens a page as a person of its own
(no cookies shared), by default as wide as a desk's screen.
"""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tidu.database.address import Addresses
from tidu.deployment.processes import Listen, wait_until_it_answers, web_and_worker

CHROMIUM = Path(os.environ.get("TIDU_CHROMIUM", "/usr/bin/chromium"))
DESK, TELEPHONE = 1440, 390


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for a module. Not longer: the event loop behind it must not outlive the browser's tests."""
    if not CHROMIUM.exists():
        how = f"没有 {CHROMIUM}：请执行 apt-get install chromium fonts-noto-cjk，或用 TIDU_CHROMIUM 指明"
        if os.environ.get("CI"):
            pytest.fail(how)
        pytest.skip(how)
    with pytest.MonkeyPatch.context() as patch, sync_playwright() as playwright:
        # While Playwright's loop runs in this thread, Django takes us for an async caller.
        patch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
        sandbox = [] if os.geteuid() else ["--no-sandbox"]
        browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=sandbox)
        yield browser
        browser.close()


@pytest.fixture
def site(fresh_database: Addresses) -> Iterator[str]:
    """The address of a site that serves ``fresh_database``."""
    environ = {"TIDU_DATABASE_NAME": fresh_database.app.name, "DJANGO_SETTINGS_MODULE": "tests.settings"}
    listen = Listen(port=free_port(), threads=4)
    with web_and_worker(listen, environ) as children:
        wait_until_it_answers(listen, children)
        yield listen.address


@pytest.fixture
def new_page(chromium: Browser, site: str) -> Iterator[Callable[..., Page]]:
    """Opens a page whose relative addresses start at ``site``; a page error fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def open_page(width: int = DESK, height: int = 900) -> Page:
        context = chromium.new_context(
            base_url=site,
            viewport={"width": width, "height": height},
            locale="zh-CN",
            timezone_id="Asia/Shanghai",
        )
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("console", lambda message: errors.append(message.text) if is_refusal(message.text) else None)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


def is_refusal(message: str) -> bool:
    return "Content Security Policy" in message


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port
