// All that one Emulator is made of.
#pragma once

#include <memory>

#include "emulator/namespaces/hints.hpp"
#include "emulator/namespaces/namespaces.hpp"
#include "minamo/options.hpp"

namespace minamo {

struct World {
    // Throws StartError.
    explicit World(Options given);

    // A number that no two processes share of which one came from the other by fork().
    static long current_process();

    const Options options;
    const std::shared_ptr<Clock> clock;
    const long process;  // that made the emulator: maps are not inherited by forked children
    Namespaces namespaces;
    Hints hints;
};

}  // namespace minamo
