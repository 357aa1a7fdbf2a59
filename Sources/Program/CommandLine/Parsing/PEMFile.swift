import Files

/// A file of certificates or keys that a person has named.
enum PEMFile {
  /// What it has to hold.
  enum Content: String {
    case certificate = "certificate"
    case privateKey = "private key"

    fileprivate func isIn(_ text: String) -> Bool {
      switch self {
      case .certificate: text.contains("-----BEGIN ")
      // Of any kind: RSA, EC or PKCS #8.
      case .privateKey: text.contains("PRIVATE KEY-----")
      }
    }
  }

  /// Why a file is none, as it follows its name.
  struct Failure: Error {
    let words: String
  }

  /// Reads it. Nothing else would do: without its certificates every server would seem to be a fraud.
  static func text(of path: String, holding content: Content) throws(Failure) -> String {
    let text: String
    do throws(FileError) {
      // All authorities of a system are less than a megabyte.
      let bytes = try NamedStream.contents(of: path, limit: 16 << 20)
      text = String(decoding: bytes, as: UTF8.self)
    } catch {
      throw Failure(words: "which cannot be read: \(error.reason)")
    }
    guard content.isIn(text) else {
      throw Failure(words: "which holds no \(content.rawValue) in PEM")
    }
    return text
  }
}
