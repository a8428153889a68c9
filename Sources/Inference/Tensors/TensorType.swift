import CKernels

/// How the elements of a tensor are stored: GGUF's types that the engine computes with, by GGUF's numbers.
///
/// Quantised types store elements in blocks; a row is a whole number of blocks.
// swift-format-ignore: AlwaysUseLowerCamelCase
package enum TensorType: UInt32, Sendable, CaseIterable {
    case f32 = 0
    case f16 = 1
    case q4_0 = 2
    case q4_1 = 3
    case q5_0 = 6
    case q5_1 = 7
    case q8_0 = 8
    case q2_K = 10
    case q3_K = 11
    case q4_K = 12
    case q5_K = 13
    case q6_K = 14
    case iq4_NL = 20
    case iq4_XS = 23
    case bf16 = 30

    /// Elements of one block: 1 for floats, else 32 or 256.
    package var blockElements: Int { Int(ck_block_elements(kernelType)) }

    /// Bytes of one block.
    package var blockBytes: Int { Int(ck_block_bytes(kernelType)) }

    /// GGUF's name: `Q4_K`.
    package var name: String {
        switch self {
        case .f32: "F32"
        case .f16: "F16"
        case .q4_0: "Q4_0"
        case .q4_1: "Q4_1"
        case .q5_0: "Q5_0"
        case .q5_1: "Q5_1"
        case .q8_0: "Q8_0"
        case .q2_K: "Q2_K"
        case .q3_K: "Q3_K"
        case .q4_K: "Q4_K"
        case .q5_K: "Q5_K"
        case .q6_K: "Q6_K"
        case .iq4_NL: "IQ4_NL"
        case .iq4_XS: "IQ4_XS"
        case .bf16: "BF16"
        }
    }

    /// Bytes of `elements` elements; nil where that is not a whole number of blocks, or too many to count.
    package func byteCount(elements: Int) -> Int? {
        guard elements >= 0, elements.isMultiple(of: blockElements) else { return nil }
        let (bytes, overflow) = (elements / blockElements).multipliedReportingOverflow(by: blockBytes)
        return overflow ? nil : bytes
    }

    /// The number by which the C kernels know the type.
    package var kernelType: Int32 { Int32(rawValue) }
}
