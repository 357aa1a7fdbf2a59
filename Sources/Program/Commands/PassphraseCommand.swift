import Accounts
import Cryptography
import Domain
import Storage

extension Subcommand {
  static let passphrase = Subcommand(
    path: ["passphrase"], summary: "set or change the passphrase that unlocks the profile",
    options: [
      .flag("remove", "unlock by a key file from now on, without a passphrase")
    ]
  ) { invocation throws(UserError) in
    let profile = try invocation.settings.profile()
    guard let lock = try ProfileOwner.lock(profile) else { throw .profileInUse }
    defer { withExtendedLifetime(lock) {} }
    let unlock = ProfileUnlock(profile, invocation: invocation, isSandbox: false)
    let keys = try unlock.keys()
    do throws(KeyError) {
      if invocation.arguments.has("remove") {
        try unlock.ring.change(keys, to: .keyFile)
        invocation.output.remark("The profile is unlocked by a key file, without a passphrase.")
        return
      }
      let new = try invocation.newPassphrase()
      try unlock.ring.change(keys, to: .passphrase(new))
    } catch {
      throw UserError(error)
    }
    invocation.output.remark("The profile is unlocked by the new passphrase from now on.")
  }
}

extension Invocation {
  /// Asked twice of a person, so that nobody is locked out by a slip.
  func newPassphrase(_ question: String = "New passphrase") throws(KeyError) -> Secret {
    let first = try answer(question)
    guard !first.isEmpty else { throw .emptyPassphrase }
    if Prompt.isInteractive {
      guard try answer("Once more") == first else { throw .unequal }
    }
    return Secret(first)
  }

  /// Asked without echo; a line of standard input where there is nobody.
  func answer(_ question: String) throws(KeyError) -> String {
    do throws(UserError) {
      return try prompt.askSecretly(question)
    } catch {
      throw .noAnswer
    }
  }
}
