import TextSecure

/// Telephone numbers as people type them.
enum PhoneNumberText {
  /// The number in the form that relays want; blanks, dashes, dots and brackets do no harm. Throws
  /// `invalid-input` unless it is `+` and 10 to 20 digits.
  static func normalized(_ text: String) throws(ConsoleError) -> String {
    let number = String(text.filter { !" -().\u{a0}".contains($0) })
    do throws(TextSecureError) {
      try DeviceAddress.check(number)
      return number
    } catch {
      throw ConsoleError(error)
    }
  }
}
