import Glibc

/// What a saved attachment is called: nothing that its sender says can lead out of the folder or
/// onto another file.
public enum AttachmentName {
  /// Gives the finished file at `temporary` the first free name of `name`, `name-2`, `name-3`…
  /// in `directory`; an existing file is never replaced.
  ///
  /// - Throws: why it cannot be put there.
  public static func place(
    _ temporary: String, in directory: String, as name: String
  ) throws(FileError) -> String {
    // It may be written with slashes at its end, or with two in the middle.
    let parts = directory.split(separator: "/") + [Substring()]
    let folder = (directory.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
    for number in 1...999 {
      let path = folder + numbered(name, number)
      if link(temporary, path) == 0 {
        NewFile.remove(temporary)
        return path
      }
      guard errno == EEXIST else { throw FileError(errno, path) }
    }
    throw .failed(directory, "too many files in it are called \(name)")
  }

  /// File systems take 255 bytes at most, some that encrypt 143; a number may have to be added.
  private static let maximumBytes = 120
  /// Longer ones are no endings: a sentence may have a full stop.
  private static let maximumEnding = 16

  /// A name without folders, control characters or a leading dot, of at most 120 bytes; one that has
  /// to be cut keeps its ending, by which programs know what it is.
  public static func safe(_ name: String, fallback: String) -> String {
    var safe = ""
    let last = name.split(whereSeparator: { $0 == "/" || $0 == "\\" }).last ?? ""
    for scalar in last.unicodeScalars.drop(while: { $0 == "." || $0 == " " }) {
      let isKept: Bool =
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned,
          .privateUse:
          false
        default: true
        }
      safe.unicodeScalars.append(isKept ? scalar : "_")
    }
    return safe.isEmpty ? fallback : shortened(safe)
  }

  private static func shortened(_ name: String) -> String {
    guard name.utf8.count > maximumBytes else { return name }
    var ending = name.lastIndex(of: ".").map { name[$0...] } ?? ""
    if ending.utf8.count > maximumEnding || ending.utf8.count < 2 { ending = "" }
    let room = maximumBytes - ending.utf8.count
    var stem = ""
    for scalar in name.unicodeScalars.dropLast(ending.unicodeScalars.count) {
      guard stem.utf8.count + UTF8.width(scalar) <= room else { break }
      stem.unicodeScalars.append(scalar)
    }
    return stem + ending
  }

  private static func numbered(_ name: String, _ number: Int) -> String {
    guard number > 1 else { return name }
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      return "\(name)-\(number)"
    }
    return "\(name[..<dot])-\(number)\(name[dot...])"
  }
}
