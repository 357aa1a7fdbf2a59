import Cryptography
import Domain
import OneMe
import Phrases

/// Signing in to MAX with a login that was made elsewhere.
package struct BringMaxToken: DeskCall {
  package var token: Secret
  package var device: String

  /// - Parameters:
  ///   - token: bare, or what the web client keeps under `__oneme_auth`.
  ///   - device: the id of the device that the login was made with, `__oneme_device_id` there.
  package init(token: Secret, device: String) {
    self.token = token
    self.device = device
  }

  /// Emits the login; throws `.credentials` when the server does not take it.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    let device = device.filter { !$0.isWhitespace && $0 != "\"" }
    guard let login = StoredLogin(token.revealed) else { throw .badToken }
    guard (1...200).contains(device.utf8.count), device.utf8.allSatisfy({ 0x21...0x7e ~= $0 })
    else { throw .badDevice }
    let begun = try await desk.beginSignIn(device: device)
    do throws(ConsoleError) {
      await emit(
        try await desk.continueSignIn { signIn throws(ConsoleError) in
          try await signIn.enter(token: login.token)
        })
    } catch {
      await desk.giveUp(begun)
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
