"""Timers that belong to no room."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

SECONDS_WITHOUT_HEARTBEAT = 60
HOURS_TO_LOOK_BACK = 30 * 24
"""For so long a done job can still be looked at. (What it did is in the ledger for ever.)"""


@app.periodic(cron="*/2 * * * *")
@app.task(
    name="tidu.deployment.rescue_stalled_jobs",
    queueing_lock="tidu.deployment.rescue_stalled_jobs",
    pass_context=True,
    retry=RetryStrategy(max_attempts=3),
)
async def rescue_stalled_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Gives back to the queue what a dead worker had taken. It must hold no lock: it would stall itself."""
    jobs = await context.app.job_manager.get_stalled_jobs(seconds_since_heartbeat=SECONDS_WITHOUT_HEARTBEAT)
    for job in jobs:
        await context.app.job_manager.retry_job(job)


@app.periodic(cron="50 19 * * *")
@app.task(
    name="tidu.deployment.forget_done_jobs",
    queueing_lock="tidu.deployment.forget_done_jobs",
    pass_context=True,
    retry=RetryStrategy(max_attempts=3),
)
async def forget_done_jobs(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 (the timer's)
    """Each ledger entry brings a job: done ones go after a month, failed ones stay to be looked into."""
    await context.app.job_manager.delete_old_jobs(nb_hours=HOURS_TO_LOOK_BACK)
