"""What may be kept."""

from django.db import models


class Kind(models.TextChoices):
    """The kind of a file by its content, never by its name."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG 图片"
    PNG = "png", "PNG 图片"
    DOCX = "docx", "Word 文档（docx）"
    XLSX = "xlsx", "Excel 工作簿（xlsx）"
    OFD = "ofd", "OFD 版式文件"
    SEALED = "sealed", "密文"


EXTENSIONS: dict[str, Kind] = {
    "pdf": Kind.PDF,
    "jpg": Kind.JPEG,
    "jpeg": Kind.JPEG,
    "png": Kind.PNG,
    "docx": Kind.DOCX,
    "xlsx": Kind.XLSX,
    "ofd": Kind.OFD,
}

IMAGES = frozenset({Kind.JPEG, Kind.PNG})
VIEWABLE = IMAGES | {Kind.PDF}
"""Kinds of which pages can be shown as pictures of our own making."""

MEDIA_TYPES: dict[str, str] = {
    Kind.PDF: "application/pdf",
    Kind.JPEG: "image/jpeg",
    Kind.PNG: "image/png",
    Kind.DOCX: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    Kind.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    Kind.OFD: "application/ofd",
    Kind.SEALED: "application/octet-stream",
}
