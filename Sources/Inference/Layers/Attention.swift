import CKernels

/// Attention of a batch over its sequences' pages, spread over threads by key–value head and by block of rows.
///
/// Sequences with common pages that stand side by side in the batch, and in one block, read those pages once.
final class Attention {
    /// Rows whose queries are taken together.
    private static let blockRows = 64

    private let model: Hyperparameters
    private let geometry: CacheGeometry
    private let pool: WorkerPool
    private let counter = SharedCounter()
    private var scratch: [Scratch] = []

    /// One thread's tables for the kernel.
    private struct Scratch {
        let segments: UnsafeMutablePointer<ck_attention_segment>
        let sequences: UnsafeMutablePointer<ck_attention_sequence>
        let queries: UnsafeMutablePointer<ck_attention_query>
        let kernel: UnsafeMutableRawPointer
        let segmentCapacity: Int
    }

    init(_ model: Hyperparameters, _ geometry: CacheGeometry, pool: WorkerPool) {
        self.model = model
        self.geometry = geometry
        self.pool = pool
    }

    deinit { freeScratch() }

    /// Attends with every row of the batch, or only with those whose logits are wanted.
    ///
    /// `queries` and `out` hold one row of all query heads for each; the keys and values of the whole batch are in place.
    func callAsFunction(
        _ batch: Batch, onlyOutputs: Bool, layer: Int, queries: UnsafePointer<Float>, stride: Int,
        out: UnsafeMutablePointer<Float>
    ) {
        let rows = onlyOutputs ? batch.outputs.count : batch.count
        reserve(segments: batch.pages.count)
        let blocks = (rows + Self.blockRows - 1) / Self.blockRows
        let items = blocks * model.keyValueHeads
        counter.reset()
        pool.run { thread in
            while let item = counter.claim(1, of: items) {
                // The last blocks have most to read: they go first.
                let block = blocks - 1 - item.lowerBound / model.keyValueHeads
                attend(
                    batch, onlyOutputs: onlyOutputs, layer: layer, head: item.lowerBound % model.keyValueHeads,
                    rows: block * Self.blockRows..<min(rows, (block + 1) * Self.blockRows), queries: queries,
                    stride: stride, out: out, scratch: scratch[thread])
            }
        }
    }

    private func attend(
        _ batch: Batch, onlyOutputs: Bool, layer: Int, head: Int, rows: Range<Int>, queries: UnsafePointer<Float>,
        stride: Int, out: UnsafeMutablePointer<Float>, scratch: Scratch
    ) {
        let group = model.queriesPerKey
        let width = model.headWidth
        var segmentCount = 0
        var sequenceCount = 0
        var queryCount = 0
        for entry in batch.entries {
            let own = (onlyOutputs ? entry.outputs : entry.rows).clamped(to: rows)
            guard !own.isEmpty else { continue }
            scratch.sequences[sequenceCount] = ck_attention_sequence(
                segments: scratch.segments + segmentCount, segment_count: Int32(entry.pages.count),
                first_query: Int32(queryCount), query_count: Int32(own.count * group))
            sequenceCount += 1
            for (index, page) in entry.pages.enumerated() {
                let start = index * CacheGeometry.positions
                scratch.segments[segmentCount] = ck_attention_segment(
                    keys: batch.pages[page] + geometry.keys(layer: layer, head: head),
                    values: batch.pages[page] + geometry.values(layer: layer, head: head),
                    stride: Int64(geometry.rowBytes), start: Int32(start),
                    count: Int32(min(CacheGeometry.positions, entry.length - start)))
                segmentCount += 1
            }
            for row in own {
                let position = Int32(batch.positions[onlyOutputs ? batch.outputs[row] : row])
                for query in head * group..<(head + 1) * group {
                    scratch.queries[queryCount] = ck_attention_query(
                        query: queries + row * stride + query * width,
                        out: out + row * model.queryWidth + query * width, position: position)
                    queryCount += 1
                }
            }
        }
        var shape = shape(layer)
        ck_attend(
            &shape, scratch.sequences, Int64(sequenceCount), scratch.queries, Int64(queryCount), scratch.kernel)
    }

    private func shape(_ layer: Int) -> ck_attention_shape {
        let (window, chunk) =
            switch model.spans[layer] {
            case .all: (0, 0)
            case .window(let length): (length, 0)
            case .chunk(let length): (0, length)
            }
        return ck_attention_shape(
            cache_type: geometry.type.tensorType.kernelType, head_dim: Int32(model.headWidth),
            scale: model.attentionScale, cap: 0, window: Int32(window), chunk: Int32(chunk))
    }

    /// Makes the tables long enough; they only grow when a sequence does, by halves.
    private func reserve(segments: Int) {
        if let first = scratch.first, first.segmentCapacity >= segments { return }
        freeScratch()
        let capacity = max(256, segments * 3 / 2)
        let queries = Self.blockRows * model.queriesPerKey
        var shape = shape(0)
        let bytes = ck_attention_scratch(&shape, Int64(queries))
        for _ in 0..<pool.threads {
            scratch.append(
                Scratch(
                    segments: .allocate(capacity: capacity), sequences: .allocate(capacity: Self.blockRows),
                    queries: .allocate(capacity: queries),
                    kernel: .allocate(byteCount: Int(bytes), alignment: 64), segmentCapacity: capacity))
        }
    }

    private func freeScratch() {
        for scratch in scratch {
            scratch.segments.deallocate()
            scratch.sequences.deallocate()
            scratch.queries.deallocate()
            scratch.kernel.deallocate()
        }
        scratch.removeAll()
    }
}
