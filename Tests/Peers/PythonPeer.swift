import Glibc
import TestSupport

/// A Python package from PyPI, pinned, in an environment of its own inside the build folder.
struct PythonPeer {
  let package: String
  let version: String

  var python: String { folder + "/bin/python" }
  private var folder: String { Peer.installations + "/\(package)-\(version)" }

  /// Puts it there; true if it is there.
  func install() async -> Bool {
    if access(folder + "/ready", F_OK) == 0 { return true }
    let steps = [
      ["python3", "-m", "venv", "--clear", folder],
      [
        python, "-m", "pip", "install", "--quiet", "--timeout", "10", "--retries", "1",
        "\(package)==\(version)",
      ],
      ["touch", folder + "/ready"],
    ]
    do {
      for step in steps {
        guard try await Program.peer(step).code() == 0 else { return false }
      }
      return true
    } catch {
      return false
    }
  }
}
