package typealias Token = Int32
