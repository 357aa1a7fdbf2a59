import Phrases

extension Ukrainian {
  static let amounts: KeyValuePairs<Phrase, String> = [
    .directionAbove: "вище",
    .directionBelow: "нижче",
    .amountEmpty: "Введіть суму.",
    .amountTooLong: "До крапки не більше {} цифр.",
    .amountTooManyPlaces: "Після крапки не більше {} цифр.",
    .amountComma: "Приберіть кому або поставте крапку: 1500 і 1.5 зрозумілі, 1,500 — ні.",
    .amountGrouping: "Пишіть цифри без пробілів і роздільників.",
    .amountSign: "Напишіть суму без знака.",
    .amountExponent: "Напишіть число повністю: 1000, а не 1e3.",
    .amountLeadingZero: "Приберіть нуль на початку.",
    .amountMissingDigit: "Потрібна цифра з обох боків крапки: 0.5",
    .amountZero: "Сума має бути більша за нуль.",
    .amountNotANumber: "«{}» у сумі не буває.",
  ]
}
