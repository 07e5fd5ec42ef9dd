"""Every change to offices, areas, accounts and posts."""

from tidu.offices.actions.accounts import (
    choose_password,
    close_post,
    create_account,
    open_account,
    open_operator,
    open_post,
    renew_operator_password,
    renew_password,
    replace_password,
)
from tidu.offices.actions.loading import load_offices
from tidu.offices.actions.places import (
    NewOffice,
    close_office,
    move_area,
    open_area,
    open_office,
    place_office,
)

__all__ = [
    "NewOffice",
    "choose_password",
    "close_office",
    "close_post",
    "create_account",
    "load_offices",
    "move_area",
    "open_account",
    "open_area",
    "open_office",
    "open_operator",
    "open_post",
    "place_office",
    "renew_operator_password",
    "renew_password",
    "replace_password",
]
