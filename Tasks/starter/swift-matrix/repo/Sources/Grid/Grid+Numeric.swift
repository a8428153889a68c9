extension Grid where Element: Numeric {
    /// The square grid with ones on its diagonal.
    public static func identity(_ size: Int) -> Grid {
        var grid = Grid(rows: size, columns: size, repeating: 0)
        for place in 0..<size {
            grid[place, place] = 1
        }
        return grid
    }

    /// The matrix product, or nil where the shapes do not fit.
    public func multiplied(by other: Grid) -> Grid? {
        guard columns == other.rows else { return nil }
        var product = Grid(rows: rows, columns: other.columns, repeating: 0)
        for row in 0..<rows {
            for column in 0..<other.columns {
                for inner in 0..<columns {
                    product[row, column] += self[row, inner] * other[inner, column]
                }
            }
        }
        return product
    }

    /// The sum of each row, from top to bottom.
    public var rowSums: [Element] {
        (0..<rows).map { row($0).reduce(0, +) }
    }
}
