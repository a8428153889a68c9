// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Durations",
    products: [.library(name: "Durations", targets: ["Durations"])],
    targets: [
        .target(name: "Durations"),
        .testTarget(name: "DurationsTests", dependencies: ["Durations"]),
    ]
)
