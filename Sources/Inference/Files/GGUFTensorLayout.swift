/// Every tensor type that a GGUF file can name, computed with here or not: enough to check a tensor's bounds and to name its type.
///
/// Source: `ggml_type` and the block structures of ggml. Codes that are missing were withdrawn there.
package struct GGUFTensorLayout: Sendable, Hashable {
    package let code: UInt32
    /// ggml's own name, such as `Q4_K`.
    package let name: String
    /// Elements that are stored together; a row is a whole number of blocks.
    package let blockElements: Int
    package let blockBytes: Int

    private static let all: [UInt32: GGUFTensorLayout] = {
        let table: [(UInt32, String, Int, Int)] = [
            (0, "F32", 1, 4), (1, "F16", 1, 2), (2, "Q4_0", 32, 18), (3, "Q4_1", 32, 20), (6, "Q5_0", 32, 22),
            (7, "Q5_1", 32, 24), (8, "Q8_0", 32, 34), (9, "Q8_1", 32, 36), (10, "Q2_K", 256, 84),
            (11, "Q3_K", 256, 110), (12, "Q4_K", 256, 144), (13, "Q5_K", 256, 176), (14, "Q6_K", 256, 210),
            (15, "Q8_K", 256, 292), (16, "IQ2_XXS", 256, 66), (17, "IQ2_XS", 256, 74), (18, "IQ3_XXS", 256, 98),
            (19, "IQ1_S", 256, 50), (20, "IQ4_NL", 32, 18), (21, "IQ3_S", 256, 110), (22, "IQ2_S", 256, 82),
            (23, "IQ4_XS", 256, 136), (24, "I8", 1, 1), (25, "I16", 1, 2), (26, "I32", 1, 4), (27, "I64", 1, 8),
            (28, "F64", 1, 8), (29, "IQ1_M", 256, 56), (30, "BF16", 1, 2), (34, "TQ1_0", 256, 54),
            (35, "TQ2_0", 256, 66), (39, "MXFP4", 32, 17), (40, "NVFP4", 64, 36), (41, "Q1_0", 128, 18),
        ]
        return Dictionary(
            uniqueKeysWithValues: table.map {
                ($0.0, GGUFTensorLayout(code: $0.0, name: $0.1, blockElements: $0.2, blockBytes: $0.3))
            })
    }()

    package init?(code: UInt32) {
        guard let layout = Self.all[code] else { return nil }
        self = layout
    }

    private init(code: UInt32, name: String, blockElements: Int, blockBytes: Int) {
        self.code = code
        self.name = name
        self.blockElements = blockElements
        self.blockBytes = blockBytes
    }

    /// Bytes of a tensor of this shape; nil where a row is no whole number of blocks, or a product exceeds `Int`.
    package func byteCount(shape: [Int]) -> Int? {
        guard let row = shape.first, row % blockElements == 0 else { return nil }
        var bytes = row / blockElements
        for factor in shape.dropFirst() + [blockBytes] {
            let (product, overflow) = bytes.multipliedReportingOverflow(by: factor)
            if overflow { return nil }
            bytes = product
        }
        return bytes
    }
}
