import Phrases

extension Russian {
  static let orderStates: KeyValuePairs<Phrase, String> = [
    .stateSubmitting: "ОТПРАВКА",
    .stateNotSent: "НЕ ОТПРАВЛЕНА",
    .stateRejected: "ОТКЛОНЕНА",
    .stateUnknown: "НЕИЗВЕСТНО",
    .stateLost: "НЕ НАЙДЕНА",
    .statePending: "ОЖИДАЕТ",
    .stateProcessing: "В РАБОТЕ",
    .statePartial: "ЧАСТИЧНО",
    .stateFilled: "ИСПОЛНЕНА",
    .stateFailed: "ОШИБКА",
    .stateCancelled: "ОТМЕНЕНА",
  ]
}
