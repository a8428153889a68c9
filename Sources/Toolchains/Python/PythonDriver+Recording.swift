extension PythonDriver {
    /// Exceptions as evidence, the report, and the alarm.
    static let recording = #"""
        """Fettle's test driver: runs a repository's tests and writes what happened as JSON lines."""
        import base64
        import contextlib
        import faulthandler
        import importlib
        import json
        import os
        import signal
        import sys
        import threading
        import time

        PROCESS = os.getpid()


        def clip(text, limit=4000):
            """At most `limit` characters of `text`, head and tail, without lone surrogates."""
            text = str(text).encode("utf-8", "backslashreplace").decode("utf-8")
            if len(text) <= limit:
                return text
            return text[: limit * 3 // 4] + " [...] " + text[-limit // 4 :]


        def shown(value, limit=1000):
            """repr(value), also where the value's own repr fails."""
            try:
                return clip(repr(value), limit)
            except BaseException as error:
                return "<%s whose repr raised %s>" % (type(value).__name__, type(error).__name__)


        class Places:
            """Which files belong to the worktree, as paths relative to it."""

            def __init__(self, root):
                self.root = os.path.realpath(root)
                self.known = {}

            def relative(self, filename):
                """The path below the worktree with / separators, or None for any other file."""
                if filename not in self.known:
                    self.known[filename] = self.resolve(filename)
                return self.known[filename]

            def resolve(self, filename):
                if not filename or filename.startswith("<"):
                    return None
                full = os.path.realpath(filename)
                if not full.startswith(self.root + os.sep):
                    return None
                path = full[len(self.root) + 1 :].replace(os.sep, "/")
                parts = path.split("/")
                return None if "site-packages" in parts or ".tox" in parts else path


        class Report:
            """The JSON lines. Only the process that opened it writes, so a test that forks cannot report twice."""

            def __init__(self, descriptor):
                self.descriptor = descriptor
                self.owner = os.getpid()

            def write(self, event, **fields):
                if os.getpid() != self.owner:
                    return
                fields["event"] = event
                data = (json.dumps(fields, separators=(",", ":")) + "\n").encode("ascii")
                while data:
                    data = data[os.write(self.descriptor, data) :]


        class TestTimeout(BaseException):
            """Raised inside a test that runs too long. Not an Exception, so that `except Exception` lets it through."""


        class Alarm:
            """Interrupts whatever runs too long, again every second if the code swallows it; ends the process at last.

            Without a file for traces nothing ends the process: screening does that itself.
            """

            def __init__(self, seconds, traces):
                self.seconds = seconds
                self.traces = traces
                self.armed = False
                if traces is not None:
                    faulthandler.enable(file=traces)

            def ring(self, number, frame):
                if self.armed:
                    raise TestTimeout("still running after %g s" % self.seconds)

            @contextlib.contextmanager
            def limit(self):
                if self.armed or threading.current_thread() is not threading.main_thread():
                    yield
                    return
                signal.signal(signal.SIGALRM, self.ring)
                if self.traces is not None:
                    faulthandler.dump_traceback_later(self.seconds + 3, exit=True, file=self.traces)
                self.armed = True
                signal.setitimer(signal.ITIMER_REAL, self.seconds, 1)
                try:
                    yield
                finally:
                    self.armed = False
                    signal.setitimer(signal.ITIMER_REAL, 0)
                    if self.traces is not None:
                        faulthandler.cancel_dump_traceback_later()


        class Failures:
            """Turns an exception into evidence: kind, message, expected and actual value, frames in the worktree."""

            def __init__(self, places):
                self.places = places
                self.comparison = None

            def describe(self, error):
                if type(error).__name__ == "CollectError" and error.__cause__ is not None:
                    error = error.__cause__
                frames, values = [], None
                seen, link = set(), error
                while link is not None and id(link) not in seen and len(seen) < 8:
                    seen.add(id(link))
                    own, found = self.walk(link)
                    frames += [frame for frame in own if frame not in frames]
                    values = values or found
                    link = link.__cause__ or (None if link.__suppress_context__ else link.__context__)
                if isinstance(error, AssertionError) and self.comparison:
                    values = self.comparison
                if type(error).__name__ == "Failed" and str(error).startswith("DID NOT RAISE"):
                    values = (str(error)[len("DID NOT ") :].lower(), "no exception")
                kind = "timeout" if isinstance(error, TestTimeout) else type(error).__name__
                try:
                    message = clip(error)
                except BaseException:
                    message = "(its message could not be shown)"
                failure = {"kind": clip(kind, 200), "message": message, "frames": frames[:60]}
                if values:
                    failure["expected"], failure["actual"] = values
                return failure

            def walk(self, error):
                """Frames innermost first, and the values that unittest's own assertion frame holds."""
                frames, values = [], None
                entry = error.__traceback__
                while entry is not None:
                    code, line = entry.tb_frame.f_code, entry.tb_lineno
                    path = self.places.relative(code.co_filename)
                    if path:
                        frames.append([path, line or 0, clip(code.co_name, 200)])
                    elif entry.tb_frame.f_globals.get("__name__") == "unittest.case":
                        values = self.compared(code.co_name, entry.tb_frame.f_locals) or values
                    entry = entry.tb_next
                frames.reverse()
                if isinstance(error, SyntaxError) and error.filename:
                    path = self.places.relative(error.filename)
                    if path:
                        frames.insert(0, [path, error.lineno or 1, ""])
                return (frames if len(frames) <= 40 else frames[:30] + frames[-10:]), values

            def compared(self, assertion, variables):
                """Expected and actual value of `assertEqual(actual, expected)` and its kin, from the assertion's own frame."""
                orders = {"assertLess": "<", "assertLessEqual": "<=", "assertGreater": ">", "assertGreaterEqual": ">="}
                for actual, expected in (("first", "second"), ("a", "b"), ("member", "container"), ("expr1", "expr2")):
                    if actual in variables and expected in variables:
                        sign = orders.get(assertion) or ("in" if actual == "member" else "")
                        return (sign + " " + shown(variables[expected])).strip(), shown(variables[actual])
                return None
        """#
}
