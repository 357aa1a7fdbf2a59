import Accounts
import OneMe
import Storage

/// Asks for the chats that a login left out, page by page. What is not told in this run is asked for in
/// the next.
actor ChatPages {
  private let session: OneMeSession
  private let login: MaxLogin
  private let inbox: MaxInbox
  private let environment: AccountEnvironment
  private var paging: Task<Void, Never>?
  /// Open when no chats are being asked for.
  private let isIdle = AsyncGate()

  init(
    _ session: OneMeSession, login: MaxLogin, inbox: MaxInbox, environment: AccountEnvironment
  ) {
    self.session = session
    self.login = login
    self.inbox = inbox
    self.environment = environment
  }

  /// Begins to ask, in the background, unless it is being done.
  func fetch() {
    guard paging == nil else { return }
    isIdle.close()
    paging = Task {
      while !Task.isCancelled, await fetchPage() {}
      paging = nil
      isIdle.open()
    }
  }

  /// Returns when the server has told of all chats, or `limit` has passed.
  nonisolated func settle(within limit: Duration) async {
    await isIdle.wait(atMost: limit, time: environment.time)
  }

  /// Ends the work and lets go of those who wait for it.
  func stop() async {
    paging?.cancel()
    await paging?.value
    isIdle.open()
  }

  /// False when there is no more to ask for now.
  private func fetchPage() async -> Bool {
    guard let marker = await login.chatMarker, marker > 0 else { return false }
    let page: ChatPage
    do throws(OneMeError) {
      page = try await session.online().chats(before: marker)
    } catch {
      environment.log("MAX chats: \(error.message)")
      guard case .refused(let refusal) = error, refusal.kind == .protocolMismatch else {
        return false
      }
      // A server that does not know the question has told of everything.
      await login.setChatMarker(0)
      return false
    }
    await inbox.keep(page.chats)
    // Markers that do not go back would be asked for ever.
    let next = page.marker.map { $0 < marker ? $0 : 0 } ?? 0
    await login.setChatMarker(next)
    return next > 0
  }
}
