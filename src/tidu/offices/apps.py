from django.apps import AppConfig


class OfficesConfig(AppConfig):
    name = "tidu.offices"
    verbose_name = "机构"
