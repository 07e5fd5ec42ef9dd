from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "tidu.files"
    verbose_name = "文件"
