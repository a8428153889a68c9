// Plans in random domains of 200 facts and 500 actions and prints how long a plan takes.
//
//     swift run -c release PlanningBenchmark [number of domains]

import Planning

/// SplitMix64 (Steele, Lea & Flood, OOPSLA 2014).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// A domain whose goal is reachable: its facts hold, together, at the end of a random walk of `depth` actions.
struct RandomDomain {
    let actions: [PlanningAction]
    let start: WorldState
    let goal: Goal

    init(seed: UInt64, facts factCount: Int = 200, actions actionCount: Int = 500, depth: Int = 12) {
        var generator = SeededGenerator(seed: seed)
        let facts = (0..<factCount).map { Fact(rawValue: "fact\($0)") }
        func some(_ count: ClosedRange<Int>) -> Set<Fact> {
            Set(
                (0..<Int.random(in: count, using: &generator)).compactMap { _ in facts.randomElement(using: &generator)
                })
        }
        let actions = (0..<actionCount).map { number in
            PlanningAction(
                "action\(number)", requires: some(1...3), forbids: some(0...1), establishes: some(1...2),
                retracts: some(0...1),
                prior: ActionPrior(
                    seconds: .random(in: 0.1...20, using: &generator), chance: .random(in: 0.1...1, using: &generator)))
        }
        let start = WorldState(Set(facts.prefix(20)))
        var state = start
        var latest: [Fact] = []
        for _ in 0..<depth {
            let possible = actions.filter { state.permits($0) && !$0.establishes.isSubset(of: state.facts) }
            guard let action = possible.randomElement(using: &generator) else { break }
            state = state.predicted(after: action)
            latest += action.establishes.sorted()
        }
        self.actions = actions
        self.start = start
        goal = Goal(Set(latest.filter(state.facts.contains).suffix(3)))
    }
}

let domainCount = CommandLine.arguments.dropFirst().first.flatMap { Int($0) } ?? 200
let clock = ContinuousClock()
var milliseconds: [Double] = []
var lengths: [Int] = []
for seed in 0..<UInt64(domainCount) {
    let domain = RandomDomain(seed: seed)
    let planner = Planner(actions: domain.actions)
    let begin = clock.now
    let plan = try planner.plan(from: domain.start, to: domain.goal)
    milliseconds.append(begin.duration(to: clock.now) / .milliseconds(1))
    lengths.append(plan.steps.count)
}
milliseconds.sort()
lengths.sort()
func hundredths(_ value: Double) -> Double { Double(Int(value * 100 + 0.5)) / 100 }
print(
    "\(domainCount) domains of 200 facts and 500 actions; plans of \(lengths.first ?? 0) to \(lengths.last ?? 0) actions,",
    "median \(lengths[lengths.count / 2])")
print(
    "milliseconds a plan: median \(hundredths(milliseconds[milliseconds.count / 2])),",
    "90 % below \(hundredths(milliseconds[milliseconds.count * 9 / 10])), worst \(hundredths(milliseconds.last ?? 0))")
