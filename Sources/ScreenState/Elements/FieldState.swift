/// One line of text being typed, as the screen shows it.
package struct FieldState: Sendable, Equatable {
  /// How a field shows what is typed into it.
  package enum Style: Sendable, Equatable {
    /// As it is.
    case plain
    /// Dots instead of characters.
    case secret
    /// This many places, filled one by one.
    case code(places: Int)
    /// Text of several lines.
    case lines
    /// One of these, which is the text; arrows and Space go through them.
    case choice([String])
  }

  /// What has been typed, a secret too: it is the style that hides it.
  package var text: String
  /// Characters before the cursor.
  package var cursor: Int
  /// How the text is shown, and what may be typed.
  package var style: Style
  /// Shown dim while the field is empty.
  package var placeholder: String
  /// The whole text is selected: the first character typed takes its place, a key that moves keeps it.
  package var isSelected: Bool
  /// What can be undone.
  package var past = FieldPast()

  /// - Parameters:
  ///   - cursor: nil puts it after the text.
  ///   - isSelected: for a value that stands there already; an empty field has nothing to select.
  package init(
    text: String = "", cursor: Int? = nil, style: Style = .plain, placeholder: String = "",
    isSelected: Bool = false
  ) {
    self.text = text
    self.cursor = cursor ?? text.count
    self.style = style
    self.placeholder = placeholder
    self.isSelected = isSelected && !text.isEmpty
  }
}
