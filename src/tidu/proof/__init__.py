"""Proof: canonical bytes, digests, hash chains and Merkle trees.

Standard library only and free of the rest of Tidu, so that anyone can copy this folder,
read it in an hour and check a published record with it: ``python -m tidu.proof verify FILE``.
"""
