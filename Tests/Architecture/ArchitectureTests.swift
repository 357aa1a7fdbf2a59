import FoundationEssentials
import Testing

/// What the compiler does not see of the house: arrows between folders, imports that the build folder
/// lets pass, sizes, and who names a service. Exceptions stand here with their reasons, and none that is
/// not needed.
struct ArchitectureTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree() }

  @Test("A file imports only what its target depends on")
  func imports() {
    let names = Set(tree.targets.map(\.name))
    for target in tree.targets {
      for file in tree.files where file.target == target.name {
        let foreign = file.imports.filter {
          names.contains($0) && $0 != target.name && !target.dependencies.contains($0)
        }
        #expect(foreign.isEmpty, "\(file.path)")
      }
    }
  }

  @Test("Only the program sees the screen and the accounts together")
  func layers() throws {
    func dependencies(_ name: String) throws -> Set<String> {
      try #require(tree.targets.first { $0.name == name }).dependencies
    }
    let screen = try dependencies("Interface").union(dependencies("ScreenState"))
    #expect(screen.isDisjoint(with: ["Accounts", "Storage", "OneMe", "Trading", "TextSecure"]))
    for lower in ["Domain", "Storage", "OneMe", "Trading", "TextSecure", "Axolotl", "Clocks"] {
      let upper: Set = ["Accounts", "ViewModels", "ScreenState", "Interface", "Control", "tercet"]
      #expect(try dependencies(lower).isDisjoint(with: upper), "\(lower)")
    }
    #expect(try dependencies("Sandbox").isDisjoint(with: ["OneMe", "Trading"]))
  }

  /// Folders of one target that name each other, both ways, each with the reason.
  private static let knownCycles: [String: Set<Set<String>>] = [
    // The three services are still folders of the accounts and know their core; the core knows of them
    // what their sign-ins need. They become targets of their own.
    "Accounts": [
      ["Abilities", "Core"], ["Core", "Max"], ["Core", "Requests"], ["Core", "TextSecure"],
      ["Core", "Trading"], ["Core", "Trading/Safety"],
    ],
    // A command does what the console can, and the console finds its commands by their keys.
    "ViewModels": [
      ["Commands", "Console"], ["", "Dialogs"], ["", "Trade"], ["Dialogs", "SignIn"],
    ],
    // The layout places dialogs, which draw the layout's bottom line.
    "Interface": [["Dialogs", "Layout"]],
    // A store hands out its repositories, which write to it.
    "Storage": [["", "Repositories"]],
    // The entry of the program hands over to the command line, which ends it.
    "tercet": [["", "CommandLine"]],
  ]

  @Test("Folders of a target do not name each other both ways")
  func folders() {
    for target in [
      "OneMe", "Trading", "TextSecure", "Axolotl", "Domain", "Phrases", "ScreenState", "Accounts",
      "Control", "ViewModels", "Interface", "Storage", "Sandbox", "Relay", "Transport", "tercet",
    ] {
      let found = cycles(in: target)
      let known = Self.knownCycles[target] ?? []
      #expect(found.subtracting(known).isEmpty, "new in \(target)")
      #expect(
        known.subtracting(found).isEmpty, "no longer there in \(target): take it off the list")
    }
  }

  private func cycles(in target: String) -> Set<Set<String>> {
    let files = tree.files.filter { $0.target == target }
    var homes: [String: Set<String>] = [:]
    for file in files {
      for name in file.declarations { homes[name, default: []].insert(file.folder) }
    }
    var arrows: Set<[String]> = []
    for file in files {
      for word in file.words {
        guard let home = homes[word], home.count == 1, let folder = home.first,
          folder != file.folder
        else { continue }
        arrows.insert([file.folder, folder])
      }
    }
    return Set(arrows.filter { arrows.contains([$0[1], $0[0]]) }.map { Set($0) })
  }

  @Test("No file is longer than 400 lines")
  func sizes() {
    for file in tree.files { #expect(file.lines <= 400, "\(file.path)") }
  }

  /// Who names a service outside of its own folder, and why that is still so.
  private static let namers: [String: String] = [
    "Sources/Domain/Service.swift": "the list of services",
    "Sources/Accounts/Core/Desk.swift": "the registration, until services are targets",
    "Sources/Accounts/Requests/SignIn/SignInToMax.swift": "a sign-in is the service's own",
    "Sources/Accounts/Requests/SignIn/SignInToTextSecure.swift": "likewise",
    "Sources/Accounts/Requests/SignIn/SignInToTrading.swift": "likewise",
    "Sources/ViewModels/SignIn/WizardModel.swift": "likewise, its pages",
    "Sources/Interface/Layout/StatusBar.swift": "what a market's line shows of itself",
    "Sources/Storage/SecureTransactions.swift": "rows of an encrypted messenger alone",
    "Sources/Storage/Records/SecureRecords.swift": "likewise",
    "Sources/Storage/MessengerTransactions.swift": "what signing out erases besides chats",
    "Sources/Storage/Repositories/OutboxRepository.swift": "what is kept of a held message",
  ]

  @Test("Only a service, its descriptor, its sign-in and the program name it")
  func services() {
    let programs: Set = ["tercet", "Sandbox", "Relay", "Replay", "OneMe", "Trading", "TextSecure"]
    var found: Set<String> = []
    for file in tree.files
    where file.path.hasPrefix("Sources/") && !programs.contains(file.target) {
      let own = ["Max", "TextSecure", "Trading", "Trading/Safety"]
      if file.target == "Accounts", own.contains(file.folder) { continue }
      let names = [".textsecure", ".trading", "Service.max", "== .max", "(.max)", "of: .max"]
      if names.contains(where: { file.mentions($0) }) { found.insert(file.path) }
    }
    #expect(found.subtracting(Self.namers.keys).isEmpty)
    #expect(Set(Self.namers.keys).subtracting(found).isEmpty, "take it off the list")
  }
}
