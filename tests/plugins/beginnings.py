"""Where many tests begin: made once in each process, by the same actions as anywhere, and kept in a database.

    @beginning
    def waiting(round_: Round) -> list[Case]:
        return cases.to_publicity(round_, (1, 2))

is a fixture like any other to the tests that ask for it, and to other fixtures. Behind it stands a database
in which all beginnings that the test asks for have been made; what the test itself does there is rolled back.
A test that commits has a clone of it. A beginning rests on beginnings alone: on nothing that a test patches.
Tests that ask for the same in the same order share it.
"""

import inspect
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from copy import deepcopy
from dataclasses import dataclass, field
from typing import Any

import pytest
from pytest_django.plugin import DjangoDbBlocker

from tests.plugins import cloning
from tests.settings import MEMORY
from tidu.database.address import Addresses
from tidu.database.home import home

Make = Callable[..., Any]
Chain = tuple[Make, ...]
"""What was made, in this order, the empty one in a database that holds nothing but the migrations' rows."""
Made = dict[Make, Any]
"""What each function returned: those that act in the database."""


def beginning(make: Make) -> Any:
    """Turns a function of other beginnings into a fixture."""
    needed = list(inspect.signature(make).parameters.values())
    asked = inspect.Parameter("begun", inspect.Parameter.POSITIONAL_OR_KEYWORD)

    def fixture(begun: Made, **_: object) -> Any:
        return begun[make]

    fixture.__doc__ = make.__doc__
    fixture.__signature__ = inspect.Signature([asked, *needed])  # type: ignore[attr-defined]
    fixture.made_by = make  # type: ignore[attr-defined]
    return pytest.fixture(name=make.__name__)(fixture)


def chain_of(item: pytest.Function) -> Chain:
    """All beginnings that the test asks for, whatever another rests on before it."""
    found = item._fixtureinfo.name2fixturedefs
    chain: dict[Make, None] = {}

    def add(name: str) -> None:
        make = getattr(found[name][-1].func, "made_by", None) if name in found else None
        if make and make not in chain:
            for needed in inspect.signature(make).parameters:
                add(needed)
            chain[make] = None

    for name in item.fixturenames:
        add(name)
    return tuple(chain)


@dataclass
class Beginnings:
    """The databases of this process, and what was made in each."""

    server: Addresses
    template: str
    shared: str
    stack: ExitStack
    is_on_disk: bool
    names: dict[Chain, str] = field(default_factory=dict)
    made: dict[Chain, Made] = field(default_factory=lambda: {(): {}})

    def database(self, chain: Chain) -> str:
        """The name of the one that nobody writes to for good; made now unless it is there."""
        if not chain:
            return self.template
        if chain not in self.names:
            self._make(chain)
        return self.names[chain]

    def values(self, chain: Chain) -> Made:
        """What its functions returned: the test's own copy, in which the same stays the same."""
        return deepcopy(self.made[chain])

    def _make(self, chain: Chain) -> None:
        known = next(size for size in range(len(chain), -1, -1) if chain[:size] in self.made)
        source = self.database(chain[:known])
        purpose = f"begun_{len(self.names)}"
        clone = cloning.clone(self.server, source, purpose, leave_it=self.is_on_disk)
        name = self.stack.enter_context(clone)
        made = self.values(chain[:known])
        cloning.point_to(name)
        for make in chain[known:]:
            made[make] = make(*(made[needed] for needed in self._needed(make, made)))
        cloning.point_to(self.shared)
        self.names[chain], self.made[chain] = name, made

    @staticmethod
    def _needed(make: Make, made: Made) -> list[Make]:
        by_name = {one.__name__: one for one in made}
        return [by_name[name] for name in inspect.signature(make).parameters]


@pytest.fixture(scope="session")
def beginnings(
    server: Addresses,
    template: str,
    shared_database: str,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Beginnings]:
    """None is made yet."""
    with django_db_blocker.unblock(), ExitStack() as stack:
        is_on_disk = server.embedded and not home().path.is_relative_to(MEMORY)
        yield Beginnings(server, template, shared_database, stack, is_on_disk)


@pytest.fixture
def begun(
    request: pytest.FixtureRequest, beginnings: Beginnings, django_db_blocker: DjangoDbBlocker
) -> Iterator[Made]:
    """Stands before the transaction that is rolled back; ``fresh_database`` does so for who commits."""
    chain = chain_of(request.node)
    with django_db_blocker.unblock():
        if "fresh_database" not in request.fixturenames:
            cloning.point_to(beginnings.database(chain))
        yield beginnings.values(chain)
        cloning.point_to(beginnings.shared)
