from django.apps import AppConfig


class PublicConfig(AppConfig):
    name = "tidu.portals.public"
    verbose_name = "公众"
