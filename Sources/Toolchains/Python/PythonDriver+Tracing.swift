extension PythonDriver {
    /// Lines by test, and what both frameworks report to.
    static let tracing = #"""
        class Tracer:
            """Lines of the worktree's files that run while a test is current."""

            def __init__(self, places):
                self.places = places
                self.lines = set()
                self.local = self.trace_line
                self.tool = None

            def start(self):
                monitoring = getattr(sys, "monitoring", None)
                if monitoring is not None:
                    self.tool = next((i for i in (1, 3, 4, 2) if monitoring.get_tool(i) is None), None)
                if self.tool is not None:
                    monitoring.use_tool_id(self.tool, "fettle")
                    monitoring.register_callback(self.tool, monitoring.events.LINE, self.monitor_line)
                    monitoring.set_events(self.tool, monitoring.events.LINE)
                else:
                    threading.settrace(self.trace_call)
                    self.resume()

            def resume(self):
                """Traces again after an interruption raised inside the trace function, which makes Python drop it."""
                if self.tool is None and sys.gettrace() is None:
                    sys.settrace(self.trace_call)

            def stop(self):
                if self.tool is not None:
                    sys.monitoring.set_events(self.tool, 0)
                    sys.monitoring.free_tool_id(self.tool)
                else:
                    threading.settrace(None)
                    sys.settrace(None)

            def take(self):
                """The lines since the last call, by path, as flat pairs of first and last line."""
                found, self.lines = self.lines, set()
                if self.tool is not None:
                    sys.monitoring.restart_events()
                files = {}
                for filename, line in found:
                    path = self.places.relative(filename)
                    if path and line:
                        files.setdefault(path, []).append(line)
                return {path: pairs(sorted(lines)) for path, lines in files.items()}

            def monitor_line(self, code, line):
                if self.places.relative(code.co_filename):
                    self.lines.add((code.co_filename, line))
                return sys.monitoring.DISABLE

            def trace_call(self, frame, event, argument):
                if self.places.relative(frame.f_code.co_filename) is None:
                    return None
                return self.trace_line

            def trace_line(self, frame, event, argument):
                if event == "line":
                    self.lines.add((frame.f_code.co_filename, frame.f_lineno))
                return self.local


        def pairs(lines):
            result = []
            for line in lines:
                if result and line == result[-1] + 1:
                    result[-1] = line
                else:
                    result += [line, line]
            return result


        class Recorder:
            """What both frameworks report to: one start and one finish for each test, in one format."""

            def __init__(self, request, report, traces):
                self.places = Places(request["worktree"])
                self.report = report
                self.failures = Failures(self.places)
                self.alarm = Alarm(request["testSeconds"], traces)
                self.tracer = Tracer(self.places) if request.get("coverage") else None
                self.selected = None if request.get("tests") is None else set(request["tests"])
                self.stop = bool(request.get("stopAtFirstFailure"))
                self.failed = 0

            def begin(self):
                if self.tracer:
                    self.tracer.start()

            def start(self, test):
                """The test is current from here on; lines that ran before it belong to loading."""
                if self.tracer:
                    self.tracer.resume()
                    self.cover(None)
                self.failures.comparison = None
                self.current = {"status": "passed", "failure": None}
                self.began = time.perf_counter()
                self.report.write("start", id=test)

            def note(self, status, failure=None):
                """One phase's result: the worst so far stays, and the first failure explains it."""
                order = ["passed", "skipped", "failed", "timedOut"]
                if order.index(status) > order.index(self.current["status"]):
                    self.current["status"] = status
                self.current["failure"] = self.current["failure"] or failure

            def fail(self, error):
                self.note("timedOut" if isinstance(error, TestTimeout) else "failed", self.failures.describe(error))

            def finish(self, test):
                seconds = time.perf_counter() - self.began
                if self.tracer:
                    self.cover(test)
                self.failed += self.current["status"] in ("failed", "timedOut")
                self.report.write("finish", id=test, seconds=round(seconds, 6), **self.current)

            def cover(self, test):
                files = self.tracer.take()
                if files:
                    self.report.write("lines", id=test, files=files)

            def broken(self, file, error):
                """A file whose tests could not be loaded."""
                failure = self.failures.describe(error)
                self.report.write("broken", id=file, failure=failure)

            def end(self, code):
                if self.tracer:
                    self.cover(None)
                    self.tracer.stop()
                self.report.write("end", code=int(code))

            def selects(self, test, file):
                return self.selected is None or test in self.selected or file in self.selected


        def files_of(tests):
            """The files that the tests' ids begin with, in order, once each."""
            return list(dict.fromkeys(test.split("::")[0] for test in tests))
        """#
}
