extension SandboxProfile {
    /// What the probe found, completed by what this profile's limits make of it; one of each name, in their order.
    func guarantees(probed: [Guarantee], groups: ControlGroups) -> [Guarantee] {
        let all = probed + [cpu(groups), disk]
        return Guarantee.Name.allCases.map { name in
            all.first { $0.name == name } ?? Guarantee(name, .missing(reason: "nothing has tried it"))
        }
    }

    private func cpu(_ groups: ControlGroups) -> Guarantee {
        guard limits.cpus != nil else {
            return Guarantee(
                .cpu, .partial(reason: "bounded by the wall clock only"), remedy: "set `limits: cpus` in the profile")
        }
        guard groups.has(.cpu) else {
            return Guarantee(
                .cpu, .missing(reason: "this machine lets us make no control group for processors"),
                remedy: "run Fettle in a control group of its own: systemd-run --user --scope -p Delegate=yes fettle …")
        }
        return Guarantee(.cpu, .enforced)
    }

    private var disk: Guarantee {
        Guarantee(.disk, .partial(reason: "each file is bounded, and /tmp and home as a whole; the worktree is not"))
    }
}
