// Just the calls that a check needs: a look at the readers, the free objects, the code, the private object, a last look.
// calls MODULE PIN_FILE
#include <dlfcn.h>
#include <p11-kit/pkcs11.h>
#include <stdio.h>
#include <string.h>
#include <winscard.h>

static CK_FUNCTION_LIST *module;

static int object(CK_SESSION_HANDLE session, const char *label) {
  CK_OBJECT_CLASS class = CKO_DATA;
  CK_ATTRIBUTE template[] = {{CKA_CLASS, &class, sizeof class}, {CKA_LABEL, (void *)label, strlen(label)}};
  CK_OBJECT_HANDLE found;
  CK_ULONG count = 0;
  char value[4096];
  CK_ATTRIBUTE attribute = {CKA_VALUE, value, sizeof value};
  if (module->C_FindObjectsInit(session, template, 2) != CKR_OK) return 1;
  CK_RV searched = module->C_FindObjects(session, &found, 1, &count);
  module->C_FindObjectsFinal(session);
  if (searched != CKR_OK || count != 1) return 1;
  return module->C_GetAttributeValue(session, found, &attribute, 1) != CKR_OK;
}

int main(int count, char **arguments) {
  if (count != 3) return 64;
  char code[64] = "";
  FILE *file = fopen(arguments[2], "r");
  if (!file || !fgets(code, sizeof code, file)) return 66;
  fclose(file);
  code[strcspn(code, "\n")] = 0;

  SCARDCONTEXT context;
  char names[1024];
  DWORD size = sizeof names;
  if (SCardEstablishContext(SCARD_SCOPE_SYSTEM, NULL, NULL, &context) != SCARD_S_SUCCESS) return 69;
  if (SCardListReaders(context, NULL, names, &size) != SCARD_S_SUCCESS) return 69;
  SCARD_READERSTATE state = {.szReader = names, .dwCurrentState = SCARD_STATE_UNAWARE};
  if (SCardGetStatusChange(context, 0, &state, 1) != SCARD_S_SUCCESS) return 69;
  if (!(state.dwEventState & SCARD_STATE_PRESENT)) return 10;

  void *library = dlopen(arguments[1], RTLD_NOW);
  CK_C_GetFunctionList list = library ? (CK_C_GetFunctionList)dlsym(library, "C_GetFunctionList") : NULL;
  if (!list || list(&module) != CKR_OK || module->C_Initialize(NULL) != CKR_OK) return 69;
  CK_SLOT_ID slots[16];
  CK_ULONG slotCount = 16;
  CK_SESSION_HANDLE session;
  if (module->C_GetSlotList(CK_TRUE, slots, &slotCount) != CKR_OK || slotCount == 0) return 69;
  if (module->C_OpenSession(slots[0], CKF_SERIAL_SESSION, NULL, NULL, &session) != CKR_OK) return 75;
  int failed = object(session, "CPS_ID_CARD") | object(session, "CPS_INFO_PS");
  if (module->C_Login(session, CKU_USER, (CK_UTF8CHAR *)code, strlen(code)) != CKR_OK) return 31;
  failed |= object(session, "CPS_SIT_FACT");
  module->C_Logout(session);
  failed |= object(session, "CPS_DATA");
  module->C_CloseSession(session);
  module->C_Finalize(NULL);
  SCardReleaseContext(context);
  return failed ? 75 : 0;
}
