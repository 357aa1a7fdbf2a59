import Synchronization

/// How times of day and numbers are written on the screen. Commands and what others read by program
/// are not touched by it.
package struct DisplayForms: Sendable, Equatable {
  /// What stands between groups of three digits; the decimal point is a point in each.
  package enum Grouping: String, Sendable, CaseIterable {
    case space, comma, none

    package var separator: String {
      switch self {
      case .space: " "
      case .comma: ","
      case .none: ""
      }
    }
  }

  /// `1:44 PM` in place of `13:44`.
  package var isTwelveHours = false
  package var grouping = Grouping.space

  package init(isTwelveHours: Bool = false, grouping: Grouping = .space) {
    self.isTwelveHours = isTwelveHours
    self.grouping = grouping
  }

  // MARK: Those in use

  private static let chosen = Mutex(DisplayForms())

  #if DEBUG
    /// Others within a task, for tests.
    @TaskLocal package static var ofTask: DisplayForms?
  #endif

  package static var current: DisplayForms {
    #if DEBUG
      if let ofTask { return ofTask }
    #endif
    return chosen.withLock { $0 }
  }

  /// Everything is written so from now on.
  package func use() { DisplayForms.chosen.withLock { $0 = self } }

  /// Tells apart what was worded with other forms.
  var key: String { "\(isTwelveHours ? 12 : 24)\(grouping.rawValue)" }
}
