import Phrases

extension Russian {
  static let text: KeyValuePairs<Phrase, String> = [
    .noBidi: "Текст справа налево показан в порядке набора: не установлена libfribidi0.",
    .pictureTitle: "КАРТИНКА",
    .bringPictureOf:
      "{} ещё не на этом компьютере: {}. Файл будет сохранён в ~/Downloads и показан.",
    .bringPicture: "{} ещё не на этом компьютере. Файл будет сохранён в ~/Downloads и показан.",
    .leavePicture: "Не загружать",
    .bringPictureNow: "Сохранить и показать",
    .noPicture: "Здесь нет картинок.",
    .picturesAreOff: "Картинки выключены: их включают настройки.",
    .pictureUnknown:
      "Показываются только PNG и JPEG; откройте сохранённый файл в другой программе.",
    .pictureBroken: "Файл не содержит целой картинки.",
    .pictureTooLarge:
      "Картинка слишком велика: не более 8 МиБ, 32 миллионов пикселей и 16 384 пикселей по стороне.",
    .pictureLibraryMissing: "Картинки не читаются: не установлены libpng16-16 или libjpeg62-turbo.",
    .noChafa: "Картинки не рисуются: не установлена libchafa0.",
    .pictureGone: "Файла больше нет там, где он был сохранён.",
    .commandViewPicture: "посмотреть картинку из сообщения",
    .hintViewPicture: "смотреть",
    .pictureLoading: "Картинка загружается…",
    .chartOfPrice: "{} В {}",
    .chartOfWorth: "ВСЁ В {}",
    .chartTooFew: "Цен ещё не было видно: с этого момента одна в пять минут сохраняется.",
    .chartAlerts: "ждёте {}",
    .chartFills: "▲ куплено  ▼ продано",
    .noPricesSeen: "Цен ещё не было видно.",
    .commandChart: "как менялась цена или стоимость всего",
    .hintChart: "график",
    .commandChartNext: "следующий актив или всё",
    .commandChartPrevious: "предыдущий актив",
    .hintChartNext: "след. актив",
    .makeFolder: "Создайте его или сохраните картинку клавишей s",
  ]
}
