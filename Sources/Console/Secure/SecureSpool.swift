import FoundationEssentials

/// The folder of encrypted files on their way to or from the relay.
struct SecureSpool: Sendable {
  let directory: String
  let log: @Sendable (String) -> Void

  /// Removes a file that is needed no more.
  func remove(_ path: String) {
    do { try FileManager.default.removeItem(atPath: path) } catch {
      log("a sealed file stays behind: \(path)")
    }
  }

  /// Removes all files but those at these paths: what a crash has left behind, nobody waits for.
  func sweep(keeping paths: Set<String>) {
    do {
      for name in try FileManager.default.contentsOfDirectory(atPath: directory) {
        let path = "\(directory)/\(name)"
        if !paths.contains(path) { remove(path) }
      }
    } catch {
      log("the folder of sealed files cannot be read: \(directory)")
    }
  }
}
