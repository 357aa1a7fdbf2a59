import Phrases

extension Russian {
  static let amounts: KeyValuePairs<Phrase, String> = [
    .directionAbove: "выше",
    .directionBelow: "ниже",
    .amountEmpty: "Введите сумму.",
    .amountTooLong: "До точки не более {} цифр.",
    .amountTooManyPlaces: "После точки не более {} цифр.",
    .amountComma: "Уберите запятую или поставьте точку: 1500 и 1.5 понятны, 1,500 — нет.",
    .amountGrouping: "Пишите цифры без пробелов и разделителей.",
    .amountSign: "Напишите сумму без знака.",
    .amountExponent: "Напишите число полностью: 1000, а не 1e3.",
    .amountLeadingZero: "Уберите ноль в начале.",
    .amountMissingDigit: "Нужна цифра по обе стороны точки: 0.5",
    .amountZero: "Сумма должна быть больше нуля.",
    .amountNotANumber: "«{}» в сумме не бывает.",
  ]
}
