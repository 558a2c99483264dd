/* A small PKCS#11 module with a healthy card, and the faults that its own file name asks for.
 *
 * The name is a list of DEED@FUNCTION, separated by commas: hang, abort, exit, print (rubbish on both outputs), fork (a child that
 * lives on and holds every descriptor), daemon (one that lives on in a session of its own, with a child, and holds none), leak (takes
 * memory as long as there is any), HEX (what the function returns). Besides: flags=HEX (of the token), once (flags only before the
 * first C_Finalize), cps4 (the label of one), size=NUMBER (the bytes of CPS_DATA), grow (a length that is said to be less the first
 * time), nodam, vanish (the card is gone after C_Login), exchange (another card after the first C_Finalize), unlisted (its slots are
 * not among those with a token), slot=NAME (a slot of that name, with a token; that of a second one is blocked), pulled=HEX (a token
 * that is not recognised at first, and what C_GetTokenInfo returns from then on), slots=NUMBER (so many of them), swell (seventeen
 * more than it has, and one more each time that it is asked which).
 *
 * Every C_Login adds a line to the file NAME.logins beside it, what opens or ends something a line to NAME.calls, and what makes the
 * real module talk to the card a line to NAME.asked: C_GetTokenInfo, C_Login and the labels of the objects that are read. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>
#include <p11-kit/pkcs11.h>

static const char *own_path(void) {
  Dl_info info;
  return dladdr((void *)own_path, &info) ? info.dli_fname : "";
}

static const char *own_name(void) {
  const char *slash = strrchr(own_path(), '/');
  return slash ? slash + 1 : own_path();
}

static void note(const char *file, const char *line) {
  char path[512];
  snprintf(path, sizeof path, "%s.%s", own_path(), file);
  FILE *stream = fopen(path, "a");
  if (stream) { fprintf(stream, "%s\n", line); fclose(stream); }
}

/* Whether the name has that item; what it is followed by, up to the next. */
static const char *in_name(const char *name, int index) {
  const char *found = own_name();
  while ((found = strstr(found, name)) && index-- > 0) found++;
  return found ? found + strlen(name) : NULL;
}

static void tried(const char *what, int result) {
  char line[128];
  snprintf(line, sizeof line, "%s %d", what, result < 0 ? errno : 0);
  note("tried", line);
}

/* What code of others has no business to do. */
static void pry(void) {
  char path[512];
  snprintf(path, sizeof path, "%s/cps-preflight-pried-%d", P_tmpdir, getpid());
  int file = open(path, O_WRONLY | O_CREAT, 0600);
  tried("write", file);
  if (file >= 0) { close(file); unlink(path); }
  /* The port of “discard”, which nobody serves. */
  struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons(9), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
  int connection = socket(AF_INET, SOCK_STREAM, 0);
  tried("connect", connect(connection, (struct sockaddr *)&address, sizeof address));
  close(connection);
  tried("signal", kill(getppid(), 0));
  snprintf(path, sizeof path, "/proc/%d/mem", getppid());
  tried("memory", open(path, O_RDONLY | O_CLOEXEC));
  tried("privileges", prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) - 1);
  struct rlimit core;
  getrlimit(RLIMIT_CORE, &core);
  tried("core", core.rlim_max > 1 ? -1 : 0);
}

static CK_RV deed(const char *function) {
  char names[256];
  snprintf(names, sizeof names, "%s", own_name());
  char *dot = strrchr(names, '.');
  if (dot) *dot = 0;
  char *rest = names, *item;
  while ((item = strsep(&rest, ","))) {
    char *at = strchr(item, '@');
    if (!at || strcmp(at + 1, function)) continue;
    *at = 0;
    if (!strcmp(item, "hang")) for (;;) pause();
    if (!strcmp(item, "abort")) abort();
    if (!strcmp(item, "exit")) exit(0);
    if (!strcmp(item, "print")) {
      printf("{\"facts\": {}}\n");
      fflush(stdout);
      fprintf(stderr, "rubbish\n");
    } else if (!strcmp(item, "pry")) {
      pry();
    } else if (!strcmp(item, "fork")) {
      if (fork() == 0) for (;;) pause();
    } else if (!strcmp(item, "daemon")) {
      if (fork() == 0) {
        setsid();
        close_range(0, ~0U, 0);
        fork();
        for (;;) pause();
      }
    } else if (!strcmp(item, "leak")) {
      for (void *block; (block = malloc(1 << 20)); ) memset(block, 1, 1 << 20);
      return CKR_HOST_MEMORY;
    } else {
      return strtoul(item, NULL, 16);
    }
  }
  return CKR_OK;
}

