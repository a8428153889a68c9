import CKernels
import KernelProducts
import Testing

@testable import Inference

/// Golden values of `Tests/Oracles/dequantise.py`, by the `gguf` package: the first values' bits, and a hash of all.
private let golden: [(TensorType, [UInt32], UInt64)] = [
    (.f16, [0x3cf8_2000, 0x396b_c000, 0xb739_0000], 0x856b_2bd2_62b4_ef57),
    (.bf16, [0x3ece_0000, 0xbf78_0000, 0xbe62_0000], 0xcbac_0e8f_0420_4f97),
    (.q4_0, [0x399d_1000, 0xb933_8000, 0x3833_8000], 0x83b2_c392_ad64_c16a),
    (.q4_1, [0xbac6_4000, 0xbadd_f400, 0xbaf5_a800], 0x333e_365d_9e40_bdd5),
    (.q5_0, [0x3cf0_0000, 0x8000_0000, 0xbcdc_0000], 0x3c0e_64f4_5fe0_8a94),
    (.q5_1, [0x3b93_de00, 0x3df1_8de0, 0x3d54_13c0], 0x69fb_f886_7421_92c1),
    (.q8_0, [0x379b_0000, 0xbab8_1000, 0xba82_c800], 0xbda2_0905_292d_fe0a),
    (.q2_K, [0xc0b9_5800, 0xc280_b680, 0xc280_b680], 0xdfc2_b58e_c2c5_4b09),
    (.q3_K, [0xc0b0_5800, 0x8000_0000, 0xc06b_2000], 0x1e39_1e8a_a9fb_fd89),
    (.q4_K, [0x3f0d_f1d8, 0x3ef3_9270, 0x3da7_f0c0], 0xd59a_0163_73df_bf81),
    (.q5_K, [0x42b7_24e0, 0x4282_ada0, 0x42c4_42b0], 0x4ec2_816f_15f1_b782),
    (.q6_K, [0xc05d_b940, 0xc01e_5fc0, 0xc01e_5fc0], 0x9aad_cce5_694f_cd41),
    (.iq4_NL, [0x3a5d_e000, 0xbb92_fe00, 0xbc1c_b300], 0x378a_99aa_aa80_01ba),
    (.iq4_XS, [0xc387_2b80, 0x4309_2100, 0xc3ae_5980], 0x521e_24a3_ce65_4d02),
]

@Suite struct DequantiseTests {
    @Test("values are bit-equal to the gguf package's", arguments: golden)
    func values(type: TensorType, first: [UInt32], hash: UInt64) {
        var random = SplitMix(state: UInt64(type.rawValue))
        var bytes = (0..<16 * type.blockBytes).map { _ in UInt8(truncatingIfNeeded: random.next()) }
        for block in stride(from: 0, to: bytes.count, by: type.blockBytes) {
            for place in type.halfFloats { bytes[block + place + 1] &= 0xbf }
            if type == .bf16 { bytes[block + 1] = bytes[block + 1] & 0x81 | 0x3e }
        }
        let values = dequantised(bytes, type: type, count: 16 * type.blockElements)
        #expect(values.prefix(3).map(\.bitPattern) == first)
        #expect(fnv(values) == hash)
    }

    @Test("a packed row is the row that was packed", arguments: TensorType.allCases)
    func packedRow(type: TensorType) throws {
        var random = SplitMix(state: 1)
        let (rows, columns) = (13, 512)
        let bytes = randomBlocks(type, elements: rows * columns, &random)
        let matrix = try #require(packed(bytes, type: type, rows: rows, columns: columns))
        let expected = dequantised(bytes, type: type, count: rows * columns)
        for row in 0..<rows {
            var values = [Float](repeating: .nan, count: columns)
            matrix.copyRow(row, to: &values)
            #expect(values.map(\.bitPattern) == expected[row * columns..<(row + 1) * columns].map(\.bitPattern))
        }
    }

    @Test("half floats go there and back for every bit pattern, rounding to even between them")
    func halves() {
        let all = (0...UInt16.max).filter { $0 & 0x7c00 != 0x7c00 || $0 & 0x3ff == 0 }
        var floats = [Float](repeating: 0, count: all.count)
        ck_f32_from_f16(all, Int64(all.count), &floats)
        var back = [UInt16](repeating: 0, count: all.count)
        ck_f16_from_f32(floats, Int64(all.count), &back)
        #expect(back == all)
        var between: [UInt16] = [0, 0, 0, 0, 0, 0, 0]
        // Halfway up from 1, 1.0009765625 and the largest, below and above half the smallest, and far too large.
        ck_f16_from_f32(
            [1.00048828125, 1.00146484375, 65519.996, 65520, 2.98e-8, 2.99e-8, -1e30], 7, &between)
        #expect(between == [0x3c00, 0x3c02, 0x7bff, 0x7c00, 0, 1, 0xfc00])
    }
}

/// FNV-1a of the values' bytes, little-endian.
private func fnv(_ values: [Float]) -> UInt64 {
    values.reduce(into: 0xcbf2_9ce4_8422_2325) { hash, value in
        for shift in stride(from: UInt32(0), to: 32, by: 8) {
            hash = (hash ^ UInt64(value.bitPattern >> shift & 255)) &* 0x100_0000_01b3
        }
    }
}
