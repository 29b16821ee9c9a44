// What work costs, whatever else the machine does meanwhile.
#pragma once

#include <ctime>

namespace minamo::tests {

// Seconds of this thread on a processor that `body` takes.
template <class Body>
double cpu_seconds_of(Body&& body) {
    const auto now = [] {
        timespec time{};
        ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_nsec) / 1e9;
    };
    const double begin = now();
    body();
    return now() - begin;
}

}  // namespace minamo::tests
