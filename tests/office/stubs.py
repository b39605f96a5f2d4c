"""Jobs that cost nothing, and what workers do with them: stand-ins of the writers, in reach of every process."""

from __future__ import annotations

import faulthandler
import os
import signal
import time
from datetime import date
from hashlib import sha256
from typing import Any

from docgen.model.case import Case
from docgen.office.working import Job, Work
from docgen.paper import FORMATS

DAY = date(2026, 3, 2)


def job(number: str) -> Job:
    return Job(Case("", {}), "letter", (), number, b"", FORMATS, "final", False, DAY)


def jobs(count: int) -> list[Job]:
    return [job(str(number)) for number in range(count)]


def does(job: Job) -> Work:
    """Files whose bytes follow from the number, and say the revision; a revision where a reason is given."""
    before = job.standing
    content = sha256(job.number.encode()).hexdigest()
    if before and not job.leave.reason:
        verdict: Any = "add" if job.lacking else "same"
        revision, wanted = before.revision, job.lacking
    else:
        verdict, wanted = ("revise", job.formats) if before else ("new", job.formats)
        revision = before.revision + 1 if before else 1
    files = {name: f"{job.number} {revision} {name}\n".encode() * 400 for name in wanted}
    return Work(verdict, revision, job.on, content, "look", {}, files)


def aborts_on_every_seventh(job: Job) -> Work:
    if int(job.number) % 7 == 3:
        faulthandler.disable()
        os.abort()
    return does(job)


def never_ends_with_the_fifth(job: Job) -> Work:
    while job.number == "5":
        time.sleep(60)
    return does(job)


def takes_all_memory_with_the_fifth(job: Job) -> Work:
    if job.number == "5":
        bytearray(1 << 40)
    return does(job)


def is_killed_at_times(job: Job) -> Work:
    """As by the system when memory runs out: before its work, after it, or while it hands on what it made."""
    signal.signal(signal.SIGALRM, lambda *_: os.kill(os.getpid(), signal.SIGKILL))
    signal.setitimer(signal.ITIMER_REAL, int(job.number) % 4 / 1000 + 0.0001 if int(job.number) % 5 == 2 else 0)
    made = does(job)
    return Work(made.verdict, files={name: content * 200 for name, content in made.files.items()})


def tells_its_process(job: Job) -> Work:
    return Work("new", content=str(os.getpid()))


def sleeps(job: Job) -> Work:
    time.sleep(0.05)
    return does(job)


THIRD = "J0236"


def aborts_on_the_third_letter(job: Job) -> Work:
    if job.number.startswith(THIRD):
        faulthandler.disable()
        os.abort()
    return does(job)
