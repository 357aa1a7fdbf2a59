/// A sentence or a word that the program says. All of them stand in `Phrases`, none elsewhere.
///
/// The English text is the key of a translation. `{}` stands for an argument, filled in order by
/// `with(_:)`. `[message|messages]` behind an argument stands for the form that its number takes; see
/// `Vocabulary`.
package struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
  let english: String
  /// Tells apart what is one word in English and more than one elsewhere; empty as a rule.
  let context: String

  package init(stringLiteral english: String) { self.init(english) }

  package init(_ english: String, context: String = "") {
    self.english = english
    self.context = context
  }

  /// From Sunday on.
  package static let weekdays: [Phrase] = [
    .sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday,
  ]
  /// From January on.
  package static let months: [Phrase] = [
    .january, .february, .march, .april, .may, .june, .july, .august, .september, .october,
    .november, .december,
  ]

  /// The text in English, whatever language is in use: a word that is typed may be that.
  package var inEnglish: String { english }

  /// The text in the language in use.
  package var text: String { Vocabulary.current.text(of: self) }

  /// The text with each `{}` replaced by the next argument, whose direction turns nothing around it.
  package func with(_ arguments: String...) -> String {
    var rest = text[...]
    var output = ""
    var number = arguments.first ?? ""
    for argument in arguments {
      guard let hole = rest.hole else { break }
      output += Phrase.choosing(by: number, in: rest[..<hole.lowerBound])
      output += isolated(argument)
      rest = rest[hole.upperBound...]
      number = argument
    }
    return output + Phrase.choosing(by: number, in: rest)
  }

  /// A part of a text with the forms that a number takes in the place of all.
  private static func choosing(by number: String, in text: Substring) -> String {
    guard text.utf8.contains(UInt8(ascii: "|")) else { return String(text) }
    var output = ""
    var rest = text
    while let start = rest.firstIndex(of: "["), let end = rest[start...].firstIndex(of: "]") {
      let forms = rest[rest.index(after: start)..<end].split(separator: "|")
      guard forms.count > 1 else {
        output += rest[...end]
        rest = rest[rest.index(after: end)...]
        continue
      }
      output += rest[..<start]
      output += forms[min(Vocabulary.current.form(of: number), forms.count - 1)]
      rest = rest[rest.index(after: end)...]
    }
    return output + rest
  }
}

extension Substring {
  /// Where the first `{}` stands.
  fileprivate var hole: Range<Index>? {
    var rest = utf8[...]
    while let open = rest.firstIndex(of: UInt8(ascii: "{")) {
      rest = rest[open...].dropFirst()
      guard rest.first == UInt8(ascii: "}") else { continue }
      return open..<rest.index(after: rest.startIndex)
    }
    return nil
  }
}
