// swift-tools-version: 6.2
import PackageDescription

// A separate package, so that cps-preflight itself has none of these dependencies.
let package = Package(
  name: "cps-preflight-certificate",
  dependencies: [
    // Reads X.509 certificates, in PEM and DER.
    .package(url: "https://github.com/apple/swift-certificates", from: "1.21.1")
  ],
  targets: [
    .executableTarget(
      name: "cps-preflight-certificate",
      dependencies: [.product(name: "X509", package: "swift-certificates")],
      swiftSettings: [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)])
  ]
)
