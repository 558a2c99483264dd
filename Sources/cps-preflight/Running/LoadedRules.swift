import Crypto
import Glibc
import Preflight
import RuleFile
import Workstation

/// A rule file that was found and read.
struct LoadedRules {
  let path: String
  let ruleSet: RuleSet
  /// The file's SHA-256, in hexadecimal.
  let digest: String

  /// Loads the file that was named, else `./rules.yaml`, else the shipped one.
  ///
  /// Throws a failure: 66 where there is none, 78 where it is invalid.
  static func load(_ named: String?) throws(Failure) -> LoadedRules {
    let path = named ?? defaultPath
    let bytes: [UInt8]
    do throws(FileFault) {
      bytes = try FileReading.contents(
        of: path, limit: RuleFile.sizeLimit, kinds: .anyButFolders, within: .seconds(10))
    } catch {
      throw Failure(error, of: path, malformed: .invalidRules)
    }
    let file = RuleFile(bytes, name: path, registry: BuiltIn.registry)
    guard let ruleSet = file.ruleSet else { throw Failure(file) }
    let digits = Array("0123456789abcdef")
    let digest = SHA256.hash(data: bytes).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
    return LoadedRules(path: path, ruleSet: ruleSet, digest: String(digest))
  }

  /// `./rules.yaml` where there is one, else the shipped file: beside the program, then the system's.
  private static var defaultPath: String {
    let here = "rules.yaml"
    let shipped = [
      "\(programFolder)/../share/cps-preflight/rules.yaml", "/usr/share/cps-preflight/rules.yaml",
    ]
    return ([here] + shipped).first { access($0, F_OK) == 0 } ?? here
  }

  private static var programFolder: String {
    guard let path = realpath("/proc/self/exe", nil) else { return "/usr/bin" }
    defer { free(path) }
    return String(cString: path).split(separator: "/").dropLast().reduce("") { $0 + "/" + $1 }
  }
}
