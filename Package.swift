// swift-tools-version: 6.2
import Foundation
import PackageDescription

/// Set by `make fuzz`: the fuzzers, with sanitizers, take the place of the tests that run their functions.
let isFuzzing = ProcessInfo.processInfo.environment["HUITONG_FUZZ"] == "1"

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
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.35.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess", from: "1.0.0"),
    ],
    targets: [
        // C libraries of the system
        system("CArchive", pkgConfig: "libarchive", apt: "libarchive-dev"),
        .systemLibrary(name: "CCSV", path: "Sources/C/CCSV", providers: [.apt(["libcsv-dev"])]),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CLibXML2", pkgConfig: "libxml-2.0", apt: "libxml2-dev"),
        system("COpenSSL", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CProj", pkgConfig: "proj", apt: "libproj-dev"),
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CXXHash", pkgConfig: "libxxhash", apt: "libxxhash-dev"),
        system("CYajl", pkgConfig: "yajl", apt: "libyajl-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),

        // Floor 0: nouns and national standards
        .target(name: "Model"),
        .target(name: "Standards"),

        // Floor 1: pure
        .target(name: "Catalog", dependencies: ["Filter", "Model", "Standards", "Yams"]),
        .target(name: "Filter", dependencies: ["Model"]),
        .target(name: "Geospatial", dependencies: ["CProj", "Model", "Standards"]),
        .target(name: "Normalizing", dependencies: ["CXXHash", crypto, "Geospatial", "Model", "Standards"]),

        // Floor 2: seams to the outside
        .target(name: "Parsing", dependencies: ["CArchive", "CCSV", "CLibXML2", "CYajl", "CZlib", "Model"]),
        .target(name: "Store", dependencies: ["Filter", "Model", "Standards"]),
        .target(name: "Transport", dependencies: ["CCurl", "CZlib", "Model"]),

        // Floor 3: stores, and what every store is held to
        .target(
            name: "SQLiteStore",
            dependencies: [
                "CSQLite", "Filter", .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "GRDBSQLite", package: "GRDB.swift"), "Model", "Standards", "Store",
            ]),
        .target(name: "StoreConformance", dependencies: ["Filter", "Model", "Store"]),

        // Floor 4: adapters
        .target(
            name: "AdapterEngine",
            dependencies: [
                "Catalog", "COpenSSL", crypto, "Model", "Parsing", "Standards",
                .product(name: "Subprocess", package: "swift-subprocess"), "Transport",
            ]),

        // Floor 5: what runs, what answers, and departments to try both with
        .target(name: "District", dependencies: [crypto, hummingbird, logging, "Standards"]),
        .target(
            name: "Exchange",
            dependencies: [
                "AdapterEngine", "Catalog", "Filter", lifecycle, logging, "Model", "Normalizing", "Parsing",
                "Standards", "Store", "Transport",
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ]),
        .target(
            name: "Gateway",
            dependencies: [
                "CZlib", "Filter", hummingbird, lifecycle, logging, "Model", "Standards", "Store",
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "NIOHTTPCompression", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
            ]),

        // Floor 6: the command
        .executableTarget(
            name: "huitong",
            dependencies: [
                "AdapterEngine", "Catalog", "District", "Exchange", "Filter", "Gateway", lifecycle, logging, "Model",
                "Normalizing", "Parsing", "SQLiteStore", "Standards", "Store", "Transport",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
            ]),

        .executableTarget(
            name: "Benchmark",
            dependencies: [
                .product(name: "ArgumentParser", package: "swift-argument-parser"), "CCurl", "CXXHash", "District",
                .product(name: "GRDBSQLite", package: "GRDB.swift"), hummingbird, logging, "Model", "Parsing",
            ],
            path: "Benchmarks/Sources/Benchmark"),
        .target(name: "CAllocations", path: "Benchmarks/Sources/CAllocations"),
        .executableTarget(
            name: "Allocations",
            dependencies: [
                "CAllocations", "District", "Model", "Normalizing", "Parsing", "SQLiteStore", "Store",
            ],
            path: "Benchmarks/Sources/Allocations"),

        // What tests stand in for departments with: a server that says what it is told to, certificates, a clock
        .target(name: "Loopback", dependencies: ["CZlib", "Transport"], path: "Tests/Loopback"),

        .testTarget(
            name: "AdapterEngineTests", dependencies: ["AdapterEngine", "Catalog", "Model", "Parsing", "Transport"]),
        .testTarget(name: "AllocationTests"),
        .testTarget(name: "ArchitectureTests"),
        .testTarget(name: "CatalogTests", dependencies: ["Catalog", "Filter", "Model"]),
        .testTarget(name: "CommandTests", dependencies: ["huitong", logging, "Model", "Transport"]),
        .testTarget(name: "DistrictTests", dependencies: [crypto, "District"]),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                .product(name: "GRDB", package: "GRDB.swift"),
                .product(name: "HTTPTypes", package: "swift-http-types"), hummingbird, "huitong", logging, "Loopback",
                "Model", .product(name: "NIOCore", package: "swift-nio"), "SQLiteStore", "Store",
            ], exclude: ["Crashes/kill.c"]),
        .testTarget(
            name: "ExchangeTests",
            dependencies: [
                "AdapterEngine", "Catalog", "Exchange", .product(name: "HTTPTypes", package: "swift-http-types"),
                hummingbird, logging, "Loopback", "Model", "Normalizing", "SQLiteStore", "Store", "Transport",
            ]),
        .testTarget(name: "FilterTests", dependencies: ["Filter"]),
        .testTarget(
            name: "GatewayTests",
            dependencies: [
                "Filter", "Gateway", .product(name: "HTTPTypes", package: "swift-http-types"), hummingbird,
                .product(name: "HummingbirdTesting", package: "hummingbird"), lifecycle, logging, "Model",
                .product(name: "NIOCore", package: "swift-nio"), "SQLiteStore", "Store",
            ]),
        .testTarget(name: "GeospatialTests", dependencies: ["Geospatial", "Model"]),
        .testTarget(name: "ModelTests", dependencies: ["Model"]),
        .testTarget(name: "NormalizingTests", dependencies: ["Model", "Normalizing", "Parsing", "Standards"]),
        .testTarget(name: "ParsingTests", dependencies: ["Model", "Parsing"]),
        .testTarget(
            name: "SQLiteStoreTests",
            dependencies: [
                "Filter", .product(name: "GRDB", package: "GRDB.swift"), "Model", "SQLiteStore", "Store",
                "StoreConformance",
            ]),
        .testTarget(name: "StandardsTests", dependencies: ["Standards"]),
        .testTarget(name: "TransportTests", dependencies: ["Loopback", "Model", "Transport"]),
    ],
    swiftLanguageModes: [.v6]
)

