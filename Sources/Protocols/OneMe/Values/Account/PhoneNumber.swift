/// A phone number in international form (E.164): a plus sign and 8 to 15 digits.
public struct PhoneNumber: Sendable, Hashable, CustomStringConvertible {
  /// For example "+79991234567".
  public let description: String

  /// Reads a number as people write it: spaces, dashes, dots and parentheses are passed over.
  ///
  /// - Throws: `OneMeError.badPhone` with what is wrong.
  public init(_ text: String) throws(OneMeError) {
    let bare = text.filter { !PhoneNumber.separators.contains($0) }
    guard bare.first == "+" else {
      throw .badPhone("it has to begin with + and the country code")
    }
    let digits = bare.dropFirst()
    guard digits.allSatisfy({ ("0"..."9").contains($0) }) else {
      throw .badPhone("only digits may follow the +")
    }
    guard digits.first != "0" else { throw .badPhone("no country code begins with 0") }
    guard (8...15).contains(digits.count) else {
      throw .badPhone("8 to 15 digits have to follow the +, not \(digits.count)")
    }
    description = String(bare)
  }

  private static let separators: Set<Character> = [
    " ", "-", ".", "(", ")", "\t", "\u{a0}", "\u{2010}", "\u{2011}",
  ]
}
