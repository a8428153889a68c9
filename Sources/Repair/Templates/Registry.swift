extension TemplateOperator {
    /// Every operator of the mutation pass. To add one, write it and name it here.
    package static let all: [TemplateOperator] = [
        // Infix operators.
        boundary, comparison, arithmetic, division, logical, bitwise, bitwiseTruth, assignment, identity, membership,
        rangeEnd,
    ]
}
