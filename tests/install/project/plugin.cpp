// A shared library that has minamo in it, as bindings do.
#include <minamo/emulator.hpp>

extern "C" int plugin_answers() {
    minamo::Emulator emulator;
    return emulator.call("ListTables", "{}").ok() ? 1 : 0;
}
