import Glibc
import Processes
import SystemPackage

/// Caches the manifests of plugins in the user's own cache folder.
///
/// A cached manifest is used only for the same file in the same state, and only if no other user could have written
/// it. The cache is merely an optimisation: if anything is wrong with it, the plugin is asked again.
struct ManifestCache: Sendable {
  private let folder: String?

  /// - Parameter folder: `$XDG_CACHE_HOME/cps-preflight/plugins`, or the same folder under `~/.cache`. Nil disables
  ///   the cache.
  init(folder: String? = Self.usualFolder) { self.folder = folder }

  /// Returns the cached manifest of the file, unparsed. Nil if there is none.
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

  /// Caches the manifest of the file. Errors are ignored, because nothing depends on the cache.
  func keep(_ manifest: [UInt8], of file: PluginFile) {
    guard let folder, let path = path(of: file), Self.makeFolder(folder) else { return }
    var template = Array("\(folder)/.new-XXXXXX".utf8CString)
    let descriptor = mkstemp(&template)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Self.heading(of: file) + manifest
    // mkstemp(3) creates files that only their owner can access.
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

  /// Returns the FNV-1a hash of a path, as a file name. The heading in the file distinguishes paths with the same
  /// hash.
  private static func digest(of path: String) -> UInt64 {
    path.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }

  private static func isOwn(_ status: stat) -> Bool {
    status.st_uid == geteuid() && status.st_mode & (S_IWGRP | S_IWOTH) == 0
  }

  /// Creates the folder, accessible only by its owner, and its parent folders. Returns false if that fails.
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

/// The user's base folders (XDG Base Directory Specification).
enum UserFolder {
  /// Returns the folder that the variable names, or else the one in the home folder. Relative paths are ignored.
  /// Nil if there is neither.
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
