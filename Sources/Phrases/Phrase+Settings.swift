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

  package static let bindKeyIsFixed: Phrase = "{} stays what it is and cannot be bound"
  package static let bindNoKey: Phrase =
    "“{}” names no key; write them like x, Shift-X, Ctrl-T, Alt-x, F5, or g c"
  package static let bindTooLong: Phrase = "a sequence has at most {} keys"
  package static let bindNoCommand: Phrase = "there is no command “{}”"
  package static let bindManyCommands: Phrase = "“{}” may be one of {}"
  package static let bindNotMoney: Phrase = "the key that sends a swap stays Shift-C"
  package static let bindTaken: Phrase = "the keys clash with {} of line {}"
  package static let bindLoses: Phrase = "{} was the only key of {}: that is in the palette now"
  package static let bindLine: Phrase = "Line {} of {}: {}"
  package static let bindLineHint: Phrase = "See the part on keys of your own in the README"
  package static let bindPending: Phrase = "{} … (Esc drops it)"
  package static let settingClock: Phrase = "Clock"
  package static let settingClock24: Phrase = "24 hours, 13:44"
  package static let settingClock12: Phrase = "12 hours, 1:44 PM"
  package static let settingNumbers: Phrase = "Numbers"
  package static let settingPictures: Phrase = "Pictures"
  package static let settingPicturesAsk: Phrase = "after a question"
  package static let settingPicturesAlways: Phrase = "at once"
  package static let settingPicturesNever: Phrase = "not at all"
  package static let settingKeys: Phrase = "Keys of your own"
  package static let settingKeysHint: Phrase =
    "Enter lists them; they are lines like “bind Alt-x = chat.mute” of the settings file."
  package static let ownKeysTitle: Phrase = "KEYS OF YOUR OWN"
  package static let ownKeysIntroduction: Phrase =
    "Lines “bind KEYS = COMMAND” of the settings file"
  package static let ownKeysLine: Phrase = "line {}"
  package static let ownKeysAll: Phrase = "all keys"
}
