import Phrases

extension Russian {
  static let text: KeyValuePairs<Phrase, String> = [
    .noBidi: "Текст справа налево показан в порядке набора: не установлена libfribidi0."
  ]
}
