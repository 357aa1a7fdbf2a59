import Domain
import OneMe

extension Contact {
  /// The name to show: of those that show anything the owner's own for them, then theirs, then any,
  /// then the number, then the id.
  var shownName: String {
    let preferred = ["CUSTOM", "ONEME"].flatMap { kind in names.filter { $0.kind == kind } }
    return (preferred + names).lazy.compactMap { visibleName($0.text) }.first
      ?? phone.map { "+\($0)" } ?? String(id)
  }
}
