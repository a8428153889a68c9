// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Spans",
    products: [.library(name: "Spans", targets: ["Spans"])],
    targets: [
        .target(name: "Spans"),
        .testTarget(name: "SpansTests", dependencies: ["Spans"]),
    ]
)
