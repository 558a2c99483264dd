// swift-tools-version: 6.2
import PackageDescription

// A package of its own, so that cps-preflight itself depends on nothing of this.
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
