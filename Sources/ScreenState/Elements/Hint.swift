/// One entry of the bottom line: `Tab pane`.
package struct Hint: Sendable, Equatable {
  /// `^N`, `Shift-C`: as short as it cannot be mistaken.
  package var key: String
  /// A word or two.
  package var label: String
  /// A disabled one is drawn dim: it says what could be done, were it not for something.
  package var isEnabled = true
  /// However narrow the terminal is, it is shown: it leads to all the others.
  package var isLasting = false
  /// The key that a click on it presses; nil where it names several, or one that leads on to another.
  package var press: Key?

  package init(
    key: String,
    label: String,
    isEnabled: Bool = true,
    isLasting: Bool = false,
    press: Key? = nil
  ) {
    self.key = key
    self.label = label
    self.isEnabled = isEnabled
    self.isLasting = isLasting
    self.press = press
  }
}
