"""Publicity lists and announcements as tables, for everybody."""

from collections.abc import Sequence

from tidu.documents.tables import Sheet, table_form
from tidu.law.refusals import fill
from tidu.publicity.models import Announcement, AnnouncementEntry, PublicityEntry, PublicityList


def publicity_table(publicity: PublicityList, entries: Sequence[PublicityEntry]) -> Sheet:
    """A list as published, with how each firm stands now."""
    period = {"opens": publicity.period.lower, "closes": publicity.period.upper}
    return Sheet(
        form=table_form("publicity-list"),
        title=publicity.title,
        heading=[
            f"公示单位：{publicity.office.name}　{publicity.batch.title}　受理电话：{publicity.contact}",
            fill("公示期：{opens:minute} 至 {closes:end}", period),
        ],
        rows=[
            {
                "position": entry.position,
                "firm_name": entry.firm_name,
                "uscc": entry.uscc,
                "area_name": entry.area_name,
                "kind": entry.get_kind_display(),
                "status": entry.get_status_display(),
            }
            for entry in entries
        ],
        sample=publicity.batch.notice.is_demonstration,
    )


def announcement_table(announcement: Announcement, entries: Sequence[AnnouncementEntry]) -> Sheet:
    """The firms that an announcement names."""
    announced = {"on": announcement.announced_on, "number": announcement.number}
    return Sheet(
        form=table_form("announcement-list"),
        title=announcement.title,
        heading=[
            f"公告单位：{announcement.office.name}　{announcement.batch.title}",
            fill("文号：{number}　公告日期：{on:day}", announced),
        ],
        rows=[
            {
                "position": entry.position,
                "firm_name": entry.firm_name,
                "uscc": entry.uscc,
                "area_name": entry.area_name,
                "kind": entry.get_kind_display(),
                "valid_from": entry.valid_from,
            }
            for entry in entries
        ],
        sample=announcement.batch.notice.is_demonstration,
    )
