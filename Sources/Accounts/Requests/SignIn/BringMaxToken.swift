import Cryptography
import Domain
import OneMe
import Phrases

/// Signing in to MAX with a login that was made elsewhere.
package struct BringMaxToken: DeskCall {
  package var token: Secret
  package var device: String
  package var replace: Bool

  /// - Parameters:
  ///   - token: bare, or what the web client keeps under `__oneme_auth`.
  ///   - device: the id of the device that the login was made with, `__oneme_device_id` there.
  ///   - replace: whether the login of somebody else may be erased.
  package init(token: Secret, device: String, replace: Bool = false) {
    self.token = token
    self.device = device
    self.replace = replace
  }

  /// Emits the login; throws `.credentials` when the server does not take it, and `wouldReplace`
  /// where it would erase another login unasked; see `ReplaceMaxLogin`.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    let device = device.filter { !$0.isWhitespace && $0 != "\"" }
    guard let login = StoredLogin(token.revealed) else { throw .badToken }
    guard (1...200).contains(device.utf8.count), device.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
    else { throw .badDevice }
    let begun = try await desk.beginSignIn(device: device, replacing: replace)
    do throws(ConsoleError) {
      await emit(
        try await desk.continueSignIn { signIn throws(ConsoleError) in
          try await signIn.enter(token: login.token)
        })
    } catch {
      await desk.giveUp(begun, after: error)
      throw error
    }
  }
}

extension ConsoleError {
  fileprivate static let badToken = ConsoleError(
    .usage, code: "invalid-input", Phrase.badToken.text, hint: Phrase.badTokenHint.text)
  fileprivate static let badDevice = ConsoleError(
    .usage, code: "invalid-input", Phrase.badDevice.text, hint: Phrase.badDeviceHint.text)
}
