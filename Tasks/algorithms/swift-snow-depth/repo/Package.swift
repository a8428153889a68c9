// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Snow",
    products: [.library(name: "Snow", targets: ["Snow"])],
    targets: [
        .target(name: "Snow"),
        .testTarget(name: "SnowTests", dependencies: ["Snow"]),
    ]
)
