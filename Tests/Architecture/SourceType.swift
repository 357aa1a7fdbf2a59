/// A type or an extension as it stands in a file. It is read by indentation, which the formatter keeps.
struct SourceType {
  enum Kind: String {
    case `struct`, `class`, `actor`, `enum`, `protocol`, `extension`, `typealias`
  }

  var kind: Kind
  /// Of an extension: the type that it extends.
  var name: String
  /// What it says that it conforms to.
  var conformances: Set<String>
  var isTopLevel: Bool
  var isPrivate: Bool
  var lines = 1
  /// Properties of its own that hold something: not computed, not static.
  var storedProperties = 0
  /// Whether functions stand in its body.
  var hasFunctions = false

  /// Whether it only holds values, which are compared, written down or handed on together.
  var isRecord: Bool {
    let marks: Set = ["Codable", "Encodable", "Decodable", "Equatable", "Hashable"]
    return kind == .struct && (!hasFunctions || !conformances.isDisjoint(with: marks))
  }
}

extension SourceType {
  /// All types and extensions of a file, those inside others included.
  ///
  /// - Parameter lines: of its code, without comments and strings.
  static func all(in lines: [Substring]) -> [SourceType] {
    var open: [(indentation: Int, type: SourceType)] = []
    var types: [SourceType] = []
    for (number, line) in lines.enumerated() {
      let text = line.drop { $0 == " " }
      let indentation = line.count - text.count
      for index in open.indices { open[index].type.lines += 1 }
      if text.first == "}", let last = open.last, last.indentation == indentation {
        types.append(open.removeLast().type)
        continue
      }
      if let last = open.last, indentation == last.indentation + 2 {
        let next = number + 1 < lines.count ? lines[number + 1] : ""
        open[open.count - 1].type.note(member: text, next: next)
      }
      guard let type = SourceType(declaration: text, isTopLevel: indentation == 0) else { continue }
      if line.last == "}" || type.kind == .typealias {
        types.append(type)
      } else {
        open.append((indentation, type))
      }
    }
    return types
  }

  private static let modifiers: Set<Substring> = [
    "public", "package", "internal", "private", "fileprivate", "final", "indirect", "nonisolated",
    "static", "mutating", "override", "weak", "unowned", "lazy", "private(set)", "package(set)",
    "nonisolated(unsafe)", "nonisolated(nonsending)",
  ]

  /// The words of a declaration, with its modifiers and attributes in front apart.
  private static func words(_ text: Substring) -> (modifiers: Set<Substring>, rest: [Substring]) {
    let words = text.split(separator: " ")
    let rest = words.drop { modifiers.contains($0) || $0.first == "@" }
    return (Set(words.prefix(words.count - rest.count)), Array(rest))
  }

  private init?(declaration text: Substring, isTopLevel: Bool) {
    let (modifiers, words) = SourceType.words(text)
    guard words.count > 1, let kind = Kind(rawValue: String(words[0])) else { return nil }
    let name = words[1].prefix { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "." }
    // `class func` is no class.
    guard let first = name.first, first.isUppercase else { return nil }
    let conformances = text.split { !$0.isLetter && !$0.isNumber }.map(String.init)
    self.init(
      kind: kind, name: String(name), conformances: Set(conformances).subtracting([String(name)]),
      isTopLevel: isTopLevel,
      isPrivate: !modifiers.isDisjoint(with: ["private", "fileprivate"]))
  }

  /// - Parameter next: the line after its first one.
  private mutating func note(member text: Substring, next: Substring) {
    let (modifiers, words) = SourceType.words(text)
    guard words.count > 1, !modifiers.contains("static") else { return }
    if words[0] == "func" { hasFunctions = true }
    guard words[0] == "let" || words[0] == "var", kind != .extension, kind != .protocol else {
      return
    }
    let declaration = words.dropFirst().joined(separator: " ")
    if let brace = declaration.firstIndex(of: "{") {
      let body = declaration[declaration.index(after: brace)...].drop { $0 == " " }
      let first = body.isEmpty ? next.drop { $0 == " " } : body
      let isObserved = first.hasPrefix("didSet") || first.hasPrefix("willSet")
      guard isObserved || declaration[..<brace].contains("=") else { return }
    }
    storedProperties += 1 + declaration.prefix { $0 != ":" && $0 != "=" }.count { $0 == "," }
  }
}
