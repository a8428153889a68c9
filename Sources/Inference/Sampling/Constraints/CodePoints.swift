/// Sets of code points as ranges, and the UTF-8 that spells them.
enum CodePoints {
    /// Sorted, merged, without surrogates, which UTF-8 cannot spell.
    static func normalised(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var merged: [ClosedRange<UInt32>] = []
        for range in ranges.flatMap(withoutSurrogates).sorted(by: { $0.lowerBound < $1.lowerBound }) {
            if let last = merged.last, range.lowerBound <= last.upperBound + 1 {
                merged[merged.count - 1] = last.lowerBound...max(last.upperBound, range.upperBound)
            } else {
                merged.append(range)
            }
        }
        return merged
    }

    static func complement(_ ranges: [ClosedRange<UInt32>]) -> [ClosedRange<UInt32>] {
        var gaps: [ClosedRange<UInt32>] = []
        var next: UInt32 = 0
        for range in ranges {
            if range.lowerBound > next { gaps.append(next...range.lowerBound - 1) }
            next = range.upperBound + 1
        }
        if next <= 0x10FFFF { gaps.append(next...0x10FFFF) }
        return normalised(gaps)
    }

    private static func withoutSurrogates(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
        let parts: [ClosedRange<UInt32>] = [0...0xD7FF, 0xE000...0x10FFFF]
        return parts.filter(range.overlaps).map(range.clamped)
    }

    /// Sequences of byte ranges that together match the UTF-8 of exactly these code points.
    ///
    /// After Thompson's construction in Cox, "Regular Expression Matching in the Wild" (2010): a range is split until
    /// all its code points have the same length and the later bytes run over their whole range.
    static func byteSequences(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        let lengths: [ClosedRange<UInt32>] = [0...0x7F, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
        return lengths.filter(range.overlaps).flatMap { split(range.clamped(to: $0)) }
    }

    private static func split(_ range: ClosedRange<UInt32>) -> [[ClosedRange<UInt8>]] {
        let low = encoded(range.lowerBound)
        let high = encoded(range.upperBound)
        for continuation in 1..<max(low.count, 1) {
            let mask: UInt32 = 1 << (6 * UInt32(continuation)) - 1
            guard range.lowerBound & ~mask != range.upperBound & ~mask else { continue }
            if range.lowerBound & mask != 0 {
                let end = range.lowerBound | mask
                return split(range.lowerBound...end) + split(end + 1...range.upperBound)
            }
            if range.upperBound & mask != mask {
                let start = range.upperBound & ~mask
                return split(range.lowerBound...start - 1) + split(start...range.upperBound)
            }
        }
        return [zip(low, high).map { $0...$1 }]
    }

    private static func encoded(_ codePoint: UInt32) -> [UInt8] {
        Unicode.Scalar(codePoint).map { Array(String(Character($0)).utf8) } ?? []
    }
}
