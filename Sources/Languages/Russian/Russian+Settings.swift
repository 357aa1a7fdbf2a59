import Phrases

extension Russian {
  static let settings: KeyValuePairs<Phrase, String> = [
    .settingsTitle: "НАСТРОЙКИ",
    .settingTheme: "Тема",
    .settingLanguage: "Язык",
    .settingBell: "Сигнал",
    .settingOn: "вкл.",
    .settingOff: "выкл.",
    .settingOverridden: "{} задаёт другое: при следующем запуске снова будет так.",
    .settingNoColour: "Задано NO_COLOR: цветов нет.",
    .settingsKept: "Настройки сохранены в {}.",
    .settingsNowhere: "Нет домашнего каталога, где хранить настройки",
    .settingsNowhereHint: "Задайте HOME или укажите файл: --config",
    .settingsNotKept: "Файл настроек {} не удаётся записать ({})",
    .settingsNotKeptHint: "Посмотрите права: ls -l",
    .settingsNoText: "это не текст в UTF-8",
    .commandSettings: "выбрать цвета, язык и сигнал",
    .hintOtherValue: "выбор",
    .hintKeep: "оставить",
    .hintTakeBack: "отмена",
    .themeBadLine: "Строка {} в {} не относится к теме: {}",
    .themeUnreadable: "Тему {} не удаётся прочитать ({})",
    .themeMissing: "Нет темы {}",
    .themeFallsBack: "Вместо неё показана тема terminal",
  ]
}
