import Domain
import Files
import Interface
import Languages
import Phrases
import ViewModels

/// The settings that the console shows at once and writes down: its theme and its language.
@MainActor
final class ConsoleSettings {
  private let settings: Settings
  /// Has everything drawn in a theme.
  private let draw: @MainActor (Theme) -> Void
  private let isColourless: Bool
  private var theme: String
  private var language: Language
  private var forms: DisplayForms
  private var pictures: PictureUse
  /// Has pictures fetched at once, after a question, or not.
  private let usePictures: @MainActor (PictureUse) -> Void

  init(
    _ invocation: Invocation, draw: @escaping @MainActor (Theme) -> Void,
    usePictures: @escaping @MainActor (PictureUse) -> Void = { _ in }
  ) {
    self.draw = draw
    self.usePictures = usePictures
    settings = invocation.settings
    isColourless = !(invocation.environment["NO_COLOR"] ?? "").isEmpty
    theme = invocation.settings["theme"] ?? Theme.terminal.name
    language = invocation.language
    forms = invocation.displayForms
    pictures = invocation.pictureUse
  }

  /// What the console is given of it.
  var access: SettingsAccess {
    let themes = settings.themes.names.map { SettingsAccess.Option($0, label: $0) }
    let languages = Language.allCases.map { SettingsAccess.Option($0.rawValue, label: $0.name) }
    return SettingsAccess(
      [
        .init(
          .theme, themes, current: theme, override: settings.override(of: "theme"),
          obstacle: { [isColourless] in isColourless ? Phrase.settingNoColour.text : nil }
        ) { [self] in show(theme: $0) },
        .init(
          .language, languages, current: language.rawValue,
          override: settings.override(of: "language")
        ) { [self] in show(language: $0) },
      ] + formSettings
    ) { [path = settings.path] changes in
      do throws(UserError) {
        return .success(
          try ConsoleSettings.keep(changes.map { ($0.subject.rawValue, $0.value) }, in: path))
      } catch {
        return .failure(error)
      }
    }
  }

  private var formSettings: [SettingsAccess.Setting] {
    let clocks = [("24", Phrase.settingClock24), ("12", .settingClock12)]
    let numbers = DisplayForms.Grouping.allCases.map { grouping in
      let sample = ["1", "234", "567.89"].joined(separator: grouping.separator)
      return SettingsAccess.Option(grouping.rawValue, label: sample)
    }
    let uses: [(PictureUse, Phrase)] = [
      (.ask, .settingPicturesAsk), (.always, .settingPicturesAlways),
      (.never, .settingPicturesNever),
    ]
    return [
      .init(
        .clock, clocks.map { .init($0.0, label: $0.1.text) },
        current: forms.isTwelveHours ? "12" : "24",
        override: settings.override(of: "clock")
      ) { [self] in
        forms.isTwelveHours = $0 == "12"
        forms.use()
        return nil
      },
      .init(
        .numbers, numbers, current: forms.grouping.rawValue,
        override: settings.override(of: "numbers")
      ) { [self] in
        forms.grouping = .init(rawValue: $0) ?? .space
        forms.use()
        return nil
      },
      .init(
        .pictures, uses.map { .init($0.0.rawValue, label: $0.1.text) },
        current: pictures.rawValue, override: settings.override(of: "pictures")
      ) { [self] in
        pictures = PictureUse(rawValue: $0) ?? .ask
        usePictures(pictures)
        return nil
      },
    ]
  }

  private func show(theme name: String) -> String? {
    theme = name
    do throws(ThemeFiles.Failure) {
      draw(try settings.themes.theme(name))
      return nil
    } catch {
      draw(.terminal)
      return UserError(error, theme: name).sentences
    }
  }

  private func show(language code: String) -> String? {
    language = Language(rawValue: code) ?? language
    language.vocabulary.use()
    return nil
  }

  /// Writes settings into the file, in which everything else stays; returns its path.
  nonisolated static func keep(
    _ changes: [(name: String, value: String)], in path: String?
  ) throws(UserError) -> String {
    guard let path else {
      throw UserError(
        .failed, code: "no-settings-file", Phrase.settingsNowhere.text,
        hint: Phrase.settingsNowhereHint.text)
    }
    do throws(FileError) {
      try RewrittenFile.change(path) { bytes throws(FileError) in
        guard let before = String(validating: bytes, as: UTF8.self) else {
          throw .failed(path, Phrase.settingsNoText.text)
        }
        var text = SettingsText(before)
        for change in changes { text.set(change.name, to: change.value) }
        return Array(text.text.utf8)
      }
    } catch {
      throw UserError(
        .failed, code: "settings-not-kept", Phrase.settingsNotKept.with(path, error.reason),
        hint: Phrase.settingsNotKeptHint.text)
    }
    return path
  }
}

extension Invocation {
  /// When pictures of messages are fetched.
  var pictureUse: PictureUse { settings["pictures"].flatMap(PictureUse.init) ?? .ask }

  /// How the console writes times and numbers.
  var displayForms: DisplayForms {
    DisplayForms(
      isTwelveHours: settings["clock"] == "12",
      grouping: settings["numbers"].flatMap(DisplayForms.Grouping.init) ?? .space)
  }

  /// The console's theme, and why it is not the one that was asked for.
  func theme() throws(UserError) -> (theme: Theme, problem: UserError?) {
    guard let name = settings["theme"] else { return (.terminal, nil) }
    do throws(ThemeFiles.Failure) {
      return (try settings.themes.theme(name), nil)
    } catch {
      if case .unknown = error {
        let names = settings.themes.names
        let choices = names.dropLast().joined(separator: ", ") + " or \(names.last ?? "")"
        throw .usage(
          "\(settings.origin(of: "theme")) is \(choices), not \(harmless(name, limit: 60))")
      }
      return (.terminal, UserError(error, theme: name))
    }
  }
}

extension UserError {
  fileprivate init(_ failure: ThemeFiles.Failure, theme: String) {
    let message =
      switch failure {
      case .unknown: Phrase.themeMissing.with(theme)
      case .unreadable(let path, let reason): Phrase.themeUnreadable.with(path, reason)
      case .badLine(let path, let line):
        Phrase.themeBadLine.with("\(line.number)", path, harmless(line.text, limit: 60))
      }
    self.init(.failed, code: "theme", message, hint: Phrase.themeFallsBack.text)
  }
}
