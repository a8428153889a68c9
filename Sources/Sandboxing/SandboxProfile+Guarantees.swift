extension SandboxProfile {
    /// What the probe found, completed by what this profile makes of it; one of each name, in their order.
    func guarantees(probed: [Guarantee], groups: ControlGroups) -> [Guarantee] {
        let found = Dictionary(probed.map { ($0.name, $0) }) { first, _ in first }
        return Guarantee.Name.allCases.map { name in
            let probed = found[name] ?? Guarantee(name, .missing(reason: "nothing has tried it"))
            return switch name {
            case .cpu: cpu(probed, groups)
            case .disk: disk(probed)
            case .git where repository == .snapshot: git(probed)
            default: probed
            }
        }
    }

    /// Whether a guarantee that the profile requires is good enough: in the Landlock tier, which a person chose knowing
    /// what it loses, all that it can hold.
    func accepts(_ guarantee: Guarantee) -> Bool {
        switch guarantee.status {
        case .enforced: true
        case .partial: tier == .landlock && LandlockTier.losses[guarantee.name] != nil
        case .missing: false
        }
    }

    private func cpu(_ probed: Guarantee, _ groups: ControlGroups) -> Guarantee {
        switch (limits.cpus, limits.cpuTime) {
        case (nil, nil):
            return Guarantee(
                .cpu, .partial(reason: "bounded by the wall clock only"),
                remedy: "set `limits: cpus` or `limits: cpu-time` in the profile")
        // Added up by init, which sees nothing of a child that ends without being waited for.
        case (nil, .some):
            guard probed.isEnforced, !groups.has(.cpuacct) else { return probed }
            return Guarantee(
                .cpu, .partial(reason: "the time of children that nobody waits for is not counted"),
                remedy: ControlGroups.remedy)
        case (.some, _):
            guard probed.isEnforced, !groups.has(.cpu) else { return probed }
            return Guarantee(
                .cpu, .missing(reason: "this machine lets us make no control group for processors"),
                remedy: ControlGroups.remedy)
        }
    }

    private func disk(_ probed: Guarantee) -> Guarantee {
        guard tier == .namespaces else { return probed }
        switch work {
        case .copyOnWrite: return probed
        case .readOnly: return Guarantee(.disk, .enforced)
        case .bind:
            return Guarantee(
                .disk, .partial(reason: "each file is bounded, and /tmp and home as a whole; the worktree is not"),
                remedy: "`work: copy-on-write` in the profile, where changes need not be kept")
        }
    }

    private func git(_ probed: Guarantee) -> Guarantee {
        guard probed.isEnforced else { return probed }
        return Guarantee(
            .git, .enforced, remedy: "`git: snapshot` shows the repository's history, read-only, as the profile asks")
    }
}

extension Guarantee {
    /// What becomes of it when a run has a folder of the host to write its output to.
    var withOutputFolder: Guarantee {
        guard name == .disk, isEnforced else { return self }
        return Guarantee(.disk, .partial(reason: "in the output folder each file is bounded, not their number"))
    }

    /// What is to be said of it where others on the host may make files in the worktree while the run lasts.
    var inSharedWorktree: Guarantee {
        guard name == .network, isEnforced else { return self }
        return Guarantee(
            .network, .enforced,
            remedy: "of sockets and pipes in the worktree, those that were there before the run are covered; "
                + "`work: copy-on-write` keeps off later ones too")
    }
}
