import Foundation

/// 128 bits that stand for a text, a model or a page: a fast hash, not one that withstands an adversary.
package struct ContentKey: Sendable, Hashable {
    private(set) var high: UInt64
    private(set) var low: UInt64

    package init(high: UInt64 = 0x9E37_79B9_7F4A_7C15, low: UInt64 = 0xC2B2_AE3D_27D4_EB4F) {
        self.high = high
        self.low = low
    }

    /// Mixes in a word: two multiplicative chains with different constants.
    package mutating func combine(_ word: UInt64) {
        high = Self.mix(high ^ word, 0xFF51_AFD7_ED55_8CCD)
        low = Self.mix(low &+ word, 0xC4CE_B9FE_1A85_EC53)
    }

    /// Mixes in bytes: four keys take turns at the words, for one alone would wait for its own products.
    package mutating func combine(_ bytes: UnsafeRawBufferPointer) {
        func word(_ index: Int) -> UInt64 {
            UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
        }
        let words = bytes.count / 8
        var (second, third, fourth) = (ContentKey(), ContentKey(), ContentKey())
        for start in stride(from: 0, to: words / 4 * 4, by: 4) {
            combine(word(start))
            second.combine(word(start + 1))
            third.combine(word(start + 2))
            fourth.combine(word(start + 3))
        }
        for key in [second, third, fourth] {
            combine(key.high)
            combine(key.low)
        }
        for index in (words / 4 * 4)..<words { combine(word(index)) }
        var tail: UInt64 = 0
        for byte in bytes[(8 * words)...] { tail = tail << 8 | UInt64(byte) }
        combine(tail)
        combine(UInt64(bytes.count))
    }

    package func combined(with tokens: some Sequence<Token>) -> ContentKey {
        var key = self
        for token in tokens { key.combine(UInt64(UInt32(bitPattern: token))) }
        return key
    }

    private static func mix(_ value: UInt64, _ factor: UInt64) -> UInt64 {
        let product = (value ^ (value >> 29)) &* factor
        return product ^ (product >> 32)
    }

    /// 32 hexadecimal digits.
    package var name: String {
        let digits = { (word: UInt64) in
            String(repeating: "0", count: 16 - String(word, radix: 16).count) + String(word, radix: 16)
        }
        return digits(high) + digits(low)
    }
}

extension ContentKey {
    /// What keys and values depend on: the model's file, the cache's form, and in which precision prompts are read.
    ///
    /// The file is known by its sizes and times, its header's numbers, and a sample of every tensor's bytes.
    static func identity(
        of file: GGUFFile, _ geometry: CacheGeometry, promptsInOtherPrecision: Bool
    ) -> ContentKey {
        var key = ContentKey()
        key.combine(UInt64(file.byteCount))
        for path in file.paths {
            var status = stat()
            guard stat(path, &status) == 0 else { continue }
            key.combine(UInt64(bitPattern: Int64(status.st_mtim.tv_sec)))
            key.combine(UInt64(bitPattern: Int64(status.st_mtim.tv_nsec)))
        }
        for tensor in file.tensors {
            let bytes = tensor.bytes
            key.combine(UInt64(bytes.count))
            for part in 0..<4 {
                let start = bytes.count / 4 * part
                key.combine(UnsafeRawBufferPointer(rebasing: bytes[start..<min(start + 64, bytes.count)]))
            }
        }
        for entry in file.metadata.entries where entry.encoded.count <= 64 {
            key.combine(UnsafeRawBufferPointer(rebasing: entry.encoded[...]))
        }
        for number in [geometry.layers, geometry.heads, geometry.headWidth, geometry.rowBytes] {
            key.combine(UInt64(number))
        }
        key.combine(promptsInOtherPrecision ? 1 : 0)
        return key
    }
}
