import Phrases

extension Ukrainian {
  static let orderStates: KeyValuePairs<Phrase, String> = [
    .stateSubmitting: "НАДСИЛАННЯ",
    .stateNotSent: "НЕ НАДІСЛАНО",
    .stateRejected: "ВІДХИЛЕНО",
    .stateUnknown: "НЕВІДОМО",
    .stateLost: "НЕ ЗНАЙДЕНО",
    .statePending: "ОЧІКУЄ",
    .stateProcessing: "У РОБОТІ",
    .statePartial: "ЧАСТКОВО",
    .stateFilled: "ВИКОНАНО",
    .stateFailed: "ПОМИЛКА",
    .stateCancelled: "СКАСОВАНО",
  ]
}
