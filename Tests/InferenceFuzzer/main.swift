// Mutates model files and reads them until something traps: `InferenceFuzzer [cases] [first seed]`, built with `--sanitize=address`.
//
// A case is its seed alone. A progress line names the seed from which the next hundred thousand begin; after a crash, run again from
// there with ever fewer cases.
import Glibc
import InferenceFuzzing

let arguments = CommandLine.arguments.dropFirst().compactMap { UInt64($0) }
let cases = arguments.first ?? 1_000_000
let first = arguments.dropFirst().first ?? 1
let seeds = try FuzzSeeds.all()
func say(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(STDOUT_FILENO, bytes, bytes.count)
}
var depths = Array(repeating: 0, count: FuzzCase.Depth.allCases.count)
let clock = ContinuousClock()
let start = clock.now
for seed in first..<first + cases {
    if (seed - first) % 100_000 == 0 {
        let elapsed = max(clock.now - start, .milliseconds(1))
        say("seed \(seed): \(seed - first) cases in \(elapsed); refused, opened, tokenized: \(depths)")
    }
    var random = FuzzGenerator(seed: seed)
    var bytes = seeds[random.index(below: seeds.count)]
    Mutation.mutate(&bytes, seeds: seeds, &random)
    depths[FuzzCase.read(bytes).rawValue] += 1
}
say("\(cases) cases, none trapped, in \(clock.now - start); refused, opened, tokenized: \(depths)")
