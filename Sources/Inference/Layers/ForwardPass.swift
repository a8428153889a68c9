import CKernels

/// Carries batches of tokens through a transformer. One thread at a time may use it.
///
/// A row's arithmetic depends on whether its token is a prompt's or was generated (``RowCount``), not on the other rows of
/// its batch.
package final class ForwardPass {
    package let transformer: Transformer
    private let model: Hyperparameters
    private let geometry: CacheGeometry
    private let workspace: Workspace
    private let products: Products
    private let attention: Attention
    private let mixture: ExpertMixture?
    private let readsPromptsInOtherPrecision: Bool

    /// `rows`: the most tokens of a batch.
    package init(_ transformer: Transformer, _ geometry: CacheGeometry, pool: WorkerPool, rows: Int) {
        self.transformer = transformer
        self.geometry = geometry
        let model = transformer.model
        let products = Products(pool)
        self.model = model
        self.products = products
        readsPromptsInOtherPrecision = transformer.readsPromptsInOtherPrecision
        workspace = Workspace(transformer, rows: rows)
        attention = Attention(model, geometry, pool: pool)
        mixture = model.experts.map { ExpertMixture($0, model, products, rows: rows) }
    }

    /// The most tokens of a batch.
    package var rows: Int { workspace.rows }

    /// Computes keys and values of the whole batch, and what the logits of its outputs are made of.
    package func run(_ batch: Batch) {
        precondition(batch.count <= workspace.rows, "the batch is larger than the workspace")
        embed(batch)
        let (all, outputs) = (rows(batch.rowCount), rows(batch.outputCount))
        for (index, layer) in transformer.layers.enumerated() {
            let isLast = index == transformer.layers.count - 1
            normalise(layer.attentionNorm, all, for: layer.queryKeyValue)
            multiply(layer.queryKeyValue, all, into: workspace.projections)
            rotateAndStore(batch, layer, index)
            if isLast { keepOutputs(of: batch) }
            let rows = isLast ? outputs : all
            guard rows.total > 0 else { return }
            attention(
                batch, onlyOutputs: isLast, layer: index, queries: workspace.projections,
                stride: layer.queryKeyValue.rows, out: workspace.attended)
            products.prepare(workspace.attended, stride: model.queryWidth, rows, for: layer.attentionOutput, workspace)
            multiply(layer.attentionOutput, rows, into: workspace.delta)
            addDelta(rows: rows.total)
            switch layer.feedForward {
            case .dense(let dense):
                normalise(layer.feedForwardNorm, rows, for: dense.whole.input)
                products.feedForward(dense, model.activation, rows, workspace, into: workspace.delta)
            case .experts(let experts):
                normalise(layer.feedForwardNorm, rows, for: experts.router)
                mixture?(experts, workspace, rows)
            }
            addDelta(rows: rows.total)
        }
    }

    /// Logits of some of the last batch's outputs, at most ``Workspace/logitRows``, one row of the vocabulary each.
    ///
    /// Valid, and the caller's to change, until the next call or run.
    package func logits(_ outputs: Range<Int>) -> UnsafeMutableBufferPointer<Float> {
        precondition(outputs.count <= Workspace.logitRows, "more rows of logits than there is room for")
        let vocabulary = transformer.vocabulary
        // What is few, as a prompt's last row, is not worth another precision.
        let rows = RowCount(generated: outputs.count, total: outputs.count)
        normalise(transformer.outputNorm, rows, from: outputs.lowerBound, for: transformer.output)
        multiply(transformer.output, rows, into: workspace.logits)
        if model.logitScale != 1 {
            ck_scale(workspace.logits, 1 / model.logitScale, Int64(outputs.count * vocabulary))
        }
        return UnsafeMutableBufferPointer(start: workspace.logits, count: outputs.count * vocabulary)
    }

    /// How many rows ``logits(_:)`` gives at most.
    package static var logitRows: Int { Workspace.logitRows }

    // MARK: - Steps

    /// In a mixture of experts prompts keep the precision of generated tokens: in another, a token on the border between two
    /// experts would go to one where it is read and to the other where it is generated.
    private func rows(_ count: RowCount) -> RowCount {
        readsPromptsInOtherPrecision ? count : count.allAsGenerated
    }

    private func embed(_ batch: Batch) {
        let pairs = model.rope.dimensions / 2
        products.forEach(row: batch.count) { [self] row in
            let residual = workspace.residual + row * model.width
            transformer.embed(batch.tokens[row], to: residual)
            if model.embeddingScale != 1 { ck_scale(residual, model.embeddingScale, Int64(model.width)) }
            transformer.rope.write(
                position: batch.positions[row], cosines: workspace.cosines + row * pairs,
                sines: workspace.sines + row * pairs)
        }
    }

    /// Normalises residual rows, and prepares the result for a product.
    private func normalise(_ norm: Norm, _ rows: RowCount, from first: Int = 0, for matrices: FusedMatrices) {
        let width = model.width
        products.forEach(row: rows.total) { [self] row in
            let normed = workspace.normed + row * width
            norm(workspace.residual + (first + row) * width, to: normed)
            products.prepare(row: row, of: rows, normed, for: matrices, workspace)
        }
    }

    private func multiply(_ matrices: FusedMatrices, _ rows: RowCount, into out: UnsafeMutablePointer<Float>) {
        products.multiply(matrices, rows, workspace, into: out)
    }

    /// Turns queries and keys by their position, normalises them where the model does, and stores keys and values.
    private func rotateAndStore(_ batch: Batch, _ layer: Transformer.Layer, _ index: Int) {
        let stride = layer.queryKeyValue.rows
        for entry in batch.entries {
            let start = entry.length - entry.rows.count
            products.forEach(row: entry.rows.count) { [self] offset in
                let row = entry.rows.lowerBound + offset
                let query = workspace.projections + row * stride
                let key = query + model.queryWidth
                let value = key + model.keyValueWidth
                turn(query, heads: model.heads, norm: layer.queryNorm, row: row, layer: index)
                turn(key, heads: model.keyValueHeads, norm: layer.keyNorm, row: row, layer: index)
                if !model.rotates[index] { temper(query, position: start + offset) }

                let position = start + offset
                let page = batch.pages[entry.pages.lowerBound + position / CacheGeometry.positions]
                let slot = position % CacheGeometry.positions * geometry.rowBytes
                for head in 0..<model.keyValueHeads {
                    store(key + head * model.headWidth, page + geometry.keys(layer: index, head: head) + slot)
                    store(value + head * model.headWidth, page + geometry.values(layer: index, head: head) + slot)
                }
            }
        }
    }

    private func turn(
        _ x: UnsafeMutablePointer<Float>, heads: Int, norm: UnsafePointer<Float>?, row: Int, layer: Int
    ) {
        let width = model.headWidth
        if model.queryKeyNorm == .weightedBeforeRope { normaliseHeads(x, heads, norm) }
        guard model.rotates[layer] else { return }
        let pairs = model.rope.dimensions / 2
        ck_rope(
            x, Int64(heads), Int64(width), Int64(2 * pairs), workspace.cosines + row * pairs,
            workspace.sines + row * pairs, Int32(model.rope.order == .halves ? CK_ROPE_HALVES : CK_ROPE_ADJACENT))
        if model.queryKeyNorm == .plainAfterRope { normaliseHeads(x, heads, nil) }
    }

    private func normaliseHeads(_ x: UnsafeMutablePointer<Float>, _ heads: Int, _ weight: UnsafePointer<Float>?) {
        for head in 0..<heads {
            let x = x + head * model.headWidth
            ck_rms_norm(x, weight, Int64(model.headWidth), model.normEpsilon, x)
        }
    }

    private func temper(_ query: UnsafeMutablePointer<Float>, position: Int) {
        guard let temperature = model.temperature else { return }
        ck_scale(query, temperature.factor(at: position), Int64(model.queryWidth))
    }

    private func store(_ x: UnsafePointer<Float>, _ row: UnsafeMutableRawPointer) {
        ck_cache_write(geometry.type.tensorType.kernelType, x, Int64(model.headWidth), row)
    }

    /// From the last layer's attention on, only rows whose logits are wanted matter: they move to the front.
    private func keepOutputs(of batch: Batch) {
        let stride = model.queryWidth + 2 * model.keyValueWidth
        for (to, from) in batch.outputs.enumerated() where to != from {
            (workspace.residual + to * model.width).update(
                from: workspace.residual + from * model.width, count: model.width)
            (workspace.projections + to * stride).update(
                from: workspace.projections + from * stride, count: model.queryWidth)
        }
    }

    private func addDelta(rows: Int) {
        let width = model.width
        products.forEach(row: rows) { [self] row in
            if model.residualScale == 1 {
                ck_add(workspace.residual + row * width, workspace.delta + row * width, Int64(width))
            } else {
                ck_add_scaled(
                    workspace.residual + row * width, workspace.delta + row * width, model.residualScale, Int64(width))
            }
        }
    }
}
