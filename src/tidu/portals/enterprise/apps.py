from django.apps import AppConfig


class EnterpriseConfig(AppConfig):
    name = "tidu.portals.enterprise"
    label = "enterprise_portal"
    verbose_name = "企业"
