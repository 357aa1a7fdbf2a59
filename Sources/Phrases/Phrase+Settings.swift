extension Phrase {
  package static let settingsTitle: Phrase = "SETTINGS"
  package static let settingTheme: Phrase = "Theme"
  package static let settingLanguage: Phrase = "Language"
  package static let settingBell: Phrase = "Bell"
  package static let settingOn: Phrase = Phrase("on", context: "setting")
  package static let settingOff: Phrase = Phrase("off", context: "setting")
  package static let settingOverridden: Phrase =
    "{} names another one: it counts again at the next start."
  package static let settingNoColour: Phrase = "NO_COLOR is set: there are no colours."
  package static let settingsKept: Phrase = "The settings are kept in {}."
  package static let settingsNowhere: Phrase = "There is no home directory to keep settings in"
  package static let settingsNowhereHint: Phrase = "Set HOME, or name a file with --config"
  package static let settingsNotKept: Phrase = "The settings file {} cannot be written ({})"
  package static let settingsNotKeptHint: Phrase = "Look at its permissions with ls -l"
  package static let settingsNoText: Phrase = "it is no text in UTF-8"
  package static let commandSettings: Phrase = "choose colours, language and bell"
  package static let hintOtherValue: Phrase = Phrase("change", context: "setting")
  package static let hintKeep: Phrase = "keep"
  package static let hintTakeBack: Phrase = "take back"
  package static let themeBadLine: Phrase = "Line {} of {} says nothing about a theme: {}"
  package static let themeUnreadable: Phrase = "The theme {} cannot be read ({})"
  package static let themeMissing: Phrase = "There is no theme {}"
  package static let themeFallsBack: Phrase = "The theme terminal is shown instead"
}
