// The kernels' speed, beside what the machine can do: `KernelsBenchmark [seconds per figure]`.
//
// Products of one row are bound by memory, those of eight, as several sequences generate them, almost: GB/s of weights, beside
// the measured read bandwidth. Products of 512 rows are bound by arithmetic: GFLOP/s (2·m·n·k), beside OpenBLAS's sgemm on
// matrices of the same shape, one call a thread.

import CKernels
import COpenBLAS
import Foundation
import Inference
import KernelProducts

let seconds = CommandLine.arguments.dropFirst().first.flatMap(Double.init) ?? 0.3
let threads = 2
let pool = WorkerPool(threads: threads)
let batchRows = 512
let shapes = [(rows: 4864, columns: 896), (rows: 8192, columns: 2048)]
let types: [TensorType] = [
    .q8_0, .q4_0, .q4_K, .q6_K, .q5_K, .q5_0, .q3_K, .q2_K, .q4_1, .q5_1, .iq4_NL, .iq4_XS, .f16, .bf16, .f32,
]

print("path: \(String(cString: ck_path_name(ck_path()))), threads: \(threads)")
for count in [1, threads] {
    print("memory read, \(count) thread\(count == 1 ? "" : "s"): \(decimal(readBandwidth(threads: count))) GB/s")
}
for shape in shapes {
    print("\n\(shape.rows) rows × \(shape.columns) columns")
    print("type     one row GB/s   eight GB/s   \(batchRows) rows GFLOP/s")
    for type in types {
        guard let figures = figures(type, rows: shape.rows, columns: shape.columns) else { continue }
        print(
            [(figures.one, 12), (figures.eight, 13), (figures.gigaflops, 20)].reduce(
                type.name.padding(toLength: 9, withPad: " ", startingAt: 0)
            ) { $0 + decimal($1.0).leftPadded(to: $1.1) })
    }
    print(
        "sgemm (OpenBLAS)                  "
            + decimal(sgemm(rows: shape.rows, columns: shape.columns)).leftPadded(to: 20))
}

/// Seconds of the fastest of as many runs as fit in ``seconds``, three at least.
func fastest(_ body: () -> Void) -> Double {
    let clock = ContinuousClock()
    let start = clock.now
    var best = Double.infinity
    var runs = 0
    while runs < 3 || start.duration(to: clock.now) < .seconds(seconds) {
        best = min(best, clock.measure(body) / .seconds(1))
        runs += 1
    }
    return best
}

func figures(_ type: TensorType, rows: Int, columns: Int) -> (one: Double, eight: Double, gigaflops: Double)? {
    // As many copies as the last cache cannot hold, so that one row's product reads memory as a whole model does.
    guard columns.isMultiple(of: type.blockElements), let bytes = type.byteCount(elements: rows * columns) else {
        return nil
    }
    var random = SystemRandomNumberGenerator()
    var source = [UInt8](repeating: 0, count: bytes)
    // Bytes below 32 keep every half float small and positive, whatever its place; of wider floats the highest bytes must
    // not make them subnormal.
    for i in source.indices { source[i] = UInt8(truncatingIfNeeded: random.next()) & 31 }
    if type == .f32 || type == .bf16 {
        for i in stride(from: type.blockBytes - 1, to: bytes, by: type.blockBytes) { source[i] = 0x3c }
    }
    let copies = max(1, (160 << 20) / bytes)
    let matrices = (0..<copies).compactMap { _ in
        source.withUnsafeBytes { PackedMatrix(type: type, rows: rows, columns: columns, source: $0) }
    }
    guard matrices.count == copies else { return nil }
    let input = (0..<batchRows * columns).map { _ in Float.random(in: -1...1) }
    let batch = PreparedRows(kind: matrices[0].kind, columns: columns, capacity: 8)
    let prompt = PreparedRows(kind: matrices[0].promptKind, columns: columns, capacity: batchRows)
    var out = [Float](repeating: 0, count: batchRows * rows)
    return input.withUnsafeBufferPointer { input in
        out.withUnsafeMutableBufferPointer { out in
            guard let input = input.baseAddress, let out = out.baseAddress else { return nil }
            batch.prepare(input, stride: columns, count: 8, pool: pool)
            let (one, eight) = (seconds(rows: 1), seconds(rows: 8))
            func seconds(rows count: Int) -> Double {
                fastest {
                    for matrix in matrices { matrix.multiply(batch, count: count, into: out, stride: rows, pool: pool) }
                }
            }
            let many = fastest {
                // What a layer pays: inputs prepared, then multiplied.
                prompt.prepare(input, stride: columns, count: batchRows, pool: pool)
                matrices[0].multiply(prompt, count: batchRows, into: out, stride: rows, pool: pool)
            }
            let operations = 2 * Double(rows) * Double(columns) * Double(batchRows)
            let gigabytes = Double(bytes) * Double(copies) / 1e9
            return (gigabytes / one, gigabytes / eight, operations / many / 1e9)
        }
    }
}

/// GFLOP/s of OpenBLAS on dequantised weights, each thread multiplying its share of the rows.
func sgemm(rows: Int, columns: Int) -> Double {
    openblas_set_num_threads(1)
    let weights = (0..<rows * columns).map { Float($0 % 7) }
    let input = (0..<batchRows * columns).map { Float($0 % 5) }
    var out = [Float](repeating: 0, count: batchRows * rows)
    return weights.withUnsafeBufferPointer { weights in
        input.withUnsafeBufferPointer { input in
            out.withUnsafeMutableBufferPointer { out in
                guard let weights = weights.baseAddress, let input = input.baseAddress, let out = out.baseAddress
                else { return 0 }
                let share = rows / threads
                nonisolated(unsafe) let (w, x, o) = (weights, input, out)
                let time = fastest {
                    pool.run { thread in
                        cblas_sgemm(
                            CblasRowMajor, CblasNoTrans, CblasTrans, Int32(batchRows), Int32(share), Int32(columns), 1,
                            x, Int32(columns), w + thread * share * columns, Int32(columns), 0, o + thread * share,
                            Int32(rows))
                    }
                }
                return 2 * Double(share * threads) * Double(columns) * Double(batchRows) / time / 1e9
            }
        }
    }
}

/// GB/s of summing 256 MB, as 32-bit rows multiplied by nothing: each thread reads its share once.
func readBandwidth(threads: Int) -> Double {
    let (rows, columns) = (16_384, 4_096)
    let pool = WorkerPool(threads: threads)
    let source = [UInt8](repeating: 0, count: rows * columns * 4)
    let matrix = source.withUnsafeBytes {
        PackedMatrix(type: .f32, rows: rows, columns: columns, source: $0)
    }
    guard let matrix else { return 0 }
    let batch = PreparedRows(kind: .floats, columns: columns, capacity: 1)
    var out = [Float](repeating: 0, count: rows)
    batch.prepare([Float](repeating: 1, count: columns), stride: columns, count: 1, pool: pool)
    return out.withUnsafeMutableBufferPointer { out in
        guard let out = out.baseAddress else { return 0 }
        return Double(matrix.byteCount)
            / fastest { matrix.multiply(batch, count: 1, into: out, stride: rows, pool: pool) } / 1e9
    }
}

func decimal(_ value: Double) -> String { String(format: "%.1f", value) }

extension String {
    func leftPadded(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
