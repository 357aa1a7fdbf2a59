import Phrases
import ScreenState

/// The help: every key, those of where it was asked for first, less as one types.
@MainActor
package final class HelpModel {
  /// Where somebody was who asked for help.
  struct Origin {
    /// What this place is called, as a heading.
    var title: Phrase?
    /// Where commands work there, the narrowest place first.
    var places: [Command.Place] = []
    /// Keys that a dialog names itself.
    var hints: [Hint] = []
    /// Whether text can be typed there, and whether it is a message.
    var isTyping = false
    var isInChat = false
    /// In a dialog: the commands that work besides; nil over the panes.
    var dialogs: [Command]?
  }

  let origin: Origin
  /// What the help lies over; nil for the panes.
  let beneath: DialogModel.Dialog?
  private(set) var filter = FieldState(placeholder: Phrase.helpPlaceholder.text)
  private(set) var scroll = 0
  private let context: ModelContext

  init(_ context: ModelContext, from origin: Origin, over beneath: DialogModel.Dialog?) {
    self.context = context
    self.origin = origin
    self.beneath = beneath
  }

  /// False for a key that means something else: it closes the help, or moves in it.
  func press(_ key: Key) -> Bool {
    // What has opened it closes it, as long as it begins no word.
    if key == .function(1) || key == .character("?") && filter.text.isEmpty { return false }
    guard filter.edit(key, limit: 100, killed: &context.killed) else { return false }
    scroll = 0
    context.onChange()
    return true
  }

  /// Scrolls by lines.
  ///
  /// - Parameter end: the first line when the last one is in sight.
  func move(_ step: Selection.Step, end: Int) {
    let wanted =
      switch step {
      case .by(let lines): scroll + lines
      case .first: 0
      case .last: end
      }
    scroll = max(0, min(wanted, end))
    context.onChange()
  }
}