#define DEED(function) do { CK_RV deed_ = deed(function); if (deed_ != CKR_OK) return deed_; } while (0)

struct object { const char *label; int is_private; const char *value; size_t length; };
#define OBJECT(label, is_private, bytes) { label, is_private, bytes, sizeof bytes - 1 }
static const struct object objects[] = {
  OBJECT("CPS_DATA", 0, "\x00\x00"),
  OBJECT("CPS_ID_CARD", 0, "\xE3\x16\x81\x05\x28\x00\x00\x90\x17\x82\x01\x00\x83\x04\x20\x25\x09\x10\x84\x04\x20\x28\x09\x30"),
  OBJECT("CPS_INFO_PS", 0, "\xED\x03\x80\x01\x00"),
  OBJECT("CPS_NAME_PS", 0, "\xE4\x09\x82\x07TESTARD"),
  OBJECT("CPS_ACTIVITY_01_PS", 1, "\xEE\x03\x83\x01\x01"),
  OBJECT("CPS_SIT_FACT", 1, "\xE0\x0F\xA0\x0D\x80\x01\x01\x81\x05\x69\x26\x12\x34\x4F\x84\x01\x11"),
};
static int is_logged_in, searched = -1, lengths_asked, visits, has_logged_in;
#define NOTED(function) do { note("calls", function); DEED(function); } while (0)

