/// A model file, memory-mapped: opening it reads the header only, whatever the size of the weights.
///
///     let file = try GGUFFile(path: "model.gguf")
///     let layers = try file.metadata.int("llama.block_count")
///     let embeddings = try file.requiredTensor("token_embd.weight")
///
/// The first part of a split file (`name-00001-of-00003.gguf`) brings in the others from beside it.
package final class GGUFFile: Sendable {
    /// 2 or 3.
    package let version: Int
    /// Of all parts together.
    package let byteCount: Int
    package let metadata: GGUFMetadata
    /// In the files' order.
    package let tensors: [GGUFTensorInfo]
    /// Paths of the parts; one for a file that is not split.
    package let paths: [String]
    private let indexOfTensor: [String: Int]
    private let storage: [FileBytes]

    package convenience init(path: String) throws(InferenceError) {
        let first = try GGUFPart(FileBytes(mapping: path), source: path)
        let split = try GGUFSplit(of: first.metadata, path: path)
        var parts = [first]
        for other in split?.otherPaths ?? [] {
            let part = try GGUFPart(FileBytes(mapping: other), source: other)
            try split?.check(part.metadata, isPart: parts.count)
            parts.append(part)
        }
        try self.init(parts, paths: [path] + (split?.otherPaths ?? []))
        if let promised = split?.tensorCount, promised != tensors.count {
            throw InferenceError(
                .malformedFile,
                "\(path): the parts hold \(tensors.count) tensors where `split.tensors.count` promises \(promised)")
        }
    }

    /// A file that is already in memory, copied; a split one is read as the part that it is.
    package convenience init(bytes: some Collection<UInt8>, source: String = "model") throws(InferenceError) {
        try self.init([GGUFPart(FileBytes(copying: bytes), source: source)], paths: [])
    }

    /// A file that is part of the program: memory that is never written and never freed is read where it lies.
    package convenience init(eternal memory: UnsafeRawBufferPointer, source: String) throws(InferenceError) {
        try self.init([GGUFPart(FileBytes(eternal: memory), source: source)], paths: [])
    }

    /// Gives the pages that were read back to the system: what is asked for again is read again.
    func giveBackPages() {
        for bytes in storage { bytes.giveBackPages() }
    }

    private init(_ parts: [GGUFPart], paths: [String]) throws(InferenceError) {
        storage = parts.map(\.storage)
        version = parts[0].version
        metadata = parts[0].metadata
        byteCount = parts.reduce(0) { $0 + $1.byteCount }
        tensors = parts.flatMap(\.tensors)
        self.paths = paths
        var indexOfTensor: [String: Int] = [:]
        indexOfTensor.reserveCapacity(tensors.count)
        for (index, tensor) in tensors.enumerated()
        where indexOfTensor.updateValue(index, forKey: tensor.name) != nil {
            throw InferenceError(.malformedFile, "\(metadata.source): the tensor \(tensor.name) is there twice")
        }
        self.indexOfTensor = indexOfTensor
    }

    /// The tensor of that name, or nil; throws where its type is one that no kernel reads.
    package func tensor(_ name: String) throws(InferenceError) -> GGUFTensor? {
        guard let index = indexOfTensor[name] else { return nil }
        return try GGUFTensor(tensors[index], source: metadata.source)
    }

    package func requiredTensor(_ name: String) throws(InferenceError) -> GGUFTensor {
        guard let tensor = try tensor(name) else {
            let hint =
                tensors.isEmpty
                ? "it has no tensors at all: it is a vocabulary without weights" : "the file is incomplete"
            throw InferenceError(.invalidTensor, "\(metadata.source): there is no tensor \(name); \(hint)")
        }
        return tensor
    }
}
