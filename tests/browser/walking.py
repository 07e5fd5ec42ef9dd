"""A browser that goes from page to page as different people and looks at each.

Nothing may be wider than the screen, nothing may fail in its scripts. With TIDU_SCREENSHOTS naming a folder,
each page leaves a picture there.
"""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import FilePayload, Locator, Page
from tests import scene
from tests.plugins.browser import DESK, TELEPHONE, free_port
from tests.plugins.clock import VARIABLE, Clock

from tidu.database.address import Addresses
from tidu.demonstration.papers import paper
from tidu.deployment.processes import Listen, wait_until_it_answers, web_and_worker
from tidu.offices.enums import Role
from tidu.offices.models import Account


@contextmanager
def serving(database: Addresses, clock: Clock) -> Iterator[str]:
    """A demonstration's site by the test's clock: only there may invented firms register."""
    listen = Listen(port=free_port(), threads=4)
    environ = {
        "TIDU_DATABASE_NAME": database.app.name,
        "DJANGO_SETTINGS_MODULE": "tests.settings",
        "TIDU_DEMONSTRATION": "1",
        VARIABLE: str(clock.file),
    }
    with web_and_worker(listen, environ) as children:
        wait_until_it_answers(listen, children)
        yield listen.address


def seat(code: str, username: str, role: Role = Role.LEADER) -> None:
    """Somebody who can log in at this office under this name."""
    scene.open_post(code, role, username)
    let_in(username)


def let_in(username: str) -> None:
    """This person's password is the one of every test."""
    account = Account.objects.get(username=username)
    account.set_password(scene.PASSWORD)
    account.one_time_until = None
    account.save()


def pdf(title: str) -> FilePayload:
    return FilePayload(
        name=f"{title}.pdf", mimeType="application/pdf", buffer=paper(title, "示例单位（演示）")
    )


def widths_of(page: Page, width: int, look: Callable[[int], None]) -> Iterator[tuple[int, int]]:
    """How wide the page is at a desk and on a telephone; it ends at the width at which it is walked."""
    size = page.viewport_size
    assert size is not None
    for seen in (TELEPHONE + DESK - width, width):
        page.set_viewport_size({"width": seen, "height": size["height"]})
        look(seen)
        yield seen, page.evaluate("document.documentElement.scrollWidth")


@dataclass
class Walk:
    """A browser that goes from page to page and looks at each."""

    page: Page
    width: int
    pictures: Path | None
    problems: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on(
            "console", lambda said: self._note(said.text) if said.type in ("error", "warning") else None
        )
        self.page.on(
            "response", lambda got: self._note(f"{got.status} {got.url}") if got.status >= 400 else None
        )

    def _note(self, problem: str) -> None:
        self.problems.append(f"{self.page.url}: {problem}")

    def look(self, name: str) -> None:
        """Nothing is wider than the screen, at a desk or on a telephone; pictures if they are wanted."""
        self.page.wait_for_load_state()
        self.seen.append(name)
        for width, wide in widths_of(self.page, self.width, self._photograph):
            if wide > width:
                self._note(f"{name}: {wide} pixels wide at {width}")

    def _photograph(self, width: int) -> None:
        if self.pictures:
            path = self.pictures / f"{width}-{len(self.seen):02}-{self.seen[-1]}.png"
            self.page.screenshot(path=path, full_page=True)

    def go(self, address: str, name: str) -> None:
        self.page.goto(address)
        self.look(name)

    def press(self, button: str, name: str, *, within: str = "main") -> None:
        """A button by its label, and what comes of it."""
        self.page.locator(within).get_by_role("button", name=button, exact=True).click()
        self.look(name)

    def follow(self, link: Locator, name: str) -> None:
        link.click()
        self.look(name)

    def sit_down(self, username: str) -> None:
        """Somebody else takes the chair."""
        self.page.context.clear_cookies()
        self.page.goto("/login/")
        self.page.fill("input[name=login]", username)
        self.page.fill("input[name=password]", scene.PASSWORD)
        self.page.click("main button.btn-main")
        self.page.wait_for_url(re.compile("/(enterprise|office|expert)/$"))
        self.look(f"{username}-home")

    def send_file(self, box: str, title: str) -> Locator:
        """A file into a box to upload into; the line that tells of it."""
        self.page.locator(f"{box} input[type=file]").first.set_input_files(pdf(title))
        return self.page.locator(f"{box} [data-upload-list] li").last
