"""Reading the pool of experts. All of it runs inside `with scope(actor)`."""

from tidu.panels.queries.experts import (
    expert_for,
    expert_of,
    experts,
    find_expert,
    has_signed,
    signed_digests,
    unsigned,
)

__all__ = ["expert_for", "expert_of", "experts", "find_expert", "has_signed", "signed_digests", "unsigned"]
