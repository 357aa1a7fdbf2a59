extension ConsoleModel {
  /// Opens the settings.
  func showSettings() {
    let model = SettingsModel(
      context, bell: calls.bell, isRinging: { [weak calls] in calls?.ringing != nil },
      close: { [weak dialogs] in dialogs?.close() })
    dialogs.show(.settings(model))
  }
}
