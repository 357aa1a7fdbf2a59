import Phrases

extension Russian {
  static let questions: KeyValuePairs<Phrase, String> = [
    .signOutTitle: "ВЫЙТИ ИЗ {}",
    .signOutOfMaxLoses:
      "На этом компьютере пропадут {} [чат|чата|чатов] с сообщениями, черновики, журнал звонков и очередь на отправку. У MAX остаётся своя копия.",
    .signOutOfTextSecureLoses:
      "Навсегда пропадут {} [чат|чата|чатов] с сообщениями и ключи. Других копий нет. Когда вы войдёте снова, собеседники увидят новый ключ.",
    .signOutOfTradingLoses:
      "На этом компьютере пропадут API-ключ с секретом и балансы. Заявки и их журнал останутся.",
    .staySignedIn: "не выходить",
    .signOutNow: "выйти",
    .signingOut: "Выходим…",
    .replaceTitle: "ЗАМЕНИТЬ ВХОД В {}",
    .wouldReplace: "Здесь уже есть вход: {} в {}. Его заменит {}.",
    .wouldReplaceHint: "Чтобы заменить, добавьте --replace; чтобы сохранить оба — другой --profile",
    .keepLogin: "оставить прежний",
    .replaceNow: "заменить",
    .replacing: "Заменяем вход…",
    .givingUpLogin: "Отменяем новый вход…",
    .replaceQuestion: "Заменить и потерять это?",
    .nothingReplaced: "Ничего не изменено",
    .leaveGroupTitle: "ВЫЙТИ ИЗ «{}»",
    .leaveGroupLoses:
      "Вы не будете получать сообщения этой группы и не сможете в ней писать. Вернуть вас может только участник.",
    .stayInGroup: "остаться в группе",
    .leaveGroupNow: "выйти",
    .closeDevicesTitle: "ВЫЙТИ НА ДРУГИХ УСТРОЙСТВАХ",
    .closeDevicesLoses:
      "Другие устройства, где закроется MAX: {}. На каждом придётся войти заново.",
    .keepDevices: "не выходить на них",
    .closeDevicesNow: "выйти на них",
    .resumeTitle: "ВОЗОБНОВИТЬ ТОРГОВЛЮ",
    .resumeLoses: "Обмены снова будут отправляться — отсюда и из всех скриптов с этим профилем.",
    .stayHalted: "не возобновлять",
    .resumeNow: "возобновить",
    .tradingHalted: "Торговля остановлена: новые обмены не уйдут ни отсюда, ни по команде.",
    .tradingResumed: "Торговля возобновлена.",
    .acceptKeyTitle: "ПРИНЯТЬ НОВЫЙ КЛЮЧ",
    .acceptKeyLoses:
      "Всё, что ждёт отправки, уйдёт тому, у кого новый ключ ({}). Старому ключу больше нет доверия.",
    .keepOldKey: "не принимать",
    .acceptKeyNow: "принять",
    .verifyKeyTitle: "ОТМЕТИТЬ КЛЮЧ КАК СВЕРЕННЫЙ",
    .verifyKeyMeans:
      "Соглашайтесь, только если вы и {} прочитали друг другу оба отпечатка и они совпадают.",
    .notCompared: "ещё не сверены",
    .keysAreRight: "совпадают",
    .endSessionTitle: "НАЧАТЬ НОВЫЙ СЕАНС",
    .endSessionLoses:
      "Прочитать то, что ещё не дошло из этого сеанса, будет нельзя. Отправитель: {}.",
    .keepSession: "оставить этот сеанс",
    .endSessionNow: "начать новый",
  ]
}
