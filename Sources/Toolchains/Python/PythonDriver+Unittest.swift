extension PythonDriver {
    /// Discovery and running without pytest, with the same test names.
    static let unittest = #"""
        def test_files(root):
            """The files whose names say that they hold tests, in the order of their paths."""
            skipped = {".git", ".venv", "venv", ".tox", "node_modules", "site-packages", "build", "dist"}
            found = []
            for folder, folders, names in os.walk(root):
                folders[:] = sorted(name for name in folders if name not in skipped and not name.startswith("."))
                for name in sorted(names):
                    if name.endswith(".py") and (name.startswith("test") or name.endswith("_test.py")):
                        found.append(os.path.relpath(os.path.join(folder, name), root).replace(os.sep, "/"))
            return found


        def load_module(root, path):
            """Imports a file under the name that its packages give it, with their parent on sys.path."""
            folder, name = os.path.split(os.path.join(root, path))
            names = [name[: -len(".py")]]
            while os.path.exists(os.path.join(folder, "__init__.py")) and folder != root:
                folder, package = os.path.split(folder)
                names.insert(0, package)
            if folder not in sys.path:
                sys.path.insert(0, folder)
            module = importlib.import_module(".".join(names))
            if os.path.realpath(module.__file__ or "") != os.path.realpath(os.path.join(root, path)):
                del sys.modules[".".join(names)]  # another folder has a test file of the same name
                sys.path.insert(0, folder)
                module = importlib.import_module(".".join(names))
            return module


        def run_unittest(request, recorder, screening=None):
            import unittest

            if screening is not None and not screening.child():
                return 0

            def identity(test):
                case = type(test)
                path = recorder.places.relative(getattr(sys.modules.get(case.__module__), "__file__", ""))
                return "%s::%s::%s" % (path, case.__qualname__, getattr(test, "_testMethodName", "?"))

            class Result(unittest.TestResult):
                """Reports to the recorder; errors of class and module fixtures fail the tests that they were for."""

                def startTest(self, test):
                    super().startTest(test)
                    recorder.start(identity(test))

                def stopTest(self, test):
                    super().stopTest(test)
                    recorder.finish(identity(test))
                    if recorder.stop and recorder.failed:
                        self.stop()

                def addError(self, test, error):
                    if isinstance(test, unittest.TestCase):
                        recorder.fail(error[1])
                    else:
                        self.fixture(test.id(), error[1])

                def addFailure(self, test, error):
                    recorder.fail(error[1])

                def addSubTest(self, test, subtest, error):
                    if error is not None:
                        recorder.fail(error[1])

                def addSkip(self, test, reason):
                    if isinstance(test, unittest.TestCase):
                        recorder.note("skipped")
                    else:
                        self.fixture(test.id(), None)

                def addExpectedFailure(self, test, error):
                    recorder.note("skipped")

                def addUnexpectedSuccess(self, test):
                    recorder.note("failed", {"kind": "UnexpectedSuccess", "message": "expected to fail", "frames": []})

                def fixture(self, name, error):
                    place = name.partition("(")[2].rstrip(")")
                    for test in remaining:
                        case = type(test)
                        if place in (case.__module__, "%s.%s" % (case.__module__, case.__qualname__)):
                            recorder.start(identity(test))
                            recorder.note("skipped") if error is None else recorder.fail(error)
                            recorder.finish(identity(test))

            root = request["worktree"]
            files = test_files(root) if request.get("tests") is None else files_of(request["tests"])
            remaining = []
            for path in files:
                if not os.path.exists(os.path.join(root, path)):
                    continue
                try:
                    with recorder.alarm.limit():
                        module = load_module(root, path)
                        suite = unittest.defaultTestLoader.loadTestsFromModule(module)
                except BaseException as error:
                    if isinstance(error, (KeyboardInterrupt, unittest.SkipTest)):
                        continue
                    recorder.broken(path, error)
                    continue
                for test in cases(suite, unittest):
                    if recorder.selects(identity(test), path):
                        remaining.append(guarded(test, recorder))
            unittest.TestSuite(remaining).run(Result())
            return 1 if recorder.failed else 0 if remaining else 5


        def cases(suite, unittest):
            for item in suite:
                if isinstance(item, unittest.TestCase):
                    yield item
                else:
                    yield from cases(item, unittest)


        def guarded(test, recorder):
            """The test with its phases under the alarm; fixtures of classes and modules run outside of it."""
            for name in ("_callSetUp", "_callTestMethod", "_callTearDown"):
                phase = getattr(test, name, None)
                if phase is not None:
                    setattr(test, name, limited(phase, recorder.alarm))
            return test


        def limited(phase, alarm):
            def call(*arguments):
                with alarm.limit():
                    return phase(*arguments)

            return call
        """#
}
