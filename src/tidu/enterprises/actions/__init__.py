"""Every change to firms, their members, their profile and what is stated about them."""

from tidu.enterprises.actions.members import (
    NewMember,
    add_member,
    change_role,
    remove_member,
    renew_owner_password,
    renew_password,
)
from tidu.enterprises.actions.profile import save_profile_field
from tidu.enterprises.actions.registration import Contact, Login, register_firm
from tidu.enterprises.actions.statements import append_statement

__all__ = [
    "Contact",
    "Login",
    "NewMember",
    "add_member",
    "append_statement",
    "change_role",
    "register_firm",
    "remove_member",
    "renew_owner_password",
    "renew_password",
    "save_profile_field",
]
