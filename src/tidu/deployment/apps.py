from django.apps import AppConfig
from django.conf import settings

from tidu.deployment.calendars import read_calendars


class DeploymentConfig(AppConfig):
    name = "tidu.deployment"
    verbose_name = "运行"

    def ready(self) -> None:
        read_calendars(settings.TIDU_HOME.calendars)
