// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Grid",
    products: [.library(name: "Grid", targets: ["Grid"])],
    targets: [
        .target(name: "Grid"),
        .testTarget(name: "GridTests", dependencies: ["Grid"]),
    ]
)
