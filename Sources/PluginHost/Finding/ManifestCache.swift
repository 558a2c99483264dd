import Glibc
import Processes
import SystemPackage

/// The manifests of plugins as they were described last, in the user's own cache folder.
///
/// What is read there counts only for the very file that was described, in the very state in which it was, and only where nobody
/// but the user could have written it. It is never more than a shortcut: whatever is wrong with it, the plugin is asked again.
struct ManifestCache: Sendable {
  private let folder: String?

  /// - Parameter folder: `$XDG_CACHE_HOME/cps-preflight/plugins`, else that under `~/.cache`; where there is neither, nothing is kept.
  init(folder: String? = Self.usualFolder) { self.folder = folder }

  /// The manifest of that file, unparsed.
  func manifest(of file: PluginFile) -> [UInt8]? {
    guard let path = path(of: file) else { return nil }
    let descriptor = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var status = stat()
    let heading = Self.heading(of: file)
    let limit = PluginProtocol.sizeLimit + heading.count
    guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG, Self.isOwn(status),
      status.st_size <= limit
    else { return nil }
    var bytes = [UInt8](repeating: 0, count: Int(status.st_size))
    guard read(descriptor, &bytes, bytes.count) == bytes.count, bytes.starts(with: heading) else {
      return nil
    }
    return Array(bytes.dropFirst(heading.count))
  }

  /// Keeps the manifest of that file, or does not: nothing depends on it.
  func keep(_ manifest: [UInt8], of file: PluginFile) {
    guard let folder, let path = path(of: file), Self.makeFolder(folder) else { return }
    var template = Array("\(folder)/.new-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Self.heading(of: file) + manifest
    // mkstemp(3) makes files that are their owner's alone.
    if write(descriptor, bytes, bytes.count) != bytes.count || rename(template, path) != 0 {
      unlink(template)
    }
  }

  // MARK: - Files

  private func path(of file: PluginFile) -> String? {
    folder.map { "\($0)/\(String(Self.digest(of: file.path), radix: 16))" }
  }

  private static func heading(of file: PluginFile) -> [UInt8] {
    Array("cps-preflight/manifest/1 \(file.identity.text) \(file.path)\n".utf8)
  }

  /// FNV-1a, to make a name of a path; the heading tells two paths of one name apart.
  private static func digest(of path: String) -> UInt64 {
    path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func isOwn(_ status: stat) -> Bool {
    status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }

  /// Makes the folder, its owner's alone, and those above it.
  private static func makeFolder(_ folder: String) -> Bool {
    var path: FilePath = "/"
    for part in FilePath(folder).components {
      path.append(part)
      mkdir(path.string, 0o700)
    }
    var status = stat()
    return lstat(folder, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR && isOwn(status)
  }

  private static var usualFolder: String? {
    UserFolder.path(variable: "XDG_CACHE_HOME", inHome: ".cache").map { "\($0)/cps-preflight/plugins" }
  }
}

/// The user's folders (XDG Base Directory Specification).
enum UserFolder {
  /// The folder that the variable names, else the one in the home; a relative path counts for nothing.
  static func path(variable: String, inHome name: String) -> String? {
    for (variable, suffix) in [(variable, ""), ("HOME", name)] {
      if let value = getenv(variable) {
        let path = FilePath(platformString: value)
        if path.isAbsolute { return path.pushing(FilePath(suffix)).string }
      }
    }
    return nil
  }
}
