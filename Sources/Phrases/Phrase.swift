/// A sentence or a word that the program says. All of them stand in `Phrases`, none elsewhere.
///
/// The English text is the key of a translation. `{}` stands for an argument, filled in order by
/// `with(_:)`.
package struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
  private let english: String

  package init(stringLiteral english: String) { self.english = english }

  /// From Sunday on.
  package static let weekdays: [Phrase] = [
    .sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday,
  ]
  /// From January on.
  package static let months: [Phrase] = [
    .january, .february, .march, .april, .may, .june, .july, .august, .september, .october,
    .november, .december,
  ]

  /// The text in the language in use.
  package var text: String { english }

  /// The text with each `{}` replaced by the next argument.
  package func with(_ arguments: String...) -> String {
    var rest = text[...]
    var output = ""
    for argument in arguments {
      guard let hole = rest.firstRange(of: "{}") else { break }
      output += rest[..<hole.lowerBound] + argument
      rest = rest[hole.upperBound...]
    }
    return output + rest
  }
}
