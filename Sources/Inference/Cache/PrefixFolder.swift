import Foundation
import Synchronization

/// Keys and values of prompts on disk, so that another process need not compute them again.
///
/// One file a page. A full page is found by a key of the model, the cache's form, and all tokens up to the page's end;
/// so prompts that begin alike share files. A prompt's last page is also found by the key of the pages before it alone,
/// and taken as far as its tokens agree. A file that is damaged, or is not what its name says, is removed and not used.
final class PrefixFolder {
    private let path: String
    private let byteLimit: Int
    private let geometry: CacheGeometry
    private let model: ContentKey

    /// Shorter prompts are not worth a file.
    private static let leastTokens = 32

    init(
        at path: String, bytes: Int, geometry: CacheGeometry, model: ContentKey
    ) throws(InferenceError) {
        self.path = path
        byteLimit = bytes
        self.geometry = geometry
        self.model = model
        do {
            // Prompts are the user's own texts: nobody else may read them.
            try FileManager.default.createDirectory(
                atPath: path, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        } catch {
            throw InferenceError(
                .system, "the prefix cache's folder \(path) cannot be made", underlying: error.localizedDescription)
        }
    }

    /// A sequence with as many leading tokens of `wanted` as are known here or in `known`.
    func longestMatch(
        _ wanted: [Token], extending known: CachedSequence, _ pool: CachePool, _ workers: WorkerPool
    ) -> CachedSequence {
        let size = CacheGeometry.positions
        let sequence = known.fork(first: known.count / size * size)
        var key = model.combined(with: sequence.tokens)
        var used: [String] = []
        var rest = wanted.dropFirst(sequence.count)
        for (name, parent, reading) in readPages(of: rest, after: key, pool, workers) {
            guard let (page, tokens) = accepted(reading, name, parent: parent), tokens.elementsEqual(rest.prefix(size))
            else { break }
            sequence.append(filled: page, with: tokens)
            used.append(name)
            key = parent.combined(with: tokens)
            rest = rest.dropFirst(size)
        }
        let tail = key.name + ".tail"
        if !rest.isEmpty, isThere(tail) {
            let page = pool.page()
            let reading = CachePageFile.read(path + "/" + tail, geometry, into: page)
            if let (page, tokens) = accepted((page, reading), tail, parent: key) {
                let shared = sharedPrefixLength(tokens[...], rest)
                if shared > 0 {
                    sequence.append(filled: page, with: tokens.prefix(shared))
                    used.append(tail)
                }
            }
        }
        // Later pages are useless without the earlier ones, which must therefore look younger.
        for name in used.reversed() { touch(name) }
        return sequence.count > known.count ? sequence : known
    }

    /// Writes what is not there yet, then removes what was not used for longest until the folder is small enough.
    func store(_ sequence: CachedSequence) {
        guard sequence.count >= Self.leastTokens else { return }
        let size = CacheGeometry.positions
        var key = model
        var written = 0
        var used: [String] = []
        for (index, page) in sequence.pages.enumerated() {
            let tokens = sequence.tokens[(index * size)..<min((index + 1) * size, sequence.count)]
            let next = key.combined(with: tokens)
            let name = tokens.count == size ? next.name + ".page" : key.name + ".tail"
            if needsWriting(name, tokens) {
                let file = CachePageFile(parent: key, tokens: Array(tokens))
                guard file.write(page, geometry, to: path + "/" + name) else { break }
                written += 1
            }
            used.append(name)
            if index == sequence.pages.count - 1, tokens.count == size { alias(name, as: key.name + ".tail") }
            key = next
        }
        guard written > 0 else { return }
        for name in used.reversed() { touch(name) }
        sweep()
    }

    /// A second name for a prompt's last page; it takes no room.
    private func alias(_ name: String, as tail: String) {
        unlink(path + "/" + tail)
        link(path + "/" + name, path + "/" + tail)
    }

    private typealias PageReading = (page: CachePage, result: CachePageFile.Reading)

    /// The files of the full pages of `tokens`, as far as they are there, all threads reading: the system clears the memory that they fill, which
    /// takes longer than the copying.
    private func readPages(
        of tokens: ArraySlice<Token>, after key: ContentKey, _ pool: CachePool, _ workers: WorkerPool
    ) -> [(name: String, parent: ContentKey, reading: PageReading)] {
        var files: [(name: String, parent: ContentKey, page: CachePage)] = []
        var (parent, rest) = (key, tokens)
        while rest.count >= CacheGeometry.positions {
            let next = parent.combined(with: rest.prefix(CacheGeometry.positions))
            guard isThere(next.name + ".page") else { break }
            files.append((next.name + ".page", parent, pool.page()))
            parent = next
            rest = rest.dropFirst(CacheGeometry.positions)
        }
        let counter = SharedCounter()
        let results = Mutex([Int: CachePageFile.Reading]())
        workers.run { _ in
            while let index = counter.claim(1, of: files.count)?.first {
                let result = CachePageFile.read(path + "/" + files[index].name, geometry, into: files[index].page)
                results.withLock { $0[index] = result }
            }
        }
        let found = results.withLock { $0 }
        return files.enumerated().map { ($1.name, $1.parent, ($1.page, found[$0] ?? .absent)) }
    }

    private func isThere(_ name: String) -> Bool { access(path + "/" + name, F_OK) == 0 }

    /// What a file holds, where it is what its name says; else the file is removed.
    private func accepted(_ reading: PageReading, _ name: String, parent: ContentKey) -> (CachePage, [Token])? {
        switch reading.result {
        case .absent: return nil
        case .damaged: break
        case .page(let contents):
            if contents.parent == parent { return (reading.page, contents.tokens) }
        }
        unlink(path + "/" + name)
        return nil
    }

    /// A full page's name tells its contents; a tail's does not.
    private func needsWriting(_ name: String, _ tokens: ArraySlice<Token>) -> Bool {
        guard isThere(name) else { return true }
        guard name.hasSuffix(".tail") else { return false }
        return CachePageFile.tokens(of: path + "/" + name, geometry) != Array(tokens)
    }

    private func touch(_ name: String) { utimensat(AT_FDCWD, path + "/" + name, nil, 0) }

    private func sweep() {
        var files: [(path: String, bytes: Int, used: Date)] = []
        let manager = FileManager.default
        for name in (try? manager.contentsOfDirectory(atPath: path)) ?? [] {
            let file = path + "/" + name
            guard let attributes = try? manager.attributesOfItem(atPath: file),
                let bytes = attributes[.size] as? Int, let used = attributes[.modificationDate] as? Date
            else { continue }
            // What a process left half written when it died.
            if name.hasSuffix(CachePageFile.unfinished), used.timeIntervalSinceNow < -3_600 {
                unlink(file)
            } else if name.hasSuffix(".page") || name.hasSuffix(".tail") {
                files.append((file, bytes, used))
            }
        }
        var total = files.reduce(0) { $0 + $1.bytes }
        for file in files.sorted(by: { $0.used < $1.used }) {
            guard total > byteLimit else { break }
            unlink(file.path)
            total -= file.bytes
        }
    }
}
