extension PythonDriver {
    /// The pytest plugin.
    static let pytest = #"""
        def pytest_plugin(pytest, recorder, screening=None):
            """A plugin that reports a pytest session to the recorder, and keeps it to the selected tests."""
            wrapper = pytest.hookimpl(hookwrapper=True, tryfirst=True)

            class FettlePlugin:
                @pytest.hookimpl(tryfirst=True)
                def pytest_collection(self, session):
                    if screening is None or screening.child():
                        return None
                    session.items = []
                    return True

                def pytest_collection_modifyitems(self, config, items):
                    keep, drop = [], []
                    for item in items:
                        kept = recorder.selects(item.nodeid, item.nodeid.split("::")[0])
                        (keep if kept else drop).append(item)
                    if drop:
                        config.hook.pytest_deselected(items=drop)
                        items[:] = keep

                @wrapper
                def pytest_make_collect_report(self, collector):
                    with recorder.alarm.limit():
                        outcome = yield
                    report = outcome.get_result()
                    call = getattr(report, "call", None)
                    if report.failed and call is not None and call.excinfo is not None:
                        recorder.broken(collector.nodeid, call.excinfo.value)

                @wrapper
                def pytest_runtest_protocol(self, item):
                    recorder.start(item.nodeid)
                    yield
                    recorder.finish(item.nodeid)

                @wrapper
                def pytest_runtest_setup(self, item):
                    with recorder.alarm.limit():
                        yield

                @wrapper
                def pytest_runtest_call(self, item):
                    with recorder.alarm.limit():
                        yield

                @wrapper
                def pytest_runtest_teardown(self, item):
                    with recorder.alarm.limit():
                        yield

                @wrapper
                def pytest_runtest_makereport(self, item, call):
                    outcome = yield
                    report = outcome.get_result()
                    if report.failed and call.excinfo is not None:
                        recorder.fail(call.excinfo.value)
                    elif report.failed:
                        text = clip(report.longrepr)
                        recorder.note("failed", {"kind": "assertion", "message": text, "frames": []})
                    elif report.skipped:
                        recorder.note("skipped")

                def pytest_assertrepr_compare(self, op, left, right):
                    expected = shown(right)
                    recorder.failures.comparison = (expected if op == "==" else op + " " + expected, shown(left))

            return FettlePlugin()


        def pytest_arguments(request, recorder):
            arguments = ["-q", "--tb=short", "--rootdir=" + request["worktree"], "--continue-on-collection-errors",
                         "-p", "no:cacheprovider", "-p", "no:faulthandler", "-p", "no:randomly", "-p", "no:xdist",
                         "-p", "no:rerunfailures", "-p", "no:timeout"]
            arguments += request.get("arguments", [])
            arguments.append("--maxfail=%d" % recorder.stop)
            if request.get("tests") is not None:
                arguments += [path for path in files_of(request["tests"]) if os.path.exists(path)]
            return arguments


        def run_pytest(request, recorder, screening=None):
            import pytest

            arguments = pytest_arguments(request, recorder)
            code = pytest.main(list(arguments), plugins=[pytest_plugin(pytest, recorder, screening)])
            if int(code) == 4:  # the repository's addopts name plugins that are absent or switched off here
                arguments += ["-o", "addopts="]
                code = pytest.main(list(arguments), plugins=[pytest_plugin(pytest, recorder, screening)])
            return int(code)
        """#
}
