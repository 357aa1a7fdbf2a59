import Phrases

extension Russian {
  static let calendar: KeyValuePairs<Phrase, String> = [
    .sunday: "воскресенье",
    .monday: "понедельник",
    .tuesday: "вторник",
    .wednesday: "среда",
    .thursday: "четверг",
    .friday: "пятница",
    .saturday: "суббота",
    .january: "января",
    .february: "февраля",
    .march: "марта",
    .april: "апреля",
    .may: "мая",
    .june: "июня",
    .july: "июля",
    .august: "августа",
    .september: "сентября",
    .october: "октября",
    .november: "ноября",
    .december: "декабря",
    .milliseconds: "{} мс",
    .seconds: "{} с",
    .minutes: "{} мин",
    .hours: "{} ч",
    .days: "{} д",
    .yesterday: "вчера",
    .ago: "{} назад",
  ]
}
