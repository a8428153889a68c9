import Foundation

/// One page of keys and values as a file: a header that says what it is, and a checksum of what follows.
///
/// Little-endian: magic, version, count of tokens, the parent's key, the checksum; then the tokens; then the page.
struct CachePageFile {
    let parent: ContentKey
    let tokens: [Token]

    enum Reading {
        case absent
        case damaged
        case page(CachePageFile)
    }

    static let unfinished = ".unfinished"
    private static let magic: UInt64 = 0x5641_4B45_4C54_4546
    private static let version: UInt32 = 2
    private static let headerBytes = 48
    private static let tokenBytes = 4 * CacheGeometry.positions

    /// Writes beside and renames, so that no reader sees half a file. False where the system refuses: a cache may.
    func write(_ page: CachePage, _ geometry: CacheGeometry, to path: String) -> Bool {
        var head = [UInt8]()
        func append<Integer: FixedWidthInteger>(_ value: Integer) {
            withUnsafeBytes(of: value.littleEndian) { head.append(contentsOf: $0) }
        }
        let body = UnsafeRawBufferPointer(start: page.memory, count: geometry.pageBytes)
        let sum = Self.checksum(tokens, body)
        append(Self.magic)
        append(Self.version)
        append(UInt32(tokens.count))
        for word in [parent.high, parent.low, sum.high, sum.low] { append(word) }
        for index in 0..<CacheGeometry.positions { append(index < tokens.count ? tokens[index] : 0) }

        let temporary = "\(path).\(getpid())\(Self.unfinished)"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { return false }
        let isWritten =
            head.withUnsafeBytes { Self.transfer($0.baseAddress, $0.count) { Glibc.write(descriptor, $0, $1) } }
            && Self.transfer(body.baseAddress, body.count) { Glibc.write(descriptor, $0, $1) }
        let isClosed = close(descriptor) == 0
        guard isWritten, isClosed, rename(temporary, path) == 0 else {
            unlink(temporary)
            return false
        }
        return true
    }

    /// Reads a file into a page's memory; threads may read different ones side by side.
    static func read(_ path: String, _ geometry: CacheGeometry, into page: CachePage) -> Reading {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return .absent }
        defer { close(descriptor) }
        guard let (file, sum) = readHead(descriptor, geometry) else { return .damaged }
        let memory = UnsafeMutableRawBufferPointer(start: page.memory, count: geometry.pageBytes)
        guard
            transfer(page.memory, memory.count, { Glibc.read(descriptor, UnsafeMutableRawPointer(mutating: $0), $1) }),
            checksum(file.tokens, UnsafeRawBufferPointer(memory)) == sum
        else { return .damaged }
        return .page(file)
    }

    /// The tokens that a file says it holds; nil if it is none of ours.
    static func tokens(of path: String, _ geometry: CacheGeometry) -> [Token]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        return readHead(descriptor, geometry)?.file.tokens
    }

    private static func readHead(
        _ descriptor: Int32, _ geometry: CacheGeometry
    ) -> (file: CachePageFile, sum: ContentKey)? {
        var status = stat()
        let size = headerBytes + tokenBytes
        guard fstat(descriptor, &status) == 0, Int(status.st_size) == size + geometry.pageBytes else { return nil }
        let head = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            let isRead = transfer(buffer.baseAddress.map { UnsafeRawPointer($0) }, size) {
                Glibc.read(descriptor, UnsafeMutableRawPointer(mutating: $0), $1)
            }
            count = isRead ? size : 0
        }
        guard head.count == size else { return nil }
        return head.withUnsafeBytes { head in
            func word(_ offset: Int) -> UInt64 {
                UInt64(littleEndian: head.loadUnaligned(fromByteOffset: offset, as: UInt64.self))
            }
            let count = word(8) >> 32
            guard word(0) == magic, UInt32(truncatingIfNeeded: word(8)) == version, count > 0,
                count <= CacheGeometry.positions
            else { return nil }
            let tokens = (0..<Int(count)).map { index in
                Token(littleEndian: head.loadUnaligned(fromByteOffset: headerBytes + 4 * index, as: Token.self))
            }
            let file = CachePageFile(parent: ContentKey(high: word(16), low: word(24)), tokens: tokens)
            return (file, ContentKey(high: word(32), low: word(40)))
        }
    }

    private static func checksum(_ tokens: [Token], _ body: UnsafeRawBufferPointer) -> ContentKey {
        var key = ContentKey().combined(with: tokens)
        key.combine(body)
        return key
    }

    /// Calls read or write until all bytes went through.
    private static func transfer(
        _ start: UnsafeRawPointer?, _ count: Int, _ move: (UnsafeRawPointer, Int) -> Int
    ) -> Bool {
        guard var place = start else { return count == 0 }
        var left = count
        while left > 0 {
            let moved = move(place, left)
            if moved < 0, errno == EINTR { continue }
            guard moved > 0 else { return false }
            place += moved
            left -= moved
        }
        return true
    }
}
