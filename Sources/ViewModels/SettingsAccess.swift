import Domain

/// What of the settings file can be changed in the console, and the way to do it.
package struct SettingsAccess: Sendable {
  /// A value that a setting can have.
  package struct Option: Sendable, Equatable {
    /// As the settings file says it.
    package let value: String
    /// As it is shown.
    package let label: String

    package init(_ value: String, label: String) {
      self.value = value
      self.label = label
    }
  }

  /// What the settings are about.
  package enum Subject: String, Sendable {
    /// Named as in the settings file.
    case theme, language, clock, numbers, pictures
  }

  /// One setting.
  package struct Setting: Sendable {
    let subject: Subject
    let options: [Option]
    /// The value that is shown.
    let current: String
    /// The flag or variable that will give it at the next start again, whatever the file says.
    let override: String?
    /// What stands in its way; in the language in use.
    let obstacle: @MainActor @Sendable () -> String?
    /// Has everything shown with a value at once; returns why that cannot be done.
    let show: @MainActor @Sendable (String) -> String?

    package init(
      _ subject: Subject, _ options: [Option], current: String, override: String? = nil,
      obstacle: @escaping @MainActor @Sendable () -> String? = { nil },
      show: @escaping @MainActor @Sendable (String) -> String?
    ) {
      self.subject = subject
      self.options = options
      self.current = current
      self.override = override
      self.obstacle = obstacle
      self.show = show
    }
  }

  /// Takes new values, and returns where they are kept.
  package typealias Keeping =
    @Sendable ([(subject: Subject, value: String)]) async -> Result<String, UserError>

  let settings: [Setting]
  /// Writes values into the settings file; returns its path.
  let keep: Keeping

  package init(
    _ settings: [Setting],
    keep: @escaping Keeping
  ) {
    self.settings = settings
    self.keep = keep
  }

  /// Nothing can be set.
  static let none = SettingsAccess([]) { _ in .success("") }
}
