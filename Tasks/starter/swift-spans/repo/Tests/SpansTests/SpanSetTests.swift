import Spans
import Testing

@Suite struct SpanSetTests {
    @Test func emptySet() {
        let set = SpanSet()
        #expect(set.isEmpty)
        #expect(!set.contains(0))
        #expect(set.contains(3..<3))
    }

    @Test func insertingKeepsTheOrder() {
        let set: SpanSet = [20..<30, 0..<5, 10..<12]
        #expect(set.spans == [0..<5, 10..<12, 20..<30])
        #expect(set.count == 17)
    }

    @Test func spansThatTouchOrOverlapAreJoined() {
        #expect(SpanSet([0..<5, 5..<9]).spans == [0..<9])
        #expect(SpanSet([0..<5, 3..<9]).spans == [0..<9])
        #expect(SpanSet([0..<5, 10..<15, 4..<11]).spans == [0..<15])
        #expect(SpanSet([0..<9, 2..<3]).spans == [0..<9])
        #expect(SpanSet([0..<5, 6..<9]).spans == [0..<5, 6..<9])
    }

    @Test func membership() {
        let set: SpanSet = [0..<5, 10..<15]
        #expect(set.contains(0) && set.contains(14))
        #expect(!set.contains(5) && !set.contains(9))
        #expect(set.contains(10..<15))
        #expect(!set.contains(4..<11))
    }

    @Test func removingAnEnd() {
        var set: SpanSet = [10..<20]
        set.remove(0..<12)
        #expect(set.spans == [12..<20])
        set.remove(18..<30)
        #expect(set.spans == [12..<18])
        set.remove(12..<13)
        #expect(set.spans == [13..<18])
    }

    @Test func removingWholeSpans() {
        var set: SpanSet = [0..<5, 10..<15, 20..<25]
        set.remove(10..<15)
        #expect(set.spans == [0..<5, 20..<25])
        set.remove(-5..<40)
        #expect(set.isEmpty)
    }

    @Test func removingAcrossSpans() {
        var set: SpanSet = [0..<5, 10..<15, 20..<25]
        set.remove(3..<22)
        #expect(set.spans == [0..<3, 22..<25])
    }

    @Test func removingNothing() {
        var set: SpanSet = [0..<5]
        set.remove(5..<9)
        set.remove(2..<2)
        #expect(set.spans == [0..<5])
    }

    @Test func removingFromTheMiddle() {
        var set: SpanSet = [0..<100]
        set.remove(40..<60)
        #expect(set.spans == [0..<40, 60..<100])
        set.remove(70..<71)
        set.remove(1..<2)
        #expect(set.spans == [0..<1, 2..<40, 60..<70, 71..<100])
    }

    @Test func gaps() {
        let set: SpanSet = [5..<10, 20..<30]
        #expect(set.gaps(in: 0..<25) == [0..<5, 10..<20])
        #expect(set.gaps(in: 6..<9).isEmpty)
        #expect(SpanSet().gaps(in: 0..<3) == [0..<3])
    }

    @Test func algebra() {
        let left: SpanSet = [0..<10, 20..<30]
        let right: SpanSet = [5..<22]
        #expect(left.union(right).spans == [0..<30])
        #expect(left.subtracting(right).spans == [0..<5, 22..<30])
        #expect(right.subtracting(left).spans == [10..<20])
    }
}
