import Domain

/// Signing in to MAX by QR code: a phone that is signed in scans it and lets this device in.
package struct ScanIntoMax: DeskCall {
  package static let patience: CallPatience = .untilFirstLine

  /// A sign-in of its own: what an earlier one waited for is given up.
  package init() {}

  /// Emits each code to be drawn as it is made, then what has to be typed next, or the login. Codes
  /// follow one another as they expire, ten at most; cancelling gives up.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    let begun = try await desk.beginSignIn()
    do throws(ConsoleError) {
      await emit(
        try await desk.continueSignIn { signIn throws(ConsoleError) in
          try await signIn.scan { await emit(SignInLine($0)) }
        })
    } catch {
      await desk.giveUp(begun)
      throw error
    }
  }
}
