import Accounts
import Cryptography
import Domain
import Storage

extension Subcommand {
  static let backup = Subcommand(
    path: ["backup"], operands: "FILE", operandValues: [.file], operandCount: 1...1,
    summary: "everything that is stored, in one sealed file with a passphrase of its own"
  ) { invocation throws(UserError) in
    let path = invocation.arguments.operands[0]
    let profile = try invocation.settings.profile()
    guard profile.storeIsThere else {
      throw UserError(
        .failed, code: "nothing-stored",
        "There is nothing to back up in \(harmless(profile.directory))",
        hint: "Name another --profile or --data-dir")
    }
    let unlock = ProfileUnlock(profile, invocation: invocation, isSandbox: false)
    // A store in the open is sealed first: what is sealed may be read beside a console.
    if let lock = try ProfileOwner.lock(profile) {
      defer { withExtendedLifetime(lock) {} }
      let keys = try unlock.keys()
      do throws(Store.SealingError) {
        try Store.sealWhatIsOpen(in: unlock.ring, with: keys)
      } catch {
        throw UserError(error)
      }
    }
    let keys = try unlock.keys()
    do {
      try Backup.write(
        unlock.ring, with: keys,
        passphrase: invocation.newPassphrase("Passphrase of the backup"), to: path)
    } catch let error as BackupError {
      throw UserError(error)
    } catch let error as KeyError {
      throw UserError(error)
    } catch {
      throw UserError(storing: error)
    }
    invocation.output.remark("\(harmless(path)) holds everything that is stored.")
  }

  static let restore = Subcommand(
    path: ["restore"], operands: "FILE", operandValues: [.file], operandCount: 1...1,
    summary: "a profile out of a backup, unlocked by the passphrase of the backup"
  ) { invocation throws(UserError) in
    let profile = try invocation.settings.profile()
    guard let lock = try ProfileOwner.lock(profile) else { throw .profileInUse }
    defer { withExtendedLifetime(lock) {} }
    let unlock = ProfileUnlock(profile, invocation: invocation, isSandbox: false)
    do {
      let passphrase = Secret(try invocation.answer("Passphrase of the backup"))
      try Backup.restore(
        invocation.arguments.operands[0], passphrase: passphrase, to: unlock.ring)
    } catch let error as BackupError {
      throw UserError(error)
    } catch let error as KeyError {
      throw UserError(error)
    } catch {
      throw UserError(storing: error)
    }
    invocation.output.remark(
      "The profile is restored. The passphrase of the backup unlocks it; tercet passphrase changes that."
    )
  }

  static let wipe = Subcommand(
    path: ["wipe"], summary: "removes the profile: accounts, messages, keys",
    options: [.flag("yes", "without asking")]
  ) { invocation throws(UserError) in
    let profile = try invocation.settings.profile()
    guard let lock = try ProfileOwner.lock(profile) else { throw .profileInUse }
    defer { withExtendedLifetime(lock) {} }
    let name = harmless(profile.directory)
    guard
      invocation.arguments.has("yes")
        || invocation.prompt.confirm("Remove everything in \(name), for good?")
    else {
      throw UserError(
        .refused, code: "not-confirmed", "Nothing was removed", hint: "Answer y, or use --yes")
    }
    do throws(KeyError) {
      try ProfileUnlock(profile, invocation: invocation, isSandbox: false).ring.removeEverything()
    } catch {
      throw UserError(error)
    }
    invocation.output.remark("\(name) is removed.")
  }
}
