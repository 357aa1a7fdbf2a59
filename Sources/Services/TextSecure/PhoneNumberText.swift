import Domain
import TextSecure

/// Telephone numbers as people type them.
enum PhoneNumberText {
  /// The number in the form that relays want; what people write between digits does no harm. Throws
  /// `invalid-input` unless it is `+` and 10 to 20 digits.
  static func normalized(_ text: String) throws(UserError) -> String {
    let number = text.phoneDigits
    do throws(TextSecureError) {
      try DeviceAddress.check(number)
      return number
    } catch {
      throw UserError(error)
    }
  }
}
