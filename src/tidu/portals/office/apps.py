from django.apps import AppConfig


class OfficeConfig(AppConfig):
    name = "tidu.portals.office"
    label = "office_portal"
    verbose_name = "主管部门"
