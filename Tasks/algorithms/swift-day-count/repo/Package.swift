// swift-tools-version: 6.0
import PackageDescription

let package = Package(
    name: "Days",
    products: [.library(name: "Days", targets: ["Days"])],
    targets: [
        .target(name: "Days"),
        .testTarget(name: "DaysTests", dependencies: ["Days"]),
    ]
)
