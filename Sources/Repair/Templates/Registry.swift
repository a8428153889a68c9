extension TemplateOperator {
    /// Every operator of the mutation pass. To add one, write it and name it here.
    package static let all: [TemplateOperator] = [
        // Infix operators.
        boundary, comparison, arithmetic, division, logical, bitwise, bitwiseTruth, assignment, identity, membership,
        rangeEnd,
        // Names.
        variable, attribute, callFamily, callInFile, undefinedName, missingReceiver, errorType, argumentLabel,
        // Literals and bounds.
        number, truth, initialValue, string, numberOrName, rangeCall, subscriptIndex, slice, addedSubscript, plusOne,
        // Conditions and operands.
        negation, droppedCondition, addedCondition, branchKeyword, exchangedOperands, droppedOperand, addedOperand,
        comparedValue, sign, exchangedPair, borrowedOperand,
        // Calls.
        exchangedArguments, droppedArgument, addedArgument, wrapped, unwrapped, addedMethod, missingCall,
        // Statements and blocks.
        deletedStatement, exchangedStatements, movedStatement, duplicatedStatement, movedOut, movedIn, elseBranch,
        unwrappedBlock, borrowedStatement, borrowedValue,
        // Flow.
        jump, insertedJump, guardStatement, returnValue, missingReturn, yielded, iteratedCopy, missingStep,
        stepDirection, accumulated,
        // What does not compile.
        missingPunctuation, mutability, effects, missingImport,
        // One language's traps.
        mutableDefault, sharedValue, scopeDeclaration, assignmentOrEquality, memberAccess, allocation, terminator,
        unsignedCountdown, dereference,
    ]
}
