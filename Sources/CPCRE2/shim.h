/* PCRE2 has a library for each width of character: UTF-8 is the one of eight bits. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
