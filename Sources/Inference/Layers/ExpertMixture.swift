import CKernels
import Foundation

/// A feed-forward layer of experts: a router scores them for each token, and the best few are computed.
///
/// Tokens are grouped by expert, so that an expert's weights are read once for all that chose it. A token's sum runs in
/// the order of the experts' numbers, whatever the batch.
final class ExpertMixture {
    private let description: Experts
    private let model: Hyperparameters
    private let products: Products
    private let scores: UnsafeMutablePointer<Float>
    private let input: UnsafeMutablePointer<Float>
    private let output: UnsafeMutablePointer<Float>
    /// For each expert, the rows that chose it and with what weight.
    private var takers: [[(row: Int, weight: Float)]]
    private var ranking: [Int] = []

    init(_ description: Experts, _ model: Hyperparameters, _ products: Products, rows: Int) {
        self.description = description
        self.model = model
        self.products = products
        scores = .allocate(capacity: rows * description.count)
        input = .allocate(capacity: rows * model.width)
        output = .allocate(capacity: rows * model.width)
        takers = Array(repeating: [], count: description.count)
    }

    deinit {
        scores.deallocate()
        input.deallocate()
        output.deallocate()
    }

    /// Reads the normalised rows, which are prepared for the router, and leaves the layer's sum in `delta`.
    func callAsFunction(_ layer: Transformer.ExpertFeedForward, _ workspace: Workspace, _ rows: RowCount) {
        products.multiply(layer.router, rows, workspace, into: scores)
        route(rows.total)
        let width = model.width
        if let shared = layer.shared {
            products.prepare(workspace.normed, stride: width, rows, for: shared.whole.input, workspace)
            products.feedForward(shared, model.activation, rows, workspace, into: workspace.delta)
        } else {
            workspace.delta.update(repeating: 0, count: rows.total * width)
        }
        for (expert, takers) in zip(layer.experts, takers) where !takers.isEmpty {
            let weighsInput = description.routing == .sigmoidOnInput
            let own = RowCount(generated: takers.count, total: takers.count)
            products.forEach(row: takers.count) { index in
                let (row, weight) = takers[index]
                let x = input + index * width
                x.update(from: workspace.normed + row * width, count: width)
                if weighsInput { ck_scale(x, weight, Int64(width)) }
                products.prepare(row: index, of: own, x, for: expert.whole.input, workspace)
            }
            products.feedForward(expert, model.activation, own, workspace, into: output)
            products.forEach(row: takers.count) { index in
                let (row, weight) = takers[index]
                ck_add_scaled(
                    workspace.delta + row * width, output + index * width, weighsInput ? 1 : weight, Int64(width))
            }
        }
    }

    /// Finds each row's best experts and their weights; of equal scores the first expert's counts as higher.
    private func route(_ rows: Int) {
        for expert in takers.indices { takers[expert].removeAll(keepingCapacity: true) }
        for row in 0..<rows {
            let scores = UnsafeMutableBufferPointer(
                start: scores + row * description.count, count: description.count)
            ranking.removeAll(keepingCapacity: true)
            for expert in scores.indices {
                let place = ranking.firstIndex { scores[expert] > scores[$0] } ?? ranking.count
                guard place < description.chosen else { continue }
                if ranking.count == description.chosen { ranking.removeLast() }
                ranking.insert(expert, at: place)
            }
            let highest = scores[ranking[0]]
            for expert in ranking { takers[expert].append((row, weight(scores[expert], highest))) }
            guard description.routing == .softmaxOverChosen else { continue }
            let sum = ranking.reduce(Float(0)) { $0 + weight(scores[$1], highest) }
            for expert in ranking { takers[expert][takers[expert].count - 1].weight /= sum }
        }
    }

    private func weight(_ score: Float, _ highest: Float) -> Float {
        switch description.routing {
        case .softmaxOverChosen: exp(score - highest)
        case .sigmoidOnInput: 1 / (1 + exp(-score))
        }
    }
}
