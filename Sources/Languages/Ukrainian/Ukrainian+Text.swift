import Phrases

extension Ukrainian {
  static let text: KeyValuePairs<Phrase, String> = [
    .noBidi: "Текст справа наліво показано в порядку набору: не встановлено libfribidi0.",
    .pictureTitle: "ЗОБРАЖЕННЯ",
    .bringPictureOf:
      "{} ще не на цьому комп’ютері: {}. Файл буде збережено в ~/Downloads і показано.",
    .bringPicture: "{} ще не на цьому комп’ютері. Файл буде збережено в ~/Downloads і показано.",
    .leavePicture: "Не завантажувати",
    .bringPictureNow: "Зберегти й показати",
    .noPicture: "Тут немає зображень.",
    .picturesAreOff: "Зображення вимкнено: їх вмикають налаштування.",
    .pictureUnknown: "Показуються лише PNG і JPEG; відкрийте збережений файл в іншій програмі.",
    .pictureBroken: "Файл не містить цілого зображення.",
    .pictureTooLarge:
      "Зображення завелике: не більше 8 МіБ, 32 мільйонів пікселів і 16 384 пікселів на бік.",
    .pictureLibraryMissing:
      "Зображення не читаються: не встановлено libpng16-16 або libjpeg62-turbo.",
    .noChafa: "Зображення не малюються: не встановлено libchafa0.",
    .pictureGone: "Файлу вже немає там, де його було збережено.",
    .commandViewPicture: "подивитися зображення з повідомлення",
    .hintViewPicture: "дивитися",
    .pictureLoading: "Зображення завантажується…",
    .chartOfPrice: "{} У {}",
    .chartOfWorth: "УСЕ В {}",
    .chartTooFew: "Цін ще не було видно: відтепер одна на п’ять хвилин зберігається.",
    .chartAlerts: "чекаєте {}",
    .chartFills: "▲ куплено  ▼ продано",
    .noPricesSeen: "Цін ще не було видно.",
    .commandChart: "як змінювалася ціна або вартість усього",
    .hintChart: "графік",
    .commandChartNext: "наступний актив або все",
    .commandChartPrevious: "попередній актив",
    .hintChartNext: "наст. актив",
    .makeFolder: "Створіть його або збережіть зображення клавішею s",
  ]
}
