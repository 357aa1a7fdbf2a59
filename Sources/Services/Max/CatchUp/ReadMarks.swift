import Accounts
import OneMe
import Storage

/// Tells the server how far chats were read here. A mark stays in the store until the server has it.
actor ReadMarks {
  private let session: OneMeSession
  private let environment: AccountEnvironment
  /// Whether the owner wants others to see what was read.
  private let areTold: Bool
  private var isTelling = false

  init(_ session: OneMeSession, areTold: Bool, environment: AccountEnvironment) {
    self.session = session
    self.areTold = areTold
    self.environment = environment
  }

  /// Tells all marks of which the server has not heard, one after another.
  func tell() async {
    guard areTold, !isTelling else { return }
    isTelling = true
    defer { isTelling = false }
    let marks = await environment.storing { store in try await store.untoldMarks(.max) }
    for mark in marks ?? [] {
      do throws(OneMeError) {
        try await tell(mark)
      } catch {
        environment.log("MAX read mark: \(error.message)")
        guard case .refused(let refusal) = error, refusal.kind != .flood else { return }
      }
      await environment.storing { store in try await store.told(mark) }
    }
  }

  private func tell(_ mark: UnsentReadMark) async throws(OneMeError) {
    let client = try await session.online()
    guard let chat = MaxRecords.chatId(mark.chat), let message = mark.message,
      let id = Int64(message.id)
    else { return }
    _ = try await client.markRead(chat: chat, upTo: id, time: message.at)
  }
}
