// All that one Emulator is made of.
#pragma once

#include <atomic>
#include <memory>

#include "emulator/emulator.hpp"
#include "emulator/namespaces/hints.hpp"
#include "emulator/namespaces/namespaces.hpp"

namespace minamo {

struct Emulator::State {
    explicit State(Options given)
        : options(std::move(given)),
          clock(options.clock ? options.clock : std::make_shared<SystemClock>()),
          process(current_process()),
          namespaces(options, *clock) {}

    // A number that no two processes share of which one came from the other by fork().
    static long current_process();

    const Options options;
    const std::shared_ptr<Clock> clock;
    const long process;  // that made the emulator: maps are not inherited by forked children
    Namespaces namespaces;
    Hints hints;
};

}  // namespace minamo
