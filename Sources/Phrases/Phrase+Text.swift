extension Phrase {
  // Text and pictures in it.
  package static let noBidi: Phrase =
    "Text from right to left stands as it is written: libfribidi0 is not installed."
}
