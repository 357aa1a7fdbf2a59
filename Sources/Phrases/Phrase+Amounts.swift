extension Phrase {
  // Amounts, and why one is not taken.
  package static let directionAbove: Phrase = "above"
  package static let directionBelow: Phrase = "below"
  package static let amountEmpty: Phrase = "Type an amount."
  package static let amountTooLong: Phrase = "At most {} digits before the point."
  package static let amountTooManyPlaces: Phrase = "At most {} digits after the point."
  package static let amountComma: Phrase =
    "Leave the comma out, or use a point: 1500 and 1.5 are clear, 1,500 is not."
  package static let amountGrouping: Phrase = "Write the digits without spaces or separators."
  package static let amountSign: Phrase = "Write the amount without a sign."
  package static let amountExponent: Phrase = "Write the number out: 1000, not 1e3."
  package static let amountLeadingZero: Phrase = "Leave out the leading zero."
  package static let amountMissingDigit: Phrase = "Write a digit on both sides of the point: 0.5"
  package static let amountZero: Phrase = "The amount must be more than zero."
  package static let amountNotANumber: Phrase = "“{}” does not belong in an amount."
}
