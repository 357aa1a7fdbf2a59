import Accounts
import Cryptography
import Database
import Domain
import Storage

/// Gets the key of a profile whose lock is held: from a file, a program, or the person at the terminal.
struct ProfileUnlock {
  let ring: KeyRing
  private let settings: Settings
  private let prompt: Prompt
  /// How often somebody may try.
  private static let tries = 3

  init(_ profile: Profile, invocation: Invocation, isSandbox: Bool) {
    ring = KeyRing(
      of: profile, folder: invocation.settings.keyFolder,
      name: (isSandbox ? "sandbox-" : "") + invocation.settings.keyName(of: profile))
    settings = invocation.settings
    prompt = invocation.prompt
  }

  /// The key; a profile that has none gets one.
  func keys() throws(UserError) -> ProfileKeys {
    do throws(KeyError) {
      switch try ring.need() {
      case .keyFile: return try ring.unlock(.keyFile)
      case .nothing:
        let passphrase = try given().map { KeyRing.Opener.passphrase($0) }
        return try ring.make(passphrase ?? .keyFile)
      case .passphrase:
        if let passphrase = try given() { return try ring.unlock(.passphrase(passphrase)) }
        guard Prompt.isInteractive else { throw .noPassphrase }
        return try ask()
      }
    } catch {
      throw UserError(error)
    }
  }

  private func ask() throws(KeyError) -> ProfileKeys {
    var left = ProfileUnlock.tries
    while true {
      do throws(KeyError) {
        return try ring.unlock(.passphrase(answer("Passphrase")))
      } catch {
        left -= 1
        guard error == .wrongPassphrase, left > 0 else { throw error }
        prompt.show("\(error.message.asSentence)\n")
      }
    }
  }

  private func answer(_ question: String) throws(KeyError) -> Secret {
    do throws(UserError) {
      return Secret(try prompt.askSecretly(question))
    } catch {
      throw .noPassphrase
    }
  }

  /// The passphrase that the settings lead to; nil where they lead to none.
  private func given() throws(KeyError) -> Secret? {
    if let path = settings["passphrase-file"] { return try PassphraseFile.read(path) }
    guard let words = settings["unlock-command"] else { return nil }
    return try UnlockCommand(words).passphrase()
  }
}

/// A file whose first line is a passphrase.
enum PassphraseFile {
  static func read(_ path: String) throws(KeyError) -> Secret {
    guard let bytes = try KeyFile.contents(path) else {
      throw .inaccessible(path: path, reason: "there is no such file")
    }
    guard let passphrase = firstLine(of: bytes) else {
      throw .inaccessible(path: path, reason: "its first line is empty")
    }
    return passphrase
  }

  /// Nil for an empty one.
  static func firstLine(of bytes: [UInt8]) -> Secret? {
    let line = String(decoding: bytes.prefix { $0 != 10 && $0 != 13 }, as: UTF8.self)
    return line.isEmpty ? nil : Secret(line)
  }
}

extension Settings {
  /// Where key files are kept; nil without a home directory.
  var keyFolder: String? { configDirectory.map { "\($0)/keys" } }

  /// What the key file of a profile is called: as the profile, or as its directory.
  func keyName(of profile: Profile) -> String {
    let name = profile.directory.split(separator: "/").last ?? ""
    let plain = name.unicodeScalars.filter { scalar in
      scalar.isASCII
        && (scalar.properties.isAlphabetic || "0123456789-_".unicodeScalars.contains(scalar))
    }
    return plain.isEmpty ? "profile" : String(String.UnicodeScalarView(plain.prefix(64)))
  }
}
