"""The law as data, read by pure functions: no clock, no network, no database.

Time is always an argument, money is an integer number of 分, and a missing
value (None) is never zero.
"""
