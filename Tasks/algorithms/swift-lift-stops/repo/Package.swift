// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Lifts",
    products: [.library(name: "Lifts", targets: ["Lifts"])],
    targets: [
        .target(name: "Lifts"),
        .testTarget(name: "LiftsTests", dependencies: ["Lifts"]),
    ]
)
