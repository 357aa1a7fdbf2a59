import Phrases

extension Russian {
  static let calls: KeyValuePairs<Phrase, String> = [
    .isCalling: "Звонит {}",
    .audio: "аудио",
    .video: "видео",
    .answerOnPhone: "(ответьте на телефоне)",
    .callRinging: "звонит",
    .callEnded: "завершено",
    .callDeclined: "отклонено",
    .callMissed: "пропущено",
    .callIgnored: "заглушено",
    .callWhen: "Когда",
    .callState: "Состояние",
    .callSignaling: "Сигналинг",
    .callStun: "STUN",
    .callTurn: "TURN",
    .callTalk: "Разговор",
    .callUnanswered: "не взяли",
    .callOutgoing: "исходящий",
    .bellOff: "Сигнал выключен. Нажмите b, чтобы включить его снова.",
    .bellOn: "При звонках будет звучать сигнал.",
    .bellIsOff: "без сигнала",
    .callsAsked: "Журнал звонков обновлён.",
    .noSuchCall: "Нет звонка {}",
    .noSuchCallHint: "Id разговоров покажет `tercet calls --json`",
    .noCallServers: "Этот звонок пришёл без адресов серверов",
    .noCallServersHint: "Проверяйте, пока звонок идёт здесь",
    .replyTitle: "ОТВЕТ",
    .replyIntroduction:
      "{} получит это сообщение, а звонок будет отклонён на всех ваших устройствах.",
    .writeToCallerIntroduction: "{} получит это сообщение.",
    .replyLabel: "Сообщение",
    .sendingReply: "Отправляем…",
    .lineTitle: "СВЯЗЬ",
    .lineIntroduction: "Собеседник: {}. Проверка серверов отсюда, без ответа на звонок:",
    .lineWaiting: "запрос…",
    .lineAddress: "внешний адрес: {}",
    .lineAdvice:
      "STUN сообщает, как этот компьютер виден другим; TURN передаёт звук и видео, если напрямую не дойти.",
  ]
}
