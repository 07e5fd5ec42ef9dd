"""Reading the papers of a case one by one."""

from tidu.applications.models import EvidenceItem


def paper_with(*, case_id: int, item: str, file_id: int) -> EvidenceItem | None:
    """The paper under this item of the list that holds this file, if there is one now."""
    return EvidenceItem.objects.filter(
        case_id=case_id, item=item, file_id=file_id, removed_at__isnull=True
    ).first()
