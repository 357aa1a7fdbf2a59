import Phrases

/// Why what a person typed is not taken as an amount.
public enum AmountRefusal: Error, Sendable, Equatable {
  case empty
  /// More than `limit` digits before the point.
  case tooLong(limit: Int)
  /// More than `limit` digits after the point.
  case tooManyPlaces(limit: Int)
  /// A comma: decimal point or thousands separator, nobody can tell.
  case comma
  /// Spaces, underscores or apostrophes between digits.
  case grouping
  case sign
  case exponent
  /// A zero before another digit, as in `007`.
  case leadingZero
  /// Nothing before or after the point, as in `.5` and `5.`.
  case missingDigit
  case zero
  /// Anything else, with the first character that does not belong.
  case notANumber(Character)

  /// What to change, in a few words.
  public var message: String {
    switch self {
    case .empty: Phrase.amountEmpty.text
    case .tooLong(let limit): Phrase.amountTooLong.with("\(limit)")
    case .tooManyPlaces(let limit): Phrase.amountTooManyPlaces.with("\(limit)")
    case .comma: Phrase.amountComma.text
    case .grouping: Phrase.amountGrouping.text
    case .sign: Phrase.amountSign.text
    case .exponent: Phrase.amountExponent.text
    case .leadingZero: Phrase.amountLeadingZero.text
    case .missingDigit: Phrase.amountMissingDigit.text
    case .zero: Phrase.amountZero.text
    case .notANumber(let character): Phrase.amountNotANumber.with("\(character)")
    }
  }
}

extension Amount {
  /// Largest count of digits before the point that a person may type.
  public static let wholeDigitLimit = 40
  /// Largest count of digits after the point that a person may type: the finest asset unit in use.
  public static let placeLimit = 18

  /// Reads an amount as a person may type it: ASCII digits with at most one point, above zero.
  ///
  /// The text is kept and later sent as typed.
  public init(userText: String) throws(AmountRefusal) {
    guard !userText.isEmpty else { throw .empty }
    if let wrong = userText.first(where: { !$0.isASCII || !($0.isNumber || $0 == ".") }) {
      throw AmountRefusal(character: wrong)
    }
    let parts = userText.split(separator: ".", omittingEmptySubsequences: false)
    guard parts.count <= 2 else { throw .notANumber(".") }
    guard parts.allSatisfy({ !$0.isEmpty }) else { throw .missingDigit }
    guard parts[0] == "0" || parts[0].first != "0" else { throw .leadingZero }
    guard parts[0].utf8.count <= Amount.wholeDigitLimit else {
      throw .tooLong(limit: Amount.wholeDigitLimit)
    }
    guard parts.count == 1 || parts[1].utf8.count <= Amount.placeLimit else {
      throw .tooManyPlaces(limit: Amount.placeLimit)
    }
    guard let amount = Amount(serverText: userText) else { throw .empty }
    guard amount.isPositive else { throw .zero }
    self = amount
  }
}

extension AmountRefusal {
  fileprivate init(character: Character) {
    self =
      switch character {
      case ",", "٫", "٬": .comma
      case " ", "\u{a0}", "\u{202f}", "_", "'", "’": .grouping
      case "-", "+", "−": .sign
      case "e", "E": .exponent
      default: .notANumber(character)
      }
  }
}
