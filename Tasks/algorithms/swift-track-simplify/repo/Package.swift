// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Tracks",
    products: [.library(name: "Tracks", targets: ["Tracks"])],
    targets: [
        .target(name: "Tracks"),
        .testTarget(name: "TracksTests", dependencies: ["Tracks"]),
    ]
)
