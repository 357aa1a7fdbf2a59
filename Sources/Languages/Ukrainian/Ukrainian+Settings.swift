import Phrases

extension Ukrainian {
  static let settings: KeyValuePairs<Phrase, String> = [
    .settingsTitle: "НАЛАШТУВАННЯ",
    .settingTheme: "Тема",
    .settingLanguage: "Мова",
    .settingBell: "Сигнал",
    .settingOn: "увімк.",
    .settingOff: "вимк.",
    .settingOverridden: "{} задає інше: під час наступного запуску знову буде так.",
    .settingNoColour: "Задано NO_COLOR: кольорів немає.",
    .settingsKept: "Налаштування збережено в {}.",
    .settingsNowhere: "Немає домашнього каталогу, де зберігати налаштування",
    .settingsNowhereHint: "Задайте HOME або вкажіть файл: --config",
    .settingsNotKept: "Файл налаштувань {} не вдається записати ({})",
    .settingsNotKeptHint: "Перегляньте права: ls -l",
    .settingsNoText: "це не текст у UTF-8",
    .commandSettings: "вибрати кольори, мову й сигнал",
    .hintOtherValue: "зміна",
    .hintKeep: "лишити",
    .hintTakeBack: "відміна",
    .themeBadLine: "Рядок {} у {} не стосується теми: {}",
    .themeUnreadable: "Тему {} не вдається прочитати ({})",
    .themeMissing: "Немає теми {}",
    .themeFallsBack: "Натомість показано тему terminal",
  ]
}
