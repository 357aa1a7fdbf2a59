import Phrases

extension Ukrainian {
  static let text: KeyValuePairs<Phrase, String> = [
    .noBidi: "Текст справа наліво показано в порядку набору: не встановлено libfribidi0."
  ]
}
