import CKernels
import Foundation
import KernelProducts

@testable import Inference

/// Seeded random numbers (Steele, Lea and Flood 2014), so that a failure can be repeated.
struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }

    /// Roughly normal, variance 1.
    mutating func normal() -> Float {
        (0..<3).reduce(0) { sum, _ in sum + Float.random(in: -1...1, using: &self) }
    }

    mutating func normals(_ count: Int) -> [Float] { (0..<count).map { _ in normal() } }
}

extension TensorType {
    /// Where a block holds half floats.
    var halfFloats: [Int] {
        switch self {
        case .f32, .bf16: []
        case .f16, .q4_0, .q5_0, .q8_0, .iq4_NL, .iq4_XS: [0]
        case .q4_1, .q5_1, .q4_K, .q5_K: [0, 2]
        case .q2_K: [80, 82]
        case .q3_K: [108]
        case .q6_K: [208]
        }
    }
}

/// Random blocks whose scales lie about 1/100.
func randomBlocks(_ type: TensorType, elements: Int, _ random: inout SplitMix) -> [UInt8] {
    if type == .f32 || type == .bf16 {
        return random.normals(elements).flatMap { value in
            (type == .f32 ? 0..<4 : 2..<4).map { UInt8(truncatingIfNeeded: value.bitPattern >> (8 * $0)) }
        }
    }
    var bytes = (0..<elements / type.blockElements * type.blockBytes).map { _ in
        UInt8(truncatingIfNeeded: random.next())
    }
    for block in stride(from: 0, to: bytes.count, by: type.blockBytes) {
        for place in type.halfFloats {
            var half: UInt16 = 0
            ck_f16_from_f32([random.normal() / 100], 1, &half)
            bytes[block + place] = UInt8(half & 255)
            bytes[block + place + 1] = UInt8(half >> 8)
        }
    }
    return bytes
}

func dequantised(_ bytes: [UInt8], type: TensorType, count: Int) -> [Float] {
    var values = [Float](repeating: .nan, count: count)
    ck_dequantise(type.kernelType, bytes, Int64(count), &values)
    return values
}

func packed(_ bytes: [UInt8], type: TensorType, rows: Int, columns: Int) -> PackedMatrix? {
    bytes.withUnsafeBytes { PackedMatrix(type: type, rows: rows, columns: columns, source: $0) }
}

/// Paths that this machine has, the portable one first.
let availablePaths: [Int32] = [CK_PORTABLE, CK_AVX2, CK_AVX512VNNI, CK_NEON, CK_AMX].map { Int32($0) }
    .filter { ck_path_available($0) }

private let pathInUse = NSLock()

/// Runs `body` on every path, one caller at a time, then restores the widest.
func onEveryPath<Result>(_ body: () throws -> Result) rethrows -> [Result] {
    pathInUse.lock()
    defer {
        _ = ck_use_path(availablePaths.last ?? 0)
        pathInUse.unlock()
    }
    return try availablePaths.map { path in
        _ = ck_use_path(path)
        return try body()
    }
}