// What hostile bytes reach, as functions; the same files for the test of their corpora and for the fuzzers.
let fuzzed: [Target.Dependency] = [
    "Catalog", "Filter", "Gateway", "Geospatial", "Model", "Parsing", "Store",
    .product(name: "NIOCore", package: "swift-nio"),
]
let fuzzing =
    isFuzzing
    ? Target.executableTarget(
        name: "Fuzz", dependencies: fuzzed, path: "Tests/FuzzingTests", exclude: ["Corpus", "CorpusTests.swift"],
        linkerSettings: [.unsafeFlags(["-sanitize=fuzzer,address", "-use-ld=lld"])])
    : Target.testTarget(name: "FuzzingTests", dependencies: fuzzed, exclude: ["Corpus", "Driver"])
package.targets.append(fuzzing)

for target in package.targets where target.type != .system {
    target.swiftSettings = [
        .enableUpcomingFeature("ExistentialAny"),
        .enableUpcomingFeature("MemberImportVisibility"),
        .treatAllWarnings(as: .error),
    ]
    if isFuzzing {
        target.swiftSettings?.append(
            .unsafeFlags(["-sanitize=fuzzer,address", "-enable-testing"]))
    }
}

var crypto: Target.Dependency { .product(name: "Crypto", package: "swift-crypto") }
var hummingbird: Target.Dependency { .product(name: "Hummingbird", package: "hummingbird") }
var lifecycle: Target.Dependency { .product(name: "ServiceLifecycle", package: "swift-service-lifecycle") }
var logging: Target.Dependency { .product(name: "Logging", package: "swift-log") }

func system(_ name: String, pkgConfig: String, apt package: String) -> Target {
    .systemLibrary(name: name, path: "Sources/C/\(name)", pkgConfig: pkgConfig, providers: [.apt([package])])
}
