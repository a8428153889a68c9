import Dispatch
import Foundation
import Synchronization
import Testing

@testable import Inference

@Suite struct WorkerPoolTests {
    @Test("every thread works once, and run returns when all have", arguments: [1, 2, 5])
    func everyThread(threads: Int) {
        let pool = WorkerPool(threads: threads)
        let seen = (0..<threads).map { _ in Box() }
        for round in 1...200 {
            pool.run { seen[$0].count.add(1, ordering: .relaxed) }
            #expect(seen.allSatisfy { $0.count.load(ordering: .relaxed) == round })
        }
    }

    @Test("workers that went to sleep wake up again")
    func sleepers() {
        let pool = WorkerPool(threads: 3)
        let total = Box()
        for _ in 0..<20 {
            Thread.sleep(forTimeInterval: 0.005)
            pool.run { _ in total.count.add(1, ordering: .relaxed) }
        }
        #expect(total.count.load(ordering: .relaxed) == 60)
    }

    @Test("two callers take turns")
    func twoCallers() {
        let pool = WorkerPool(threads: 2)
        let (inside, wrong, total) = (Box(), Box(), Box())
        DispatchQueue.concurrentPerform(iterations: 4) { _ in
            for _ in 0..<300 {
                pool.run { thread in
                    if thread == 0 {
                        if inside.count.add(1, ordering: .sequentiallyConsistent).oldValue != 0 {
                            wrong.count.add(1, ordering: .relaxed)
                        }
                        inside.count.subtract(1, ordering: .sequentiallyConsistent)
                    }
                    total.count.add(1, ordering: .relaxed)
                }
            }
        }
        #expect(wrong.count.load(ordering: .relaxed) == 0)
        #expect(total.count.load(ordering: .relaxed) == 4 * 300 * 2)
    }
}

private final class Box: Sendable {
    let count = Atomic(0)
}
