import Phrases

extension Ukrainian {
  static let calendar: KeyValuePairs<Phrase, String> = [
    .sunday: "неділя",
    .monday: "понеділок",
    .tuesday: "вівторок",
    .wednesday: "середа",
    .thursday: "четвер",
    .friday: "п’ятниця",
    .saturday: "субота",
    .january: "січня",
    .february: "лютого",
    .march: "березня",
    .april: "квітня",
    .may: "травня",
    .june: "червня",
    .july: "липня",
    .august: "серпня",
    .september: "вересня",
    .october: "жовтня",
    .november: "листопада",
    .december: "грудня",
    .milliseconds: "{} мс",
    .seconds: "{} с",
    .minutes: "{} хв",
    .hours: "{} год",
    .days: "{} д",
    .yesterday: "учора",
    .ago: "{} тому",
  ]
}
