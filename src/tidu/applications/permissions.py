"""Who may do what to a case: one predicate, used by actions, pages and tests alike."""

from tidu.applications.models import Case
from tidu.database.scope import Actor
from tidu.law.answers import ALLOWED, Answer
from tidu.law.procedures import ACTIONS, Action, Procedure, allows
from tidu.law.procedures.moves import Kind, Status
from tidu.law.refusals import Refused
from tidu.offices.queries import offices_up

#: Roles of a firm's members that may write; a viewer may not.
FIRM_WRITERS = frozenset({"owner", "editor"})
#: Roles that may act at a stage which asks for this role: who signs may also prepare.
MAY_ACT_AS = {"clerk": frozenset({"clerk", "leader"}), "leader": frozenset({"leader"})}
#: What follows from an objection, whoever handles it: the ledger of the case names the system, so that an
#: office complained of does not read there that an office above took the objection up.
CONSEQUENCES = frozenset({Action.SUSPEND, Action.RESUME, Action.CLEAR})
#: What an office above may do in place of the one that lists a firm: nobody decides on a complaint of itself.
FROM_ABOVE = frozenset({Action.STRIKE})


def office_of(actor: Actor) -> int:
    """The office the actor sits in. Refused("office_needed") for anybody else."""
    if actor.office_id is None:
        raise Refused("office_needed")
    return actor.office_id


def may(actor: Actor, case: Case, action: Action, procedure: Procedure) -> Answer:
    """Whether this actor may take this action on this case now; else why not."""
    kind = Kind(case.stage_kind) if case.stage_kind else None
    if not allows(Status(case.status), kind, action):
        return Answer(False, f"案件“{case.get_status_display()}”时不能{ACTIONS[action].label}。")
    by = ACTIONS[action].by
    if by == "system":
        return ALLOWED if actor.kind == "system" else Answer(False, "只能由系统按期限办理。")
    if actor.kind == "system" and action in CONSEQUENCES:
        return ALLOWED
    if by == "firm":
        return may_write(actor, case)
    return may_act_in_office(actor, case, procedure, from_above=action in FROM_ABOVE)


def may_write(actor: Actor, case: Case) -> Answer:
    """Whether the actor acts for the firm and may change its application."""
    if actor.kind != "firm" or actor.firm_id != case.firm_id:
        return Answer(False, "只有申报企业可以办理。")
    if not actor.roles & FIRM_WRITERS:
        return Answer(False, "您在本企业的角色是查看人，不能填报；请企业负责人调整角色。")
    return ALLOWED


def may_note(actor: Actor, case: Case) -> Answer:
    """Whether the actor may write down what the national platform says: the firm, or case workers."""
    if actor.kind != "office":
        return may_write(actor, case)
    if not actor.roles & MAY_ACT_AS["clerk"]:
        return Answer(False, "账号管理岗位不办理案件。")
    return ALLOWED


def may_work(actor: Actor) -> Answer:
    """Whether the actor works on an office's cases at all: prepares or signs, not administers or audits."""
    if actor.kind == "auditor":
        return Answer(False, "审计账号只能查看。")
    if actor.kind != "office" or actor.office_id is None:
        return Answer(False, "只有主管部门可以办理。")
    if not actor.roles & MAY_ACT_AS["clerk"]:
        return Answer(False, "账号管理岗位不办理案件。")
    return ALLOWED


def may_act_in_office(actor: Actor, case: Case, procedure: Procedure, *, from_above: bool = False) -> Answer:
    """Whether the actor sits in the office that holds the case, with the role its stage asks for.

    `from_above`: an office above that one will do as well.
    """
    if actor.kind == "auditor":
        return Answer(False, "审计账号只能查看。")
    if actor.kind != "office" or actor.office_id is None:
        return Answer(False, "只有主管部门可以办理。")
    if actor.office_id != case.office_id and not (from_above and _is_above(actor, case)):
        return Answer(False, "案件不在本单位办理。")
    stage = procedure.stage(case.stage)
    if stage.kind is Kind.PANEL:
        return Answer(False, "案件正由专家评审，意见汇入后再办理。")
    if not actor.roles & MAY_ACT_AS[stage.role]:
        return Answer(False, f"“{stage.title}”须由{'签发' if stage.role == 'leader' else '经办'}岗位办理。")
    return ALLOWED


def _is_above(actor: Actor, case: Case) -> bool:
    return case.office_id is not None and actor.office_id in offices_up(case.office_id)