static CK_RV do_Initialize(void *arguments) { DEED("C_Initialize"); return CKR_OK; }
static CK_RV do_Finalize(void *reserved) { visits++; NOTED("C_Finalize"); return CKR_OK; }
static CK_RV do_GetInfo(CK_INFO *info) {
  DEED("C_GetInfo");
  memset(info, ' ', sizeof *info);
  info->cryptokiVersion.major = 2;
  info->cryptokiVersion.minor = 20;
  info->libraryVersion.major = 3;
  info->libraryVersion.minor = 1;
  return CKR_OK;
}
static CK_RV do_GetSlotList(CK_BBOOL present, CK_SLOT_ID *slots, unsigned long *count) {
  DEED("C_GetSlotList");
  static unsigned long swollen;
  const char *number = in_name("slots=", 0);
  unsigned long there = present && in_name("unlisted", 0) ? 0 : in_name("slot=", 1) ? 2 : 1;
  if (number) there = strtoul(number, NULL, 10);
  if (in_name("swell", 0)) there += 17 + swollen++;
  int fits = !slots || *count >= there;
  for (unsigned long k = 0; slots && fits && k < there; k++) slots[k] = 7 + k;
  *count = there;
  return fits ? CKR_OK : CKR_BUFFER_TOO_SMALL;
}
static int is_gone(void) { return has_logged_in && in_name("vanish", 0); }
static CK_RV do_GetSlotInfo(CK_SLOT_ID slot, CK_SLOT_INFO *info) {
  DEED("C_GetSlotInfo");
  memset(info, ' ', sizeof *info);
  const char *name = in_name("slot=", (int)slot - 7);
  if (!name) name = "Reader";
  memcpy(info->slotDescription, name, strcspn(name, ",."));
  info->flags = CKF_REMOVABLE_DEVICE | CKF_HW_SLOT | (is_gone() ? 0 : CKF_TOKEN_PRESENT);
  return CKR_OK;
}
static CK_RV do_GetTokenInfo(CK_SLOT_ID slot, CK_TOKEN_INFO *info) {
  note("asked", "C_GetTokenInfo");
  DEED("C_GetTokenInfo");
  memset(info, ' ', sizeof *info);
  if (is_gone()) return CKR_TOKEN_NOT_PRESENT;
  static int looks;
  const char *pulled = in_name("pulled=", 0);
  CK_RV then = pulled && looks++ ? strtoul(pulled, NULL, 16) : CKR_OK;
  if (pulled && looks == 1) return CKR_TOKEN_NOT_RECOGNIZED;
  if (then != CKR_OK) return then;
  memcpy(info->label, in_name("cps4", 0) ? "CPS4v1-" : "CPS3v3-", 7);
  memcpy(info->serialNumber, visits && in_name("exchange", 0) ? "28000050" : "28000090", 8);
  const char *flags = in_name("once", 0) && visits ? NULL : in_name("flags=", 0);
  info->flags = 0x400 | (flags ? strtoul(flags, NULL, 16) : 0) | (slot == 8 ? CKF_USER_PIN_LOCKED : 0);
  info->ulMinPinLen = 4;
  info->ulMaxPinLen = 8;
  return CKR_OK;
}
static CK_RV do_OpenSession(CK_SLOT_ID slot, CK_FLAGS flags, void *data, CK_NOTIFY notify, CK_SESSION_HANDLE *session) {
  DEED("C_OpenSession");
  *session = 1;
  return CKR_OK;
}
static CK_RV do_GetSessionInfo(CK_SESSION_HANDLE session, CK_SESSION_INFO *info) {
  DEED("C_GetSessionInfo");
  memset(info, 0, sizeof *info);
  info->slotID = 7;
  return CKR_OK;
}
static CK_RV do_CloseSession(CK_SESSION_HANDLE session) { NOTED("C_CloseSession"); return CKR_OK; }
static CK_RV do_Login(CK_SESSION_HANDLE session, CK_USER_TYPE user, unsigned char *pin, unsigned long length) {
  note("logins", pin ? "code" : "keypad");
  note("calls", "C_Login");
  note("asked", "C_Login");
  has_logged_in = 1;
  CK_RV status = deed("C_Login");
  /* Another program has logged in: its objects can be seen. */
  if (status == CKR_USER_ALREADY_LOGGED_IN) is_logged_in = 1;
  if (status != CKR_OK) return status;
  if (pin && (length != 4 || memcmp(pin, "1234", 4))) return CKR_PIN_INCORRECT;
  is_logged_in = 1;
  return CKR_OK;
}
static CK_RV do_Logout(CK_SESSION_HANDLE session) { is_logged_in = 0; NOTED("C_Logout"); return CKR_OK; }
static CK_RV do_FindObjectsInit(CK_SESSION_HANDLE session, CK_ATTRIBUTE *template, unsigned long count) {
  DEED("C_FindObjectsInit");
  searched = -1;
  for (unsigned long i = 0; i < count; i++) {
    if (template[i].type != CKA_LABEL) continue;
    for (size_t k = 0; k < sizeof objects / sizeof *objects; k++)
      if (template[i].ulValueLen == strlen(objects[k].label)
          && !memcmp(template[i].pValue, objects[k].label, template[i].ulValueLen)
          && (is_logged_in || !objects[k].is_private))
        searched = (int)k;
  }
  return CKR_OK;
}
static CK_RV do_FindObjects(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *found, unsigned long most, unsigned long *count) {
  DEED("C_FindObjects");
  *count = searched >= 0;
  if (searched >= 0) found[0] = (CK_OBJECT_HANDLE)searched + 1;
  return CKR_OK;
}
static CK_RV do_FindObjectsFinal(CK_SESSION_HANDLE session) { return CKR_OK; }
static CK_RV do_GetAttributeValue(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE handle, CK_ATTRIBUTE *template, unsigned long count) {
  DEED("C_GetAttributeValue");
  const struct object *object = &objects[handle - 1];
  note("asked", object->label);
  if (strstr(own_name(), "nodam") && !strcmp(object->label, "CPS_SIT_FACT")) return CKR_GENERAL_ERROR;
  const char *size = in_name("size=", 0);
  unsigned long length = size && !strcmp(object->label, "CPS_DATA") ? strtoul(size, NULL, 10) : object->length;
  /* The first time it is asked, its length is said to be one less than it is. */
  if (!template->pValue) {
    template->ulValueLen = length - (strstr(own_name(), "grow") && lengths_asked++ % 2 == 0);
    return CKR_OK;
  }
  if (template->ulValueLen < length) {
    template->ulValueLen = (unsigned long)-1;
    return CKR_BUFFER_TOO_SMALL;
  }
  memset(template->pValue, 0, length);
  memcpy(template->pValue, object->value, length < object->length ? length : object->length);
  template->ulValueLen = length;
  return CKR_OK;
}

CK_RV C_GetFunctionList(CK_FUNCTION_LIST **list) {
  static CK_FUNCTION_LIST functions = {
    .version = { 2, 20 }, .C_Initialize = do_Initialize, .C_Finalize = do_Finalize, .C_GetInfo = do_GetInfo,
    .C_GetFunctionList = C_GetFunctionList, .C_GetSlotList = do_GetSlotList, .C_GetSlotInfo = do_GetSlotInfo,
    .C_GetTokenInfo = do_GetTokenInfo, .C_OpenSession = do_OpenSession, .C_CloseSession = do_CloseSession,
    .C_GetSessionInfo = do_GetSessionInfo,
    .C_Login = do_Login, .C_Logout = do_Logout, .C_FindObjectsInit = do_FindObjectsInit,
    .C_FindObjects = do_FindObjects, .C_FindObjectsFinal = do_FindObjectsFinal,
    .C_GetAttributeValue = do_GetAttributeValue,
  };
  *list = &functions;
  return CKR_OK;
}
