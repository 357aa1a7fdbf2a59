import Storage

/// A sentence or a word that the program says. All of them stand in `Phrases`, none elsewhere.
///
/// The English text is the key of a translation. `{}` stands for an argument, filled in order by
/// `with(_:)`.
public struct Phrase: Sendable, Hashable, ExpressibleByStringLiteral {
  private let english: String

  public init(stringLiteral english: String) { self.english = english }

  /// From Sunday on.
  static let weekdays: [Phrase] = [
    .sunday, .monday, .tuesday, .wednesday, .thursday, .friday, .saturday,
  ]
  /// From January on.
  static let months: [Phrase] = [
    .january, .february, .march, .april, .may, .june, .july, .august, .september, .october,
    .november, .december,
  ]

  /// The text in the language in use.
  public var text: String { english }

  /// The text with each `{}` replaced by the next argument.
  public func with(_ arguments: String...) -> String {
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

extension Service {
  /// Those with chats.
  static let messengers: [Service] = [.max, .textsecure]

  /// The mark of its chats.
  public var letter: String { String(title.prefix(1)) }

  /// The name people know it by.
  public var title: String {
    switch self {
    case .max: Phrase.serviceMax.text
    case .trading: Phrase.serviceTrading.text
    case .textsecure: Phrase.serviceTextSecure.text
    }
  }
}
