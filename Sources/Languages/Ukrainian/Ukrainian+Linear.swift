import Phrases

extension Ukrainian {
  static let linear: KeyValuePairs<Phrase, String> = [
    .linearWelcome: "Tercet порядково. /help — усі команди, /? — як це влаштовано, /quit — вихід.",
    .linearHelp:
      "У чаті рядок — це повідомлення. /chats, /messages, /calls, /balances і /orders читають списки; число обирає з останнього списку, у чаті — зі скісною рискою перед ним. Будь-яка інша команда пишеться як у списку команд: /swap 0.1 ETH USDT, /mute ІМ’Я, /open ІМ’Я, /decline. /back — назад, /again — повторити.",
    .linearBack: "назад",
    .linearAgain: "повтор",
    .linearSend: "надіслати",
    .linearDrop: "скинути",
    .linearChats: "чати",
    .linearMessages: "повідомлення",
    .linearCalls: "дзвінки",
    .linearOrders: "заявки",
    .linearBalances: "баланси",
    .linearWhichServices: "Чим із цього ви користуєтеся?",
    .linearChosen: "обрано",
    .linearNotChosen: "не обрано",
    .linearAsks: "{}?",
    .linearAsksLike: "{}? Наприклад: {}",
    .linearAsksOr: "{}? Порожній рядок: {}",
    .linearError: "Помилка: {}",
    .linearWarning: "Увага: {}",
    .linearRing: "ДЗВІНОК: {}, {}",
    .linearRingCommands:
      "/decline — відхилити, /reply — відповісти текстом, /ignore — не чути, /check — перевірити зв’язок; відповісти можна на телефоні",
    .linearRingOver: "Дзвінок більше не дзвонить.",
    .linearOffline: "немає зв’язку, тривають спроби",
    .linearCommit: "Введіть «{}», щоб надіслати.",
    .linearChat: "Чат: {}, {}",
    .linearWrite: "Рядок тепер — повідомлення; /back — вийти з чату.",
    .linearChanged: "Змінено: {}",
    .linearNew: "Нове, {}: {}",
    .linearQueued: "чекає на надсилання",
    .linearUnread: "непрочитаних: {}",
    .linearMuted: "без звуку",
    .linearDraft: "Є чернетка: {} — /send надішле її, /drop скине.",
    .linearNoNumber: "В останньому списку немає номера {}.",
    .linearSelected: "Обрано. /reply, /react, /edit, /delete, /forward, /copy, /save або /back.",
    .linearChoose: "Введіть число від 1 до {} або /back.",
    .linearNumberOrEnter: "Введіть число, порожній рядок — далі, або /back.",
    .linearTicket:
      "Введіть номер поля, 1–6, і значення; порожній рядок — дізнатися ціну; /back — вийти.",
    .linearBackFirst: "Дайте відповідь або спершу вийдіть: /back.",
  ]
}
