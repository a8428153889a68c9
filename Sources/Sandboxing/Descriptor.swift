import CLauncher
import Glibc

/// One file descriptor with one owner, closed when it goes.
struct Descriptor: ~Copyable {
    let number: CInt

    init(_ number: CInt) { self.number = number }

    /// A file in memory that holds `bytes`.
    static func memory(_ bytes: [UInt8]) throws(SandboxError) -> Descriptor {
        let number = bytes.withUnsafeBytes { fettle_memory_file($0.baseAddress, $0.count) }
        guard number >= 0 else { throw .machinery("cannot hold the request", errno) }
        return Descriptor(number)
    }

    consuming func close() {}

    deinit { Glibc.close(number) }
}

/// Two connected descriptors.
struct Ends: ~Copyable {
    let first: Descriptor
    let second: Descriptor

    /// Takes what a C function makes: two numbers, and 0 or an errno.
    init(_ make: (UnsafeMutablePointer<CInt>) -> CInt) throws(SandboxError) {
        var numbers: [CInt] = [-1, -1]
        let failure = numbers.withUnsafeMutableBufferPointer { buffer in
            buffer.baseAddress.map(make) ?? EINVAL
        }
        guard failure == 0 else { throw .machinery("cannot open another descriptor", failure) }
        first = Descriptor(numbers[0])
        second = Descriptor(numbers[1])
    }
}

extension SandboxError {
    static func machinery(_ message: String, _ error: CInt) -> SandboxError {
        SandboxError(.machinery, message, cause: String(cString: strerror(error)))
    }
}
