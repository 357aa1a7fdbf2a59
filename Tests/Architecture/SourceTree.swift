import FoundationEssentials

/// The sources as text: which target and folder a file is in, what it declares and what it names.
struct SourceTree: Sendable {
  struct File {
    /// From the project's folder: `Sources/Accounts/Core/AccountHub.swift`.
    var path: String
    var target: String
    /// Inside the target; empty for its own folder.
    var folder: String
    /// Without comments and the contents of strings.
    var code: String
    /// What stands between its quotation marks.
    var strings: [String]
    var types: [SourceType]
    var lines: Int
    var imports: [String]

    var name: String { path.split(separator: "/").last.map(String.init) ?? path }

    /// The folder from the project's on: `Sources/Accounts/Core`.
    var directory: String { String(path.dropLast(name.count + 1)) }

    /// Every word that could be a type's name.
    var words: Set<String> {
      Set(code.split { !$0.isLetter && !$0.isNumber && $0 != "_" }.map(String.init))
    }
  }

  /// Of a target of `Package.swift`.
  struct Target {
    var name: String
    var dependencies: Set<String>
    var path: String
  }

  /// Read once for all tests.
  static let shared = Result { try SourceTree() }

  let files: [File]
  let targets: [Target]

  /// The project's folder, as this file's own path tells.
  static var root: String {
    #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3)
      .joined(separator: "/")
  }

  private init() throws {
    let package = try SourceTree.text(of: "Package.swift")
    targets = SourceTree.targets(in: package)
    var files: [File] = []
    for target in targets {
      for path in try SourceTree.swiftFiles(in: target.path) {
        files.append(try File(path, in: target))
      }
    }
    self.files = files
  }

  static func text(of path: String) throws -> String {
    try String(contentsOfFile: "\(root)/\(path)", encoding: .utf8)
  }

  private static func swiftFiles(in folder: String) throws -> [String] {
    try FileManager.default.subpathsOfDirectory(atPath: "\(root)/\(folder)")
      .filter { $0.hasSuffix(".swift") }.sorted().map { "\(folder)/\($0)" }
  }

  /// Each target of ours with a path; those of C libraries have no sources.
  private static func targets(in package: String) -> [Target] {
    package.components(separatedBy: "arget(").dropFirst().compactMap { text in
      guard let name = text.quoted(after: "name: "), let path = text.quoted(after: "path: ")
      else { return nil }
      let list = text.firstRange(of: "dependencies: [").map { text[$0.upperBound...] } ?? ""
      let names = list.prefix { $0 != "]" }
        .split { !$0.isLetter && !$0.isNumber }.map(String.init)
      return Target(name: name, dependencies: Set(names), path: path)
    }
  }
}

extension SourceTree.File {
  init(_ path: String, in target: SourceTree.Target) throws {
    let text = try SourceTree.text(of: path)
    self.path = path
    self.target = target.name
    folder = path.dropFirst(target.path.count + 1).split(separator: "/").dropLast()
      .joined(separator: "/")
    lines = text.count { $0 == "\n" }
    let source = SourceCode(text)
    code = String(decoding: source.code, as: UTF8.self)
    strings = source.strings
    types = SourceType.all(in: code.split(separator: "\n", omittingEmptySubsequences: false))
    imports = text.split(separator: "\n").compactMap { line in
      let words = line.split(separator: " ")
      guard let place = words.firstIndex(of: "import"), place <= 1, words.count > place + 1 else {
        return nil
      }
      return String(words[place + 1])
    }
  }

  /// Names of types that other files can see.
  var declarations: [String] {
    types.filter { $0.isTopLevel && !$0.isPrivate && $0.kind != .extension }.map(\.name)
  }

  /// How many stored properties of their own the types have that begin at a line's beginning, as far as
  /// the form of the lines tells: what has a value, or no braces, is stored.
  var storedProperties: [String: Int] {
    let kinds: Set<Substring> = ["struct", "class", "actor"]
    var counts: [String: Int] = [:]
    var type: String?
    for line in code.split(separator: "\n") {
      let words = line.split { !$0.isLetter && !$0.isNumber && $0 != "_" }
      guard line.hasPrefix(" ") else {
        let place = words.firstIndex(where: kinds.contains)
        type = place.flatMap { words.count > $0 + 1 ? String(words[$0 + 1]) : nil }
        continue
      }
      guard let type, line.hasPrefix("  "), line.dropFirst(2).first != " ",
        let place = words.firstIndex(where: { $0 == "let" || $0 == "var" }),
        !words[..<place].contains("static"), !words[..<place].contains("func"),
        !words[..<place].contains("case"), !words[..<place].contains("guard")
      else { continue }
      let value = line.firstRange(of: " = ")?.lowerBound
      let brace = line.firstIndex(of: "{")
      if brace == nil || value.map({ $0 < brace ?? line.endIndex }) ?? false {
        counts[type, default: 0] += 1
      }
    }
    return counts
  }

  /// Whether a piece of code stands in it that no longer word only begins with.
  func mentions(_ piece: String) -> Bool {
    var rest = code[...]
    while let range = rest.firstRange(of: piece) {
      rest = rest[range.upperBound...]
      let next = rest.first ?? " "
      if !next.isLetter, !next.isNumber { return true }
    }
    return false
  }
}

extension String {
  fileprivate func quoted(after label: String) -> String? {
    guard let start = firstRange(of: label + "\"") else { return nil }
    return String(self[start.upperBound...].prefix { $0 != "\"" })
  }

  fileprivate func components(separatedBy separator: String) -> [String] {
    var parts: [String] = []
    var rest = self[...]
    while let range = rest.firstRange(of: separator) {
      parts.append(String(rest[..<range.lowerBound]))
      rest = rest[range.upperBound...]
    }
    return parts + [String(rest)]
  }
}
