import Domain
import Files
import FoundationEssentials
import Interface

/// The themes that there are: those built in, and a file for each other one beside the settings.
struct ThemeFiles: Sendable {
  /// Nil where no settings are kept.
  let directory: String?

  /// - Parameter settings: the directory of the usual settings file.
  init(beside settings: String?) { directory = settings.map { "\($0)/themes" } }

  /// Their names, those built in first.
  var names: [String] {
    let builtIn = Theme.builtIn.map(\.name)
    // No directory is no theme.
    let files = directory.flatMap { try? FileManager.default.contentsOfDirectory(atPath: $0) } ?? []
    return builtIn + files.filter { isName($0) && !builtIn.contains($0) }.sorted()
  }

  /// Hidden files and what editors leave are none.
  private func isName(_ name: String) -> Bool {
    !name.hasPrefix(".") && !name.hasSuffix("~") && !name.contains("/")
      && harmless(name) == name && name.trimmed == name
  }

  /// Why there is no such theme.
  enum Failure: Error {
    case unknown
    /// The file cannot be read, for a reason in the system's words.
    case unreadable(path: String, reason: String)
    case badLine(path: String, Theme.BadLine)
  }

  func theme(_ name: String) throws(Failure) -> Theme {
    if let theme = Theme.builtIn.first(where: { $0.name == name }) { return theme }
    guard let directory, isName(name) else { throw .unknown }
    let path = "\(directory)/\(name)"
    let text: String
    do throws(FileError) {
      text = try NamedStream.text(of: path)
    } catch {
      throw error.isAbsence ? .unknown : .unreadable(path: path, reason: error.reason)
    }
    do throws(Theme.BadLine) {
      return try Theme(name: name, file: text)
    } catch {
      throw .badLine(path: path, error)
    }
  }
}
