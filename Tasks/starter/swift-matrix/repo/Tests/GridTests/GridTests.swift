import Grid
import Testing

@Suite struct GridTests {
    let wide = Grid([[1, 2, 3], [4, 5, 6]])!
    let square = Grid([[1, 2], [3, 4]])!

    @Test func rowsMustHaveOneLength() {
        #expect(Grid([[1, 2], [3]]) == nil)
        #expect(Grid([[Int]]())?.rows == 0)
        #expect(wide.rows == 2)
        #expect(wide.columns == 3)
    }

    @Test func cellsAreReadAndWrittenByRowAndColumn() {
        var grid = Grid(rows: 2, columns: 3, repeating: 0)
        grid[1, 2] = 7
        grid[0, 1] = 5
        #expect(grid == Grid([[0, 5, 0], [0, 0, 7]]))
        #expect(grid[1, 2] == 7)
        #expect(grid[1, 1] == 0)
    }

    @Test func containsKnowsTheEdges() {
        #expect(wide.contains(row: 1, column: 2))
        #expect(wide.contains(row: 0, column: 0))
        #expect(!wide.contains(row: 2, column: 0))
        #expect(!wide.contains(row: 0, column: 3))
        #expect(!wide.contains(row: -1, column: 0))
    }

    @Test func aRowAndAColumn() {
        #expect(wide.row(1) == [4, 5, 6])
        #expect(wide.column(1) == [2, 5])
        #expect(wide.column(2) == [3, 6])
    }

    @Test func mapKeepsTheShape() {
        #expect(wide.map { "\($0 * 2)" } == Grid([["2", "4", "6"], ["8", "10", "12"]]))
    }

    @Test func transposingASquare() {
        #expect(square.transposed() == Grid([[1, 3], [2, 4]]))
    }

    @Test func transposingTurnsRowsIntoColumns() {
        #expect(wide.transposed() == Grid([[1, 4], [2, 5], [3, 6]]))
        #expect(Grid([[1, 2, 3, 4]])!.transposed() == Grid([[1], [2], [3], [4]]))
        #expect(Grid([["a", "b", "c", "d"], ["e", "f", "g", "h"]])!.transposed().column(0) == ["a", "b", "c", "d"])
    }

    @Test func flippingTurnsTheRowsRound() {
        #expect(wide.flipped() == Grid([[4, 5, 6], [1, 2, 3]]))
    }

    @Test func rotatingIsClockwise() {
        #expect(square.rotated() == Grid([[3, 1], [4, 2]]))
        #expect(wide.rotated() == Grid([[4, 1], [5, 2], [6, 3]]))
    }

    @Test func neighboursStayInside() {
        #expect(wide.neighbours(row: 0, column: 0).map { "\($0.row),\($0.column)" } == ["0,1", "1,0"])
        #expect(
            wide.neighbours(row: 1, column: 1).map { "\($0.row),\($0.column)" } == ["0,1", "1,0", "1,2"])
        #expect(wide.neighbours(row: 0, column: 2).count == 2)
    }

    @Test func descriptionShowsALineARow() {
        #expect(wide.description == "1 2 3\n4 5 6")
    }
}

@Suite struct NumericGridTests {
    @Test func identityChangesNothing() {
        let grid = Grid([[1, 2, 3], [4, 5, 6]])!
        #expect(grid.multiplied(by: .identity(3)) == grid)
        #expect(Grid<Int>.identity(2).multiplied(by: grid) == grid)
    }

    @Test func productOfTwoShapes() {
        let left = Grid([[1, 2, 3], [4, 5, 6]])!
        let right = Grid([[1, 0], [2, 1], [0, 3]])!
        #expect(left.multiplied(by: right) == Grid([[5, 11], [14, 23]]))
        #expect(left.multiplied(by: left) == nil)
    }

    @Test func rowSums() {
        #expect(Grid([[1, 2, 3], [4, 5, 6]])!.rowSums == [6, 15])
    }
}
