import Accounts
import Domain
import Phrases
import ScreenState

/// Settings that are seen at once, and kept or taken back.
@MainActor
package final class SettingsModel {
  /// One setting, as it was and as it is now.
  private struct Line {
    let label: Phrase
    let options: [SettingsAccess.Option]
    /// Where the settings file has it; nil for the bell, which has a place of its own.
    var subject: SettingsAccess.Subject?
    let before: String
    var now: String
    var override: String?
    var obstacle: @MainActor @Sendable () -> String? = { nil }
    let show: @MainActor (String) -> String?
    var problem: String?

    var isChanged: Bool { before != now }
  }

  private struct Progress {
    var isKeeping = false
    var isOver = false
    /// An arrow was pressed, so that the keys are meant for the dialog. A sentence that is typed at a
    /// list opens it with its comma, and must change nothing with its spaces.
    var isMeant = false
  }

  private var lines: [Line]
  private var selection = 0
  private var problem: String?
  private var progress = Progress()
  private let context: ModelContext
  private let bell: BellModel
  private let access: SettingsAccess
  private let close: @MainActor () -> Void

  /// - Parameters:
  ///   - isRinging: whether the bell is needed now.
  ///   - close: closes the dialog.
  init(
    _ context: ModelContext, bell: BellModel, isRinging: @escaping @MainActor () -> Bool,
    close: @escaping @MainActor () -> Void
  ) {
    self.context = context
    self.bell = bell
    self.close = close
    access = context.program.settings()
    lines = access.settings.map { setting in
      Line(
        label: setting.subject.label, options: setting.options, subject: setting.subject,
        before: setting.current, now: setting.current, override: setting.override,
        obstacle: setting.obstacle, show: setting.show)
    }
    let state = bell.isOn ? Self.on : Self.off
    lines.append(
      Line(
        label: .settingBell,
        options: [Self.on, Self.off].map { SettingsAccess.Option($0, label: $0) },
        before: state, now: state
      ) { value in
        bell.set(value == Self.on, isNeeded: isRinging())
        return nil
      })
  }

  /// What stands below the settings and leads to more: the keys of the person's own.
  private var keys: (count: Int, show: @MainActor () -> Void) = (0, {})

  /// Adds the line that lists the keys of the person's own.
  func listKeys(_ count: Int, show: @escaping @MainActor () -> Void) { keys = (count, show) }

  private var isAtKeys: Bool { selection == lines.count }

  private static let on = "on"
  private static let off = "off"

  var state: SettingsState {
    let keysRow = SettingsState.Row(label: Phrase.settingKeys.text, value: "\(keys.count)")
    guard !isAtKeys else {
      return SettingsState(
        rows: rows + [keysRow], selection: selection, note: Phrase.settingKeysHint.text,
        problem: problem, hints: hints)
    }
    let line = lines[selection]
    let overrides = line.override.map { Phrase.settingOverridden.with($0) }
    return SettingsState(
      rows: rows + [keysRow],
      selection: selection, note: line.obstacle() ?? (line.isChanged ? overrides : nil),
      problem: problem ?? line.problem,
      hints: hints)
  }

  private var rows: [SettingsState.Row] {
    lines.map { .init(label: $0.label.text, value: words(of: $0)) }
  }

  private var hints: [Hint] {
    [
      Hint(key: "←→", label: Phrase.hintOtherValue.text),
      Hint(.enter, isAtKeys ? .hintShow : .hintKeep), Hint(.escape, .hintTakeBack),
    ]
  }

  private func words(of line: Line) -> String {
    if line.subject == nil { return (line.now == Self.on ? Phrase.settingOn : .settingOff).text }
    return line.options.first { $0.value == line.now }?.label ?? line.now
  }

  /// False for a key that means something else; Esc closes the dialog, which takes everything back.
  func press(_ key: Key) -> Bool {
    // A moment: the file is being written.
    guard !progress.isKeeping else { return true }
    if !key.isText, key != .enter { progress.isMeant = true }
    switch key {
    case .up, .backTab: select(selection - 1)
    case .down, .tab: select(selection + 1)
    case .home, .pageUp: select(0)
    case .end, .pageDown: select(lines.count)
    case .left: change(by: -1)
    case .right: change(by: 1)
    case .character(" ") where progress.isMeant: change(by: 1)
    case .enter: isAtKeys ? keys.show() : keep()
    default: return false
    }
    context.onChange()
    return true
  }

  private func select(_ index: Int) { selection = max(0, min(lines.count, index)) }

  private func change(by step: Int) {
    guard !isAtKeys else { return }
    let options = lines[selection].options
    guard !options.isEmpty else { return }
    // What is shown may be none of them: a theme whose file has gone.
    let place = options.firstIndex { $0.value == lines[selection].now } ?? (step > 0 ? -1 : 0)
    let value = options[(place + step + options.count) % options.count].value
    problem = nil
    lines[selection].now = value
    lines[selection].problem = lines[selection].show(value)
  }

  private func keep() {
    let changes = lines.compactMap { line in
      line.isChanged ? line.subject.map { (subject: $0, value: line.now) } : nil
    }
    guard !changes.isEmpty else { return finish() }
    progress.isKeeping = true
    context.start("settings") { [self] in
      let result = await access.keep(changes)
      progress.isKeeping = false
      switch result {
      case .success(let path):
        finish()
        context.notices.show(NoticeText(.success, Phrase.settingsKept.with(path)))
      case .failure(let error): problem = error.sentences
      }
    }
  }

  private func finish() {
    let isBellChanged = lines.contains { $0.subject == nil && $0.isChanged }
    progress.isOver = true
    if isBellChanged { bell.keep() }
    close()
  }

  /// Takes back what was not kept.
  func giveUp() {
    guard !progress.isOver, !progress.isKeeping else { return }
    progress.isOver = true
    for line in lines where line.isChanged { _ = line.show(line.before) }
  }
}

extension SettingsAccess.Subject {
  var label: Phrase {
    switch self {
    case .theme: .settingTheme
    case .language: .settingLanguage
    case .clock: .settingClock
    case .numbers: .settingNumbers
    case .pictures: .settingPictures
    }
  }
}
