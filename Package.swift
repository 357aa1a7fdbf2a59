// swift-tools-version: 6.2
import PackageDescription

/// The house of Tercet. A target may depend only on targets below it; a wrong import does not compile.
let package = Package(
  name: "tercet",
  products: [.executable(name: "tercet", targets: ["tercet"])],
  dependencies: [],
  targets: [
    // The program: command line and wiring, the one place that knows every service.
    .executableTarget(name: "tercet", dependencies: ["Program"], path: "Sources/tercet"),
    .target(
      name: "Program",
      dependencies: [
        "Interface", "ViewModels", "ScreenState", "Control", "Replay", "Accounts", "MaxService",
        "TextSecureService", "TradingService", "Sandbox", "Relay", "OneMe", "Trading", "Storage",
        "Domain", "Languages", "Phrases", "Transport", "Clocks", "Cryptography", "Database",
        "Files", "Processes", "CLinux", "CPictures",
      ], path: "Sources/Program"),

    // The screen: curses, what keys do, and the values between those two.
    .target(
      name: "Interface",
      dependencies: [
        "ScreenState", "Domain", "Phrases", "CLinux", "CNcurses", "CQREncode", "CFriBidi", "CChafa",
      ],
      path: "Sources/Interface"),
    .target(
      name: "ViewModels",
      dependencies: [
        "ScreenState", "Accounts", "Storage", "Domain", "Phrases", "Transport", "Clocks",
        "Cryptography",
      ], path: "Sources/ViewModels"),
    .target(
      name: "ScreenState", dependencies: ["Domain"], path: "Sources/ScreenState"),

    // The accounts, what can be asked of them, and the socket over which others ask.
    .target(
      name: "Control",
      dependencies: ["Accounts", "Domain", "Phrases", "Transport", "Clocks"],
      path: "Sources/Control"),
    .target(
      name: "Replay",
      dependencies: [
        "Accounts", "TradingService", "Trading", "Storage", "Domain", "Phrases", "Transport",
        "Clocks", "Cryptography",
      ], path: "Sources/Replay"),
    .target(
      name: "Accounts",
      dependencies: [
        "Reachability", "Storage", "Domain", "Phrases", "Transport", "Clocks", "Cryptography",
        "Database", "Files",
      ],
      path: "Sources/Accounts"),

    // The services: one account each, registered with the accounts by the program alone.
    .target(
      name: "MaxService",
      dependencies: [
        "Accounts", "OneMe", "Storage", "Domain", "Phrases", "Transport", "Clocks", "Cryptography",
        "Database", "Files",
      ], path: "Sources/Services/Max"),
    .target(
      name: "TextSecureService",
      dependencies: [
        "Accounts", "TextSecure", "Axolotl", "Storage", "Domain", "Phrases", "Transport", "Clocks",
        "Cryptography", "Database", "Files",
      ], path: "Sources/Services/TextSecure"),
    .target(
      name: "TradingService",
      dependencies: [
        "Accounts", "Trading", "Storage", "Domain", "Phrases", "Transport", "Clocks",
        "Cryptography", "Database",
      ], path: "Sources/Services/Trading"),

    // Protocol clients: bytes <-> typed frames <-> AsyncStream of events.
    .target(
      name: "OneMe", dependencies: ["JSON", "Transport", "Clocks", "Cryptography", "CLZ4"],
      path: "Sources/Protocols/OneMe"),
    .target(
      name: "Reachability", dependencies: ["Transport", "Clocks", "Cryptography", "CZlib"],
      path: "Sources/Protocols/Reachability"),
    .target(
      name: "Trading", dependencies: ["Domain", "JSON", "Transport", "Clocks", "Cryptography"],
      path: "Sources/Protocols/Trading"),
    .target(
      name: "TextSecure",
      dependencies: ["Axolotl", "Transport", "Clocks", "Cryptography", "Files"],
      path: "Sources/Protocols/TextSecure"),
    .target(name: "Axolotl", dependencies: ["Cryptography"], path: "Sources/Protocols/Axolotl"),

    // What the console keeps, and the servers it can be tried on.
    .target(
      name: "Storage", dependencies: ["Domain", "Cryptography", "Database", "Files"],
      path: "Sources/Storage"),
    // Values that everybody shares, and the words in which the program speaks.
    .target(name: "Domain", dependencies: ["Phrases", "Cryptography"], path: "Sources/Domain"),
    .target(name: "Languages", dependencies: ["Phrases"], path: "Sources/Languages"),
    .target(name: "Phrases", path: "Sources/Phrases"),
    // TextSecure and Axolotl for the contacts that live in the relay: they are clients, and the
    // servers share no code with them.
    .target(
      name: "Sandbox",
      dependencies: [
        "Relay", "TextSecure", "Axolotl", "Transport", "Clocks", "Cryptography", "Database", "CLZ4",
        "CZlib",
      ], path: "Sources/Sandbox"),
    .target(
      name: "Relay",
      dependencies: ["Transport", "Clocks", "Cryptography", "Database", "Processes"],
      path: "Sources/Relay"),

    // Foundations.
    .target(
      name: "Transport",
      dependencies: ["Clocks", "Cryptography", "CCurl", "CMicroHTTPD", "CWslay"],
      path: "Sources/Foundations/Transport"),
    .target(name: "Clocks", dependencies: ["Cryptography"], path: "Sources/Foundations/Clocks"),
    .target(
      name: "Cryptography", dependencies: ["COpenSSL"], path: "Sources/Foundations/Cryptography"),
    .target(
      name: "Database", dependencies: ["Cryptography", "CSQLite"],
      path: "Sources/Foundations/Database"),
    .target(name: "Files", dependencies: ["CLinux"], path: "Sources/Foundations/Files"),
    .target(
      name: "Processes", dependencies: ["CLinux"], path: "Sources/Foundations/Processes"),
    .target(name: "JSON", path: "Sources/Foundations/JSON"),

    // C libraries, one module map each.
    .systemLibrary(
      name: "CNcurses", path: "Sources/Libraries/CNcurses",
      providers: [.apt(["libncurses-dev"])]),
    .systemLibrary(name: "CLinux", path: "Sources/Libraries/CLinux"),
    .systemLibrary(
      name: "CSQLite", path: "Sources/Libraries/CSQLite", pkgConfig: "sqlite3",
      providers: [.apt(["libsqlite3-dev"])]),
    .systemLibrary(
      name: "CWslay", path: "Sources/Libraries/CWslay",
      providers: [.apt(["libwslay-dev"])]),
    .systemLibrary(
      name: "CLZ4", path: "Sources/Libraries/CLZ4", pkgConfig: "liblz4",
      providers: [.apt(["liblz4-dev"])]),
    .systemLibrary(
      name: "CZlib", path: "Sources/Libraries/CZlib", pkgConfig: "zlib",
      providers: [.apt(["zlib1g-dev"])]),
    .systemLibrary(
      name: "CQREncode", path: "Sources/Libraries/CQREncode", pkgConfig: "libqrencode",
      providers: [.apt(["libqrencode-dev"])]),

    // Libraries that are opened when they are first needed, and not with the program.
    .target(name: "CCurl", path: "Sources/Libraries/CCurl", publicHeadersPath: "."),
    .target(
      name: "CChafa", path: "Sources/Libraries/CChafa", publicHeadersPath: ".",
      cSettings: [.headerSearchPath("borrowed")]),
    .target(name: "CPictures", path: "Sources/Libraries/CPictures", publicHeadersPath: "."),
    .target(name: "CFriBidi", path: "Sources/Libraries/CFriBidi", publicHeadersPath: "."),
    .target(name: "CMicroHTTPD", path: "Sources/Libraries/CMicroHTTPD", publicHeadersPath: "."),
    .target(name: "COpenSSL", path: "Sources/Libraries/COpenSSL", publicHeadersPath: "."),

    // Tests mirror the sources.
    .target(
      name: "TestSupport", dependencies: ["JSON", "Transport", "Clocks", "Domain", "CLinux"],
      path: "Tests/TestSupport"),
    .target(
      name: "TradingSupport",
      dependencies: [
        "Sandbox", "Trading", "Domain", "Transport", "Clocks", "Cryptography", "TestSupport",
      ],
      path: "Tests/TradingSupport"),
    .executableTarget(
      name: "bench",
      dependencies: [
        "Interface", "ViewModels", "ScreenState", "Accounts", "MaxService", "TextSecureService",
        "TradingService", "OneMe", "Trading", "TextSecure", "Axolotl", "Storage", "Domain",
        "Transport", "Clocks", "Cryptography", "Database", "CLinux", "TestSupport",
      ],
      path: "Tests/Bench"),
    // Counts with the optimised bench, which it starts: it does not depend on it.
    .testTarget(
      name: "CostTests", dependencies: ["TestSupport"], path: "Tests/CostTests",
      exclude: ["costs.json"]),
    .testTarget(name: "Architecture", path: "Tests/Architecture"),
    .testTarget(
      name: "CryptographyTests", dependencies: ["Cryptography", "TestSupport"],
      path: "Tests/CryptographyTests"),
    .testTarget(
      name: "DatabaseTests", dependencies: ["Database", "Cryptography", "CSQLite", "TestSupport"],
      path: "Tests/DatabaseTests"),
    .testTarget(
      name: "JSONTests", dependencies: ["JSON", "Cryptography", "TestSupport"],
      path: "Tests/JSONTests"),
    .testTarget(
      name: "TransportTests", dependencies: ["Transport", "Clocks", "Cryptography", "TestSupport"],
      path: "Tests/TransportTests"),
    .testTarget(
      name: "StorageTests",
      dependencies: ["Storage", "Domain", "Cryptography", "Database", "TestSupport"],
      path: "Tests/StorageTests"),
    .testTarget(
      name: "OneMeTests",
      dependencies: ["OneMe", "JSON", "Transport", "Clocks", "Cryptography", "TestSupport"],
      path: "Tests/OneMeTests"
    ),
    .testTarget(
      name: "ReachabilityTests",
      dependencies: ["Reachability", "Transport", "Clocks", "Cryptography", "TestSupport"],
      path: "Tests/ReachabilityTests"),
    .testTarget(
      name: "TradingTests",
      dependencies: [
        "Sandbox", "Trading", "Domain", "JSON", "Transport", "Clocks", "Cryptography",
        "TradingSupport", "TestSupport",
      ], path: "Tests/TradingTests"),
    // Trading with the accounts' journal above it: lines that break, programs that die, recordings.
    .testTarget(
      name: "TradingRecoveryTests",
      dependencies: [
        "Replay", "Accounts", "TradingService", "Sandbox", "Trading", "Storage", "Domain",
        "Transport", "Clocks", "Cryptography", "TradingSupport", "TestSupport",
      ], path: "Tests/TradingRecoveryTests", exclude: ["Fixtures"]),
    .testTarget(
      name: "TextSecureTests",
      dependencies: [
        "Relay", "TextSecure", "Axolotl", "Transport", "Clocks", "Cryptography", "Files",
        "TestSupport",
      ], path: "Tests/TextSecureTests"),
    .testTarget(
      name: "AxolotlTests", dependencies: ["Axolotl", "Cryptography"], path: "Tests/AxolotlTests",
      exclude: ["Fixtures"]),
    .testTarget(
      name: "SandboxTests",
      dependencies: [
        "Sandbox", "TextSecure", "Transport", "Clocks", "Cryptography", "CLZ4", "TestSupport",
      ],
      path: "Tests/SandboxTests"),
    .testTarget(
      name: "RelayTests",
      dependencies: [
        "Relay", "Transport", "Clocks", "Cryptography", "Database", "Processes", "TestSupport",
      ],
      path: "Tests/RelayTests"),
    .testTarget(
      name: "ConsoleTests",
      dependencies: [
        "ViewModels", "ScreenState", "Control", "Accounts", "MaxService", "TextSecureService",
        "TradingService", "Sandbox", "Relay", "OneMe", "Trading", "TextSecure", "Axolotl",
        "Reachability", "Storage", "Domain", "Languages", "Phrases", "Transport", "Clocks",
        "Cryptography",
        "Database", "Files", "TestSupport",
      ], path: "Tests/ConsoleTests", exclude: ["EarlierStore"]),
    .executableTarget(
      name: "fourth",
      dependencies: [
        "Program", "Accounts", "Storage", "Domain", "Phrases", "Transport", "Clocks",
        "Cryptography",
      ], path: "Tests/FourthService/Service"),
    .testTarget(
      name: "FourthServiceTests",
      dependencies: [
        "fourth", "ViewModels", "ScreenState", "Accounts", "Storage", "Domain", "Transport",
        "Clocks", "Cryptography", "TestSupport",
      ], path: "Tests/FourthService/Tests"),
    .testTarget(
      name: "InterfaceTests",
      dependencies: [
        "Interface", "ViewModels", "ScreenState", "Accounts", "MaxService", "TextSecureService",
        "TradingService", "Storage", "Domain", "Languages", "Phrases", "Transport", "Clocks",
        "Cryptography", "Database", "TestSupport",
      ],
      path: "Tests/InterfaceTests",
      exclude: ["Golden"]),
    .testTarget(
      name: "CommandLineTests",
      dependencies: [
        "tercet", "Program", "Interface", "ViewModels", "ScreenState", "Accounts", "MaxService",
        "TextSecureService", "TradingService", "Sandbox", "Storage", "Domain", "Phrases",
        "Transport", "Clocks", "Cryptography", "Database", "TestSupport",
      ],
      path: "Tests/CommandLineTests"),
    .testTarget(
      name: "EndToEnd",
      dependencies: [
        "ViewModels", "Transport", "TestSupport",
      ],
      path: "Tests/EndToEnd"),
    .testTarget(
      name: "Peers",
      dependencies: [
        "Accounts", "MaxService", "TextSecureService", "TradingService", "Sandbox", "Axolotl",
        "Storage", "Domain", "Transport", "Clocks", "Cryptography", "TestSupport",
      ],
      path: "Tests/Peers",
      exclude: ["Fixtures"]),
  ],
  swiftLanguageModes: [.v6]
)
