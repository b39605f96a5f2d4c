"""Batches under faults: whatever stops a run, no file is torn, what was told is on record, and the next run ends it."""

from __future__ import annotations

import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from docgen.errors import EnvironmentLacks, RecordFault
from docgen.model.identity import NAME_BYTES, RESERVED, folded, paper_path
from docgen.office.index import GONE
from docgen.office.publish import PRIVATE, publish
from docgen.office.recovery import recover
from tests.campaign.batches import DAY, batch, documents, leftovers, made, standings, wrong, wrong_after
from tests.campaign.failing import CALLS, ERRORS, Failing
from tests.campaign.hostile import hostile_text
from tests.campaign.office import SAMPLES

REASON = "again"
TURNS = 300
"""Each of the first so many calls fails, in turns that a few rounds spread over all, with one error and another."""


@pytest.fixture(scope="module")
def issued(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder in which all documents were issued once."""
    out = tmp_path_factory.mktemp("issued") / "out"
    made(out)
    return out


@pytest.fixture(scope="module")
def expected(issued: Path) -> dict[str, dict[str, str]]:
    """The documents after an undisturbed first run, and after one that revises all, by its reason."""
    again = issued.with_name("again")
    shutil.copytree(issued, again)
    made(again, REASON)
    return {"": documents(issued), REASON: documents(again)}


@pytest.mark.campaign("runs killed at any moment", full=160, small=3)
def test_a_killed_run_leaves_nothing_torn_and_loses_nothing(
    rounds: range, figures: Counter[str], tmp_path: Path
) -> None:
    script = Path(__file__).with_name("killed.py")
    given = [str(one) for one in (rounds.start, rounds.stop, rounds.step)]
    done = subprocess.run(
        [sys.executable, str(script), str(tmp_path), *given],
        env={**os.environ, "PYTHONPATH": str(SAMPLES.parent)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    figures.update(json.loads(done.stdout))


@pytest.mark.campaign("calls of the system that fail", full=2 * TURNS, small=8)
def test_a_failing_call_of_the_system_ends_the_run_with_nothing_torn(
    rounds: range,
    figures: Counter[str],
    issued: Path,
    expected: dict[str, dict[str, str]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for number in rounds:
        seeded = random.Random(f"failing call {number}")
        reason = seeded.choice(("", REASON))
        out = tmp_path / f"out{number}"
        if reason:
            shutil.copytree(issued, out)
        error = ERRORS[(number + number // TURNS) % len(ERRORS)]
        failing = Failing(number * 37 % TURNS + 1, error, seeded.random() < 0.3)
        told = []
        with monkeypatch.context() as patched:
            for name in CALLS:
                patched.setattr(os, name, failing.stand_in(name, getattr(os, name)))
            try:
                told = made(out, reason)
                figures["no such call" if not failing.failed else "ended in spite of it"] += 1
            except EnvironmentLacks:
                figures["ended with exit code 4"] += 1
        known = standings(out) if out.is_dir() else {}
        told = [one for one in told if one.state == "made"]
        assert all(known[one.paper.number].revision == one.revision for one in told), f"round {number}"
        faults = wrong(out, expected[REASON]) if out.is_dir() else []
        assert not faults, f"round {number}: {faults}"
        faults = wrong_after(out, expected[reason], reason)
        assert not faults, f"round {number}, run again: {faults}"
        shutil.rmtree(out)


@pytest.mark.campaign("files that may not grow", full=30, small=3)
def test_a_full_disk_ends_the_run_with_nothing_torn(
    rounds: range, figures: Counter[str], expected: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    """The system itself refuses to let a file grow: documents, ledger or register, whichever reaches the limit."""
    before, handler = resource.getrlimit(resource.RLIMIT_FSIZE), signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    for number in rounds:
        limit = random.Random(f"full disk {number}").choice((100, 1000, 2000, 4096, 9000, 20_000, 60_000))
        out = tmp_path / f"out{number}"
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, before[1]))
        try:
            made(out)
            ended = "ended in spite of it"
        except EnvironmentLacks:
            ended = "ended with exit code 4"
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, before)
        figures[ended] += 1
        faults = wrong(out, expected[""]) + wrong_after(out, expected[""], "")
        assert not faults, f"round {number}, {limit} bytes: {faults}"
    signal.signal(signal.SIGXFSZ, handler)


def mounted(place: Path, option: str) -> bool:
    """Whether a small disk of its own is there; who may not mount has none."""
    place.mkdir(exist_ok=True)
    command = ("mount", "-t", "tmpfs", "-o", option, "tmpfs", str(place))
    return bool(shutil.which("mount")) and subprocess.run(command, capture_output=True, check=False).returncode == 0


@pytest.mark.campaign("disks that fill up", full=20, small=0)
def test_a_disk_that_fills_up_ends_the_run_with_nothing_torn(
    rounds: range, figures: Counter[str], issued: Path, expected: dict[str, dict[str, str]], tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    for number in rounds:
        seeded = random.Random(f"disk {number}")
        reason = seeded.choice(("", REASON))
        if not mounted(disk, f"size={4 * seeded.randint(5, 60) + (400 if reason else 0)}k"):
            pytest.skip("no disk can be mounted here")
        try:
            if reason:
                shutil.copytree(issued, disk / "out")
            try:
                made(disk / "out", reason)
                figures["ended in spite of it"] += 1
            except EnvironmentLacks:
                figures["ended with exit code 4"] += 1
            assert not (faults := wrong(disk / "out", expected[REASON])), f"round {number}: {faults}"
            subprocess.run(("mount", "-o", "remount,size=64m", str(disk)), check=True)
            faults = wrong_after(disk / "out", expected[reason], reason)
            assert not faults, f"round {number}, run again: {faults}"
        finally:
            subprocess.run(("umount", str(disk)), check=True)


@pytest.mark.campaign("damaged registers", full=250, small=12)
def test_a_damaged_register_never_says_what_the_ledger_does_not(
    rounds: range, figures: Counter[str], issued: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    shutil.copytree(issued, out)
    register = out / "register.sqlite"
    sound, expected = register.read_bytes(), standings(out)
    for number in rounds:
        seeded = random.Random(f"register {number}")
        content = bytearray(sound)
        for _ in range(seeded.choice((1, 1, 2, 20))):
            content[seeded.randrange(len(content))] ^= 1 << seeded.randrange(8)
        if seeded.random() < 0.1:
            del content[seeded.randrange(len(content)) :]
        register.write_bytes(content)
        outcomes = made(out)
        assert {one.state for one in outcomes} == {"unchanged", "refused"}, f"round {number}"
        figures["made anew" if register.read_bytes() != content else "no harm"] += 1
        assert standings(out) == expected, f"round {number}"


@pytest.mark.campaign("damaged ledgers", full=250, small=12)
def test_a_damaged_ledger_is_told_and_costs_no_document(
    rounds: range, figures: Counter[str], issued: Path, tmp_path: Path
) -> None:
    """Bytes changed, lines lost, moved, doubled, cut. Without a register it is read as far as it goes; with one nothing
    is written until all that was known is back."""
    lines = (issued / "ledger.jsonl").read_bytes().splitlines(keepends=True)
    starts = [b"".join(lines[:count]) for count in range(len(lines))]
    there, known = documents(issued), standings(issued)
    for number in rounds:
        seeded = random.Random(f"ledger {number}")
        out = tmp_path / f"out{number}"
        shutil.copytree(issued, out)
        (out / "ledger.jsonl").write_bytes(_damaged(lines, seeded))
        now = (out / "ledger.jsonl").read_bytes()
        damaged = now != b"".join(lines)
        shows = damaged and now not in starts  # only a register misses whole lines that were cut off the end
        in_last = now.startswith(starts[-1]) and now.count(b"\n") == len(lines)
        if number % 2:
            (out / "register.sqlite").unlink()
        elif damaged:
            if not now.startswith(b"".join(lines)):
                with pytest.raises(RecordFault):
                    made(out)
            assert documents(out) == there, f"round {number}"
            list(recover(out, "no backup", DAY, PRIVATE))
            back = standings(out)
            assert all(back[name].revision >= one.revision for name, one in known.items()), f"round {number}"
            figures["recovered"] += 1
        disturbed = batch(out)
        figures.update(one.state for one in disturbed.outcomes())
        told = [fault for fault in disturbed.faults if fault.kind != GONE]
        if number % 2 and in_last:  # what it said, only a register knows: none follows it; but no other line is accused
            last = f"ledger.jsonl:{len(lines)}: "
            assert all(last in fault.words.en for fault in told), f"round {number}"
        else:
            assert bool(told) == (shows and bool(number % 2)), f"round {number}"
        after = documents(out)
        assert all(after[path] == digest for path, digest in there.items()), f"round {number}"
        shutil.rmtree(out)


def _damaged(lines: list[bytes], seeded: random.Random) -> bytes:
    kind, at, other = seeded.randrange(6), seeded.randrange(len(lines)), seeded.randrange(len(lines))
    match kind:
        case 0:
            found = bytearray(b"".join(lines))
            found[seeded.randrange(len(found))] ^= 1 << seeded.randrange(8)
            return bytes(found)
        case 1:
            return b"".join(lines)[: seeded.randrange(sum(map(len, lines)))]
        case 2:
            return b"".join([*lines[:at], *lines[at + 1 :]])
        case 3:
            moved = [*lines[:at], *lines[at + 1 :]]
            return b"".join([*moved[:other], lines[at], *moved[other:]])
        case 4:
            return b"".join([*lines[: other + 1], lines[at], *lines[other + 1 :]])
        case _:
            names = [name for name in json.loads(lines[at]) if name != "prev"]
            plain = json.loads(lines[at])
            plain[seeded.choice(names)] = seeded.choice((None, [], {}, "x", 7, -1, 1e400, {"a": "b"}, "../../etc"))
            return b"".join([*lines[:at], json.dumps(plain).encode() + b"\n", *lines[at + 1 :]])


NAMES = (
    "CON",
    "nul.txt",
    "com1",
    "a.",
    "b ",
    "..",
    ".",
    "~",
    "-rf",
    "x" * 300,
    "字" * 300,
    "a/b",
    "a\\b",
    "a:b",
    "a_b",
)
TWINS = ("Å", "A\u030a", "Å", "ﬁ", "fi", "ｆｉ", "ß", "ss", "İ", "i̇", "K", "K", "が", "か\u3099", "e\u0301", "é")


@pytest.mark.campaign("hostile names", full=10_000, small=300)
def test_hostile_names_stay_in_the_folder_and_apart(rounds: range, figures: Counter[str], tmp_path: Path) -> None:
    taken: dict[str, tuple[str, ...]] = {}
    for round_number in rounds:
        seeded = random.Random(f"name {round_number}")
        texts = [hostile_name(seeded, f"{round_number} {at}") for at in range(4)]
        path = paper_path(texts[0], texts[1], texts[2], texts[3] or "S1-L", 1, ".pdf")
        for part in path.parts:
            assert len(part.encode()) <= NAME_BYTES + 4 and part not in ("", ".", "..")
            assert not set(part) & set('<>:"/\\|?*\0') and part.rstrip(" .") == part and not RESERVED.match(part)
        person = tuple(folded(text.strip()) for text in texts)
        assert taken.setdefault(folded(str(path)), person) == person, f"round {round_number}: {path} clashes"
        if round_number % 10 == 0:
            (there,) = publish({path: b"x"}, tmp_path)
            assert there.resolve().is_relative_to(tmp_path.resolve()) and there.read_bytes() == b"x"
            figures["published"] += 1
    figures["names apart"] += len(taken)


def hostile_name(seeded: random.Random, seed: str) -> str:
    match seeded.randrange(4):
        case 0:
            return seeded.choice(NAMES)
        case 1:
            return seeded.choice(TWINS)
        case 2:
            return hostile_text(seed)
        case _:
            return seeded.choice(("销售部", "Sales", "S1024", "王敏", "O’Neil")) + seeded.choice(
                ("", ".", " ", "/", "\u200b")
            )


@pytest.fixture(scope="module")
def commanded(tmp_path_factory: pytest.TempPathFactory) -> tuple[float, dict[str, str]]:
    """How long an undisturbed command takes, and its documents."""
    out = tmp_path_factory.mktemp("commanded") / "out"
    seconds, _ = command(out, None)
    return seconds, documents(out)


@pytest.mark.campaign("commands stopped with the real writers", full=5, small=0)
def test_a_stopped_command_can_be_run_again(
    rounds: range, figures: Counter[str], commanded: tuple[float, dict[str, str]], tmp_path: Path
) -> None:
    whole, expected = commanded
    for number in rounds:
        out = tmp_path / f"out{number}"
        seconds = random.Random(f"command {number}").uniform(0.3, 0.9) * whole
        _, code = command(out, seconds, how := (signal.SIGKILL, signal.SIGINT)[number % 2])
        assert code in ((-9,) if how is signal.SIGKILL else (0, 1, 130)), f"round {number}"
        assert how is signal.SIGKILL or not leftovers(out), f"round {number}"
        left = documents(out) if out.is_dir() else {}
        figures["documents' files at the kill"] += len(left)
        assert all(expected.get(path) == digest for path, digest in left.items()), f"round {number}"
        assert not (wrong(out, expected) if left else ()), f"round {number}"
        _, code = command(out, None)
        assert code in (0, 1) and documents(out) == expected and not leftovers(out), f"round {number}"
        figures["kills"] += 1


def command(out: Path, seconds: float | None, how: signal.Signals = signal.SIGKILL) -> tuple[float, int]:
    """Make the team's letters, stopped after so many seconds; how long it took, and its code."""
    given = ("generate", str(SAMPLES / "team.yaml"), "-o", str(out), "--forms", "letter", "--jobs", "2")
    before = time.monotonic()
    started = subprocess.Popen(
        [sys.executable, "-m", "docgen", *given, "--date", "2026-03-02"],
        cwd=SAMPLES.parent,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        started.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        os.killpg(started.pid, how)
        started.communicate()  # the pipe ends with the last process of the run
    return time.monotonic() - before, started.returncode
