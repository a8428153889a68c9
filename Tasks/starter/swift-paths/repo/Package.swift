// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Paths",
    products: [.library(name: "Paths", targets: ["Paths"])],
    targets: [
        .target(name: "Paths"),
        .testTarget(name: "PathsTests", dependencies: ["Paths"]),
    ]
)
