import Testing
import Toolchains

@testable import Repair

@Suite("Failures call for operators")
struct FailureClassTests {
    @Test(
        "the kind of failure raises the operators that mend such failures",
        arguments: [
            ("crash", "Segmentation fault", "guard"), ("TypeError", "'NoneType' object is not iterable", "guard"),
            ("IndexError", "list index out of range", "boundary"), ("timeout", "did not end", "missing-step"),
            ("NameError", "name 'x' is not defined", "undefined-name"),
            ("RuntimeError", "dictionary changed size during iteration", "iterated-copy"),
        ])
    func classes(kind: String, message: String, raised: String) {
        let outcome = TestOutcome(
            id: "t", status: .failed, failure: TestFailure(kind: kind, message: message))
        #expect(FailureClass.multipliers(for: [outcome], isBuildBroken: false)[raised, default: 1] > 1)
    }

    @Test("a failed comparison raises nothing, a broken build the mending of builds")
    func others() {
        let outcome = TestOutcome(
            id: "t", status: .failed, failure: TestFailure(kind: "AssertionError", message: "assert 1 == 2"))
        #expect(FailureClass.multipliers(for: [outcome], isBuildBroken: false).isEmpty)
        #expect(FailureClass.multipliers(for: [], isBuildBroken: true)["undefined-name", default: 1] > 1)
    }

    @Test("every operator that is called for exists")
    func names() {
        let known = Set(TemplateOperator.all.map(\.name))
        let called = (FailureClass.all + [.broken]).flatMap(\.multipliers.keys)
        #expect(Set(called).subtracting(known).isEmpty)
    }
}
