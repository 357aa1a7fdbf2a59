import Domain

/// What a cell of the screen belongs to, for the mouse: what a click there means, and what the wheel
/// turns.
package enum ScreenTarget: Hashable, Sendable {
  /// Somewhere in a pane.
  case pane(PaneID)
  /// A chat, a message, a balance, an order or a call, by its id in that pane.
  case row(PaneID, String)
  /// What is being written at the foot of a chat.
  case composer
  /// A word about a key: the click presses it.
  case key(Key)
  /// The tab of a view, by the pane that gets the keys there.
  case view(PaneID)
  /// How a service's line is doing.
  case lamp(Service)
  /// Somewhere in a dialog.
  case dialog
  /// Something to choose in a dialog, counted from the selected one on; that is 0.
  case dialogRow(Int)
  /// A field of a dialog, counted from the one that has the keys on.
  case dialogField(Int)
}
