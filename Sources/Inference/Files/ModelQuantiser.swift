import CKernels

/// Writes a model again with smaller weights.
package struct ModelQuantiser {
    /// What is done with one tensor.
    package struct Step: Sendable {
        package let tensor: GGUFTensorInfo
        /// Nil where the tensor is copied as it is.
        package let type: TensorType?
        /// Whether the row length made a larger type necessary than the recipe has.
        package let isFallback: Bool
    }

    private let file: GGUFFile
    private let recipe: QuantisationRecipe
    package let steps: [Step]

    /// Elements that are converted at a time, over all threads.
    private static let chunkElements = 1 << 22

    /// Refuses a model that is quantised already: its errors would be kept and new ones added.
    package init(_ file: GGUFFile, recipe: QuantisationRecipe) throws(InferenceError) {
        self.file = file
        self.recipe = recipe
        guard !file.tensors.isEmpty else {
            throw InferenceError(
                .invalidTensor, "\(file.metadata.source): there are no weights to quantise, only a vocabulary")
        }
        let architecture = try file.metadata.optionalString("general.architecture") ?? ""
        let layers = try file.metadata.optionalInt("\(architecture).block_count") ?? 0
        let isTied = !file.tensors.contains { $0.name == "output.weight" }
        var steps: [Step] = []
        for tensor in file.tensors {
            guard QuantisationRecipe.isQuantised(tensor) else {
                steps.append(Step(tensor: tensor, type: nil, isFallback: false))
                continue
            }
            let (type, isFallback) = recipe.type(of: tensor, layers: layers, isTied: isTied)
            let source = try GGUFTensor(tensor, source: file.metadata.source).type
            guard source == type || [.f32, .f16, .bf16, .q8_0].contains(source) else {
                throw InferenceError(
                    .invalidRequest,
                    "\(file.metadata.source): tensor \(tensor.name) is \(source.name) already; quantise the F16 or F32 model instead"
                )
            }
            steps.append(Step(tensor: tensor, type: source == type ? nil : type, isFallback: isFallback))
        }
        self.steps = steps
    }

    /// Writes the model to `path`, under a temporary name until it is whole.
    ///
    /// - Parameter progress: called before each tensor; what it throws ends the work, and nothing is left behind.
    package func write(to path: String, pool: WorkerPool, progress: @escaping (Step) throws -> Void) throws {
        var writer = GGUFWriter()
        writer.copy(file.metadata)
        writer.set("general.file_type", .uint32(recipe.fileType))
        writer.set("general.quantization_version", .uint32(2))
        for step in steps {
            guard let type = step.type else {
                let tensor = step.tensor
                try writer.add(tensor) { write in
                    try progress(step)
                    try write(tensor.bytes)
                }
                continue
            }
            let source = try GGUFTensor(step.tensor, source: file.metadata.source)
            try writer.add(source.name, type: type, shape: source.shape) { write in
                try progress(step)
                try Self.convert(source, to: type, pool, step, progress, write)
            }
        }
        try writer.write(to: path)
    }

    /// Rows through floats into the new type, a chunk at a time, the rows of a chunk shared out among the threads.
    private static func convert(
        _ source: GGUFTensor, to type: TensorType, _ pool: WorkerPool, _ step: Step, _ progress: (Step) throws -> Void,
        _ write: (UnsafeRawBufferPointer) throws -> Void
    ) throws {
        let columns = source.rowLength
        // Checked when file and writer counted the tensor's bytes.
        let sourceRow = source.bytes.count / source.rowCount
        let targetRow = columns / type.blockElements * type.blockBytes
        let chunkRows = max(1, min(source.rowCount, chunkElements / columns))
        let shareRows = (chunkRows + pool.threads - 1) / pool.threads
        let target = UnsafeMutableRawBufferPointer.allocate(byteCount: chunkRows * targetRow, alignment: 64)
        defer { target.deallocate() }
        let floats = UnsafeMutableBufferPointer<Float>.allocate(capacity: columns * pool.threads)
        defer { floats.deallocate() }
        let bytes = Buffers(source: source.bytes, target: target, floats: floats)
        for firstRow in stride(from: 0, to: source.rowCount, by: chunkRows) {
            if firstRow > 0 { try progress(step) }
            let rows = min(chunkRows, source.rowCount - firstRow)
            pool.run { thread in
                let row = bytes.floats.baseAddress.map { $0 + thread * columns }
                guard let row, let from = bytes.source.baseAddress, let to = bytes.target.baseAddress else { return }
                for index in min(rows, thread * shareRows)..<min(rows, (thread + 1) * shareRows) {
                    ck_dequantise(source.type.kernelType, from + (firstRow + index) * sourceRow, Int64(columns), row)
                    _ = ck_quantise(type.kernelType, row, Int64(columns), nil, to + index * targetRow)
                }
            }
            try write(UnsafeRawBufferPointer(rebasing: target[..<(rows * targetRow)]))
        }
    }

    /// What the threads share: each writes rows of its own.
    private struct Buffers: @unchecked Sendable {
        let source: UnsafeRawBufferPointer
        let target: UnsafeMutableRawBufferPointer
        let floats: UnsafeMutableBufferPointer<Float>
    }
}
