"""Merkle trees, against the vectors of Certificate Transparency."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tidu.proof.digests import digest
from tidu.proof.tree import includes, inclusion_path, leaf_hash, node_hash, tree_root

LEAVES = [
    bytes.fromhex(leaf)
    for leaf in (
        "",
        "00",
        "10",
        "2021",
        "3031",
        "40414243",
        "5051525354555657",
        "606162636465666768696a6b6c6d6e6f",
    )
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]

leaves = st.lists(st.binary(max_size=3), min_size=1, max_size=40)


def recursive_root(items: list[bytes]) -> bytes:
    """RFC 6962 section 2.1, word for word."""
    if not items:
        return digest(b"")
    if len(items) == 1:
        return leaf_hash(items[0])
    split = 1 << (len(items) - 1).bit_length() - 1
    return node_hash(recursive_root(items[:split]), recursive_root(items[split:]))


@pytest.mark.parametrize("size", range(len(ROOTS)))
def test_the_root_is_that_of_certificate_transparency(size: int) -> None:
    assert tree_root(LEAVES[:size]).hex() == ROOTS[size]


@given(leaves)
def test_the_streaming_root_is_the_recursive_root(items: list[bytes]) -> None:
    assert tree_root(iter(items)) == recursive_root(items)


@given(leaves, st.data())
def test_each_leaf_is_proved_and_nothing_else_is(items: list[bytes], data: st.DataObject) -> None:
    index = data.draw(st.integers(0, len(items) - 1))
    path, root = inclusion_path(items, index), tree_root(items)
    assert includes(items[index], index, len(items), path, root)
    assert not includes(items[index] + b"!", index, len(items), path, root)
    assert not includes(items[index], index, len(items), [*path, root], root)
    assert not includes(items[index], index, len(items), path, digest(root))
    assert not includes(items[index], len(items), len(items), path, root)
    if path:
        assert not includes(items[index], index, len(items), path[:-1], root)
        assert not includes(items[index], index, len(items), [digest(path[0]), *path[1:]], root)


def test_a_leaf_cannot_be_moved() -> None:
    items = [b"a", b"b", b"c", b"d", b"e"]
    path, root = inclusion_path(items, 2), tree_root(items)
    assert [index for index in range(5) if includes(b"c", index, 5, path, root)] == [2]


@pytest.mark.parametrize("index", [-1, 2])
def test_no_path_leads_to_a_leaf_that_is_not_there(index: int) -> None:
    with pytest.raises(IndexError):
        inclusion_path([b"a", b"b"], index)
