/// A rectangle of values, stored row by row.
public struct Grid<Element> {
    public let rows: Int
    public let columns: Int
    private(set) var elements: [Element]

    /// A grid with the same value everywhere.
    public init(rows: Int, columns: Int, repeating value: Element) {
        precondition(rows >= 0 && columns >= 0, "a grid cannot have a negative size")
        self.rows = rows
        self.columns = columns
        elements = Array(repeating: value, count: rows * columns)
    }

    /// A grid from its rows, or nil where the rows differ in length.
    public init?(_ rows: [[Element]]) {
        let columns = rows.first?.count ?? 0
        guard rows.allSatisfy({ $0.count == columns }) else { return nil }
        self.rows = rows.count
        self.columns = columns
        elements = rows.flatMap { $0 }
    }

    private init(rows: Int, columns: Int, elements: [Element]) {
        self.rows = rows
        self.columns = columns
        self.elements = elements
    }

    public subscript(row: Int, column: Int) -> Element {
        get { elements[index(row, column)] }
        set { elements[index(row, column)] = newValue }
    }

    /// Whether there is a cell at that place.
    public func contains(row: Int, column: Int) -> Bool {
        (0..<rows).contains(row) && (0..<columns).contains(column)
    }

    /// One row, from left to right.
    public func row(_ row: Int) -> [Element] {
        Array(elements[index(row, 0)..<index(row, 0) + columns])
    }

    /// One column, from top to bottom.
    public func column(_ column: Int) -> [Element] {
        (0..<rows).map { self[$0, column] }
    }

    /// The same shape with every value changed.
    public func map<Result>(_ transform: (Element) throws -> Result) rethrows -> Grid<Result> {
        Grid<Result>(rows: rows, columns: columns, elements: try elements.map(transform))
    }

    /// The grid mirrored at its main diagonal: rows become columns.
    public func transposed() -> Grid {
        var turned: [Element] = []
        turned.reserveCapacity(elements.count)
        for column in 0..<columns {
            for row in 0..<rows {
                turned.append(elements[row * rows + column])
            }
        }
        return Grid(rows: columns, columns: rows, elements: turned)
    }

    /// The grid with the order of its rows turned round.
    public func flipped() -> Grid {
        let flippedRows = (0..<rows).reversed().flatMap { row($0) }
        return Grid(rows: rows, columns: columns, elements: flippedRows)
    }

    /// The grid turned by a quarter, clockwise.
    public func rotated() -> Grid {
        flipped().transposed()
    }

    /// The places above, left, right and below that lie inside the grid.
    public func neighbours(row: Int, column: Int) -> [(row: Int, column: Int)] {
        [(row - 1, column), (row, column - 1), (row, column + 1), (row + 1, column)]
            .filter { contains(row: $0.0, column: $0.1) }
            .map { (row: $0.0, column: $0.1) }
    }

    private func index(_ row: Int, _ column: Int) -> Int {
        precondition(contains(row: row, column: column), "no cell at \(row), \(column)")
        return row * columns + column
    }
}

extension Grid: Equatable where Element: Equatable {}
extension Grid: Sendable where Element: Sendable {}

extension Grid: CustomStringConvertible {
    public var description: String {
        (0..<rows)
            .map { row($0).map { "\($0)" }.joined(separator: " ") }
            .joined(separator: "\n")
    }
}
