import Preflight
import RuleStage
import Testing

@testable import Cryptoki

@Suite("The PKCS#11 modules that p11-kit knows")
struct ModulesExaminationTests {
  @Test("None, some, and one whose configuration others may write")
  func modules() {
    let sound: PlainValue = .map(["name": .text("cps3"), "module": .text("/opt/m.so")])
    let unsafe: PlainValue = .map(["name": .text("x"), "distrust": .words(FileFault.notPermitted.message)])
    #expect(found(.p11kitModules, [.p11kitModules: .list([])]) == ["sound none"])
    #expect(found(.p11kitModules, [.p11kitModules: .list([sound])]) == ["sound"])
    #expect(
      found(.p11kitModules, [.p11kitModules: .list([sound, unsafe])]) == ["attention unsafe", "sound"])
    #expect(found(.p11kitModules, [FactName: FactValue]()) == ["unseen"])
  }
}
