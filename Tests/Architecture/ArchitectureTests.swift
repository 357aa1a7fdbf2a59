import FoundationEssentials
import Testing

/// What the compiler does not see of the house: arrows between folders, imports that the build folder
/// lets pass, sizes, and who names a service. Exceptions stand here with their reasons, and none that is
/// not needed.
struct ArchitectureTests {
  private let tree: SourceTree

  init() throws { tree = try SourceTree.shared.get() }

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
    // An account is asked for by its abilities, and a request runs on the hub, which tells how long
    // it may take.
    "Accounts": [["Abilities", "Core"], ["Core", "Requests"]],
    // A command does what the console can, and the console finds its commands by their keys.
    "ViewModels": [
      ["Commands", "Console"], ["", "Dialogs"], ["Dialogs", "SignIn"],
    ],
    // The layout places dialogs, which draw the layout's bottom line.
    "Interface": [["Dialogs", "Layout"]],
    // A command is given what was parsed of the words that name it.
    "Program": [["CommandLine/Parsing", "CommandLine/Running"]],
    // A store hands out its repositories, which write to it.
    "Storage": [["", "Repositories"]],
  ]

  @Test("Folders of a target do not name each other both ways")
  func folders() {
    for target in [
      "OneMe", "Trading", "TextSecure", "Axolotl", "Domain", "Phrases", "ScreenState", "Accounts",
      "MaxService", "TextSecureService", "TradingService", "Control", "ViewModels", "Interface",
      "Storage", "Sandbox", "Relay", "Reachability", "Transport",
      "Program",
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

  @Test("Only a service itself and the program name it")
  func services() {
    let own: Set = [
      "Program", "MaxService", "TextSecureService", "TradingService", "Replay", "Sandbox", "Relay",
      "OneMe", "Trading", "TextSecure",
    ]
    for file in tree.files where file.path.hasPrefix("Sources/") && !own.contains(file.target) {
      for name in [".textsecure", ".trading", "Service.max", "== .max", "(.max)", "of: .max"] {
        #expect(!file.mentions(name), "\(file.path) names \(name)")
      }
    }
  }

  @Test("No type of the view models keeps more than ten things")
  func state() {
    for file in tree.files where file.target == "ViewModels" {
      for (type, count) in file.storedProperties {
        #expect(count <= 10, "\(type) in \(file.path) keeps \(count)")
      }
    }
  }

  @Test("What a person does in the console goes through requests, never to an account itself")
  func road() {
    let past = [
      "hub.open", "hub.online", "as: (any", "as? any", "hub.retryNow", "drafts.replace",
      "settings.set", "store.markRead",
    ]
    for file in tree.files where file.target == "ViewModels" {
      for mark in past { #expect(!file.code.contains(mark), "\(file.path): \(mark)") }
    }
  }

  @Test("No target but the program imports two services, and what they share imports none")
  func seam() {
    let services: Set = ["MaxService", "TextSecureService", "TradingService"]
    for target in tree.targets where target.path.hasPrefix("Sources/") && target.name != "Program" {
      #expect(target.dependencies.intersection(services).count <= 1, "\(target.name)")
    }
    let protocols: Set = ["OneMe", "Trading", "TextSecure", "Axolotl"]
    for name in ["Accounts", "ViewModels", "ScreenState", "Interface", "Control", "Storage"] {
      let found = tree.targets.first { $0.name == name }?.dependencies ?? []
      #expect(found.isDisjoint(with: services.union(protocols)), "\(name)")
    }
  }
}
