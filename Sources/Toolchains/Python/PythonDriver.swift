/// The Python program that runs a repository's tests inside the sandbox and writes what happened as JSON lines.
///
/// One file for the interpreter, in parts here. It takes the path of a JSON request and writes `report.jsonl` and
/// `traces.txt` (faulthandler's) to the request's output folder. ``PythonReport`` reads both.
enum PythonDriver {
    /// The whole program.
    static let source = [recording, tracing, pytest, unittest, screening, entry].joined(separator: "\n\n")

    /// Which framework, with which paths.
    private static let entry = #"""
        def choose(framework):
            """The runner to use: pytest where it can be imported, unless the repository says otherwise."""
            if framework == "unittest":
                return run_unittest
            with contextlib.suppress(ImportError):
                import pytest  # noqa: F401

                return run_pytest
            if framework == "pytest":
                return None
            return run_unittest


        def prepare(root):
            """What `python3 -m pytest` in the worktree would see: the worktree first, then a `src` folder of packages."""
            import importlib.util  # noqa: F401

            os.chdir(root)
            sys.argv = ["pytest"]
            sys.path[0] = root
            source = os.path.join(root, "src")
            if os.path.isdir(source) and not os.path.exists(os.path.join(source, "__init__.py")):
                sys.path.insert(1, source)


        def main():
            with open(sys.argv[1], "rb") as file:
                request = json.load(file)
            folder = request["output"]
            report = Report(os.open(folder + "/report.jsonl", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644))
            traces = open(folder + "/traces.txt", "a")
            prepare(request["worktree"])
            framework = choose(request["framework"])
            version = "%d.%d.%d" % sys.version_info[:3]
            if framework is None:
                report.write("missing", module="pytest", python=sys.executable, version=version)
                return 2
            report.write("begin", framework=framework.__name__[len("run_") :], version=version)
            if request.get("screen"):
                recorder, code = screen(request, report, framework)
            else:
                recorder = Recorder(request, report, traces)
                recorder.begin()
                code = framework(request, recorder)
            recorder.end(code)
            return code


        if __name__ == "__main__":
            code = main()
            sys.stdout.flush()
            sys.stderr.flush()
            os._exit(code)
        """#
}
