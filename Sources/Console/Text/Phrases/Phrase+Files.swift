extension Phrase {
  // Files.
  public static let sendFile: Phrase = "SEND A FILE"
  public static let saveAttachment: Phrase = "SAVE"
  public static let pathIntroduction: Phrase = "Tab completes the path; ~ is your home directory."
  public static let saveIntroduction: Phrase =
    "Where to save {}? Tab completes the path. Nothing is overwritten."
  public static let fileLabel: Phrase = "File"
  public static let wordsLabel: Phrase = "Words"
  public static let folderLabel: Phrase = "Folder"
  public static let noSuchFile: Phrase = "There is no file {}"
  public static let noSuchFileHint: Phrase = "Check its name and the folder that it is in"
  public static let isDirectory: Phrase = "{} is a directory"
  public static let fileTooLarge: Phrase = "The file has {}; a message takes at most {} along"
  public static let noSuchFolder: Phrase = "There is no directory {}"
  public static let tabCompletes: Phrase = "Tab completes a path"
  public static let sealingFile: Phrase = "Encrypting…"
  public static let savingFile: Phrase = "Saving…"
  public static let savedAs: Phrase = "Saved as {}"
}
