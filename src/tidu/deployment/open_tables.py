"""The tables that carry no row-level policy, each with its reason. A test knows every other one is protected.

What is public anyway, what must be read before anybody is known, and what the framework keeps for itself.
"""

from collections.abc import Mapping

RLS_EXEMPT: Mapping[str, str] = {
    # public by nature
    "offices_office": "the directory of offices is public",
    "offices_area": "the directory of offices is public",
    "enterprises_firm": "the public identity of a firm; a policy would make every search slow",
    "files_storedfile": "digest and size alone; the row that refers to it decides who may open it",
    # read before anybody is known; no personal data beyond a login name and an address for notices
    "offices_account": "the login looks up an account by its name before anybody is in scope",
    "offices_post": "the posts of an account decide which actor is put in scope",
    "mfa_authenticator": "read while logging in; the secrets lie sealed",
    "account_emailaddress": "of the login library; stays empty, since no address is verified",
    "account_emailconfirmation": "of the login library; stays empty, since no address is verified",
    "socialaccount_socialaccount": "the login finds an account by the identity provider's number",
    "socialaccount_socialapp": "of the login library; stays empty, since providers stand in the settings",
    "socialaccount_socialtoken": "of the login library; stays empty, since tokens are not kept",
    "django_session": "read before anybody is known; who is logged in and as whom, signed but legible",
    # the framework's own
    "django_migrations": "names of migrations",
    "django_content_type": "names of models",
    "auth_group": "of the framework; stays empty, since rights follow from posts and memberships",
    "auth_group_permissions": "of the framework; stays empty",
    "auth_permission": "names of models",
    "procrastinate_events": "of the job queue: numbers of ledger entries",
    "procrastinate_jobs": "of the job queue: numbers of ledger entries",
    "procrastinate_periodic_defers": "of the job queue",
    "procrastinate_workers": "of the job queue",
}
