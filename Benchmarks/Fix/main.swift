import Foundation
import Repair

// Mends `Tasks/starter/python-ledger` (one token in a module of 200 lines with 20 tests) some times over, each time without history, and
// prints the median seconds and the candidates verified per minute. Then verifies without end in sight, to say what verification bears,
// and at last asks the embedded model alone for samples at one suspect.
// Usage: FixBenchmark [runs]

let runs = CommandLine.arguments.dropFirst().first.flatMap(Int.init) ?? 5
let bench = try Bench()
defer { bench.remove() }

var seconds: [Double] = []
for _ in 0..<runs {
    let measured = try await bench.fix()
    seconds.append(measured.ending.seconds)
    print("\(measured.ending.verdict.phrase) in \(tenths(measured.ending.seconds)) s, \(measured.tried) candidates")
}
print("median: \(tenths(median(seconds))) s of \(runs) runs")

// A second bug that no small edit mends keeps every candidate failing, so that verification goes on to the limit.
try bench.addUnfixableTest()
let bound = try await bench.fix(candidates: 400)
let perMinute = Int((Double(bound.tried) / bound.verifySeconds * 60).rounded())
print("verification: \(bound.tried) candidates in \(tenths(bound.verifySeconds)) s, \(perMinute) per minute")

let asked = try await bench.infill(samples: 32)
print(
    "the model: \(asked.candidates) infills at one suspect in \(tenths(asked.seconds)) s; 32 samples of its line, a third of that for each other hole"
)

func tenths(_ value: Double) -> String { "\((value * 10).rounded() / 10)" }

func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    return sorted.isEmpty ? 0 : sorted[sorted.count / 2]
}
