// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Sorted",
    products: [.library(name: "Sorted", targets: ["Sorted"])],
    targets: [
        .target(name: "Sorted"),
        .testTarget(name: "SortedTests", dependencies: ["Sorted"]),
    ]
)
