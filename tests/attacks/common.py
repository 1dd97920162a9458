"""What the attack scripts share: scratch homes, runs with limits, a pseudo-terminal, and the report.

Each script is `tests/attacks/NAME SEED BINARY [--seconds N]`: the same seed tries the same things in the same order,
until the time is over. It prints what it tried and what it found, and ends with 1 where it found anything. Linux only.
"""

import argparse
import fcntl
import json
import os
import pathlib
import pty
import random
import resource
import select
import shutil
import signal
import struct
import subprocess
import sys
import tempfile
import termios
import time
from dataclasses import dataclass

PROJECT = pathlib.Path(__file__).resolve().parent.parent.parent
# Address space of a run. A debug build of the program itself maps about 200 MB.
MEMORY = 2 << 30
# A run that takes longer than this hangs; on a busy machine it has longer.
LIMIT = 20.0
EXIT_CODES = range(5)


@dataclass
class Ran:
    """How a run ended; `code` is negative after a signal, None where it had to be stopped."""

    args: list
    code: int | None
    out: bytes
    err: bytes
    seconds: float

    @property
    def trouble(self):
        """What no run may do, whatever it is given; None where it did none of it."""
        if self.code is None:
            return f"ran for more than {self.seconds:.0f} s"
        if b"panicked" in self.err:
            return "panicked: " + self.err.decode("utf-8", "replace").strip().splitlines()[0]
        if self.code not in EXIT_CODES:
            return f"ended with {self.code}: {self.err[-300:].decode('utf-8', 'replace')}"
        return None


class Attack:
    """A run of a script: its random numbers, its time, its scratch homes, and what it has found."""

    def __init__(self, about, seconds):
        parser = argparse.ArgumentParser(
            description=about, formatter_class=argparse.RawDescriptionHelpFormatter)
        parser.add_argument("seed", type=int)
        parser.add_argument("binary", type=pathlib.Path)
        parser.add_argument("--seconds", type=float, default=seconds, help=f"when to stop (default {seconds})")
        args = parser.parse_args()
        self.name = pathlib.Path(sys.argv[0]).name
        self.seed, self.binary, self.seconds = args.seed, args.binary.resolve(strict=True), args.seconds
        self.random = random.Random(args.seed)
        self.begun = time.monotonic()
        self.tried = {}
        self.found = []
        self.scratch = pathlib.Path(tempfile.mkdtemp(prefix=f"plan158-{self.name}-"))
        self.homes = 0

    def goes_on(self):
        return time.monotonic() - self.begun < self.seconds

    def count(self, what, number=1):
        """Counts something that was tried."""
        self.tried[what] = self.tried.get(what, 0) + number

    def finding(self, what, **details):
        """Notes something that must not be, once for each wording."""
        if all(what != earlier for earlier, _ in self.found):
            print(f"FOUND {what}", *(f"  {name}: {value}" for name, value in details.items()), sep="\n", flush=True)
        self.found.append((what, details))

    def home(self):
        self.homes += 1
        return Home(self, self.scratch / f"home{self.homes}")

    def end(self):
        """Prints the report, removes the scratch files and ends the script."""
        for what, number in self.tried.items():
            print(f"{self.name} seed {self.seed}: {number} {what}")
        print(f"{self.name} seed {self.seed}: {len(self.found)} findings in {time.monotonic() - self.begun:.0f} s")
        shutil.rmtree(self.scratch, ignore_errors=True)
        sys.exit(1 if self.found else 0)


