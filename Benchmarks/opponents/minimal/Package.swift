// swift-tools-version: 6.2
import PackageDescription

// The least that a Swift program with a command line costs: it is what a check is compared with.
let package = Package(
  name: "minimal",
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2")
  ],
  targets: [
    .executableTarget(
      name: "minimal",
      dependencies: [.product(name: "ArgumentParser", package: "swift-argument-parser")],
      swiftSettings: [.swiftLanguageMode(.v6)])
  ]
)
