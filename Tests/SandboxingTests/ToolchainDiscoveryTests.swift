import Glibc
import Sandboxing
import Testing

@Suite("Finding toolchains")
struct ToolchainDiscoveryTests {
    @Test("a Python behind a version manager's shim is found without running the shim")
    func shim() throws {
        let fixture = try Fixture()
        let home = fixture.worktree
        try fixture.write("3.12.1\n", to: ".pyenv/version")
        try executable(fixture, ".pyenv/shims/python3")
        try executable(fixture, ".pyenv/versions/3.12.1/bin/python3")
        try executable(fixture, ".ssh/secret")
        let found = discovery(["PATH": "\(home)/.pyenv/shims:/usr/bin", "HOME": home]).find(.python)
        #expect(found.mounts == [Mount("\(home)/.pyenv/versions/3.12.1")])
        #expect(found.path == ["\(home)/.pyenv/versions/3.12.1/bin"])
    }

    @Test("a virtual environment comes with the Python that it was made from")
    func virtualEnvironment() throws {
        let fixture = try Fixture()
        let home = fixture.worktree
        try executable(fixture, "python/bin/python3")
        try fixture.write("home = \(home)/python/bin\n", to: "project/venv/pyvenv.cfg")
        try fixture.write("", to: "project/venv/bin/activate")
        symlink("\(home)/python/bin/python3", "\(home)/project/venv/bin/python3")
        let found = discovery(["PATH": "\(home)/project/venv/bin", "HOME": "\(home)/nobody"]).find(.python)
        #expect(Set(found.mounts) == [Mount("\(home)/python"), Mount("\(home)/project/venv")])
        #expect(found.path.first == "\(home)/project/venv/bin")
        #expect(found.environment["VIRTUAL_ENV"] == "\(home)/project/venv")
    }

    @Test("a program in ~/bin or ~/.local/bin does not give the home folder away", arguments: ["bin", ".local/bin"])
    func homeStaysHidden(folder: String) throws {
        let fixture = try Fixture()
        try executable(fixture, "\(folder)/node")
        let home = fixture.worktree
        let found = discovery(["PATH": "\(home)/\(folder)", "HOME": home]).find(.node)
        #expect(found.mounts.isEmpty)
    }

    @Test("rustup's proxy gives way to the toolchain that it stands for")
    func rust() throws {
        let fixture = try Fixture()
        let home = fixture.worktree
        try fixture.write("version = \"12\"\ndefault_toolchain = \"stable-x\"\n", to: ".rustup/settings.toml")
        try executable(fixture, ".rustup/toolchains/stable-x/bin/cargo")
        let found = discovery(["PATH": "/usr/bin", "HOME": home]).find(.rust)
        #expect(found.mounts == [Mount("\(home)/.rustup/toolchains/stable-x")])
    }

    @Test("what lies under /usr needs no mount")
    func system() {
        let found = discovery(["PATH": "/usr/bin", "HOME": "/nonexistent"]).find(.c)
        #expect(found.mounts.isEmpty)
    }

    private func discovery(_ environment: [String: String]) -> ToolchainDiscovery {
        ToolchainDiscovery(environment: environment, systemPaths: ["/usr"])
    }

    private func executable(_ fixture: borrowing Fixture, _ name: String) throws {
        try fixture.write("#!/bin/sh\n", to: name)
        chmod("\(fixture.worktree)/\(name)", 0o755)
    }
}
