/// What is told outside the screen: to the desktop, and to a program.
package struct ConsoleAlert: Sendable, Equatable {
  /// `order-filled`, `order-failed`, `order-unknown`, `order-lost`, `order-below-minimum`, `price`,
  /// `message`, `call`, `quote`, `key`, `unsent`.
  package var event: String
  /// The order's id, the pair, or the chat.
  package var subject: String
  /// A sentence, safe to show.
  package var text: String
}
