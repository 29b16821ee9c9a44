// Processes are told apart by the forks between them.
#include "emulator/world.hpp"

#include <pthread.h>

#include <atomic>
#include <new>
#include <utility>

namespace minamo {
namespace {

// Counted in each child: to ask the system for a process's number would be a twentieth of what a read costs.
std::atomic<long> forks{0};

}  // namespace

World::World(Options given)
    : options(std::move(given)),
      clock(options.clock ? options.clock : std::make_shared<SystemClock>()),
      process(current_process()),
      namespaces(*this, options, *clock) {}

long World::current_process() {
    static const int fault = ::pthread_atfork(nullptr, nullptr, [] { forks.fetch_add(1, std::memory_order_relaxed); });
    if (fault != 0) throw std::bad_alloc();
    return forks.load(std::memory_order_relaxed);
}

}  // namespace minamo
