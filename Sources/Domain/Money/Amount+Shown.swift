import Phrases

/// How amounts look to people. They stay text: no digit is lost.
extension Amount {
  /// `-1234567.8901` as `−1 234 567.8901`; anything but a plain decimal number stays as it is.
  package static func grouped(_ amount: String) -> String {
    var digits = amount[...]
    var sign = ""
    if let first = digits.first, "+-−".contains(first) {
      sign = first == "+" ? "+" : "−"
      digits.removeFirst()
    }
    let whole = digits.prefix { $0 != "." }
    let fraction = digits.dropFirst(whole.count)
    guard !whole.isEmpty, whole.allSatisfy(isDigit), fraction.dropFirst().allSatisfy(isDigit)
    else { return amount }
    var grouped = ""
    let separator = DisplayForms.current.grouping.separator
    for (index, digit) in whole.enumerated() {
      if index > 0, (whole.count - index).isMultiple(of: 3) { grouped += separator }
      grouped.append(digit)
    }
    return sign + grouped + fraction
  }

  /// As people read it: `−1 234.5`.
  package var shown: String { Amount.grouped(plainText) }

  /// Whether an amount's text says nothing but zero.
  package static func isZero(_ amount: String) -> Bool {
    !amount.isEmpty && amount.allSatisfy { $0 == "0" || $0 == "." || $0 == "-" }
  }

  private static func isDigit(_ character: Character) -> Bool { "0"..."9" ~= character }
}
