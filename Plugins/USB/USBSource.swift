import Installation
package import Preflight

/// The source `usb`: the card readers that are plugged in, whether or not PC/SC knows them.
package struct USBSource: Source {
  /// The source as rule files name it, with its options.
  package static let declaration = SourceDeclaration(
    name: "usb",
    summary: LocalizedText(
      fr: "les lecteurs de cartes branchés, tels que l'USB les montre",
      en: "the card readers that are plugged in, as USB shows them"),
    options: [Root.option], readsCard: false
  ) { parameters throws(ParameterError) in try USBSource(parameters) }

  /// The name in rule files and reports.
  package let name = "usb"
  /// The readers.
  package let provides: Set<FactName> = [.usbReaders]
  private let root: Root

  /// Makes the source from its options.
  ///
  /// - Throws: `ParameterError` if `root` is not an absolute path.
  package init(_ parameters: Parameters = Parameters()) throws(ParameterError) {
    root = try Root(parameters)
  }

  private static let devices = "/sys/bus/usb/devices"
  private static let sizeLimit = 4096
  /// No workstation has more devices.
  private static let mostDevices = 512
  /// The class of smart card readers (USB-IF, “Defined class codes”).
  private static let readerClass = "0b"

  /// Lists the devices of the bus (sysfs), and looks for the drivers of those that are readers.
  package func gather(
    _ wanted: Set<FactName>, knowing known: Facts, within deadline: Duration,
    from workstation: any WorkstationAccess
  ) async -> [Fact] {
    let root = root
    let name = name
    let facts = await workstation.reading { () -> [Fact] in
      do throws(FileFault) {
        let readers = try Self.readers(under: root, of: workstation)
        return [Fact(.usbReaders, .list(readers.map(\.plain)), source: name)]
      } catch {
        let path = root.path(Self.devices)
        let why =
          error == .missing
          ? LocalizedText(
            fr:
              "l'USB de ce poste ne se voit pas d'ici (\(path) n'existe pas) : conteneur, ou machine sans USB",
            en: "the USB bus cannot be seen from here (\(path) does not exist): a container, or no USB")
          : LocalizedText(fr: "\(path) \(error.message.french)", en: "\(path) \(error.message.english)")
        return [Fact(.usbReaders, unavailable: Unavailability(.service, why), source: name)]
      }
    }
    return facts.filter { wanted.contains($0.name) }
  }

  private static func readers(
    under root: Root, of workstation: any WorkstationAccess
  ) throws(FileFault) -> [USBReader] {
    let folder = root.path(devices)
    let names = try workstation.names(in: folder).prefix(mostDevices)
    func attribute(_ attribute: String, of device: String) -> String? {
      guard let bytes = try? workstation.contents(of: "\(folder)/\(device)/\(attribute)", limit: sizeLimit)
      else { return nil }
      let text = String(decoding: bytes, as: UTF8.self)
      return String(text.prefix { !$0.isNewline })
    }
    var drivers: DriverBundles?
    var readers: [USBReader] = []
    // A device is `1-2`, and its interfaces are `1-2:1.0`.
    for device in names where !device.contains(":") {
      guard let vendor = attribute("idVendor", of: device), let product = attribute("idProduct", of: device)
      else { continue }
      let id = "\(vendor.lowercased()):\(product.lowercased())"
      let isCCID = names.contains { interface in
        interface.hasPrefix("\(device):")
          && attribute("bInterfaceClass", of: interface)?.lowercased() == readerClass
      }
      guard isCCID || USBReader.isKnown(id) else { continue }
      if drivers == nil { drivers = DriverBundles(under: root, of: workstation) }
      let words = [attribute("manufacturer", of: device), attribute("product", of: device)]
      readers.append(
        USBReader(
          id: id, name: words.compactMap(\.self).joined(separator: " "), isCCID: isCCID,
          driver: drivers?.names[id]))
    }
    return readers
  }
}
