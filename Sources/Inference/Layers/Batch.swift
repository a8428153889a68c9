/// Tokens of any number of sequences that pass the model together: a few rows for each sequence, one after another.
///
/// Tokens that were generated come before those of prompts (``beginPrompts()``), for their arithmetic may differ
/// (``RowCount``).
///
/// Sequences that share a prefix should stand side by side; its keys and values are then read once for all.
package final class Batch {
    struct Entry {
        /// Its rows in the batch.
        let rows: Range<Int>
        /// Its rows among the batch's outputs.
        let outputs: Range<Int>
        /// Tokens of the sequence, these rows included.
        let length: Int
        /// Its pages in `pages`.
        let pages: Range<Int>
    }

    /// The rows of a batch whose logits are wanted.
    package enum Wanted {
        case none
        case last
        case all
    }

    private(set) var tokens: [Token] = []
    private(set) var positions: [Int] = []
    private(set) var entries: [Entry] = []
    private(set) var pages: [UnsafeMutableRawPointer] = []
    /// The rows whose logits are wanted, ascending.
    package private(set) var outputs: [Int] = []
    /// The first row of a prompt; nil where there is none.
    private var firstPrompt: Int?
    // The pages are held by their sequences: they outlive the pass.
    private var sequences: [CachedSequence] = []

    package init() {}

    package var count: Int { tokens.count }

    package func removeAll() {
        tokens.removeAll(keepingCapacity: true)
        positions.removeAll(keepingCapacity: true)
        entries.removeAll(keepingCapacity: true)
        pages.removeAll(keepingCapacity: true)
        outputs.removeAll(keepingCapacity: true)
        sequences.removeAll(keepingCapacity: true)
        firstPrompt = nil
    }

    /// Rows that are appended from here on belong to prompts, or to other texts that are only read.
    package func beginPrompts() { firstPrompt = firstPrompt ?? tokens.count }

    var rowCount: RowCount { RowCount(generated: firstPrompt ?? count, total: count) }

    /// The same of ``outputs``.
    var outputCount: RowCount {
        let generated = rowCount.generated
        return RowCount(generated: outputs.count { $0 < generated }, total: outputs.count)
    }

    /// Appends tokens to the sequence and to the batch; a sequence comes at most once in a batch.
    ///
    /// Returns the range in `outputs`, and so of rows of logits, that belongs to these tokens.
    @discardableResult
    package func append(
        _ more: some RandomAccessCollection<Token>, to sequence: CachedSequence, wanted: Wanted
    ) -> Range<Int> {
        let firstRow = tokens.count
        let start = sequence.count
        sequence.append(more)
        tokens.append(contentsOf: more)
        positions.append(contentsOf: start..<sequence.count)
        let firstPage = pages.count
        for page in sequence.pages { pages.append(page.memory) }
        sequences.append(sequence)
        let firstOutput = outputs.count
        switch wanted {
        case .none: break
        case .last: if !more.isEmpty { outputs.append(tokens.count - 1) }
        case .all: outputs.append(contentsOf: firstRow..<tokens.count)
        }
        entries.append(
            Entry(
                rows: firstRow..<tokens.count, outputs: firstOutput..<outputs.count, length: sequence.count,
                pages: firstPage..<pages.count))
        return firstOutput..<outputs.count
    }
}