class Home:
    """A scratch home; nothing of the caller's environment comes in. Runs start in its folder."""

    def __init__(self, attack, path):
        self.attack, self.path = attack, path
        path.mkdir(parents=True)
        self.env = {"HOME": str(path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8", "TERM": "xterm-256color",
                    "PLAN158_AUTHOR": "li", "PLAN158_LANG": "en", "EDITOR": "true"}

    def take(self, *sources):
        """Copies files or folders of the project into the home."""
        for source in map(PROJECT.joinpath, sources):
            target = self.path / source.name
            shutil.copytree(source, target) if source.is_dir() else shutil.copy(source, target)
        return self

    def write(self, name, data):
        path = self.path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"))
        return path

    def start(self, *args, **more):
        return subprocess.Popen(
            [self.attack.binary, *args], cwd=self.path, env=self.env, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.PIPE, preexec_fn=limits, **more)

    def run(self, *args, limit=LIMIT, given="", **more):
        """Runs the program; notes what no run may do, with what it was given."""
        begun = time.monotonic()
        child = self.start(*args, **more)
        try:
            out, err = child.communicate(timeout=limit * crowd())
            code = child.returncode
        except subprocess.TimeoutExpired:
            child.kill()
            out, err = child.communicate()
            code = None
        ran = Ran([str(arg) for arg in args], code, out, err, time.monotonic() - begun)
        if ran.trouble:
            what = f"{args[0]}{given and f' given {given}'}: {ran.trouble}"
            self.attack.finding(what, seed=self.attack.seed, args=ran.args)
        return ran

    def records(self, *flags):
        """What `log --json` says of the journal; None where it says nothing."""
        ran = self.run("log", "--json", *flags)
        return json.loads(ran.out)["records"] if ran.code == 0 else None

    def forget(self):
        shutil.rmtree(self.path, ignore_errors=True)


def crowd():
    """How many programs want each processor; at least 1."""
    return max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def limits():
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


class Terminal:
    """The program on a pseudo-terminal."""

    # What the program turns on, and what turns it off again.
    MODES = {b"\x1b[?1049h": b"\x1b[?1049l", b"\x1b[?2004h": b"\x1b[?2004l", b"\x1b[?1000h": b"\x1b[?1000l",
             b"\x1b[?25l": b"\x1b[?25h"}

    def __init__(self, home, *args, cols=80, lines=24):
        self.master, slave = pty.openpty()
        self.resize(cols, lines)
        self.before = termios.tcgetattr(slave)
        self.slave = slave
        self.said = bytearray()

        def own_terminal():
            limits()
            fcntl.ioctl(0, termios.TIOCSCTTY, 0)

        self.child = subprocess.Popen(
            [home.attack.binary, *args], cwd=home.path, env=home.env, stdin=slave, stdout=slave, stderr=slave,
            start_new_session=True, preexec_fn=own_terminal)

    def resize(self, cols, lines):
        fcntl.ioctl(self.master, termios.TIOCSWINSZ, struct.pack("HHHH", lines, cols, 0, 0))

    def type(self, data):
        """Types, and reads meanwhile so that neither side waits for the other."""
        data = bytes(data)
        until = time.monotonic() + LIMIT * crowd()
        while data and time.monotonic() < until and self.child.poll() is None:
            readable, writable, _ = select.select([self.master], [self.master], [], 0.1)
            if readable:
                self.read()
            if writable:
                data = data[os.write(self.master, data[:256]):]
        return not data

    def read(self):
        try:
            self.said += os.read(self.master, 1 << 16)
        except OSError:
            pass

    def listen(self, seconds):
        """Reads what comes in that time."""
        until = time.monotonic() + seconds
        while (left := until - time.monotonic()) > 0:
            if select.select([self.master], [], [], left)[0]:
                self.read()

    def wait_for(self, text, seconds=LIMIT):
        """Reads until a text has come; whether it has."""
        until = time.monotonic() + seconds * crowd()
        while text not in self.said and time.monotonic() < until and self.child.poll() is None:
            self.listen(0.01)
        return text in self.said

    def ended(self, seconds=LIMIT):
        """The exit code, once it has ended by itself; None where it does not."""
        until = time.monotonic() + seconds * crowd()
        while self.child.poll() is None and time.monotonic() < until:
            self.listen(0.01)
        self.listen(0.02)
        return self.child.returncode

    def left_behind(self):
        """What the program has not given back of the terminal."""
        left = [on for on, off in self.MODES.items() if self.said.rfind(on) > self.said.rfind(off)]
        if termios.tcgetattr(self.slave)[:4] != self.before[:4]:
            left.append("modes of the line")
        return left

    def close(self):
        if self.child.poll() is None:
            self.child.send_signal(signal.SIGKILL)
            self.child.wait()
        os.close(self.slave)
        os.close(self.master)
