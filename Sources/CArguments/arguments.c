/* The program's arguments, where Swift's `CommandLine` asks for them.

   The runtime has no main of its own on Linux, and searches /proc/self/maps for the arguments at every start, whether anybody asks or
   not: that takes a fiftieth of a whole check, and without /proc there are none. The C library gives them to each constructor.
   These two functions stand in place of the runtime's, which the linker leaves out of a program that has them already. */

static char *nothing[] = {0};
static char **arguments = nothing;
static int argument_count = 0;

__attribute__((constructor)) static void take_arguments(int count, char **values) {
  argument_count = count;
  arguments = values;
}

char **_swift_stdlib_getUnsafeArgvArgc(int *count) {
  *count = argument_count;
  return arguments;
}

void _swift_stdlib_overrideUnsafeArgvArgc(char **values, int count) {
  argument_count = count;
  arguments = values;
}
