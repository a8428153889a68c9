import Sorted
import Testing

@Suite struct SortedArrayTests {
    @Test func emptyArray() {
        let array = SortedArray<Int>()
        #expect(array.isEmpty)
        #expect(array.first == nil)
        #expect(!array.contains(1))
        #expect(array.median == nil)
    }

    @Test func madeFromASequence() {
        let array = SortedArray([3, 1, 2, 1])
        #expect(array.elements == [1, 1, 2, 3])
        #expect(array.count == 4)
        #expect(array.last == 3)
    }

    @Test func insertingInFront() {
        var array = SortedArray([5, 6])
        let indices = [array.insert(3), array.insert(1)]
        #expect(indices == [0, 0])
        #expect(array.elements == [1, 3, 5, 6])
    }

    @Test func insertingAnywhere() {
        var array = SortedArray<Int>()
        for value in [5, 2, 8, 2, 9, 1, 5, 5] {
            array.insert(value)
        }
        #expect(array.elements == [1, 2, 2, 5, 5, 5, 8, 9])
        let indices = [array.insert(5), array.insert(10), array.insert(0)]
        #expect(indices == [6, 9, 0])
    }

    @Test func bounds() {
        let array = SortedArray([10, 20, 20, 30])
        #expect([5, 10, 15, 20, 30, 35].map { array.lowerBound(of: $0) } == [0, 0, 1, 1, 3, 4])
        #expect([5, 10, 15, 20, 30, 35].map { array.upperBound(of: $0) } == [0, 1, 1, 3, 4, 4])
        #expect(array.occurrences(of: 20) == 2)
        #expect(array.occurrences(of: 21) == 0)
    }

    @Test func removing() {
        var array = SortedArray([1, 2, 2, 3])
        let removed = [array.remove(2), array.remove(7), array.remove(0)]
        #expect(removed == [true, false, false])
        #expect(array.elements == [1, 2, 3])
        array.remove(3)
        #expect(array.elements == [1, 2])
        #expect(array.contains(2))
        #expect(!array.contains(3))
    }

    @Test func rangesAreHalfOpen() {
        let array = SortedArray([1, 3, 5, 7])
        #expect(Array(array.elements(from: 3, to: 7)) == [3, 5])
        #expect(Array(array.elements(from: 0, to: 99)) == [1, 3, 5, 7])
        #expect(array.elements(from: 6, to: 2).isEmpty)
    }

    @Test func medians() {
        #expect(SortedArray([9, 1, 5]).median == 5)
        #expect(SortedArray([9, 1, 5, 6]).median == 5)
        #expect(SortedArray([4]).median == 4)
    }
}
