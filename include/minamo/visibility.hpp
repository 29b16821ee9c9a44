// What a shared library that has minamo in it shows of it: what is marked, and nothing else.
#pragma once

#if defined(__GNUC__)
#define MINAMO_API __attribute__((visibility("default")))
#else
#define MINAMO_API
#endif
