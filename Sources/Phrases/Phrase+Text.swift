extension Phrase {
  // Text, pictures in it, and charts.
  package static let noBidi: Phrase =
    "Text from right to left stands as it is written: libfribidi0 is not installed."
  package static let pictureTitle: Phrase = "PICTURE"
  package static let bringPictureOf: Phrase =
    "{} is not on this machine yet: {}. It is saved in ~/Downloads and shown."
  package static let bringPicture: Phrase =
    "{} is not on this machine yet. It is saved in ~/Downloads and shown."
  package static let leavePicture: Phrase = "Leave it"
  package static let bringPictureNow: Phrase = "Save and show"
  package static let noPicture: Phrase = "There is no picture here."
  package static let picturesAreOff: Phrase =
    "Pictures are off: the settings turn them on."
  package static let pictureUnknown: Phrase =
    "Only PNG and JPEG pictures are shown; open the saved file elsewhere."
  package static let pictureBroken: Phrase = "The file is not a whole picture."
  package static let pictureTooLarge: Phrase =
    "The picture is too large: at most 8 MiB, 32 million pixels and 16 384 pixels a side."
  package static let pictureLibraryMissing: Phrase =
    "Pictures cannot be read: libpng16-16 or libjpeg62-turbo is not installed."
  package static let noChafa: Phrase = "Pictures cannot be drawn: libchafa0 is not installed."
  package static let pictureGone: Phrase = "The file is no longer where it was saved."
  package static let commandViewPicture: Phrase = "look at the picture of a message"
  package static let hintViewPicture: Phrase = "look at"
  package static let pictureLoading: Phrase = "The picture is on its way…"
  package static let chartOfPrice: Phrase = "{} IN {}"
  package static let chartOfWorth: Phrase = "EVERYTHING IN {}"
  package static let chartTooFew: Phrase =
    "No prices have been seen yet: they are kept from now on, one in five minutes."
  package static let chartAlerts: Phrase = "waiting for {}"
  package static let chartFills: Phrase = "▲ bought  ▼ sold"
  package static let noPricesSeen: Phrase = "No prices have been seen yet."
  package static let commandChart: Phrase = "how a price went, or what everything is worth"
  package static let hintChart: Phrase = "chart"
  package static let commandChartNext: Phrase = "the next asset, or everything"
  package static let commandChartPrevious: Phrase = "the asset before"
  package static let hintChartNext: Phrase = "next asset"
  package static let makeFolder: Phrase = "Make it, or save the picture with s"
}
