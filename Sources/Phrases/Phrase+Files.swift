extension Phrase {
  // Sizes.
  package static let bytes: Phrase = "{} B"
  package static let kilobytes: Phrase = "{} KB"
  package static let megabytes: Phrase = "{} MB"
  package static let gigabytes: Phrase = "{} GB"

  // The store.
  package static let storeUpdate: Phrase = "Bringing the store up to date, {} of {}"
  package static let storeUpdateHint: Phrase = "(Ctrl-C stops it; the next start goes on)"
  // Files.
  package static let sendFile: Phrase = "SEND A FILE"
  package static let saveAttachment: Phrase = "SAVE"
  package static let pathIntroduction: Phrase = "A path; ~ is your home directory."
  package static let saveIntroduction: Phrase =
    "Where to save {}? Nothing is overwritten."
  package static let fileLabel: Phrase = "File"
  package static let wordsLabel: Phrase = "Caption"
  package static let folderLabel: Phrase = "Folder"
  package static let noSuchFile: Phrase = "There is no file {}"
  package static let isDirectory: Phrase = "{} is a directory"
  package static let fileEmpty: Phrase = "{} is empty: there is nothing to send"
  package static let fileEmptyHint: Phrase = "Name another file, or send words"
  package static let fileTooLargeForServer: Phrase =
    "{} is larger than the file server takes, and was not sent"
  package static let fileTooLarge: Phrase = "{} has {}; a message takes at most {}"
  package static let fileTooLargeHint: Phrase = "Send it in parts, or another way"
  package static let checkPathHint: Phrase = "Check the path"
  package static let isDirectoryHint: Phrase = "Name a file in it, or pack it into one"
  package static let notOrdinaryFile: Phrase = "{} is a pipe or a device, not a file"
  package static let notOrdinaryFileHint: Phrase = "Write what it gives into a file, and send that"
  package static let fileForbidden: Phrase = "{} may not be used by you"
  package static let fileForbiddenHint: Phrase = "Look at its permissions with ls -l"
  package static let fileUnreadable: Phrase = "The file {} cannot be used ({})"
  package static let diskFull: Phrase = "The disk has no room for {}"
  package static let diskFullHint: Phrase = "Free some space, then try again"
  package static let fileCancelled: Phrase = "The transfer was cancelled"
  package static let fileNotCopiedInTime: Phrase =
    "There was no time to copy {}, and nothing was sent"
  package static let fileNotCopiedInTimeHint: Phrase = "Give it longer with --timeout"
  package static let noSuchFolder: Phrase = "There is no directory {}"
  package static let tabCompletes: Phrase = "Tab completes a path"
  package static let sealingFile: Phrase = "Encrypting…"
  package static let savingFile: Phrase = "Saving…"
  package static let savedAs: Phrase = "Saved as {}"
}
