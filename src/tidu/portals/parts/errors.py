"""Error pages in plain Chinese, each with a next step. They need neither database nor session."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.template.loader import render_to_string

from tidu.portals.parts.context import this_page


@dataclass(frozen=True)
class Trouble:
    """What happened, and what the person can do. `again` offers to try the same address once more."""

    title: str
    sentence: str
    remedy: str
    again: bool = False


TROUBLES = {
    400: Trouble(
        "请求不完整",
        "浏览器发来的内容不完整或格式不对，没有任何内容被改动。",
        "返回上一页，刷新后重新操作。",
    ),
    403: Trouble(
        "不能进行这项操作",
        "您的账号没有这项权限，或者页面停留过久、登录已过期。",
        "重新登录后再试；仍不能进行的，请联系您的上级主管部门核对账号权限。",
    ),
    404: Trouble(
        "没有找到这个页面",
        "地址有误，或者这项内容不在您的查看范围内。",
        "核对地址，或从首页、待办重新进入。",
    ),
    409: Trouble(
        "内容已被更新",
        "在您操作之前，这项内容已被他人或另一个窗口改动。您的操作没有生效。",
        "返回并刷新页面，核对最新内容后再操作。",
    ),
    413: Trouble(
        "文件太大",
        "发送的内容超过了上限，没有被保存。",
        "压缩或拆分文件后，用页面上的上传功能重新上传。",
    ),
    422: Trouble(
        "没有办成",
        "提交的内容不符合要求，没有任何内容被改动。",
        "返回上一页，按说明更正后再办理。",
    ),
    429: Trouble(
        "操作过于频繁",
        "短时间内来自同一网络的操作过多，这一次没有生效，也没有内容被改动。",
        "稍后再试（最长等一小时），填写的内容仍在上一页；期限将满的，请直接致电主管部门。",
        again=True,
    ),
    500: Trouble(
        "系统出错",
        "本次操作没有生效，已保存的内容不受影响。",
        "稍后重试；仍不能进行的，请拨打帮助电话并报出下方编号。",
        again=True,
    ),
    503: Trouble(
        "系统暂时不可用",
        "数据库暂时连接不上，通常几秒钟内恢复。填写中的内容暂存在您的浏览器里。",
        "稍等片刻再重试，不必重新填写。",
        again=True,
    ),
}


def trouble(
    request: HttpRequest, status: int, *, sentence: str = "", remedy: str = "", reference: str = ""
) -> HttpResponse:
    """The error page of `status`: JSON for scripts, one sentence for htmx, else a page.

    `sentence` and `remedy` replace the general words, as for a refusal; `reference` is a
    number under which the logs can be searched.
    """
    known = TROUBLES[status]
    said = sentence or known.sentence
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"message": said, "remedy": remedy or known.remedy}, status=status)
    if request.headers.get("HX-Request") == "true":
        return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
    words = {
        "page": this_page(),
        "title": known.title,
        "sentence": said,
        "remedy": remedy or known.remedy,
        "again": known.again,
        "status": status,
        "reference": reference,
    }
    return HttpResponse(render_to_string("parts/error.html", words), status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 (Django's signature)
    return trouble(request, 400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return trouble(request, 403, sentence=str(exception))


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001
    return trouble(request, 404)


def too_many_requests(request: HttpRequest) -> HttpResponse:
    """The login library calls it, for its own pages and for all that it counts."""
    return trouble(request, 429)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001
    return trouble(
        request,
        403,
        sentence="页面停留过久或浏览器禁用了 Cookie，安全校验没有通过。您的操作没有生效。",
        remedy="返回上一页，刷新后重新操作；仍不行的，请在浏览器中允许本网站使用 Cookie。",
    )
