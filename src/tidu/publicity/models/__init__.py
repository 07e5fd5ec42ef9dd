"""Publicity lists (公示) as frozen versions, objections to them, and announcements (公告)."""

from tidu.publicity.models.announcements import Announcement, AnnouncementEntry
from tidu.publicity.models.lists import PublicityEntry, PublicityList
from tidu.publicity.models.objections import Objection, ObjectionAttachment

__all__ = [
    "Announcement",
    "AnnouncementEntry",
    "Objection",
    "ObjectionAttachment",
    "PublicityEntry",
    "PublicityList",
]
