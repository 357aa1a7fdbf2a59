import FoundationEssentials
import Testing

/// Each language says all that the program says, and the program says all that stands in its tables.
struct TranslationTests {
  private typealias Entry = (name: String, text: String)

  private typealias Source = (path: String, text: String)

  private let sources: [Source]
  private let phrases: [Entry]

  init() throws {
    sources = try SourceTree.shared.get().files.map(\.path).filter { $0.hasPrefix("Sources/") }
      .map { ($0, try SourceTree.text(of: $0).replacing(#"\""#, with: "'")) }
    phrases = sources.filter { $0.path.hasPrefix("Sources/Phrases/Phrase+") }
      .flatMap { TranslationTests.entries(in: $0.text, after: "static let ", before: ": Phrase") }
    #expect(phrases.count > 500, "they were found")
  }

  /// Names with the text literal behind each of them.
  private static func entries(
    in source: String, after start: String, before end: String
  ) -> [Entry] {
    source.split(separator: start).dropFirst().compactMap { part in
      guard let stop = part.firstRange(of: end) else { return nil }
      let name = part[..<stop.lowerBound]
      guard name.allSatisfy({ $0.isLetter || $0.isNumber }) else { return nil }
      let rest = part[stop.upperBound...].drop { $0 != "\"" }.dropFirst()
      return (String(name), String(rest.prefix { $0 != "\"" }))
    }
  }

  @Test(
    "No phrase is missing in a language, none is there twice or for nothing",
    arguments: ["Russian", "Ukrainian"])
  func whole(language: String) {
    let translations =
      sources.filter { $0.path.hasPrefix("Sources/Languages/\(language)/") }
      .flatMap { TranslationTests.entries(in: $0.text, after: "\n    .", before: ":") }
    let names = Set(translations.map(\.name))
    #expect(names.count == translations.count, "none is there twice")
    #expect(Set(phrases.map(\.name)).subtracting(names).sorted() == [], "missing")
    #expect(names.subtracting(phrases.map(\.name)).sorted() == [], "for nothing")
    let english = Dictionary(phrases.map { ($0.name, $0.text) }, uniquingKeysWith: { $1 })
    for entry in translations {
      let holes = entry.text.ranges(of: "{}").count
      #expect(
        !entry.text.isEmpty && holes == english[entry.name]?.ranges(of: "{}").count,
        "\(entry.name): \(entry.text)")
    }
  }

  @Test("Each phrase is said somewhere")
  func used() {
    var words: Set<Substring> = []
    for source in sources where !source.path.hasPrefix("Sources/Languages/") {
      for part in source.text.split(separator: ".").dropFirst() {
        words.insert(part.prefix { $0.isLetter || $0.isNumber })
      }
    }
    #expect(phrases.map(\.name).filter { !words.contains($0[...]) } == [])
  }
}
