import Domain

/// Signing in to MAX by QR code: a phone that is signed in scans it and lets this device in.
package struct ScanIntoMax: DeskCall {
  package static let patience: CallPatience = .untilFirstLine

  package var replace: Bool

  /// A sign-in of its own: what an earlier one waited for is given up.
  ///
  /// - Parameter replace: whether the login of somebody else may be erased.
  package init(replace: Bool = false) { self.replace = replace }

  /// Emits each code to be drawn as it is made, then what has to be typed next, or the login. Codes
  /// follow one another as they expire, ten at most; cancelling gives up. Throws `wouldReplace` once it is known that
  /// the login would erase another one unasked; see `ReplaceMaxLogin`.
  package func run(
    on desk: Desk, emit: @escaping @Sendable (SignInLine) async -> Void
  ) async throws(ConsoleError) {
    let begun = try await desk.beginSignIn(replacing: replace)
    do throws(ConsoleError) {
      await emit(
        try await desk.continueSignIn { signIn throws(ConsoleError) in
          try await signIn.scan { await emit(SignInLine($0)) }
        })
    } catch {
      await desk.giveUp(begun, after: error)
      throw error
    }
  }
}
