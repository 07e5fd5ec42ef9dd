from django.apps import AppConfig


class EntranceConfig(AppConfig):
    name = "tidu.portals.entrance"
    verbose_name = "登录与登记"
