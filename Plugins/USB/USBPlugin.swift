package import Preflight

extension FactName {
  /// The card readers that USB shows.
  package static let usbReaders = FactName("usb.readers")
}

extension BuiltInPlugin {
  /// The source, facts and examinations of this target.
  package static let usb = BuiltInPlugin(
    "USB", sources: [USBSource.declaration],
    facts: [
      FactDeclaration(
        .usbReaders, .list, fr: "lecteurs de cartes branchés, tels que l'USB les montre",
        en: "card readers plugged in, as USB shows them")
    ],
    examinations: [.usbReaders])
}
