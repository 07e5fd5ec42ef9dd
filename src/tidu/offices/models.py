"""Offices and their chain, the areas they serve, accounts and the posts they hold.

Offices form the chain, not administrative codes: 先导区, 开发区 and 兵团师市 have an office
and no division code of their own. The directory of offices is public.
"""

from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from tidu.offices.enums import Level, Role
from tidu.records.models import Chain

#: Lower case, so that two people can never differ by capitals alone.
USERNAME = r"^[a-z0-9][a-z0-9._-]{2,59}$"


class Office(models.Model):
    """A department in charge of small firms (中小企业主管部门) at one level."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=100)
    level = models.CharField("层级", max_length=10, choices=Level)
    parent = models.ForeignKey(
        "self", models.RESTRICT, null=True, blank=True, related_name="children", verbose_name="上级"
    )
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)
    phone = models.CharField("办公电话", max_length=60, blank=True)
    address = models.CharField("地址", max_length=200, blank=True)
    is_demonstration = models.BooleanField("演示单位", default=False)
    chain = models.OneToOneField(Chain, models.RESTRICT, related_name="+")
    opened_at = models.DateTimeField("启用时间")
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="office_not_its_own_parent"
            ),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="office_level_known"),
            models.CheckConstraint(condition=~Q(name=""), name="office_has_a_name"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="office_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Area(models.Model):
    """A place a firm belongs to (属地) and the office that serves it."""

    code = models.SlugField("代码", max_length=60, unique=True)
    name = models.CharField("名称", max_length=100)
    office = models.ForeignKey(Office, models.RESTRICT, related_name="areas", verbose_name="主管部门")
    division_code = models.CharField("行政区划代码", max_length=12, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="area_has_a_name")]

    def __str__(self) -> str:
        return self.name


class AccountManager(BaseUserManager["Account"]):
    """Creates accounts; only for actions."""

    def create_user(self, username: str, password: str | None = None, **fields: object) -> "Account":
        """Create one account with a hashed password."""
        account = self.model(username=username, **fields)
        account.set_password(password)
        account.save(using=self._db)
        return account


class Account(AbstractBaseUser):
    """Someone who can log in. What they may do follows from posts and memberships.

    `one_time_until` is set while the password is one that somebody else has seen: it opens
    nothing but the page that changes it, and after that moment not even this.
    """

    username = models.CharField("登录名", max_length=60, unique=True)
    name = models.CharField("称呼", max_length=60, blank=True, help_text="岗位称呼，不是姓名")
    email = models.EmailField("电子邮箱", blank=True)
    is_active = models.BooleanField("可登录", default=True)
    is_operator = models.BooleanField("运维", default=False)
    opened_by = models.ForeignKey(
        Office,
        models.RESTRICT,
        null=True,
        blank=True,
        related_name="opened_accounts",
        verbose_name="开户单位",
    )
    created_at = models.DateTimeField("建立时间")
    one_time_until = models.DateTimeField("一次性口令有效至", null=True, blank=True)

    objects = AccountManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(username__regex=USERNAME), name="account_username_well_formed")
        ]

    def __str__(self) -> str:
        return self.name or self.username


class Post(models.Model):
    """An account's role in an office, from `opened_at` until `closed_at`."""

    account = models.ForeignKey(Account, models.RESTRICT, related_name="posts")
    office = models.ForeignKey(Office, models.RESTRICT, related_name="posts")
    role = models.CharField("岗位", max_length=16, choices=Role)
    opened_at = models.DateTimeField("启用时间")
    opened_by = models.ForeignKey(Account, models.RESTRICT, null=True, blank=True, related_name="+")
    closed_at = models.DateTimeField("停用时间", null=True, blank=True)

    class Meta:
        ordering = ["office", "account"]
        constraints = [
            models.UniqueConstraint(
                fields=["account", "office", "role"],
                condition=Q(closed_at__isnull=True),
                name="post_held_once",
            ),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="post_role_known"),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="post_closes_after_it_opens",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account} @ {self.office} ({self.role})"
