// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

/// C is always optimised: in a debug build SwiftPM's own `-O0` would make kernels and launcher many times slower.
let optimisedC: [CSetting] = [.unsafeFlags(["-O2", "-Wall", "-Wextra", "-Werror"])]
let embeddingC: [CSetting] = [.unsafeFlags(["-std=c23", "-Wall", "-Wextra", "-Werror"])]
let kernelC: [CSetting] = [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]

let heap = Target.Dependency.product(name: "HeapModule", package: "swift-collections")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let subprocess = Target.Dependency.product(name: "Subprocess", package: "swift-subprocess")
let systemPackage = Target.Dependency.product(name: "SystemPackage", package: "swift-system")
let httpClient = Target.Dependency.product(name: "AsyncHTTPClient", package: "async-http-client")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")

/// Tests run in release, the configuration that people use, and may look inside a module.
let testable: [SwiftSetting] = [.unsafeFlags(["-enable-testing"], .when(configuration: .release))]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: strict + testable)
}

func tests(_ module: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .testTarget(
        name: module + "Tests", dependencies: [.byName(name: module)] + dependencies, swiftSettings: strict)
}

/// `make bench` runs every one of these.
func benchmark(_ name: String, _ dependencies: [Target.Dependency]? = nil) -> Target {
    .executableTarget(
        name: name + "Benchmark", dependencies: dependencies ?? [.byName(name: name)], path: "Benchmarks/" + name,
        swiftSettings: strict)
}

let package = Package(
    name: "fettle",
    products: [
        .executable(name: "fettle", targets: ["fettle"]),
        .executable(name: "fettle-launcher", targets: ["fettle-launcher"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-collections", from: "1.6.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.2"),
        .package(url: "https://github.com/apple/swift-system", from: "1.8.1"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.37.0"),
        // AsyncHTTPClient's headers, bodies and errors are its types.
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
    ],
    targets: [
        // C only.
        .systemLibrary(name: "CLibGit2", pkgConfig: "libgit2", providers: [.apt(["libgit2-dev"])]),
        .systemLibrary(name: "COpenBLAS", pkgConfig: "openblas", providers: [.apt(["libopenblas-dev"])]),
        .target(name: "CKernels", cSettings: kernelC),
        .target(name: "CLauncher", cSettings: optimisedC),
        // The repair model's weights, part of the program.
        .target(name: "CModel", exclude: ["fettle-repair.gguf", "MODEL_CARD.md"], cSettings: embeddingC),
        // Static, and without the Swift runtime's start files: it is mounted into every sandbox and must start in a millisecond.
        .executableTarget(
            name: "fettle-launcher", dependencies: ["CLauncher"], cSettings: optimisedC,
            linkerSettings: [.unsafeFlags(["-nostartfiles", "-static-executable"])]),

        // Each module imports only what stands beside it.
        module("StrictYAML", [yams]),
        module("Planning", [heap]),
        module("Inference", ["CKernels"]),
        module("Git", ["CLibGit2"]),
        module("Sandboxing", ["StrictYAML", "CLauncher"]),
        module("Editing"),
        module("Toolchains", ["StrictYAML", "Sandboxing"]),
        module("LanguageModels", ["CModel", "Inference", httpClient, nioCore, nioHTTP, nioPosix]),
        module("Repair", ["Planning", "Git", "Sandboxing", "Editing", "LanguageModels", "Toolchains"]),
        module("Runs", ["Git", "LanguageModels", "Planning", "Repair", grdb]),
        module("Evaluation", ["StrictYAML", "Git", "Runs", subprocess, systemPackage]),
        .executableTarget(
            name: "fettle",
            dependencies: ["Evaluation", "Runs", "StrictYAML", "Inference", "LanguageModels", argumentParser],
            swiftSettings: strict
        ),

        benchmark("Planning"),
        benchmark("Kernels", ["CKernels", "COpenBLAS", "Inference", "KernelProducts"]),
        benchmark("Generation", ["Inference"]),
        benchmark("Sandbox", ["Sandboxing", "fettle-launcher"]),
        benchmark("Fix", ["Git", "LanguageModels", "Repair", "Runs", "fettle-launcher"]),

        tests("StrictYAML"),
        tests("Planning"),
        // A kernel's products without a model around them.
        .target(
            name: "KernelProducts", dependencies: ["CKernels", "Inference"], path: "Tests/KernelProducts",
            swiftSettings: strict),
        tests("Inference", ["KernelProducts"]),
        // Damages model files and vocabularies: some thousand times in the tests, by the million as a program.
        .target(
            name: "InferenceFuzzing", dependencies: ["Inference"], path: "Tests/InferenceFuzzing", swiftSettings: strict
        ),
        .executableTarget(
            name: "InferenceFuzzer", dependencies: ["InferenceFuzzing"], path: "Tests/InferenceFuzzer",
            swiftSettings: strict),
        tests("InferenceFuzzing"),
        // A server whose answers a test writes.
        .target(name: "ScriptedHTTP", path: "Tests/ScriptedHTTP", swiftSettings: strict),
        tests("LanguageModels", ["Inference", "ScriptedHTTP"]),
        tests("Git"),
        tests("Sandboxing", ["fettle-launcher"]),
        tests("Editing"),
        tests("Toolchains", ["fettle-launcher"]),
        tests("Repair", ["fettle-launcher", "LanguageModels"]),
        tests("Runs"),
        tests("Evaluation"),
        tests("fettle", ["fettle-launcher", "ScriptedHTTP", subprocess, systemPackage]),
    ],
    swiftLanguageModes: [.v6]
)
