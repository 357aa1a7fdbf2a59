import Phrases

extension Russian {
  static let linear: KeyValuePairs<Phrase, String> = [
    .linearWelcome: "Tercet построчно. /help — все команды, /? — как это устроено, /quit — выход.",
    .linearHelp:
      "В чате строка — это сообщение. /chats, /messages, /calls, /balances и /orders читают списки; число выбирает из последнего списка, в чате — с косой чертой перед ним. Любая другая команда пишется как в списке команд: /swap 0.1 ETH USDT, /mute ИМЯ, /open ИМЯ, /decline. /back — назад, /again — повторить.",
    .linearBack: "назад",
    .linearAgain: "повтор",
    .linearSend: "отправить",
    .linearDrop: "сбросить",
    .linearChats: "чаты",
    .linearMessages: "сообщения",
    .linearCalls: "звонки",
    .linearOrders: "заявки",
    .linearBalances: "балансы",
    .linearWhichServices: "Чем вы пользуетесь?",
    .linearChosen: "выбрано",
    .linearNotChosen: "не выбрано",
    .linearAsks: "{}?",
    .linearAsksLike: "{}? Например: {}",
    .linearAsksOr: "{}? Пустая строка: {}",
    .linearError: "Ошибка: {}",
    .linearWarning: "Внимание: {}",
    .linearRing: "ЗВОНОК: {}, {}",
    .linearRingCommands:
      "/decline — отклонить, /reply — ответить текстом, /ignore — не слышать, /check — проверить связь; ответить можно на телефоне",
    .linearRingOver: "Звонок больше не звонит.",
    .linearOffline: "нет связи, идут попытки",
    .linearCommit: "Введите «{}», чтобы отправить.",
    .linearChat: "Чат: {}, {}",
    .linearWrite: "Строка теперь — сообщение; /back — выйти из чата.",
    .linearChanged: "Изменено: {}",
    .linearNew: "Новое, {}: {}",
    .linearQueued: "ждёт отправки",
    .linearUnread: "непрочитанных: {}",
    .linearMuted: "без звука",
    .linearDraft: "Есть черновик: {} — /send отправит его, /drop сбросит.",
    .linearNoNumber: "В последнем списке нет номера {}.",
    .linearSelected: "Выбрано. /reply, /react, /edit, /delete, /forward, /copy, /save или /back.",
    .linearChoose: "Введите число от 1 до {} или /back.",
    .linearNumberOrEnter: "Введите число, пустую строку — дальше, или /back.",
    .linearTicket:
      "Введите номер поля, 1–6, и значение; пустая строка — узнать цену; /back — выйти.",
    .linearBackFirst: "Ответьте на вопрос или сначала выйдите: /back.",
  ]
}
