"""Publicity, objections and announcements. Pages, the command line and timers only call these."""

from tidu.publicity.actions.announcing import AnnouncementText, announce
from tidu.publicity.actions.deciding import accept_objection, dismiss_objection, uphold_objection
from tidu.publicity.actions.filing import file_objection
from tidu.publicity.actions.lists import ListText, close_list, note_withdrawal, publish_list
from tidu.publicity.actions.reading import read_objection, read_paper
from tidu.publicity.sealing import Content, Paper

__all__ = [
    "AnnouncementText",
    "Content",
    "ListText",
    "Paper",
    "accept_objection",
    "announce",
    "close_list",
    "dismiss_objection",
    "file_objection",
    "note_withdrawal",
    "publish_list",
    "read_objection",
    "read_paper",
    "uphold_objection",
]
