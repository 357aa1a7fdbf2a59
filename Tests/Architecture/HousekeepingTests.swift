import FoundationEssentials
import Testing

/// Types that own their state, files that are named for what stands in them, folders of one page, and
/// texts in the phrase tables. Exceptions stand here with their reasons, and none that is not needed.
struct HousekeepingTests {
  private let files: [SourceTree.File]

  init() throws {
    files = try SourceTree.shared.get().files.filter { $0.path.hasPrefix("Sources/") }
  }

  /// Types with more than ten stored properties, and why.
  private static let largeTypes: [String: String] = [
    "ServiceDescriptor": "the one record of what a service is; its function looks into it",
    "Conversation": "the sandbox's chat with all that people see of it",
    "MaxSession": "what the sandbox knows of one connection; its function compares two of it",
    "MaxSignIn": "what the steps of one sign-in have found so far, each asked for by the next",
  ]

  @Test("No type with behaviour has more than ten stored properties")
  func storedProperties() {
    var found: Set<String> = []
    for type in files.flatMap(\.types) where type.storedProperties > 10 && !type.isRecord {
      found.insert(type.name)
    }
    expectExceptions(found, Set(Self.largeTypes.keys))
  }

  /// Files that are named for an idea and not for a type, and why.
  private static let ideas: [String: String] = [
    "Sources/Accounts/Abilities/People.swift": "three small abilities about people",
    "Sources/Foundations/Cryptography/OpenSSL.swift": "what the wrappers of OpenSSL share",
    "Sources/Interface/Drawing/Geometry.swift": "a point, a size and a rectangle of cells",
    "Sources/Relay/Store/CodeStore.swift": "the table of codes, and what a right one lets one do",
    "Sources/Sandbox/Trading/TradingWire.swift": "all requests and answers of the trading document",
    "Sources/Storage/Records/MessageMarks.swift": "what stands on a message: formatting, reactions",
    "Sources/Storage/Records/PriceRecords.swift": "what is kept of prices: points, alerts on them",
  ]

  @Test("A file is named for the type that stands in it, or for several of one sort")
  func fileNames() {
    var found: Set<String> = []
    for file in files where !file.isNamedForItsContents { found.insert(file.path) }
    expectExceptions(found, Set(Self.ideas.keys))
  }

  /// Folders with more than twenty files, and why.
  private static let largeFolders = [
    "Sources/Phrases": areas, "Sources/Languages/Russian": areas,
    "Sources/Languages/Ukrainian": areas,
    "Sources/ViewModels/Console": "each names the console's model, which names them",
    "Sources/Interface/Terminal": "what a terminal is asked and told, and what it answers",
  ]
  private static let areas = "a file for each area of what the program says"

  @Test("A service is small: the fourth one has less than 250 lines")
  func fourth() throws {
    let service = try SourceTree.shared.get().files.filter {
      $0.path.hasPrefix("Tests/FourthService/Service/")
    }
    #expect(!service.isEmpty && service.map(\.lines).reduce(0, +) < 250)
  }

  @Test("A folder has at most twenty files")
  func folders() {
    let counts = Dictionary(grouping: files, by: \.directory).mapValues(\.count)
    expectExceptions(Set(counts.filter { $0.value > 20 }.keys), Set(Self.largeFolders.keys))
  }

  /// Two words of which the second begins small, outside the phrase tables, and why.
  private static let texts: [String: String] = [:]

  @Test("What people read on the screen stands in the phrase tables")
  func phrases() {
    var found: Set<String> = []
    for file in files where ["ViewModels", "Interface"].contains(file.target) {
      // What is typed on a command line is the same in every language.
      for text in file.strings where text.isSentence && !text.hasPrefix("tercet ") {
        found.insert(text)
      }
    }
    expectExceptions(found, Set(Self.texts.keys))
  }

  private func expectExceptions(_ found: Set<String>, _ named: Set<String>) {
    #expect(found.subtracting(named).sorted() == [], "new")
    #expect(named.subtracting(found).sorted() == [], "no longer so: take it off the list")
  }
}

extension SourceTree.File {
  /// Whether its name tells what stands in it: `X.swift` declares `X`; `X+Topic.swift` extends `X`;
  /// `SomeOutputs.swift` declares several types of which one ends with `Output`. A file without a type of
  /// its own is named for what it adds to others.
  fileprivate var isNamedForItsContents: Bool {
    let stem = String(name.dropLast(".swift".count))
    if let plus = stem.firstIndex(of: "+") {
      let base = stem[..<plus]
      return types.contains { type in
        type.kind == .extension && type.name.split(separator: ".").contains(base)
      }
    }
    guard !declarations.isEmpty, !declarations.contains(stem) else { return true }
    let ending = stem.lastWordInSingular
    return declarations.count > 1
      && declarations.contains { $0.hasSuffix(ending) || $0.hasSuffix(ending + "s") }
  }
}

extension String {
  /// `Output` for `AccountOutputs`, `Body` for `RequestBodies`.
  fileprivate var lastWordInSingular: String {
    let start = lastIndex { $0.isUppercase } ?? startIndex
    let word = String(self[start...])
    if word.hasSuffix("ies") { return word.dropLast(3) + "y" }
    if word.hasSuffix("ches") || word.hasSuffix("shes") { return String(word.dropLast(2)) }
    return word.hasSuffix("s") ? String(word.dropLast()) : "no plural"
  }

  /// Whether two words of letters follow each other, the second one small.
  fileprivate var isSentence: Bool {
    let words = split(separator: " ").map { $0.last == "," ? $0.dropLast() : $0 }
    return zip(words, words.dropFirst()).contains { first, second in
      first.count > 1 && second.count > 1 && first.allSatisfy(\.isLetter)
        && second.allSatisfy { $0.isLetter && $0.isLowercase }
    }
  }
}
