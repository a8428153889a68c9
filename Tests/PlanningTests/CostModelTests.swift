import Planning
import Testing

@Suite struct CostModelTests {
    private let action = PlanningAction(
        "try", establishes: ["done"], prior: ActionPrior(seconds: 10, chance: 0.5, weight: 4))

    @Test("without history the prior speaks")
    func prior() {
        let estimate = CostModel().estimate(of: action)
        #expect(estimate == ActionEstimate(seconds: 10, chance: 0.5))
        #expect(estimate.cost == .seconds(20))
    }

    @Test("a success and a failure move the chance as a Beta posterior's mean moves")
    func posterior() {
        let failed = learnt([ActionTrial(succeeded: false, duration: .seconds(10))])
        #expect(failed.chance == 2.0 / 5)
        let succeeded = learnt([ActionTrial(succeeded: true, duration: .seconds(10))])
        #expect(succeeded.chance == 3.0 / 5)
    }

    @Test("time goes from the prior to what is observed, a fifth of the way at each run")
    func time() {
        let once = learnt([ActionTrial(succeeded: true, duration: .seconds(20))])
        #expect(abs(once.seconds - 12) < 1e-9)
        let often = learnt(Array(repeating: ActionTrial(succeeded: true, duration: .seconds(20)), count: 60))
        #expect(abs(often.seconds - 20) < 0.001)
    }

    @Test("each failure in a row makes an action dearer, also after a long good history", arguments: [0, 10, 10_000])
    func failuresCost(history: Int) {
        let good = Array(repeating: ActionTrial(succeeded: true, duration: .seconds(10)), count: history)
        var model = CostModel(statistics: ["try": good.reduce(ActionStatistics()) { $0.adding($1) }])
        var before = model.estimate(of: action).cost
        for _ in 0..<50 {
            model.learn(ActionTrial(succeeded: false, duration: .seconds(10)), of: "try")
            let after = model.estimate(of: action).cost
            #expect(after > before)
            before = after
        }
        #expect(model.estimate(of: action).chance < 0.4)
    }

    @Test("statistics that make no sense give a cost that does", arguments: [-1e9, 0, 1e300, .infinity, .nan])
    func foreignFigures(figure: Double) {
        for trials in [Int.min, 0, .max] {
            let statistics = ActionStatistics(
                successes: figure, failures: -figure, weightedSeconds: figure, trials: trials)
            let cost = CostModel(statistics: ["try": statistics]).estimate(of: action).cost
            #expect(cost >= .milliseconds(1) && cost <= .seconds(1e9))
        }
    }

    @Test("no action is free")
    func costFloor() {
        #expect(ActionEstimate(seconds: 0, chance: 1).cost == .milliseconds(1))
    }

    private func learnt(_ trials: [ActionTrial]) -> ActionEstimate {
        var model = CostModel()
        for trial in trials { model.learn(trial, of: "try") }
        return model.estimate(of: action)
    }
}
