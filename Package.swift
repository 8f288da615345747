// swift-tools-version: 6.2
import PackageDescription

/// The floors of the house: a target depends on lower floors only. `Tests/ArchitectureTests` reads the import lines
/// to hold that, and `docs/architecture.md` says what each target is for.
let package = Package(
    name: "huitong",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "huitong", targets: ["huitong"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: ["YAML", "JSON"]),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // C libraries of the system
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        system("CProj", pkgConfig: "proj", apt: "libproj-dev"),
        system("CXXHash", pkgConfig: "libxxhash", apt: "libxxhash-dev"),
        system("CYajl", pkgConfig: "yajl", apt: "libyajl-dev"),

        // Floor 0: nouns and national standards
        .target(name: "Model"),
        .target(name: "Standards"),

        // Floor 1: pure
        .target(name: "Geospatial", dependencies: ["Model", "CProj"]),
        .target(name: "Filter", dependencies: ["Model"]),
        .target(name: "Catalog", dependencies: ["Model", "Standards", "Filter", "Yams"]),
        .target(
            name: "Normalizing",
            dependencies: [
                "Model", "Standards", "Geospatial", "CXXHash", .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // Floor 2: seams to the outside
        .target(name: "Store", dependencies: ["Model", "Filter", "Standards"]),
        .target(name: "Transport", dependencies: ["Model", "CCurl"]),
        .target(name: "Parsing", dependencies: ["Model", "CLibXML2", "CYajl"]),

        // Floor 3: stores
        .target(
            name: "SQLiteStore",
            dependencies: [
                "Model", "Filter", "Store", "Standards", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"),
            ]),
        .target(name: "StoreConformance", dependencies: ["Model", "Filter", "Store"]),

        // Floor 4: adapters
        .target(
            name: "AdapterEngine",
            dependencies: [
                "Model", "Standards", "Catalog", "Transport", "Parsing", "Normalizing",
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // Floor 5: what runs, and what answers
        .target(
            name: "Exchange",
            dependencies: [
                "Model", "Standards", "Filter", "Catalog", "Normalizing", "Store", "Transport", "Parsing",
                "AdapterEngine",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Gateway",
            dependencies: [
                "Model", "Standards", "Filter", "Store", .product(name: "Hummingbird", package: "hummingbird"),
            ]),
        .target(
            name: "District",
            dependencies: [
                "Model", "Standards", "Geospatial", .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Crypto", package: "swift-crypto"),
            ]),

        // Floor 6: the command
        .executableTarget(
            name: "huitong",
            dependencies: [
                "Model", "Standards", "Filter", "Catalog", "Normalizing", "Store", "SQLiteStore", "Transport",
                "Parsing", "AdapterEngine", "Exchange", "Gateway", "District",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ]),

        // Tests
        .testTarget(name: "ModelTests", dependencies: ["Model"]),
        .testTarget(
            name: "SQLiteStoreTests", dependencies: ["Model", "Filter", "Store", "SQLiteStore", "StoreConformance"]),
    ],
    swiftLanguageModes: [.v6]
)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
}

func system(_ name: String, pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}
