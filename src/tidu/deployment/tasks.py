"""Timers that belong to no room."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

SECONDS_WITHOUT_HEARTBEAT = 60


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
