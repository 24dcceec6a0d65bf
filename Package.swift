// swift-tools-version: 6.1
import PackageDescription

let strict: [SwiftSetting] = [.enableUpcomingFeature("ExistentialAny")]

let package = Package(
  name: "perigee",
  products: [
    .executable(name: "perigee", targets: ["perigee"]),
    .executable(name: "perigee-benchmark", targets: ["PerigeeBenchmark"]),
  ],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
    .package(url: "https://github.com/HdrHistogram/hdrhistogram-swift", from: "0.2.0"),
  ],
  targets: [
    // From the bottom up; an arrow of import never points upwards.
    .systemLibrary(name: "CGSL", pkgConfig: "gsl", providers: [.apt(["libgsl-dev"])]),
    // SHA-256 from the system's library: to build swift-crypto takes a third of the time of a first build.
    .systemLibrary(name: "COpenSSL", pkgConfig: "libcrypto", providers: [.apt(["libssl-dev"])]),
    .target(name: "SimulationKernel", swiftSettings: strict),
    .target(name: "Stochastics", dependencies: ["CGSL", "SimulationKernel"], swiftSettings: strict),
    .target(
      name: "Statistics", dependencies: ["SimulationKernel", "Stochastics"], swiftSettings: strict),
    .target(
      name: "Catalog", dependencies: ["Stochastics"],
      resources: [.copy("Resources")], swiftSettings: strict),
    .target(
      name: "ServerlessModel", dependencies: ["SimulationKernel", "Stochastics", "Statistics"],
      swiftSettings: strict),
    .target(
      name: "ScenarioFormat",
      dependencies: [
        "Catalog", "ServerlessModel", "Stochastics", "Yams",
      ], swiftSettings: strict),
    .target(name: "Pricing", dependencies: ["Catalog"], swiftSettings: strict),
    .target(
      name: "UsageFormat", dependencies: ["ScenarioFormat", "Pricing", "Catalog"], swiftSettings: strict),
    .target(
      name: "Experiments", dependencies: ["ServerlessModel", "Statistics", "Stochastics", "SimulationKernel"],
      swiftSettings: strict),
    .target(
      name: "Validation",
      dependencies: ["Experiments", "ServerlessModel", "Statistics", "Stochastics", "SimulationKernel"],
      swiftSettings: strict),
    .target(
      name: "Reporting",
      dependencies: ["COpenSSL", "Statistics", "Experiments", "Pricing", "Catalog"], swiftSettings: strict),
    .executableTarget(
      name: "perigee",
      dependencies: [
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
        "Reporting", "ScenarioFormat", "Catalog", "Experiments", "Pricing", "ServerlessModel", "Statistics",
        "UsageFormat",
      ], swiftSettings: strict),
    .target(name: "CFloor", cSettings: [.unsafeFlags(["-O3", "-march=native"])]),
    .target(name: "CAllocationCount"),
    .executableTarget(
      name: "PerigeeBenchmark",
      dependencies: [
        "CFloor", "CAllocationCount", "SimulationKernel", "Stochastics", "Statistics", "ServerlessModel", "Catalog",
        "ScenarioFormat", "Validation", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], swiftSettings: strict),

    .testTarget(
      name: "SimulationKernelTests", dependencies: ["SimulationKernel", "Stochastics"], swiftSettings: strict),
    .testTarget(
      name: "StochasticsTests", dependencies: ["Stochastics", "SimulationKernel"], swiftSettings: strict),
    .testTarget(
      name: "StatisticsTests",
      dependencies: [
        "Statistics", "Stochastics", "SimulationKernel",
        .product(name: "Histogram", package: "hdrhistogram-swift"),
      ], swiftSettings: strict),
    .testTarget(name: "CatalogTests", dependencies: ["Catalog", "Stochastics"], swiftSettings: strict),
    .testTarget(
      name: "ServerlessModelTests",
      dependencies: ["ServerlessModel", "SimulationKernel", "Stochastics", "Statistics", "Experiments"],
      swiftSettings: strict),
    .testTarget(
      name: "ScenarioFormatTests",
      dependencies: [
        "ScenarioFormat", "Catalog", "ServerlessModel", "SimulationKernel", "Stochastics", "Statistics", "Experiments",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "PricingTests", dependencies: ["Pricing", "Catalog", "UsageFormat", "ScenarioFormat"],
      exclude: ["Fixtures"], swiftSettings: strict),
    .testTarget(
      name: "ExperimentsTests",
      dependencies: ["Experiments", "ServerlessModel", "SimulationKernel", "Stochastics", "Statistics"],
      swiftSettings: strict),
    .testTarget(name: "ReportingTests", dependencies: ["Reporting", "Experiments"], swiftSettings: strict),
    .testTarget(
      name: "TheoryTests", dependencies: ["Validation"], swiftSettings: strict),
    .target(name: "CommandTestSupport", path: "Tests/CommandTestSupport", swiftSettings: strict),
    .testTarget(
      name: "CommandTests", dependencies: ["perigee", "CommandTestSupport"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(
      name: "ScenarioTests", dependencies: ["perigee", "CommandTestSupport", "Reporting"], exclude: ["Golden"],
      swiftSettings: strict),
    .testTarget(name: "TidyTests", swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
