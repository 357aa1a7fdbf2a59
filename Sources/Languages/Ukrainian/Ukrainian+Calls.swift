import Phrases

extension Ukrainian {
  static let calls: KeyValuePairs<Phrase, String> = [
    .isCalling: "дзвонить {}",
    .audio: "аудіо",
    .video: "відео",
    .answerOnPhone: "(відповісти можна на телефоні)",
    .callRinging: "дзвонить",
    .callEnded: "завершено",
    .callDeclined: "відхилено",
    .callMissed: "пропущено",
    .callIgnored: "заглушено",
    .callWhen: "Коли",
    .callState: "Стан",
    .callSignaling: "Сигналізація",
    .callStun: "STUN",
    .callTurn: "TURN",
    .callTalk: "Розмова",
    .callUnanswered: "не взяли",
    .callOutgoing: "ви дзвонили",
    .bellOff: "Сигнал вимкнено. Натисніть b, щоб знову його чути.",
    .bellOn: "Сигнал лунає під час дзвінків.",
    .bellIsOff: "без сигналу",
    .callsAsked: "Журнал дзвінків оновлено.",
    .noSuchCall: "Немає дзвінка {}",
    .noSuchCallHint: "Ідентифікатори розмов показує `tercet calls --json`",
    .noCallServers: "Цей дзвінок надійшов без адрес серверів",
    .noCallServersHint: "Перевіряйте, поки дзвінок лунає тут",
    .replyTitle: "ВІДПОВІДЬ",
    .replyIntroduction:
      "{} отримає це як повідомлення, а дзвінок буде відхилено на всіх ваших пристроях.",
    .writeToCallerIntroduction: "{} отримає це як повідомлення.",
    .replyLabel: "Текст",
    .sendingReply: "Надсилання…",
    .lineTitle: "ЗВ’ЯЗОК",
    .lineIntroduction: "Розмова: {}. Її сервери, перевірені звідси без відповіді на дзвінок:",
    .lineWaiting: "запит…",
    .lineAddress: "ззовні це {}",
    .lineAdvice:
      "STUN каже, як інші бачать цей комп’ютер, TURN передає дані, коли напряму не дістатися.",
  ]
}
