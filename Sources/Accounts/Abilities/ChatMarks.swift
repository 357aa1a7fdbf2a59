import Domain
import Storage

/// An account whose server lets others see what the owner does in a chat, and shares it with the
/// owner's other devices.
package protocol ChatMarks: Account {
  /// Tells the server how far chats were read, unless the owner does not want others to see it.
  func tellMarks() async

  /// Tells the others in a chat that something is being written; once in six seconds, whoever asks.
  func tellTyping(in chat: ChatID) async

  /// Silences a chat, or lets it be heard again, on all of the owner's devices.
  func mute(_ chat: ChatID, _ isMuted: Bool) async throws(UserError)
}
