import OneMe
import Storage

extension MaxAccount {
  /// Asks for the chats that a login left out, page by page, in the background. What is not told in
  /// this run is asked for in the next.
  func fetchChats() {
    guard paging == nil else { return }
    guard account.settings.chatMarker != 0 else { return chatsTold.open() }
    chatsTold.close()
    paging = Task {
      while !Task.isCancelled, await fetchPage() {}
      paging = nil
      chatsTold.open()
    }
  }

  /// Waits until the server has told of all chats, or `limit` has passed.
  func allChats(within limit: Duration) async {
    await chatsTold.wait(atMost: limit, time: environment.time)
  }

  /// A login's answer holds no more chats than this.
  private static let loginChats = 40

  /// Notes where the chats begin that a login has not told of.
  func notePages(of snapshot: Snapshot) async {
    let oldest = snapshot.chats.map(\.lastEventTime).min()
    let isFull = snapshot.chats.count >= MaxAccount.loginChats
    // After the first login the marker is the server's; later ones leave out what has not changed.
    guard account.settings.chatMarker == nil || isFull else { return }
    let marker = snapshot.chatMarker ?? oldest
    await updateAccount { $0.settings.chatMarker = marker ?? 0 }
  }

  /// False when there is no more to ask for now.
  private func fetchPage() async -> Bool {
    guard let marker = account.settings.chatMarker, marker > 0 else { return false }
    let page: ChatPage
    do throws(OneMeError) {
      page = try await session.online().chats(before: marker)
    } catch {
      environment.log("MAX chats: \(error.message)")
      guard case .refused(let refusal) = error, refusal.kind == .protocolMismatch else {
        return false
      }
      // A server that does not know the question has told of everything.
      await updateAccount { $0.settings.chatMarker = 0 }
      return false
    }
    await keep(page.chats, marker: nil)
    // Markers that do not go back would be asked for ever.
    let next = page.marker.map { $0 < marker ? $0 : 0 } ?? 0
    await updateAccount { $0.settings.chatMarker = next }
    return next > 0
  }
}
