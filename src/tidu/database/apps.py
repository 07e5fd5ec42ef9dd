from django.apps import AppConfig


class DatabaseConfig(AppConfig):
    name = "tidu.database"
    verbose_name = "数据库"
