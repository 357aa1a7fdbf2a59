import Domain
import Phrases
import Storage

// Signing in as somebody else erases what is stored of whoever is signed in: it is asked before.
extension AccountHub {
  /// Whose login would be erased, with all that its service has stored, if another one were taken into
  /// use; nil where nobody is signed in, or the same person at the same server.
  func replaced(by login: AccountRecord) async throws(UserError) -> AccountRecord? {
    let earlier = try await withStore { store in try await store.accounts.account(login.service) }
    guard let earlier else { return nil }
    // The sandbox's servers are the same ones wherever they listen this time.
    let isMoved = !settings.isSandbox && earlier.url != login.url
    return isMoved || !earlier.isSamePerson(as: login) ? earlier : nil
  }

  /// Throws `wouldReplace`, which says what would be lost, where a login would erase another one and
  /// nobody has allowed it.
  ///
  /// - Parameter login: as far as it is known yet; its secret does not count.
  func checkReplacing(
    with login: AccountRecord, isAllowed: Bool
  ) async throws(UserError) {
    guard !isAllowed, let earlier = try await replaced(by: login),
      let descriptor = descriptor(of: login.service)
    else { return }
    let chats = try await withStore { store in try await store.chats.all(login.service).count }
    throw .wouldReplace(earlier, by: login, losing: descriptor.words.signOutLoses.with("\(chats)"))
  }
}

extension UserError {
  /// The code of a sign-in that would erase an earlier one of somebody else.
  package static let wouldReplaceCode = "would-replace"

  fileprivate static func wouldReplace(
    _ earlier: AccountRecord, by login: AccountRecord, losing loss: String
  ) -> UserError {
    var (old, new) = (earlier.owner, login.owner)
    if old == new { (old, new) = (old + " " + earlier.url, new + " " + login.url) }
    return UserError(
      .refused, code: wouldReplaceCode,
      Phrase.wouldReplace.with(old, login.service.title, new) + " " + loss,
      hint: Phrase.wouldReplaceHint.text)
  }
}

extension AccountRecord {
  /// By the server's id of them where both logins know it: a number can be another person's later.
  fileprivate func isSamePerson(as other: AccountRecord) -> Bool {
    if let userId, let theirs = other.userId { return userId == theirs }
    return identifier == other.identifier
  }

  /// The name and the number, or what else stands for them on the screen.
  fileprivate var owner: String {
    guard let displayName, displayName != identifier else { return identifier }
    return identifier.hasPrefix("+") ? "\(displayName) (\(identifier))" : displayName
  }
}
