import CKernels
import Glibc

/// Takes a model's weights from its file: checks their shapes, and packs the matrices for the kernels.
///
/// The file's pages are given back as soon as they are packed, so that a model takes its size in memory once.
struct WeightReader {
    let file: GGUFFile
    let memory: WeightMemory
    private let pool: WorkerPool

    init(_ file: GGUFFile, pool: WorkerPool) throws(InferenceError) {
        self.file = file
        self.pool = pool
        var bytes = 0
        for tensor in file.tensors {
            // A packed matrix has up to seven more rows; vectors become floats. Experts are matrices of their own.
            let rowBytes = tensor.byteCount / max(1, tensor.shape.dropFirst().reduce(1, *))
            let matrices = tensor.shape.dropFirst(2).reduce(1, *)
            let floats = tensor.shape.count == 1 ? 4 * tensor.elementCount : 0
            let (padding, overflow) = matrices.multipliedReportingOverflow(by: 8 * rowBytes + 64)
            let (sum, overflow2) = bytes.addingReportingOverflow(tensor.byteCount + floats)
            let (total, overflow3) = sum.addingReportingOverflow(padding)
            guard !overflow, !overflow2, !overflow3 else {
                throw InferenceError(.malformedFile, "\(file.metadata.source): the tensors are too large to count")
            }
            bytes = total
        }
        memory = try WeightMemory(capacity: max(bytes, 1 << 12))
    }

    func has(_ name: String) throws(InferenceError) -> Bool { try file.tensor(name) != nil }

    /// A vector of floats, whatever its type in the file.
    func vector(_ name: String, count: Int) throws(InferenceError) -> UnsafePointer<Float> {
        let tensor = try checked(name, shape: [count])
        let floats = memory.allocate(4 * count).assumingMemoryBound(to: Float.self)
        if let source = tensor.bytes.baseAddress {
            ck_dequantise(tensor.type.kernelType, source, Int64(count), floats)
        }
        return UnsafePointer(floats)
    }

    func optionalVector(_ name: String, count: Int) throws(InferenceError) -> UnsafePointer<Float>? {
        try has(name) ? try vector(name, count: count) : nil
    }

    /// The matrix `name.weight`, with the bias `name.bias` where the file has one.
    func matrix(_ name: String, rows: Int, columns: Int) throws(InferenceError) -> Matrix {
        let tensor = try checked(name + ".weight", shape: [columns, rows])
        let bias = try optionalVector(name + ".bias", count: rows)
        return pack(tensor, from: 0, rows: rows, columns: columns, bias: bias)
    }

    /// The matrices of all experts, stored as one tensor.
    func matrices(_ name: String, count: Int, rows: Int, columns: Int) throws(InferenceError) -> [Matrix] {
        let tensor = try checked(name + ".weight", shape: [columns, rows, count])
        let bytes = tensor.bytes.count / count
        return (0..<count).map { pack(tensor, from: $0 * bytes, rows: rows, columns: columns, bias: nil) }
    }

    func norm(_ name: String, _ model: Hyperparameters) throws(InferenceError) -> Norm {
        Norm(
            kind: model.norm, weight: try vector(name + ".weight", count: model.width),
            bias: try optionalVector(name + ".bias", count: model.width), width: model.width,
            epsilon: model.normEpsilon)
    }

    /// A tensor as it lies in the file, its shape checked; trailing dimensions of 1 do not count.
    func checked(_ name: String, shape: [Int]) throws(InferenceError) -> GGUFTensor {
        let tensor = try file.requiredTensor(name)
        var found = tensor.shape
        while found.count > shape.count, found.last == 1 { found.removeLast() }
        var wanted = shape
        while wanted.count > found.count, wanted.last == 1 { wanted.removeLast() }
        guard found == wanted else {
            throw InferenceError(
                .invalidTensor,
                "\(file.metadata.source): tensor \(name) has shape \(tensor.shape) where the metadata implies \(shape)")
        }
        return tensor
    }

    private func pack(
        _ tensor: GGUFTensor, from offset: Int, rows: Int, columns: Int, bias: UnsafePointer<Float>?
    ) -> Matrix {
        let type = tensor.type.kernelType
        let packed = memory.allocate(Int(ck_packed_bytes(type, Int64(rows), Int64(columns))))
        let groups = (rows + 7) / 8
        let rowBytes = (tensor.type.byteCount(elements: columns) ?? 0)
        let groupsInChunk = max(1, (4 << 20) / max(1, 8 * rowBytes))
        let work = SharedCounter()
        if let source = tensor.bytes.baseAddress.map({ $0 + offset }) {
            pool.run { _ in
                while let chunk = work.claim(groupsInChunk, of: groups) {
                    ck_pack(
                        type, source, Int64(rows), Int64(columns), Int64(chunk.lowerBound), Int64(chunk.upperBound),
                        packed)
                    let first = chunk.lowerBound * 8 * rowBytes
                    let last = min(chunk.upperBound * 8, rows) * rowBytes
                    forget(source + first, last - first)
                }
            }
        }
        return Matrix(type: tensor.type, rows: rows, columns: columns, packed: packed, bias: bias)
    }

    /// Gives the whole pages within a range of the mapped file back to the system, which can read them again.
    private func forget(_ start: UnsafeRawPointer, _ count: Int) {
        let page = 4_096
        let first = (Int(bitPattern: start) + page - 1) / page * page
        let last = (Int(bitPattern: start) + count) / page * page
        // A file that was given as bytes has no pages to read again.
        guard !file.paths.isEmpty, first < last, let pointer = UnsafeMutableRawPointer(bitPattern: first) else {
            return
        }
        madvise(pointer, last - first, MADV_DONTNEED)
    }
}
