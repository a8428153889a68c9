extension PythonDriver {
    /// Many candidates, each in a fork of one warm process.
    static let screening = #"""
        class Screening:
            """Tries candidates one after the other, each in a fork of this warm process that has not yet imported the code."""

            def __init__(self, request, report):
                self.root = request["worktree"]
                self.candidates = request["screen"]["candidates"]
                self.seconds = request["screen"]["seconds"]
                self.patience = request["screen"]["patience"]
                self.stop = request["screen"]["stopAtFirstHit"]
                self.tests = request["tests"]
                self.report = report
                self.owner = os.getpid()
                self.began = False
                self.ended = []
                self.reap_orphans()

            def reap_orphans(self):
                """Makes this process the parent of every orphan below it (PR_SET_CHILD_SUBREAPER), to find and end them."""
                with contextlib.suppress(Exception):
                    import ctypes

                    ctypes.CDLL(None).prctl(36, 1, 0, 0, 0)

            def child(self):
                """True in each candidate's process, where the caller goes on to run the tests; false in the parent, at the end."""
                if os.getpid() != self.owner:
                    return True
                if self.loaded():
                    return False
                self.began = True
                importlib.invalidate_caches()
                for number, candidate in enumerate(self.candidates):
                    before = self.write(candidate["files"], number)
                    reader, writer = os.pipe()
                    sys.stdout.flush(), sys.stderr.flush()
                    process = os.fork()
                    if process == 0:
                        os.close(reader)
                        self.enter(writer)
                        return True
                    os.close(writer)
                    hit = self.follow(candidate["id"], process, reader)
                    self.restore(before)
                    if hit and self.stop:
                        break
                return False

            def loaded(self):
                """Whether a conftest or a plugin imported a candidate's file before its turn."""
                loaded = {os.path.realpath(getattr(module, "__file__", None) or "") for module in list(sys.modules.values())}
                wanted = {path for candidate in self.candidates for path in candidate["files"]}
                return any(os.path.realpath(os.path.join(self.root, path)) in loaded for path in wanted)

            def forget(self):
                """Drops every module of the worktree, so that each child imports it afresh."""
                places = Places(self.root)
                for name, module in list(sys.modules.items()):
                    if name != "__main__" and places.relative(getattr(module, "__file__", None)):
                        del sys.modules[name]

            def write(self, files, number):
                """Puts the candidate's files in place. Their times differ from any other's, so that no bytecode is reused."""
                before = {}
                for path, content in files.items():
                    full = os.path.join(self.root, path)
                    with open(full, "rb") as file:
                        before[full] = (file.read(), os.stat(full))
                    replace(full, base64.b64decode(content))
                    os.utime(full, (1_000_000_000 + number, 1_000_000_000 + number))
                return before

            def restore(self, before):
                for full, (content, status) in before.items():
                    replace(full, content)
                    os.utime(full, ns=(status.st_atime_ns, status.st_mtime_ns))

            def enter(self, writer):
                import resource

                os.setsid()
                limit = 64 << 20
                with contextlib.suppress(ValueError):
                    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
                self.report.descriptor = writer
                self.report.owner = os.getpid()

            def follow(self, identifier, process, reader):
                """Reads one child to its end or its deadline, ends what it leaves behind, and passes its lines on."""
                import select

                start = time.monotonic()
                deadline = start + self.limit()
                data, late = b"", False
                while True:
                    left = deadline - time.monotonic()
                    if left <= 0 or len(data) > 4 << 20:
                        late = True
                        break
                    ready, _, _ = select.select([reader], [], [], min(left, 1))
                    if ready:
                        piece = os.read(reader, 1 << 16)
                        if not piece:
                            break
                        data += piece
                        if b'{"code":' in piece[-200:] and b'"event":"end"' in piece[-200:]:
                            break
                    elif gone(process):
                        break
                os.close(reader)
                took = time.monotonic() - start
                self.end(process, late)
                events = parsed(data)
                statuses = {event.get("status") for event in events} - {None}
                # What ended before any test did says nothing of how long one takes.
                if not late and statuses and "timedOut" not in statuses:
                    self.ended.append(took)
                passed = {event.get("id") for event in events if event.get("status") == "passed"}
                self.report.write("candidate", id=identifier, late=late, events=events)
                return all(test in passed for test in self.tests)

            def limit(self):
                """Seconds for the next child: once a few have ended by themselves, what the slowest of them took is a measure."""
                if len(self.ended) < 3:
                    return self.seconds
                return min(self.seconds, self.patience + 5 * max(self.ended))

            def end(self, process, late):
                """Ends the child, its session, and whatever was handed to this process as an orphan."""
                if not late:
                    time_limit = time.monotonic() + 0.2
                    while not gone(process) and time.monotonic() < time_limit:
                        time.sleep(0.001)
                for identifier in [process] + children():
                    with contextlib.suppress(OSError):
                        os.killpg(identifier, signal.SIGKILL)
                    with contextlib.suppress(OSError):
                        os.kill(identifier, signal.SIGKILL)
                for _ in range(100):
                    with contextlib.suppress(OSError):
                        os.waitpid(process, 0)
                    left = children()
                    if not left:
                        break
                    for identifier in left:
                        with contextlib.suppress(OSError):
                            os.kill(identifier, signal.SIGKILL)
                            os.waitpid(identifier, 0)


        def replace(full, content):
            with open(full, "wb") as file:
                file.write(content)


        def gone(process):
            """Whether the child has ended; it stays waitable."""
            return os.waitid(os.P_PID, process, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


        def children():
            try:
                with open("/proc/self/task/%d/children" % PROCESS) as file:
                    return [int(word) for word in file.read().split()]
            except OSError:
                return []


        def parsed(data):
            events = []
            for line in data.split(b"\n"):
                with contextlib.suppress(ValueError):
                    event = json.loads(line)
                    if isinstance(event, dict):
                        events.append(event)
            return events


        def warm(request, framework):
            """Imports what a run needs and the worktree does not hold: the framework, and modules that its files name."""
            import ast

            paths = set(files_of(request["tests"]))
            for candidate in request["screen"]["candidates"]:
                paths.update(candidate["files"])
            names = set()
            for path in paths:
                with contextlib.suppress(Exception):
                    with open(path, "rb") as file:
                        tree = ast.parse(file.read())
                    for node in ast.walk(tree):
                        if isinstance(node, ast.Import):
                            names.update(alias.name for alias in node.names)
                        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                            names.add(node.module)
            for name in sorted(names):
                top = name.split(".")[0]
                if os.path.exists(top) or os.path.exists(top + ".py") or os.path.exists("src/" + top):
                    continue
                with contextlib.suppress(Exception):
                    place = importlib.util.find_spec(top)
                    root = os.path.realpath(request["worktree"]) + os.sep
                    if place is not None and not os.path.realpath(place.origin or "").startswith(root):
                        importlib.import_module(name)
            if framework is run_pytest:
                warm_pytest()


        def warm_pytest():
            """One session with a failing test: whatever pytest imports late is imported then."""
            import tempfile

            with tempfile.TemporaryDirectory() as folder:
                path = os.path.join(folder, "test_warm.py")
                with open(path, "w") as file:
                    file.write("def test_warm():\n    assert [1] == [2]\n")
                import pytest

                with open(os.devnull, "w") as null, contextlib.redirect_stdout(null), contextlib.redirect_stderr(null):
                    pytest.main(["-q", "-p", "no:cacheprovider", "--rootdir=" + folder, "-c", os.devnull, path])
                sys.modules.pop("test_warm", None)


        def screen(request, report, framework):
            import gc
            import tempfile

            warm(request, framework)
            sys.dont_write_bytecode = False  # half a candidate's time is compiling the test files, which stay the same
            sys.pycache_prefix = tempfile.mkdtemp(prefix="fettle-bytecode-")
            request["arguments"] = request.get("arguments", []) + ["--tb=native"]  # the cheapest; nobody reads it
            null = os.open(os.devnull, os.O_RDWR)
            for descriptor in (0, 1, 2):
                os.dup2(null, descriptor)
            gc.collect()
            if hasattr(gc, "freeze"):
                gc.freeze()
            screening = Screening(request, report)
            recorder = Recorder(request, report, None)
            code = framework(request, recorder, screening)
            if not screening.began:
                screening.forget()
                if screening.child():
                    code = framework(request, recorder)
            return recorder, code
        """#
}
