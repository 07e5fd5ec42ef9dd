from django.apps import AppConfig


class InboxConfig(AppConfig):
    name = "tidu.messages"
    label = "inbox"
    verbose_name = "消息"
